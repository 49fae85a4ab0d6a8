import { cached } from '../language/cache.ts';
import type { Condition } from '../language/conditions.ts';
import type { Policy, Statement } from '../language/document.ts';
import type { Tri } from '../language/tri.ts';
import { some } from '../language/tri.ts';
import { accessPoints } from './access-points.ts';
import type { Caller, Callers, Dimension, Option } from './callers.ts';
import { entityKey, untrustedCallers } from './callers.ts';
import { holds, identityKeys } from './keys.ts';
import type { Trust } from './trust.ts';
import type { Value } from './values.ts';
import type { Vocabulary } from './vocabulary.ts';
import { valuesOfKey, vocabularyOf } from './vocabulary.ts';

export interface Bucket {
  readonly arn: string;
  readonly account: string;
}

/** What has been decided so far about a class of requests. */
export type World = ReadonlyMap<Dimension, Option>;

/** Is `{"AWS":"*"}` in a Deny taken to include AWS services? */
export type ServicesInEveryAccount = boolean;

const absent: Value = { kind: 'absent' };
const nothing: Dimension = [new Map()];

// Far above what real policies need. Beyond them a question counts as answered "maybe", never "safe".
const maximumWorlds = 256;
const maximumSteps = 50_000;

/** One question about one policy: the caller classes, the keys distinguished, and what was evaluated. */
export class Worlds {
  readonly vocabulary: Vocabulary;
  /** Whom the trust does not cover; everyone, when there is none. */
  readonly callers: Callers;
  private readonly owner: string;
  private readonly shared = new Map<string, Dimension>();
  private readonly truths = new Map<Condition, Map<Value | Dimension, Tri>>();
  private readonly fixed: ReadonlySet<string>;
  private steps = maximumSteps;

  constructor(
    policy: Policy,
    bucket: Bucket,
    trust: Trust | null,
    fixed: ReadonlyMap<string, string> = new Map(),
  ) {
    this.owner = bucket.account;
    this.vocabulary = vocabularyOf(policy, bucket.account, trust);
    this.callers = untrustedCallers(this.vocabulary, bucket.account, trust);
    this.fixed = new Set(fixed.keys());
    const delegates = trust?.allowDelegation ? [bucket.account, ...trust.accounts] : [];
    const points = accessPoints(this.vocabulary, delegates);
    for (const option of points) for (const key of option.keys()) this.shared.set(key, points);
    for (const [key, text] of fixed)
      this.shared.set(key, [new Map([[key, { kind: 'text', text }]])]);
  }

  /** A key may be part of the caller, fixed by the question, or free. */
  dimension(key: string, caller: Caller): Dimension {
    const own = this.fixed.has(key) ? undefined : caller.dimensions.get(key);
    if (own !== undefined) return own;
    if (identityKeys.has(key) && !this.fixed.has(key)) return nothing;
    return cached(this.shared, key, () =>
      valuesOfKey(key, this.vocabulary, this.owner).map((value) => new Map([[key, value]])),
    );
  }

  value(key: string, caller: Caller, world: World): Value | null {
    const dimension = this.dimension(key, caller);
    const option = world.get(dimension) ?? (dimension.length === 1 ? dimension[0] : undefined);
    return option === undefined ? null : (option.get(key) ?? absent);
  }

  truth(condition: Condition, caller: Caller, world: World): Tri {
    const dimension = this.dimension(condition.key, caller);
    const chosen = world.get(dimension);
    if (chosen !== undefined) return this.holds(condition, chosen);
    return this.remember(condition, dimension, () => {
      let common: Tri | null = null;
      for (const option of dimension) {
        const truth = this.holds(condition, option);
        if (common !== null && truth !== common) return 0;
        common = truth;
      }
      return common ?? 0;
    });
  }

  private holds(condition: Condition, option: Option): Tri {
    const value = option.get(condition.key) ?? absent;
    return this.remember(condition, value, () => holds(condition, value, this.owner));
  }

  private remember(condition: Condition, of: Value | Dimension, judge: () => Tri): Tri {
    const known = cached(this.truths, condition, () => new Map<Value | Dimension, Tri>());
    return cached(known, of, judge);
  }

  /**
   * A world in which this caller may be granted the request and is not certainly denied, null when
   * there is none. Splits a key only when its value could change the answer.
   */
  find(
    caller: Caller,
    grant: readonly Condition[],
    denials: readonly Statement[],
    servicesIncluded: ServicesInEveryAccount,
  ): World | null {
    let left = maximumWorlds;
    const explore = (world: World): World | null => {
      this.steps -= 1 + denials.length;
      if (--left < 0 || this.steps < 0) return world;
      const open = new Set<string>();
      // A condition that is never true decides by itself, so no other key needs to be split.
      const judge = (conditions: readonly Condition[]): Tri => {
        const maybe: string[] = [];
        for (const condition of conditions) {
          const truth = this.truth(condition, caller, world);
          if (truth === -1) return -1;
          if (truth === 0) maybe.push(condition.key);
        }
        for (const key of maybe) open.add(key);
        return maybe.length === 0 ? 1 : 0;
      };
      if (judge(grant) === -1) return null;
      for (const denial of denials) {
        const meant = this.meant(denial, caller, world, servicesIncluded);
        if (meant === -1) continue;
        const truth = judge(denial.conditions);
        if (truth === 1 && meant === 1) return null;
        if (truth !== -1 && meant === 0) open.add(entityKey);
      }
      for (const key of open) {
        const dimension = this.dimension(key, caller);
        if (dimension.length < 2 || world.has(dimension)) continue;
        for (const option of dimension) {
          const found = explore(new Map(world).set(dimension, option));
          if (found !== null) return found;
        }
        return null;
      }
      return world;
    };
    return explore(new Map());
  }

  /** Is the caller certainly among those the Deny is for? */
  private meant(
    { principals }: Statement,
    caller: Caller,
    world: World,
    servicesIncluded: ServicesInEveryAccount,
  ): Tri {
    if (principals.not) return this.spared(principals.entries, caller) ? -1 : 1;
    return some(
      principals.entries.map((principal): Tri => {
        switch (principal.kind) {
          case 'everyone':
            return 1;
          case 'everyAccount':
            return caller.kind !== 'service' || servicesIncluded ? 1 : -1;
          case 'account':
            return caller.kind === 'account' && caller.id === principal.account ? 1 : -1;
          case 'service':
            return caller.kind === 'service' && caller.id === principal.service ? 1 : -1;
          case 'entity': {
            if (caller.kind !== 'account' || caller.id !== principal.account) return -1;
            const entity = this.value(entityKey, caller, world);
            if (entity === null) return 0;
            return entity.kind === 'text' && entity.text === principal.text ? 1 : -1;
          }
          default:
            return -1;
        }
      }),
    );
  }

  // NotPrincipal exempts the listed principals, and possibly the members of a listed account.
  private spared(principals: Statement['principals']['entries'], caller: Caller): boolean {
    return principals.some((principal) => {
      switch (principal.kind) {
        case 'service':
          return caller.kind === 'service' && caller.id === principal.service;
        case 'account':
        case 'entity':
          return caller.kind === 'account' && caller.id === principal.account;
        case 'everyone':
        case 'everyAccount':
        case 'unresolved':
          return true;
        default:
          return caller.kind === 'account';
      }
    });
  }
}
