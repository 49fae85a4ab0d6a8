import { rules } from '../../../rules/index.ts';
import { DEFAULT } from '../../pages/cost.ts';
import { Estimator, estimateText } from '../../pages/estimate.ts';
import { type Deployment, packOf } from '../../settings-file/deployment/deployment.ts';
import { evaluateCommand } from '../evaluate/evaluate.ts';
import { EXIT, type ExitCode, type Io, write } from '../io.ts';

/**
 * What the rules of a deployment would find and cost, judged from snapshots or a collected folder. It asks AWS nothing. @returns as
 * evaluate does, without regard to what fails.
 */
export async function estimateCommand(
  deployment: Deployment,
  sources: readonly string[],
  { settings, format }: { readonly settings?: string; readonly format: 'table' | 'json' },
  io: Io,
): Promise<ExitCode> {
  const { frameworks } = packOf(deployment);
  const [framework, ...others] = frameworks;
  const estimator = new Estimator();
  const code = await evaluateCommand(
    sources,
    {
      ...{ tier: deployment.tier, failOn: 'never' },
      ...(others.length > 0 || framework === undefined ? {} : { framework }),
      ...(settings === undefined ? {} : { settings }),
    },
    io,
    {
      open: async () => ({
        add: async (finding) => estimator.add(finding),
        flush: async () => {},
        end: async () => {},
      }),
    },
  );
  if (code === EXIT.failure) return code;
  const { tier, onChange, awsManagedRules, consumers, functions, rules: where } = deployment;
  const estimate = estimator.estimate(rules, {
    ...DEFAULT,
    ...{ tier, onChange, awsManagedRules, securityHub: consumers.securityHub },
    ...{ history: consumers.history !== null, alarms: functions.alarms, rules: where },
    site: deployment.dashboard?.site !== undefined,
  });
  const text =
    format === 'json' ? `${JSON.stringify(estimate, null, 2)}\n` : estimateText(estimate);
  await write(io.stdout, text);
  return code;
}
