import type { Named } from '../reach/action-sets.ts';
import { ActionSets, isKnown, strange, table } from '../reach/action-sets.ts';
import type { Budget } from '../reach/budget.ts';
import { everyKey, keysReached } from '../reach/places.ts';
import { cached } from './cache.ts';
import type { Element, Statement } from './document.ts';
import { covers, effort, isCostly, matches, mayIntersect } from './glob.ts';

/** Actions on the bucket (`keys` null) or on the objects with such keys, all denied by the same. */
export interface Request {
  readonly actions: readonly string[];
  readonly keys: string | null;
  readonly denials: Denials;
}

/** A set of denials, one bit for each, so that thousands of sets are compared in no time. */
export type Denials = bigint;

// More globs in one Allow are read as all objects.
const maximumKeys = 128;

/** What statements say about actions and resources of one bucket; remembers what it worked out. */
export class Coverage {
  private readonly arn: string;
  private readonly denials: readonly Statement[];
  private readonly budget: Budget;
  private readonly sets: ActionSets;
  private readonly keys: Map<Element<string>, readonly string[]>;
  private readonly byAction = new Map<string, Denials>();
  private readonly chosen = new Map<Denials, readonly Statement[]>();

  /** @param alike what was worked out for other denials of the same bucket, to go on from. */
  constructor(arn: string, denials: readonly Statement[], budget: Budget, alike?: Coverage) {
    this.arn = arn;
    this.denials = denials;
    this.budget = budget;
    this.sets = alike?.sets ?? new ActionSets(budget);
    this.keys = alike?.keys ?? new Map();
  }

  /** The statements of a set. */
  statements(denials: Denials): readonly Statement[] {
    return cached(this.chosen, denials, () =>
      this.denials.filter((_, bit) => (denials >> BigInt(bit)) & 1n),
    );
  }

  private those(denies: (denial: Statement) => boolean): Denials {
    let set = 0n;
    let bit = 1n;
    for (const denial of this.denials) {
      if (denies(denial)) set |= bit;
      bit <<= 1n;
    }
    return set;
  }

  /** The globs of object keys that an element reaches. */
  private keysOf(resources: Element<string>): readonly string[] {
    return cached(this.keys, resources, () =>
      resources.entries.flatMap((entry) => keysReached(entry, this.arn)),
    );
  }

  private deniesResource({ resources }: Statement, keys: string | null): boolean {
    if (resources.not && !resources.complete) return false;
    if (keys === null)
      return resources.entries.some((entry) => matches(entry, this.arn)) !== resources.not;
    for (const reach of this.keysOf(resources)) {
      if (!this.budget.spend(effort(reach, keys))) return false;
      // What costs too much to compare is taken to be spared.
      if (isCostly(reach, keys) ? resources.not : this.meets(reach, keys, resources.not))
        return !resources.not;
    }
    return resources.not;
  }

  private meets(reach: string, keys: string, inPart: boolean): boolean {
    return inPart ? mayIntersect(reach, keys) : covers(reach, keys);
  }

  private grantedActions({ actions }: Statement, scope: 'bucket' | 'object'): readonly Named[] {
    const set = actions.complete || actions.not ? this.sets.listed(actions) : null;
    if (set === null) return table[scope];
    const granted = table[scope].filter(({ index }) => (set[index] === 1) !== actions.not);
    // An action newer than the table may act on anything.
    return actions.not ? granted : [...granted, ...this.sets.newer(actions)];
  }

  /** The objects an Allow reaches, as globs of keys; null among them stands for the bucket. */
  private grantedKeys({ resources }: Statement): readonly (string | null)[] {
    const listed = resources.entries.some((entry) => matches(entry, this.arn));
    const reached = this.keysOf(resources);
    const all = reached.some((reach) => covers(reach, everyKey));
    if (resources.not) return [...(listed ? [] : [null]), ...(all ? [] : [everyKey])];
    const everything = all || !resources.complete || reached.length > maximumKeys;
    const keys = everything ? [everyKey] : reached;
    return [...(listed || !resources.complete ? [null] : []), ...new Set(keys)];
  }

  /** The requests that an Allow may grant, one for each set of denials that apply to it. */
  granted(allow: Statement): readonly Request[] {
    const actions = {
      bucket: this.grantedActions(allow, 'bucket'),
      object: this.grantedActions(allow, 'object'),
    };
    const classes = { bucket: this.classes(actions.bucket), object: this.classes(actions.object) };
    // Objects first: reading them is what people ask about.
    return this.grantedKeys(allow)
      .toSorted((a, b) => Number(a === null) - Number(b === null))
      .flatMap((keys) => this.requests(keys === null ? classes.bucket : classes.object, keys));
  }

  /** May the Allow grant anything here? */
  grants(allow: Statement): boolean {
    return this.grantedKeys(allow).some(
      (keys) => this.grantedActions(allow, keys === null ? 'bucket' : 'object').length > 0,
    );
  }

  /** The requests for these actions (all, when null) on the bucket and on the objects with such keys (all, unless given). */
  asked(
    actions: readonly string[] | null,
    objects: readonly string[] = [everyKey],
  ): readonly Request[] {
    const wanted = actions && new Set(actions.map((action) => action.toLowerCase()));
    const others = (actions ?? []).map(strange).filter(({ lower }) => !isKnown(lower));
    const of = (scope: 'bucket' | 'object'): readonly Named[] => [
      ...table[scope].filter(({ lower }) => wanted === null || wanted.has(lower)),
      ...others,
    ];
    return [
      ...this.requests(this.classes(of('bucket')), null),
      ...objects.flatMap((keys) => this.requests(this.classes(of('object')), keys)),
    ];
  }

  /** The actions by which denials apply to them, wherever. */
  private classes(actions: readonly Named[]): ReadonlyMap<Denials, readonly string[]> {
    const classes = new Map<Denials, string[]>();
    for (const action of actions) {
      const denials = cached(this.byAction, action.lower, () =>
        this.those((denial) => this.sets.deny(denial.actions, action)),
      );
      cached(classes, denials, () => []).push(action.name);
    }
    return classes;
  }

  private requests(
    classes: ReadonlyMap<Denials, readonly string[]>,
    keys: string | null,
  ): readonly Request[] {
    if (classes.size === 0) return [];
    const here = this.those((denial) => this.deniesResource(denial, keys));
    const groups = new Map<Denials, string[]>();
    for (const [denials, actions] of classes) {
      cached(groups, denials & here, () => []).push(...actions);
    }
    return [...groups].map(([denials, actions]) => ({ actions, keys, denials }));
  }
}

/** Does the statement list the action, by name or by wildcard? */
export function namesAction(statement: Statement, action: string): boolean {
  const listed = statement.actions.entries.some((entry) => matches(entry, action.toLowerCase()));
  return listed !== statement.actions.not;
}
