import type { ActionScope } from './actions.ts';
import { s3Actions } from './actions.ts';
import { cached } from './cache.ts';
import type { Element, Statement } from './document.ts';
import { covers, hasWildcard, isCostly, matches, mayIntersect } from './glob.ts';
import { everyKey, keysReached } from './places.ts';

/** Actions on the bucket (`keys` null) or on the objects with such keys, all denied by the same. */
export interface Request {
  readonly actions: readonly string[];
  readonly keys: string | null;
  readonly denials: Denials;
}

/** A set of denials, one bit for each, so that thousands of sets are compared in no time. */
export type Denials = bigint;

interface Named {
  readonly name: string;
  readonly lower: string;
}

const named = (name: string): Named => ({ name, lower: name.toLowerCase() });
const table: Readonly<Record<ActionScope, readonly Named[]>> = {
  bucket: s3Actions.bucket.map(named),
  object: s3Actions.object.map(named),
  other: s3Actions.other.map(named),
};
const known = [...table.bucket, ...table.object, ...table.other];
const knownNames = new Set(known.map(({ lower }) => lower));

// More globs in one Allow are read as all objects.
const maximumKeys = 128;

/** What statements say about actions and resources of one bucket; remembers what it worked out. */
export class Coverage {
  private readonly arn: string;
  private readonly exact = new Map<Element<string>, ReadonlySet<string>>();
  private readonly wild = new Map<Element<string>, Map<string, boolean>>();
  private readonly keys = new Map<Element<string>, readonly string[]>();
  private readonly newer = new Map<Element<string>, readonly Named[]>();
  private readonly byAction = new Map<string, Denials>();
  private readonly chosen = new Map<Denials, readonly Statement[]>();
  private readonly denials: readonly Statement[];

  constructor(arn: string, denials: readonly Statement[]) {
    this.arn = arn;
    this.denials = denials;
  }

  /** The statements of a set. */
  statements(denials: Denials): readonly Statement[] {
    return cached(this.chosen, denials, () =>
      this.denials.filter((_, bit) => (denials >> BigInt(bit)) & 1n),
    );
  }

  private those(denies: (denial: Statement) => boolean): Denials {
    const bits = this.denials.map((denial) => (denies(denial) ? '1' : '0')).reverse();
    return BigInt(`0b0${bits.join('')}`);
  }

  /** The globs of object keys that an element reaches. */
  private keysOf(resources: Element<string>): readonly string[] {
    return cached(this.keys, resources, () =>
      resources.entries.flatMap((entry) => keysReached(entry, this.arn)),
    );
  }

  // `covers` rather than `matches`, because the action of a request may itself be a glob that
  // no known action matches.
  private lists(actions: Element<string>, lower: string): boolean {
    const exact = cached(this.exact, actions, () => new Set(actions.entries));
    if (exact.has(lower) || exact.has('*') || exact.has('s3:*')) return true;
    const known = cached(this.wild, actions, () => new Map<string, boolean>());
    return cached(known, lower, () =>
      actions.entries.some((entry) => hasWildcard(entry) && covers(entry, lower)),
    );
  }

  private deniesAction({ actions }: Statement, lower: string): boolean {
    if (!actions.not) return this.lists(actions, lower);
    if (!hasWildcard(lower)) return actions.complete && !this.lists(actions, lower);
    return actions.complete && !actions.entries.some((entry) => mayIntersect(entry, lower));
  }

  private deniesResource({ resources }: Statement, keys: string | null): boolean {
    if (keys === null) {
      const listed = resources.entries.some((entry) => matches(entry, this.arn));
      return resources.not ? resources.complete && !listed : listed;
    }
    const reached = this.keysOf(resources);
    return resources.not
      ? resources.complete &&
          !reached.some((reach) => isCostly(reach, keys) || mayIntersect(reach, keys))
      : reached.some((reach) => !isCostly(reach, keys) && covers(reach, keys));
  }

  private grantedActions({ actions }: Statement, scope: 'bucket' | 'object'): readonly Named[] {
    if (actions.not) return table[scope].filter(({ lower }) => !this.lists(actions, lower));
    if (!actions.complete) return table[scope];
    const granted = table[scope].filter(({ lower }) => this.lists(actions, lower));
    // An action newer than the table: it may act on anything.
    const newer = cached(this.newer, actions, () =>
      actions.entries
        .filter((entry) => !knownNames.has(entry) && mayIntersect(entry, 's3:*'))
        .filter((entry) => !known.some(({ lower }) => matches(entry, lower)))
        .map(named),
    );
    return [...granted, ...newer];
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

  /** The requests for these actions (all, when null) on the whole bucket. */
  asked(actions: readonly string[] | null): readonly Request[] {
    const wanted = actions && new Set(actions.map((action) => action.toLowerCase()));
    const strange = (actions ?? []).map(named).filter(({ lower }) => !knownNames.has(lower));
    const of = (scope: 'bucket' | 'object'): readonly Named[] => [
      ...table[scope].filter(({ lower }) => wanted === null || wanted.has(lower)),
      ...strange,
    ];
    return [
      ...this.requests(this.classes(of('bucket')), null),
      ...this.requests(this.classes(of('object')), everyKey),
    ];
  }

  /** The actions by which denials apply to them, wherever. */
  private classes(actions: readonly Named[]): ReadonlyMap<Denials, readonly string[]> {
    const classes = new Map<Denials, string[]>();
    for (const { name, lower } of actions) {
      const denials = cached(this.byAction, lower, () =>
        this.those((denial) => this.deniesAction(denial, lower)),
      );
      cached(classes, denials, () => []).push(name);
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
