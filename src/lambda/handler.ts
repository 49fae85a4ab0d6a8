import type { ConfigServiceClient, Evaluation } from '@aws-sdk/client-config-service';
import { assess, type ParametrisedRule } from '../assessment/assess.ts';
import { absenceOf, identityOf, isJudgedBy } from '../assessment/subject.ts';
import { evaluateAbsent } from '../engine/evaluate.ts';
import type { Finding } from '../engine/finding.ts';
import { fromStrings } from '../engine/pack-parameters.ts';
import { parametersOf } from '../engine/parameters.ts';
import type { Rule } from '../engine/rule.ts';
import type { Pack } from '../facts/pack.ts';
import type { Services } from '../services/services.ts';
import type { ParameterValues } from '../settings/entry.ts';
import type { Settings } from '../settings/settings.ts';
import { oneRecord, population } from '../sources/config-api/config-source.ts';
import { announcedItem, type Wait } from '../sources/config-api/recorded-items.ts';
import type { Source } from '../sources/source.ts';
import { printable } from '../values/text.ts';
import { type Invocation, invocationOf } from './invocation.ts';
import { count, labelsOf, waiverWarning } from './log-entries.ts';
import { evaluationOf, isTest, putEvaluations, vanished } from './put-evaluations.ts';

/** Says what is wrong with the parameters of a rule, one sentence each; empty when they are valid. */
export type Validate = (rule: Rule, values: ParameterValues) => readonly string[];

/** Everything external that the handler uses. */
export interface World {
  readonly rules: readonly Rule[];
  /** All rules that are deployed, those of the other function too. */
  readonly pack: Pack;
  readonly settings: Settings;
  readonly validate: Validate;
  readonly config: ConfigServiceClient;
  readonly services: Services;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
  readonly now: () => Date;
  readonly wait: Wait;
}

/** The rule was deployed with parameters it cannot run with. No resource gets a result for it: the invocation fails. */
export class InvalidParameters extends Error {
  override readonly name = 'InvalidParameters';
}

/** The handler of every rule: AWS Config invokes it, it reports with PutEvaluations, and it throws on errors worth a retry. */
export function createHandler(world: World): (event: unknown) => Promise<{ evaluations: number }> {
  return async (event) => {
    let labels = {};
    try {
      const invocation = invocationOf(event);
      labels = labelsOf(invocation);
      const evaluations = await answer(world, invocation);
      const warning = waiverWarning(world.settings, invocation);
      if (warning !== null) world.log({ level: 'warn', ...labels, message: warning });
      world.log({ level: 'info', ...labels, verdicts: count(evaluations) });
      return { evaluations: evaluations.length };
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      const entry = { level: 'error', ...labels, error: name, message: printable(message) };
      world.log(entry);
      throw error;
    }
  };
}

async function answer(world: World, invocation: Invocation): Promise<readonly Evaluation[]> {
  const rule = ruleOf(world, invocation);
  const params = paramsOf(world, invocation, rule);
  const { task, resultToken, configRuleName } = invocation;
  const evaluations = await judged(world, invocation, { rule, params });
  await putEvaluations(world.config, resultToken, evaluations, world.wait);
  if (task.kind !== 'population' || isTest(resultToken)) return evaluations;
  const retired = await vanished(world.config, configRuleName, evaluations, task.at);
  if (retired.length > 0) await putEvaluations(world.config, resultToken, retired, world.wait);
  return [...evaluations, ...retired];
}

function ruleOf({ rules }: World, invocation: Invocation): Rule {
  const rule = rules.find(({ id }) => id === invocation.rule);
  if (rule) return rule;
  const known = rules.map(({ id }) => id).join(', ');
  const given = invocation.rule === undefined ? 'missing' : JSON.stringify(invocation.rule);
  throw new InvalidParameters(
    `${invocation.configRuleName}: the parameter rule is ${given}, expected one of ${known}.`,
  );
}

function paramsOf(world: World, invocation: Invocation, rule: Rule): ParameterValues {
  const params = parametersOf(rule, world.settings, fromStrings(rule, invocation.parameters));
  const problems = world.validate(rule, params);
  if (problems.length > 0) throw new InvalidParameters(problems.join(' '));
  return params;
}

/** The evaluations of what an invocation is about, in order. */
async function judged(
  world: World,
  { task, leftScope, account }: Invocation,
  rule: ParametrisedRule,
): Promise<Evaluation[]> {
  const source = await sourceOf(world, rule.rule, task, { leftScope, account });
  if (!('items' in source)) return [evaluationOf(source, task.at)];
  const { settings, pack, now } = world;
  const evaluations: Evaluation[] = [];
  const assessment = { settings, pack, now: now().toISOString() };
  for await (const { findings } of assess(source, [rule], assessment)) {
    evaluations.push(...findings.map((finding) => evaluationOf(finding, task.at)));
  }
  return evaluations;
}

/** What is to be judged; or the finding itself, if the resource is gone, out of scope or of a type that the rule does not judge. */
async function sourceOf(
  world: World,
  rule: Rule,
  task: Invocation['task'],
  { leftScope, account }: Pick<Invocation, 'leftScope' | 'account'>,
): Promise<Source | Finding> {
  if (task.kind === 'population') return await population(world, rule, account, task.at);
  const { item: noted, at } = task;
  const absence = leftScope || !isJudgedBy(noted, rule) ? 'resourceOutOfScope' : absenceOf(noted);
  if (absence) return evaluateAbsent(rule, identityOf(noted), absence, noted.captureTime);
  const item = task.kind === 'item' ? noted : await announcedItem(world.config, noted, at);
  return await oneRecord(world, rule, item);
}
