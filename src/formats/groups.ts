import { type Finding, STATES, type State } from '../engine/finding.ts';

/** What findings may be counted by, besides rule and account: `tag:` is followed by the key of a tag. */
export const GROUPINGS = ['account', 'ou', 'region', 'rule'] as const;
export type GroupBy = (typeof GROUPINGS)[number] | `tag:${string}`;

/** The states of findings, counted by one of their properties. */
export class Groups {
  readonly by: GroupBy;
  readonly #groups = new Map<string, Record<State, number>>();

  constructor(by: GroupBy) {
    this.by = by;
  }

  /** @param label the group that the finding belongs to, as people are to read it. */
  add({ state }: Pick<Finding, 'state'>, label: string): void {
    let counts = this.#groups.get(label);
    if (counts === undefined) {
      counts = Object.fromEntries(STATES.map((each) => [each, 0])) as Record<State, number>;
      this.#groups.set(label, counts);
    }
    counts[state]++;
  }

  /** The groups with the most failures first. */
  get rows(): readonly {
    readonly label: string;
    readonly counts: Readonly<Record<State, number>>;
  }[] {
    return [...this.#groups]
      .map(([label, counts]) => ({ label, counts }))
      .sort((a, b) => b.counts.FAIL - a.counts.FAIL || (a.label < b.label ? -1 : 1));
  }
}
