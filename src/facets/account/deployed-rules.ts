import type { DeployedRule } from '../../facts/pack.ts';
import {
  array,
  isObject,
  type Json,
  list,
  object,
  optionalText,
  optionalTime,
  property,
  text,
} from '../../values/json.ts';
import { asked } from '../asked.ts';

/**
 * A pack decorates the names of its rules (`s3-tls-only-conformance-pack-ab12cd34e`), so that ours are known by the rule they are
 * told to run, and by the function that they invoke.
 */
export const deployedRules = asked<
  readonly DeployedRule[],
  'DescribeConfigRules' | 'DescribeConfigRuleEvaluationStatus'
>(['DescribeConfigRules', 'DescribeConfigRuleEvaluationStatus'], async (ask) => {
  const { ConfigRules } = await ask('DescribeConfigRules', {});
  const { ConfigRulesEvaluationStatus } = await ask('DescribeConfigRuleEvaluationStatus', {});
  const runs = new Map(
    list(ConfigRulesEvaluationStatus, 'ConfigRulesEvaluationStatus').map((each) => {
      const status = object(each, 'ConfigRulesEvaluationStatus');
      return [text(status['ConfigRuleName'], 'ConfigRuleName'), lastRunOf(status)];
    }),
  );
  return list(ConfigRules, 'ConfigRules').flatMap((each) => {
    const config = object(each, 'ConfigRules');
    const rule = ruleIn(config['InputParameters']);
    if (rule === null) return [];
    const name = text(config['ConfigRuleName'], 'ConfigRuleName');
    const state = text(config['ConfigRuleState'], `ConfigRuleState of ${name}`);
    const source = object(config['Source'], `Source of ${name}`);
    return [
      {
        name,
        rule,
        owner: text(source['Owner'], `Owner of ${name}`),
        ...functionIn(optionalText(source['SourceIdentifier'], 'SourceIdentifier')),
        isNarrowed: isNarrowed(config),
        state,
        ...(runs.get(name) ?? { error: null, succeededAt: null }),
      },
    ];
  });
});

/** arn:aws:lambda:<region>:<account>:function:<name>, or the same with a version or an alias. */
function functionIn(identifier: string | null) {
  const [, account = null, name = null] =
    /^arn:[a-z-]+:lambda:[^:]+:([^:]+):function:([^:]+)/.exec(identifier ?? '') ?? [];
  return { function: name, functionAccount: account };
}

/** Besides types of resources (AWS Config API reference, Scope and EvaluationModeConfiguration). */
function isNarrowed({ Scope, EvaluationModes }: Json): boolean {
  const scope = object(Scope ?? {}, 'Scope');
  const modes = array(EvaluationModes, 'EvaluationModes').map(
    (each) => object(each, 'EvaluationModes[]')['Mode'],
  );
  const isScoped = [scope['TagKey'], scope['ComplianceResourceId']].some(
    (each) => optionalText(each, 'Scope') !== null,
  );
  return isScoped || (modes.length > 0 && !modes.includes('DETECTIVE'));
}

/** Other rules may have any InputParameters, or none. */
function ruleIn(inputParameters: unknown): string | null {
  if (typeof inputParameters !== 'string') return null;
  try {
    const parameters: unknown = JSON.parse(inputParameters);
    const rule = isObject(parameters) ? property(parameters, 'rule') : undefined;
    return typeof rule === 'string' ? rule : null;
  } catch {
    return null;
  }
}

/** The last run has failed where the last failure is later than the last success. */
function lastRunOf(status: Json): Pick<DeployedRule, 'error' | 'succeededAt'> {
  const at = (key: string) => optionalTime(status[key], key) ?? '';
  const steps = ['Invocation', 'Evaluation'].map((step) => ({
    failed: at(`LastFailed${step}Time`),
    succeeded: at(`LastSuccessful${step}Time`),
  }));
  const [latest = ''] = steps
    .map(({ succeeded }) => succeeded)
    .toSorted()
    .reverse();
  const hasFailed = steps.some(({ failed, succeeded }) => failed > succeeded);
  const error = optionalText(status['LastErrorCode'], 'LastErrorCode') ?? 'no reason given';
  return { error: hasFailed ? error : null, succeededAt: latest === '' ? null : latest };
}
