import { cached } from '../language/cache.ts';
import type { Condition } from '../language/conditions.ts';
import type { Policy, Statement } from '../language/document.ts';
import type { Tri } from '../language/tri.ts';
import type { Budget } from '../reach/budget.ts';
import { accessPoints } from './access-points.ts';
import type { Caller, Callers, Dimension, Option } from './callers.ts';
import { untrustedCallers } from './callers.ts';
import { holds, identityKeys } from './keys.ts';
import type { Trust } from './trust.ts';
import type { Value } from './values.ts';
import type { Vocabulary } from './vocabulary.ts';
import { valuesOfKey, vocabularyOf } from './vocabulary.ts';

export interface Bucket {
  readonly arn: string;
  readonly account: string;
  /** The ARN by which the policy names it, where that is not its own: see language/shared.ts. */
  readonly writtenAs?: string;
}

/** The ARN of the bucket in its policy. */
// The ARN itself is asked for only where it is needed: whoever asks for it tells buckets apart.
export const arnIn = (bucket: Bucket): string => bucket.writtenAs ?? bucket.arn;

/** What has been decided so far about a class of requests. */
export type World = ReadonlyMap<Dimension, Option>;

/** A condition, the keys that it depends on, and its truth while these are open. */
export interface Plan {
  readonly condition: Condition;
  readonly dimension: Dimension;
  readonly open: Tri;
}

const absent: Value = { kind: 'absent' };
const nothing: Dimension = [new Map()];

/** One question about one policy: the caller classes, the keys distinguished, and what was evaluated. */
export class Worlds {
  readonly vocabulary: Vocabulary;
  /** Whom the trust does not cover; everyone, when there is none. */
  readonly callers: Callers;
  private readonly owner: string;
  private readonly shared = new Map<string, Dimension>();
  private readonly truths = new Map<Condition, Map<Value | Dimension, Tri>>();
  private readonly fixed: ReadonlySet<string>;
  readonly budget: Budget;
  private readonly plans = new Map<Caller, Map<Condition, Plan>>();
  private readonly denials = new Map<Caller, Map<Statement, readonly Plan[] | null>>();

  constructor(
    policy: Policy,
    bucket: Bucket,
    trust: Trust | null,
    budget: Budget,
    fixed: ReadonlyMap<string, string> = new Map(),
  ) {
    this.owner = bucket.account;
    this.budget = budget;
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

  /** The value in this world; where it is left open, one that it may be. */
  example(key: string, caller: Caller, world: World): Value {
    const dimension = this.dimension(key, caller);
    return (world.get(dimension) ?? dimension[0])?.get(key) ?? absent;
  }

  truth(condition: Condition, caller: Caller, world: World): Tri {
    return this.decide(this.plan(condition, caller), world);
  }

  plan(condition: Condition, caller: Caller): Plan {
    const plans = this.plans.get(caller);
    return plans?.get(condition) ?? this.newPlan(condition, caller);
  }

  /** What a Deny depends on for this caller; null when it can never apply. Kept, as the same denials are asked again and again. */
  undecided(denial: Statement, caller: Caller): readonly Plan[] | null {
    const known = this.denials.get(caller)?.get(denial);
    if (known !== undefined) return known;
    const plans = denial.conditions.map((condition) => this.plan(condition, caller));
    this.budget.spend(plans.length);
    const open = plans.some((plan) => plan.open === -1)
      ? null
      : plans.filter((plan) => plan.open === 0);
    cached(this.denials, caller, () => new Map<Statement, readonly Plan[] | null>()).set(
      denial,
      open,
    );
    return open;
  }

  private newPlan(condition: Condition, caller: Caller): Plan {
    const dimension = this.dimension(condition.key, caller);
    const open = this.remember(condition, dimension, () => this.common(condition, dimension));
    const plan = { condition, dimension, open };
    cached(this.plans, caller, () => new Map<Condition, Plan>()).set(condition, plan);
    return plan;
  }

  /** The truth that the condition has in every way these keys may be; maybe when they differ. */
  private common(condition: Condition, dimension: Dimension): Tri {
    let common: Tri | null = null;
    for (const option of dimension) {
      // Once the budget is spent nothing is sure.
      if (!this.budget.spend(1)) return 0;
      const truth = this.holds(condition, option);
      if (common !== null && truth !== common) return 0;
      common = truth;
    }
    return common ?? 0;
  }

  decide({ dimension, open, condition }: Plan, world: World): Tri {
    if (open !== 0) return open;
    const option = world.get(dimension);
    return option === undefined ? 0 : this.holds(condition, option);
  }

  private holds(condition: Condition, option: Option): Tri {
    const value = option.get(condition.key) ?? absent;
    const known = this.truths.get(condition)?.get(value);
    return (
      known ??
      this.remember(condition, value, () => {
        this.budget.spend(condition.values.length * (condition.variables ? 16 : 2));
        return holds(condition, value, this.owner);
      })
    );
  }

  private remember(condition: Condition, of: Value | Dimension, judge: () => Tri): Tri {
    const known = cached(this.truths, condition, () => new Map<Value | Dimension, Tri>());
    return cached(known, of, judge);
  }
}
