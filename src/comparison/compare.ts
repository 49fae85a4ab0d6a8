import type { Finding } from '../engine/finding.ts';
import type { Compared } from './findings-file.ts';

/** How a finding differs from what was found before. `gone`: there is no finding any more, or the rule does not apply. */
export const CHANGES = ['new', 'changed', 'fixed', 'waived', 'gone', 'known'] as const;
export type Change = (typeof CHANGES)[number];

export interface Difference {
  readonly change: Change;
  /** The finding as it is now; as it was where it is gone. */
  readonly finding: Compared;
  /** What it said before, where that is something else. */
  readonly before?: Compared;
}

/**
 * What was open before: FAIL and UNKNOWN. A finding is the same when rule, resource and message are: to count them instead would
 * let one regression pass for each fix.
 */
export class Before {
  readonly #open = new Map<string, Compared>();
  readonly #met = new Set<string>();
  readonly #rules = new Set<string>();

  static async from(findings: AsyncIterable<Compared>): Promise<Before> {
    const before = new Before();
    for await (const finding of findings)
      if (isOpen(finding)) before.#open.set(keyOf(finding), finding);
    return before;
  }

  /** How many findings were open. */
  get size(): number {
    return this.#open.size;
  }

  /** How an open finding stands to what was open before. */
  stateOf(finding: Compared): 'new' | 'changed' | 'known' {
    const key = keyOf(finding);
    const before = this.#open.get(key);
    if (before === undefined) return 'new';
    this.#met.add(key);
    return isSame(before, finding) ? 'known' : 'changed';
  }

  /** The difference that a finding is; undefined where it neither is nor was open. */
  meet(finding: Compared): Difference | undefined {
    this.#rules.add(finding.rule);
    const key = keyOf(finding);
    const before = this.#open.get(key);
    if (before !== undefined) this.#met.add(key);
    if (isOpen(finding)) {
      const change = this.stateOf(finding);
      return change === 'changed' && before ? { change, finding, before } : { change, finding };
    }
    if (before === undefined) return undefined;
    return { change: ENDS[finding.state as keyof typeof ENDS], finding, before };
  }

  /** What was open and was not met. */
  *gone(): Generator<Difference> {
    for (const [key, finding] of this.#open) {
      if (!this.#met.has(key)) yield { change: 'gone', finding };
    }
  }

  /** Rules that had open findings, and of which none was met at all: perhaps they were left out. */
  rulesWithout(): readonly string[] {
    const rules = new Set([...this.#open.values()].map(({ rule }) => rule));
    return [...rules].filter((rule) => !this.#rules.has(rule)).sort();
  }
}

const isOpen = ({ state }: Compared) => state === 'FAIL' || state === 'UNKNOWN';

const ENDS = { PASS: 'fixed', WAIVED: 'waived', NOT_APPLICABLE: 'gone' } as const;

const keyOf = ({ rule, subject: { type, account, region, id } }: Compared) =>
  JSON.stringify([rule, type, account, region, id]);

const isSame = (one: Compared, other: Compared) =>
  one.state === other.state &&
  one.messageId === other.messageId &&
  lasting(one.message) === lasting(other.message);

/** A message without what changes as time goes by: ages and dates. */
const lasting = (message: Finding['message']) =>
  message
    .replace(/\d{4}-\d{2}-\d{2}(T[\d:.]+Z?)?/g, '<date>')
    .replace(/\d+ (day|hour|minute)s?\b/g, '<age>');
