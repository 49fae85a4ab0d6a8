import { fromStrings } from '../engine/pack-parameters.ts';
import { parametersOf } from '../engine/parameters.ts';
import type { Rule } from '../engine/rule.ts';
import { isAnswer, reasonOf } from '../services/failures.ts';
import type { ParameterValues } from '../settings/entry.ts';
import { printable } from '../values/text.ts';
import { type Invocation, invocationOf } from './invocation.ts';
import { judge } from './judging/judge.ts';
import { type LambdaContext, timeLeftOf } from './judging/time-left.ts';
import { count, labelsOf, waiverWarning } from './log-entries.ts';
import { isTest } from './put-evaluations.ts';
import type { World } from './world.ts';

export type { Validate, World } from './world.ts';

/** The rule was deployed with parameters it cannot run with. No resource gets a result for it: the invocation fails. */
export class InvalidParameters extends Error {
  override readonly name = 'InvalidParameters';
}

/**
 * The handler of every rule: AWS Config invokes it, it reports with PutEvaluations what could be judged, and it throws when a
 * retry may bring more.
 */
export function createHandler(
  world: World,
): (event: unknown, context?: LambdaContext) => Promise<{ evaluations: number }> {
  return async (event, context) => {
    let labels = {};
    try {
      const invocation = invocationOf(event);
      labels = labelsOf(invocation);
      const rule = ruleOf(world, invocation);
      const params = paramsOf(world, invocation, rule);
      const hasTime = timeLeftOf(context);
      const evaluations = await judge(world, invocation, { rule, params }, hasTime);
      const warning = waiverWarning(world.settings, invocation);
      if (warning !== null) world.log({ level: 'warn', ...labels, message: warning });
      world.log({ level: 'info', ...labels, verdicts: count(evaluations) });
      if (isByTheClock(invocation)) await world.afterwards?.(invocation, hasTime);
      return { evaluations: evaluations.length };
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      const entry = { level: 'error', ...labels, error: name, message: printable(message) };
      world.log({ ...entry, ...(isAnswer(error) ? { reason: reasonOf(error) } : {}) });
      throw error;
    }
  };
}

const isByTheClock = ({ task, resultToken }: Invocation) =>
  task.kind === 'population' && !isTest(resultToken);

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
