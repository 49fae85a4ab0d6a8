import type { Window } from '../../../facts/bucket-settings.ts';
import type { Condition } from '../../../policy/language/conditions.ts';
import type { Statement } from '../../../policy/language/document.ts';
import { Malformed, time } from '../../../values/json.ts';

/**
 * When the conditions of a statement on the time of the request can be true. What is no time, and a condition that excludes
 * times, limits nothing.
 *
 * Source: IAM User Guide, "Date condition operators" (ISO 8601 or seconds of the epoch), and "AWS global condition context
 * keys", aws:CurrentTime and aws:EpochTime, which every request has.
 */
export function windowOf({ conditions }: Pick<Statement, 'conditions'>): Window {
  let from: string | null = null;
  let until: string | null = null;
  for (const condition of conditions) {
    const [first, ...others] = timesIn(condition).toSorted();
    const [, bound] = BOUND.exec(condition.written.operator) ?? [];
    if (first === undefined || bound === undefined) continue;
    const last = others.at(-1) ?? first;
    // Several values are alternatives, several conditions hold together.
    if (bound !== 'GreaterThan' && (until === null || last < until)) until = last;
    if (bound !== 'LessThan' && (from === null || first > from)) from = first;
  }
  return { from, until };
}

const KEYS: readonly string[] = ['aws:currenttime', 'aws:epochtime'];
const BOUND =
  /^(?:ForAllValues:|ForAnyValue:)?(?:Date|Numeric)(LessThan|GreaterThan|Equals)(?:Equals)?(?:IfExists)?$/;

/** The times of a condition on the time; none when one of them cannot be read, because any time may be meant. */
function timesIn({ key, operator, values }: Condition): readonly string[] {
  if (!KEYS.includes(key) || operator === null) return [];
  try {
    return values.map((value) => time(timeIn(value), key));
  } catch (error) {
    if (error instanceof Malformed) return [];
    throw error;
  }
}

/** As JSON has it: a number of seconds, or a date, which begins at midnight in UTC. */
function timeIn(value: string | null): unknown {
  if (value === null) return null;
  if (/^\d{1,12}$/.test(value)) return Number(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value;
}
