import { partOf } from '../../engine/precedents/asking.ts';
import type { Condition } from '../../policy/language/conditions.ts';
import type { Policy } from '../../policy/language/document.ts';
import type { Test } from '../../policy/language/operators.ts';
import type { Tri } from '../../policy/language/tri.ts';
import { type Gap, undenied } from '../../policy/questions/denials.ts';
import { denialsIn } from '../../policy/questions/parts.ts';
import { holds } from '../../policy/requests/keys.ts';
import type { Value } from '../../policy/requests/values.ts';
import type { Identity } from '../../records/reading.ts';

/** What of its policy decides which requests a bucket refuses. */
export const denialsOf = (bucket: { readonly policy: Policy | null }): Policy | null =>
  partOf(bucket, 'policy', denialsIn);

/** A kind of request that a bucket is to refuse. */
export interface RequestKind {
  /** All S3 actions on buckets and objects when left out. */
  readonly actions?: readonly string[];
  /** Whether a condition holds for every request of this kind (1), not for every one (0, -1), or is about something else (null). */
  readonly truth: (condition: Condition) => Tri | null;
}

/**
 * What the policy does not certainly refuse of such requests, whoever sends them; null when it refuses them all.
 *
 * It asks {@link undenied} about the denials as they stand for these requests: a condition that holds for every one of
 * them is left out, and a denial with one that may not hold counts for nothing. So an answer of null is sure, and several
 * statements may share the work. A denial that depends on something else, and says nothing of such requests, is not
 * counted either, which can only make the answer stricter.
 */
export function unrefused(policy: Policy, bucket: Identity, kind: RequestKind): Gap | null {
  const denials = policy.statements.flatMap((statement) => {
    if (statement.effect !== 'Deny') return [];
    const conditions = statement.conditions.map((condition) => ({
      condition,
      truth: kind.truth(condition),
    }));
    if (conditions.some(({ truth }) => truth === 0 || truth === -1)) return [];
    const rest = conditions.filter(({ truth }) => truth === null);
    const isMeant = conditions.length > rest.length;
    if (!isMeant && rest.length > 0) return [];
    return [
      { isMeant, statement: { ...statement, conditions: rest.map((each) => each.condition) } },
    ];
  });
  const reduced = { ...policy, statements: denials.map(({ statement }) => statement) };
  const gap = undenied(reduced, bucket, { actions: kind.actions });
  if (gap === null || denials.some(({ isMeant }) => isMeant)) return gap;
  return { missing: ['nothing denies'], text: 'any caller, as no statement denies them' };
}

/** The truth of conditions for requests in which these keys (in lower case) are as given: absent, a text, or any other. */
export function knowing(
  keys: Readonly<Record<string, Value>>,
  bucket: Identity,
): RequestKind['truth'] {
  return (condition) => {
    const value = Object.hasOwn(keys, condition.key) ? keys[condition.key] : undefined;
    return value === undefined ? null : holdsOn(condition, value, bucket);
  };
}

/** As {@link holds} says. Whose bucket it is, is asked for only where a variable may stand for its account. */
export const holdsOn = (condition: Condition, value: Value, bucket: Pick<Identity, 'account'>) =>
  holds(condition, value, condition.variables ? bucket.account : '');

export const absent: Value = { kind: 'absent' };
export const text = (value: string): Value => ({ kind: 'text', text: value });

/**
 * What a URL that is signed with Signature Version 4 says of itself.
 * Source: Amazon S3 API Reference, "Signature Version 4 Authentication Specific Policy Keys".
 */
export const signedInUrl = (bucket: Identity): RequestKind['truth'] =>
  knowing(
    { 's3:authtype': text('REST-QUERY-STRING'), 's3:signatureversion': text('AWS4-HMAC-SHA256') },
    bucket,
  );

/**
 * Does the condition, of a Deny, spare nothing but approved values? Then it holds for every request whose value is not
 * approved, and for every one without the key: a negated operator is true when the key is absent (IAM User Guide,
 * "Condition operators"). Set operators differ there, and a value that cannot be read may be any.
 */
export function sparesOnly(
  { operator, values, variables }: Condition,
  tests: readonly Test[],
  approves: (value: string) => boolean,
): boolean {
  if (operator === null || !operator.negated || operator.set !== 'none') return false;
  return (
    tests.includes(operator.test) &&
    values.length > 0 &&
    values.every(
      (value) => value !== null && !(variables && value.includes('${')) && approves(value),
    )
  );
}

/**
 * The truth of a condition on s3:signatureAge for every signature older than so many milliseconds. Only an operator that,
 * once true, stays true as the signature ages can be judged by its youngest; null for another key.
 * Source: Amazon S3 API Reference, "Signature Version 4 Authentication Specific Policy Keys".
 */
export function outliving(condition: Condition, milliseconds: number): Tri | null {
  if (condition.key !== 's3:signatureage') return null;
  const test = condition.operator?.test;
  if (test !== '>' && test !== '>=' && test !== 'null') return 0;
  return holds(condition, text(String(milliseconds + 1)), '');
}

/** Is nothing denied at all, rather than too little? */
export const nothingDenies = ({ missing }: Gap): boolean => missing.includes('nothing denies');
