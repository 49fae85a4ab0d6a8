import type { ActionScope } from '../language/actions.ts';
import { s3Actions } from '../language/actions.ts';
import { cached } from '../language/cache.ts';
import type { Element } from '../language/document.ts';
import { covers, effort, hasWildcard, matches, mayIntersect } from '../language/glob.ts';
import type { Budget } from './budget.ts';

/** An action of the table, as the documentation spells it and as it is compared; `index` is its place in the sets. */
export interface Named {
  readonly name: string;
  readonly lower: string;
  readonly index: number;
}

let count = 0;
const named = (name: string): Named => ({ name, lower: name.toLowerCase(), index: count++ });
export const table: Readonly<Record<ActionScope, readonly Named[]>> = {
  bucket: s3Actions.bucket.map(named),
  object: s3Actions.object.map(named),
  other: s3Actions.other.map(named),
};
const known = [...table.bucket, ...table.object, ...table.other];
const indexes = new Map(known.map(({ lower, index }) => [lower, index]));

export const isKnown = (lower: string): boolean => indexes.has(lower);

/** An action that the table does not have, or a glob for some. */
export const strange = (name: string): Named => ({ name, lower: name.toLowerCase(), index: -1 });

/** One flag for each action of the table, by its index. */
type ActionSet = Uint8Array;

const isAll = (entry: string): boolean => entry === '*' || entry === 's3:*';

/** As long as most names of actions. */
const usual = 's3:getbucketversioning';

/** Which actions lists of globs name; remembers what it worked out. Null and "maybe" stand for what is beyond the budget. */
export class ActionSets {
  private readonly budget: Budget;
  private readonly byElement = new Map<Element<string>, ActionSet | null>();
  private readonly byGlob = new Map<string, ActionSet | null>();
  private readonly exact = new Map<Element<string>, ReadonlySet<string>>();

  constructor(budget: Budget) {
    this.budget = budget;
  }

  /** The actions of the table among those that the element lists, without regard to its Not. */
  listed(actions: Element<string>): ActionSet | null {
    return cached(this.byElement, actions, () => {
      const set = new Uint8Array(known.length);
      if (actions.entries.some(isAll)) return set.fill(1);
      for (const entry of actions.entries) {
        const index = indexes.get(entry);
        if (index !== undefined) set[index] = 1;
        else if (hasWildcard(entry)) {
          const matched = this.matched(entry);
          if (matched === null) return null;
          for (let n = 0; n < set.length; n++) if (matched[n] === 1) set[n] = 1;
        }
      }
      return set;
    });
  }

  private matched(glob: string): ActionSet | null {
    return cached(this.byGlob, glob, () => {
      if (!this.budget.spend(known.length * effort(glob, usual))) return null;
      return Uint8Array.from(known, ({ lower }) => (matches(glob, lower) ? 1 : 0));
    });
  }

  /** The entries that match no action of the table, though they may be of S3: actions newer than it. */
  newer(actions: Element<string>): readonly Named[] {
    return actions.entries
      .filter((entry) => !isKnown(entry) && !isAll(entry) && mayIntersect(entry, 's3:*'))
      .filter((entry) => !hasWildcard(entry) || !this.matched(entry)?.includes(1))
      .map(strange);
  }

  /** Does a Deny of these certainly apply to the action? */
  deny(actions: Element<string>, { lower, index }: Named): boolean {
    if (actions.not && !actions.complete) return false;
    const set = index < 0 ? null : this.listed(actions);
    if (index >= 0) return set !== null && (set[index] === 1) !== actions.not;
    const exact = cached(this.exact, actions, () => new Set(actions.entries));
    if (exact.has(lower)) return !actions.not;
    if (!this.budget.spend(actions.entries.length)) return false;
    // `covers` rather than `matches`, because a strange action may itself be a glob.
    if (!actions.not)
      return actions.entries.some((entry) => hasWildcard(entry) && covers(entry, lower));
    return !actions.entries.some((entry) => mayIntersect(entry, lower));
  }
}
