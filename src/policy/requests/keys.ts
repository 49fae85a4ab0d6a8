import type { Condition } from '../language/conditions.ts';
import type { Operator } from '../language/operators.ts';
import type { Tri } from '../language/tri.ts';
import { not } from '../language/tri.ts';
import type { Value } from './values.ts';
import { compare, compareExistence } from './values.ts';

/** Keys that hold a list; on them a plain operator is not defined. */
export const listKeys: ReadonlySet<string> = new Set([
  'aws:principalorgpaths',
  'aws:sourceorgpaths',
  'aws:resourceorgpaths',
  'aws:vpceorgpaths',
  'aws:principalservicenameslist',
  'aws:calledvia',
  'aws:tagkeys',
  's3:requestobjecttagkeys',
  's3:inventoryaccessibleoptionalfields',
]);

/** Keys that say who calls, or for whom; a caller that does not have one has it absent. */
export const identityKeys: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:userid',
]);

/** Where a request comes from: never who sends it. */
export const networkKeys: ReadonlySet<string> = new Set([
  'aws:sourceip',
  'aws:vpcsourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourcevpcarn',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
]);

/** Keys that hand the decision to the policies of access points. */
export const delegationKeys: ReadonlySet<string> = new Set([
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:accesspointnetworkorigin',
]);

/**
 * The values of a condition with its variables filled in; null for one that is not known. Known is
 * only what is the same for every caller: `${aws:PrincipalAccount}` compares the caller with itself.
 */
export function valuesOf(condition: Condition, owner: string): readonly (string | null)[] {
  if (!condition.variables) return condition.values;
  return condition.values.map((value) => {
    if (value === null || !value.includes('${')) return value;
    const resolved = value.replace(/\$\{aws:ResourceAccount\}/gi, owner);
    return resolved.includes('${') ? null : resolved;
  });
}

function whenAbsent(condition: Condition, set: string, ifExists: boolean, negated: boolean): Tri {
  // The reference contradicts itself for ForAnyValue with IfExists: false by one, true by the other.
  if (set === 'ForAnyValue') return ifExists ? 0 : -1;
  if (set === 'ForAllValues' || ifExists) return 1;
  if (listKeys.has(condition.key)) return 0;
  return negated ? 1 : -1;
}

/**
 * Is the condition true for a request that has this value for the key? Maybe for whatever is not
 * documented: unknown operators, unreadable values, a plain operator on a list key, ForAllValues on a
 * key with one value. `owner` is the account of the bucket.
 *
 * Source: IAM "Condition operators" and "Set operators for multivalued context keys".
 */
export function holds(condition: Condition, value: Value, owner: string): Tri {
  const { operator, values } = condition;
  if (operator === null || values.length === 0) return 0;
  const { test, set, ifExists, negated } = operator;
  if (test === 'null') return compareExistence(value.kind === 'absent', values);
  if (value.kind === 'absent') return whenAbsent(condition, set, ifExists, negated);
  const list = listKeys.has(condition.key);
  if (list ? set === 'none' : set === 'ForAllValues') return 0;
  let any: Tri = -1;
  for (const want of valuesOf(condition, owner)) {
    const one = want === null ? 0 : compare(value, want, test);
    if (one > any) any = one;
    if (any === 1) break;
  }
  const truth = negated ? not(any) : any;
  return value.kind === 'serviceNames' ? ofAllNames(truth, any, operator) : truth;
}

// Of the names of a service one was compared; what the condition says of the others is not known.
function ofAllNames(truth: Tri, any: Tri, { set, negated }: Operator): Tri {
  const otherMayDiffer = (set === 'ForAllValues') !== negated;
  return otherMayDiffer && any === 1 ? 0 : truth;
}
