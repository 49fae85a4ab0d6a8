import type { CompositeAlarm } from '../../facts/alarm.ts';
import type { Tri } from '../../policy/language/tri.ts';
import { readAlarmRule, type States } from './alarm-rule.ts';

const SOUNDING: States = { alarm: 1, ok: -1, insufficientData: -1 };
const UNKNOWN: States = { alarm: 0, ok: 0, insufficientData: 0 };
/** What is normal: nothing else sounds. */
const QUIET: States = { alarm: -1, ok: 1, insufficientData: -1 };

/** An alarm by the name or the ARN that a rule may give it. */
interface Named {
  readonly name: string;
  readonly arn: string;
}

/**
 * The composite alarms that sound when an alarm does: always, whatever the state of all other alarms (1), or only while the
 * others are as they normally are (0), as where one of them stands for a maintenance window. Those that need more are left
 * out, as are those that already sound while all is quiet: their state never changes, and only a change notifies anyone. One
 * that another alarm may suppress is never sure.
 */
export function soundingWith(
  alarm: Named,
  all: readonly CompositeAlarm[],
): readonly { readonly composite: CompositeAlarm; readonly isSure: boolean }[] {
  const composites = naming(alarm, all);
  const whatever = truthsWith(alarm, SOUNDING, composites, UNKNOWN);
  const normally = truthsWith(alarm, SOUNDING, composites, QUIET);
  const before = truthsWith(alarm, QUIET, composites, QUIET);
  return composites.flatMap((composite) => {
    const sure = whatever.get(composite) === 1;
    if (normally.get(composite) === -1 || before.get(composite) === 1) return [];
    return [{ composite, isSure: sure && !composite.isSuppressible }];
  });
}

/** Those whose rule names the alarm, or one that does: of hundreds in a Region, few. Only they are read. */
function naming(alarm: Named, all: readonly CompositeAlarm[]): readonly CompositeAlarm[] {
  const found = new Set<CompositeAlarm>();
  const names = [alarm.name];
  // A name that is found is looked for in turn, so the list grows while it is read.
  for (const name of names) {
    for (const each of all) {
      if (found.has(each) || !each.rule.includes(name)) continue;
      found.add(each);
      names.push(each.name);
    }
  }
  return [...found];
}

/** The truth of each rule while the alarm is in its own state, and the others in theirs; maybe for a rule that cannot be read. */
function truthsWith(
  alarm: Named,
  own: States,
  composites: readonly CompositeAlarm[],
  others: States,
) {
  const truths = new Map<CompositeAlarm, Tri>();
  const rules = new Map(composites.map((each) => [each, readAlarmRule(each.rule)]));
  const inWork = new Set<CompositeAlarm>();
  const waiting = new Set<CompositeAlarm>();
  const isCalled = ({ name, arn }: Named, text: string) => text === name || text === arn;

  const stateOf = (text: string): States => {
    if (isCalled(alarm, text)) return own;
    const composite = composites.find((each) => isCalled(each, text));
    if (composite === undefined) return others;
    const truth = truthOf(composite);
    return { alarm: truth, ok: truth === 0 ? 0 : truth === 1 ? -1 : 1, insufficientData: -1 };
  };
  function truthOf(composite: CompositeAlarm): Tri {
    const known = truths.get(composite);
    if (known !== undefined) return known;
    // CloudWatch evaluates no alarms that wait for each other (API reference, PutCompositeAlarm).
    if (inWork.has(composite)) {
      for (const each of inWork) waiting.add(each);
      return -1;
    }
    inWork.add(composite);
    const rule = rules.get(composite) ?? null;
    const stated = rule === null ? 0 : rule(stateOf);
    const truth = waiting.has(composite) ? -1 : stated;
    inWork.delete(composite);
    truths.set(composite, truth);
    return truth;
  }
  for (const each of composites) truthOf(each);
  return truths;
}
