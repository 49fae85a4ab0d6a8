import type { Condition } from '../language/conditions.ts';
import type { Policy, Statement } from '../language/document.ts';
import { covers, isCostly, matches, mayIntersect } from '../language/glob.ts';
import type { Principal } from '../language/principals.ts';
import type { Tri } from '../language/tri.ts';
import { holds } from '../requests/keys.ts';
import type { Value } from '../requests/values.ts';
import { labelOf } from './explain.ts';

/** A write that an AWS service makes, again and again, with what is known of each. */
export interface Delivery {
  /** The service principal. */
  readonly service: string;
  readonly action: string;
  /** ARNs of the objects written, as globs: all of them are written to, now or later. */
  readonly objects: readonly string[];
  /** What a condition key (in lower case) may be. Of a key that is not here nothing is known. */
  readonly keys: Readonly<Record<string, readonly Value[]>>;
  /** The account of the bucket. */
  readonly owner: string;
}

/** Why a policy stops a delivery: nothing allows it, or this statement denies it. */
export type Stopped = { readonly by: 'nothing' } | { readonly by: 'denial'; readonly sid: string };

/**
 * What certainly stops the delivery; null when nothing certainly does, so only an answer other than null is sure.
 * An ACL may allow what no statement does: then ask {@link deniedDelivery} only.
 *
 * Source: IAM "Policy evaluation logic".
 */
export function stoppedDelivery(policy: Policy | null, delivery: Delivery): Stopped | null {
  const statements = policy?.statements ?? [];
  const mayAllow = statements.some(
    (statement) => statement.effect === 'Allow' && truth(statement, delivery, 'some') !== -1,
  );
  return mayAllow ? deniedDelivery(policy, delivery) : { by: 'nothing' };
}

/** The statement that certainly denies the delivery; null when there is none. */
export function deniedDelivery(policy: Policy | null, delivery: Delivery): Stopped | null {
  const denial = (policy?.statements ?? []).find(
    (statement) => statement.effect === 'Deny' && truth(statement, delivery, 'every') === 1,
  );
  return denial ? { by: 'denial', sid: labelOf(denial) } : null;
}

/** Does the statement apply to some, or to every, object of the delivery? */
function truth(statement: Statement, delivery: Delivery, reach: 'some' | 'every'): Tri {
  const { service, action, objects, owner, keys } = delivery;
  const conditions = statement.conditions.map((condition) =>
    truthOf(condition, keys[condition.key], owner),
  );
  const resources = objects.map((object) => reaches(statement, object));
  const parts: readonly Tri[] = [
    statement.understood || statement.effect === 'Allow' ? 1 : 0,
    meant(statement, service),
    lists(statement, action),
    (reach === 'some' ? Math.max(...resources) : Math.min(...resources)) as Tri,
    ...conditions,
  ];
  return Math.min(...parts) as Tri;
}

function truthOf(condition: Condition, values: readonly Value[] | undefined, owner: string): Tri {
  const truths = (values ?? []).map((value) => holds(condition, value, owner));
  const [first] = truths;
  return first !== undefined && truths.every((each) => each === first) ? first : 0;
}

function meant({ principals }: Statement, service: string): Tri {
  const truths = principals.entries.map((principal) => names(principal, service));
  const listed = Math.max(...truths) as Tri;
  if (!principals.not) return principals.complete ? listed : (Math.max(listed, 0) as Tri);
  // Whether NotPrincipal with other principals means services is not documented.
  return listed === 1 ? -1 : 0;
}

function names(principal: Principal, service: string): Tri {
  switch (principal.kind) {
    case 'everyone':
      return 1;
    case 'service':
      return principal.service === service ? 1 : -1;
    case 'everyAccount':
    case 'unresolved':
      return 0;
    default:
      return -1;
  }
}

function lists({ actions }: Statement, action: string): Tri {
  const isListed = actions.entries.some((entry) => matches(entry, action.toLowerCase()));
  if (!actions.complete && !isListed) return 0;
  return isListed !== actions.not ? 1 : -1;
}

function reaches({ resources }: Statement, object: string): Tri {
  const costly = resources.entries.some((entry) => isCostly(entry, object));
  if (costly) return 0;
  const all = resources.entries.some((entry) => covers(entry, object));
  const some = resources.entries.some((entry) => mayIntersect(entry, object));
  const listed: Tri = all ? 1 : some || !resources.complete ? 0 : -1;
  return resources.not ? ((0 - listed) as Tri) : listed;
}
