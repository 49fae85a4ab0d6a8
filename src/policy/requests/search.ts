import type { Condition } from '../language/conditions.ts';
import type { Statement } from '../language/document.ts';
import type { Caller, Dimension } from './callers.ts';
import { entityKey } from './callers.ts';
import { meant, type ServicesInEveryAccount } from './meant.ts';
import type { Plan, World, Worlds } from './worlds.ts';

/** A Deny of which it is not decided whether it applies: on these conditions, and on who of the account calls. */
interface Pending {
  readonly denial: Statement;
  readonly plans: readonly Plan[];
  readonly isMeant: boolean;
}

// To remember what was chosen costs more than to look at one condition.
const costOfWorld = 10;
// Far above what real policies need. Beyond it a request counts as answered "maybe", never "safe".
const maximumWorlds = 256;

/**
 * A world in which this caller may be granted the request and is not certainly denied, null when
 * there is none. Splits a key only when its value could change the answer.
 */
export function findWorld(
  worlds: Worlds,
  caller: Caller,
  grant: readonly Condition[],
  denials: readonly Statement[],
  servicesIncluded: ServicesInEveryAccount,
): World | null {
  return new Search(worlds, caller, servicesIncluded).find(grant, denials);
}

class Search {
  private readonly worlds: Worlds;
  private readonly caller: Caller;
  private readonly included: ServicesInEveryAccount;
  private left = maximumWorlds;

  constructor(worlds: Worlds, caller: Caller, servicesIncluded: ServicesInEveryAccount) {
    this.worlds = worlds;
    this.caller = caller;
    this.included = servicesIncluded;
  }

  find(grant: readonly Condition[], denials: readonly Statement[]): World | null {
    const granting: Plan[] = [];
    for (const condition of grant) {
      const plan = this.worlds.plan(condition, this.caller);
      if (plan.open === -1) return null;
      granting.push(plan);
    }
    const pending: Pending[] = [];
    for (const denial of denials) {
      const plans = this.worlds.undecided(denial, this.caller);
      if (plans !== null) pending.push({ denial, plans, isMeant: false });
    }
    this.worlds.budget.spend(denials.length);
    return this.explore(new Map(), granting, pending);
  }

  /** Splits one dimension after the other, as long as it could change the answer. */
  private explore(world: World, grant: readonly Plan[], pending: readonly Pending[]): World | null {
    this.left -= 1;
    if (this.left < 0 || !this.worlds.budget.spend(costOfWorld + pending.length)) return world;
    const granting = this.undecided(grant, world);
    if (granting === null) return null;
    const still = this.stillPending(pending, world);
    if (still === null) return null;
    const dimension = this.nextToSplit(granting, still, world);
    if (dimension === undefined) return world;
    for (const option of dimension) {
      const found = this.explore(new Map(world).set(dimension, option), granting, still);
      if (found !== null) return found;
    }
    return null;
  }

  /** The denials that may still stop the request; null when one does. */
  private stillPending(pending: readonly Pending[], world: World): readonly Pending[] | null {
    const still: Pending[] = [];
    const entity = this.worlds.value(entityKey, this.caller, world);
    for (const one of pending) {
      const is = one.isMeant ? 1 : meant(one.denial.principals, this.caller, entity, this.included);
      const plans = is === -1 ? null : this.undecided(one.plans, world);
      if (plans === null) continue;
      if (plans.length === 0 && is === 1) return null;
      // What no choice of keys can decide is never certain to deny.
      if (plans.some(({ dimension }) => !isSplittable(dimension, world))) continue;
      still.push({ denial: one.denial, plans, isMeant: is === 1 });
    }
    return still;
  }

  // What is decided once stays so in every world within this one, so only the rest is judged again. Null when one is never true.
  private undecided(plans: readonly Plan[], world: World): readonly Plan[] | null {
    const rest: Plan[] = [];
    let judged = 0;
    for (const plan of plans) {
      judged += 1;
      const truth = this.worlds.decide(plan, world);
      if (truth === 0) rest.push(plan);
      if (truth !== -1) continue;
      this.worlds.budget.spend(judged);
      return null;
    }
    this.worlds.budget.spend(judged);
    return rest;
  }

  private nextToSplit(
    granting: readonly Plan[],
    still: readonly Pending[],
    world: World,
  ): Dimension | undefined {
    const open = granting.find(({ dimension }) => isSplittable(dimension, world));
    if (open !== undefined) return open.dimension;
    for (const { plans, isMeant } of still) {
      const [plan] = plans;
      if (plan !== undefined) return plan.dimension;
      if (!isMeant) return this.worlds.dimension(entityKey, this.caller);
    }
    return undefined;
  }
}

function isSplittable(dimension: Dimension, world: World): boolean {
  return dimension.length > 1 && !world.has(dimension);
}
