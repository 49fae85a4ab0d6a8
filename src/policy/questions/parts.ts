import { Bounded } from '../language/cache.ts';
import type { Element, Policy, Statement } from '../language/document.ts';
import type { Principal } from '../language/principals.ts';
import { isUser } from './candidates.ts';

/** The policy of these statements: one object for all policies that have these and no others. */
export function policyOf(version: string, statements: readonly Statement[]): Policy {
  const key = statements.map(numberOf).join(' ');
  return policies.get(`${version} ${key}`, () => ({ version, statements }));
}

const policies = new Bounded<Policy>(2000);
const numbers = new WeakMap<Statement, number>();
let count = 0;

function numberOf(statement: Statement): number {
  const known = numbers.get(statement);
  if (known !== undefined) return known;
  numbers.set(statement, ++count);
  return count;
}

/**
 * With more names a policy might reach the limit on work. The work is in proportion to callers and to users of each: at most 12 by 12
 * of 24 names, times a thousand, is less than the limit.
 */
export const MOST_NAMES = 24;
const parts = new WeakMap<Policy, Policy>();
const reduced = new WeakSet<Policy>();

/** Whether it is a part of a policy that says as much as the whole only while no limit on work is near. */
export const isReduced = (policy: Policy): boolean => reduced.has(policy);

/**
 * What decides which requests the denials of a policy leave open: the denials, and the conditions of other statements on the keys
 * that denials ask for. See denialAnswer for why nothing else does.
 */
export function denialsIn(policy: Policy): Policy {
  const known = parts.get(policy);
  if (known !== undefined) return known;
  const part = denyingPart(policy);
  parts.set(policy, part);
  return part;
}

function denyingPart(policy: Policy): Policy {
  const { version, statements } = policy;
  const others = statements.filter(({ effect }) => effect !== 'Deny');
  if (others.reduce((sum, statement) => sum + namesIn(statement), 0) > MOST_NAMES) return policy;
  const denials = statements.filter(({ effect }) => effect === 'Deny');
  const keys = new Set(denials.flatMap(({ conditions }) => conditions.map(({ key }) => key)));
  const part = policyOf(
    version,
    statements.filter(
      ({ effect, conditions }) => effect === 'Deny' || conditions.some(({ key }) => keys.has(key)),
    ),
  );
  reduced.add(part);
  return part;
}

/** How many names stand in a statement. */
export const namesIn = ({ principals, conditions }: Statement): number =>
  principals.entries.length + conditions.reduce((sum, { values }) => sum + values.length, 0);

/**
 * What decides who gets in beyond the trust: all but the statements that allow something to users and roles of the owner's
 * account, whatever they ask. These are trusted without limits, and no name of theirs means anyone else, except where a
 * canonical user may be anyone.
 */
export function sharingIn(policy: Policy, owner: string): Policy {
  const { version, statements } = policy;
  const isForOwner = ({ effect, conditions, principals }: Statement) =>
    effect === 'Allow' && conditions.length === 0 && isWithin(owner, principals);
  const rest = statements.filter((statement) => !isForOwner(statement));
  const isAnyone = rest.some(({ principals }) => principals.entries.some(isUser));
  return policyOf(version, isAnyone ? statements : rest);
}

/** Only users, roles and the whole of the owner's account. */
export const isWithin = (owner: string, { not, entries }: Element<Principal>): boolean =>
  !not &&
  entries.length > 0 &&
  entries.every(
    ({ kind, ...one }) =>
      (kind === 'account' || kind === 'entity') && 'account' in one && one.account === owner,
  );
