import type { ActionScope } from './actions.ts';
import { s3Actions } from './actions.ts';
import { cached } from './cache.ts';
import type { Element, Statement } from './document.ts';
import { covers, hasWildcard, matches, mayIntersect, rests } from './glob.ts';

/** Actions on the bucket (`keys` null) or on the objects with such keys, all denied by the same. */
export interface Request {
  readonly actions: readonly string[];
  readonly keys: string | null;
  readonly denials: readonly Statement[];
}

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

// S3 keys have at most 1,024 bytes: a longer glob reaches no object.
const maximumKeyLength = 1024;

/** What statements say about actions and resources of one bucket; remembers what it worked out. */
export class Coverage {
  private readonly arn: string;
  private readonly exact = new Map<Element<string>, ReadonlySet<string>>();
  private readonly wild = new Map<Element<string>, Map<string, boolean>>();
  private readonly keys = new Map<Element<string>, readonly string[]>();

  constructor(arn: string) {
    this.arn = arn;
  }

  /** The globs of object keys that an element reaches. */
  private keysOf(resources: Element<string>): readonly string[] {
    return cached(this.keys, resources, () =>
      resources.entries
        .flatMap((entry) => rests(entry, `${this.arn}/`))
        .filter((keys) => keys.replaceAll('*', '').length <= maximumKeyLength),
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
      ? resources.complete && !reached.some((reach) => mayIntersect(reach, keys))
      : reached.some((reach) => covers(reach, keys));
  }

  private grantedActions({ actions }: Statement, scope: 'bucket' | 'object'): readonly Named[] {
    if (actions.not) return table[scope].filter(({ lower }) => !this.lists(actions, lower));
    if (!actions.complete) return table[scope];
    const granted = table[scope].filter(({ lower }) => this.lists(actions, lower));
    // An action newer than the table: it may act on anything.
    const newer = actions.entries.filter(
      (entry) =>
        !knownNames.has(entry) &&
        mayIntersect(entry, 's3:*') &&
        !known.some(({ lower }) => matches(entry, lower)),
    );
    return [...granted, ...newer.map(named)];
  }

  /** The objects an Allow reaches, as globs of keys; null among them stands for the bucket. */
  private grantedKeys({ resources }: Statement): readonly (string | null)[] {
    const listed = resources.entries.some((entry) => matches(entry, this.arn));
    const reached = this.keysOf(resources);
    const all = reached.some((reach) => covers(reach, '*'));
    if (resources.not) return [...(listed ? [] : [null]), ...(all ? [] : ['*'])];
    const keys = all || !resources.complete ? ['*'] : reached;
    return [...(listed || !resources.complete ? [null] : []), ...new Set(keys)];
  }

  /** The requests that an Allow may grant, one for each set of denials that apply to it. */
  granted(allow: Statement, denials: readonly Statement[]): readonly Request[] {
    const actions = {
      bucket: this.grantedActions(allow, 'bucket'),
      object: this.grantedActions(allow, 'object'),
    };
    // Objects first: reading them is what people ask about.
    return this.grantedKeys(allow)
      .toSorted((a, b) => Number(a === null) - Number(b === null))
      .flatMap((keys) =>
        this.requests(keys === null ? actions.bucket : actions.object, keys, denials),
      );
  }

  /** The requests for these actions (all, when null) on the whole bucket. */
  asked(actions: readonly string[] | null, denials: readonly Statement[]): readonly Request[] {
    const wanted = actions && new Set(actions.map((action) => action.toLowerCase()));
    const strange = (actions ?? []).map(named).filter(({ lower }) => !knownNames.has(lower));
    const of = (scope: 'bucket' | 'object'): readonly Named[] => [
      ...table[scope].filter(({ lower }) => wanted === null || wanted.has(lower)),
      ...strange,
    ];
    return [
      ...this.requests(of('bucket'), null, denials),
      ...this.requests(of('object'), '*', denials),
    ];
  }

  private requests(
    actions: readonly Named[],
    keys: string | null,
    denials: readonly Statement[],
  ): readonly Request[] {
    const here = denials.filter((denial) => this.deniesResource(denial, keys));
    const groups = new Map<string, { actions: string[]; denials: readonly Statement[] }>();
    for (const { name, lower } of actions) {
      const applying = here.filter((denial) => this.deniesAction(denial, lower));
      const mark = applying.map(({ index }) => index).join();
      const group = groups.get(mark);
      if (group) group.actions.push(name);
      else groups.set(mark, { actions: [name], denials: applying });
    }
    return [...groups.values()].map((group) => ({ ...group, keys }));
  }
}

/** The resource of a request, as an ARN whose wildcards stand for the objects concerned. */
export function resourceOf(arn: string, { keys }: Request): string {
  return keys === null ? arn : `${arn}/${keys}`;
}

/** Does the statement list the action, by name or by wildcard? */
export function namesAction(statement: Statement, action: string): boolean {
  const listed = statement.actions.entries.some((entry) => matches(entry, action.toLowerCase()));
  return listed !== statement.actions.not;
}
