import { not, some, type Tri } from '../../policy/language/tri.ts';
import { MAXIMUM_DEPTH } from './event-facts.ts';

/** Is the expression true, given in which state each alarm is (a name or an ARN)? */
export type AlarmRule = (stateOf: (alarm: string) => States) => Tri;

/** Of each state of an alarm: is it in it? */
export interface States {
  readonly alarm: Tri;
  readonly ok: Tri;
  readonly insufficientData: Tri;
}

/** Longer rules are not accepted by CloudWatch (API reference, PutCompositeAlarm). */
const LONGEST = 10_240;

/**
 * Reads the rule of a composite alarm, `ALARM(errors) OR NOT OK("other alarm")`, with AND, OR, NOT, TRUE, FALSE and parentheses
 * (CloudWatch API reference, PutCompositeAlarm). That AND binds before OR is not documented; CloudWatch writes parentheses.
 * @returns null for what is not well-formed, and for functions that are not known.
 */
export function readAlarmRule(text: string): AlarmRule | null {
  if (text.length > LONGEST) return null;
  const reader = new Reader(text);
  try {
    const rule = reader.alternatives(0);
    return reader.isAtEnd ? rule : null;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

class Unreadable extends Error {}

const FUNCTIONS = new Map<string, keyof States>([
  ['ALARM', 'alarm'],
  ['OK', 'ok'],
  ['INSUFFICIENT_DATA', 'insufficientData'],
]);

// Each repeats one class up to what ends it, so nothing is tried twice.
const WORD = /\s*([A-Za-z_]+)/y;
const MARK = /\s*([()])/y;
const NAME = /\s*(?:"([^"]*)"\s*|([^()"]+))\)/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text.trimEnd();
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  alternatives(depth: number): AlarmRule {
    const found = [this.#conjunction(depth)];
    while (this.#skip(WORD, 'OR')) found.push(this.#conjunction(depth));
    return (states) => some(found.map((each) => each(states)));
  }

  #conjunction(depth: number): AlarmRule {
    const found = [this.#unit(depth)];
    while (this.#skip(WORD, 'AND')) found.push(this.#unit(depth));
    return (states) => not(some(found.map((each) => not(each(states)))));
  }

  #unit(depth: number): AlarmRule {
    if (depth > MAXIMUM_DEPTH) throw new Unreadable();
    if (this.#skip(WORD, 'NOT')) {
      const negated = this.#unit(depth + 1);
      return (states) => not(negated(states));
    }
    if (this.#skip(MARK, '(')) {
      const inner = this.alternatives(depth + 1);
      if (!this.#skip(MARK, ')')) throw new Unreadable();
      return inner;
    }
    const word = this.#next(WORD)?.[1]?.toUpperCase() ?? '';
    if (word === 'TRUE') return () => 1;
    if (word === 'FALSE') return () => -1;
    return this.#function(FUNCTIONS.get(word));
  }

  #function(state: keyof States | undefined): AlarmRule {
    if (state === undefined || !this.#skip(MARK, '(')) throw new Unreadable();
    const [, quoted, bare] = this.#next(NAME) ?? [];
    const alarm = quoted ?? bare?.trim();
    if (!alarm) throw new Unreadable();
    return (stateOf) => stateOf(alarm)[state];
  }

  #next(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  #skip(pattern: RegExp, wanted: string): boolean {
    const before = this.#at;
    if (this.#next(pattern)?.[1]?.toUpperCase() === wanted) return true;
    this.#at = before;
    return false;
  }
}
