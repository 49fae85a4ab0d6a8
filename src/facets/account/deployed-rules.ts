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
  const errors = new Map(
    list(ConfigRulesEvaluationStatus, 'ConfigRulesEvaluationStatus').map((each) => {
      const status = object(each, 'ConfigRulesEvaluationStatus');
      return [text(status['ConfigRuleName'], 'ConfigRuleName'), errorOf(status)];
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
        function: functionIn(optionalText(source['SourceIdentifier'], 'SourceIdentifier')),
        isNarrowed: isNarrowed(config),
        state,
        error: errors.get(name) ?? null,
      },
    ];
  });
});

/** arn:aws:lambda:<region>:<account>:function:<name>, or the same with a version or an alias. */
const functionIn = (identifier: string | null) =>
  /^arn:[a-z-]+:lambda:[^:]+:[^:]+:function:([^:]+)/.exec(identifier ?? '')?.[1] ?? null;

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
function errorOf(status: Json): string | null {
  const at = (key: string) => optionalTime(status[key], key) ?? '';
  const hasFailed = ['Invocation', 'Evaluation'].some(
    (step) => at(`LastFailed${step}Time`) > at(`LastSuccessful${step}Time`),
  );
  if (!hasFailed) return null;
  return optionalText(status['LastErrorCode'], 'LastErrorCode') ?? 'no reason given';
}
