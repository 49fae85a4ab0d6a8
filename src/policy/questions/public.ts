import { parseBlock } from '../language/addresses.ts';
import { fixedAccount } from '../language/arns.ts';
import type { Condition } from '../language/conditions.ts';
import { describeCondition } from '../language/conditions.ts';
import { Coverage } from '../language/coverage.ts';
import type { Policy, Statement } from '../language/document.ts';
import { hasWildcard } from '../language/glob.ts';
import type { Principal } from '../language/principals.ts';
import { Budget } from '../reach/budget.ts';
import { listKeys } from '../requests/keys.ts';
import { arnIn, type Bucket } from '../requests/worlds.ts';
import { labelOf } from './explain.ts';
import { policyOf } from './parts.ts';

/** A statement because of which S3 calls the whole policy public. */
export interface PublicStatement {
  /** Index of the statement, from 0. */
  readonly statement: number;
  /** `"ReadAll"` by the Sid, else `#2`, counted from 1. */
  readonly sid: string;
  /** The principal as written; of several, the first that is not fixed. */
  readonly principal: string;
  /** Completes "The statement is public: ...". */
  readonly why: string;
  readonly fix: string;
}

// What S3 lets count as a limit when the value is fixed. Keys that name a principal are meant by "an
// AWS principal, user, role, or service principal (e.g. aws:PrincipalOrgID)".
const limitingKeys: ReadonlySet<string> = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:userid',
  'aws:sourceip',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

// Every request through an access point says its ARN and account, so in its own policy they limit no one. S3 documents this of
// the ARN; that it goes for the account as well is not verified.
const ofAccessPoint: ReadonlySet<string> = new Set([
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

const fixes = {
  none: 'name the principals, or require aws:PrincipalOrgID with StringEquals and a fixed value',
  condition: 'require the key with StringEquals and fixed values only',
  block: 'list the intended address ranges, each no wider than /8 (IPv6: /32)',
  notPrincipal: 'replace NotPrincipal with a Principal that names who is allowed',
  provider: 'grant a role instead of the identity provider',
};

/** Why a condition does not limit the statement in the eyes of S3, and what would; null if it does. */
function openness(condition: Condition): readonly [string, string] | null {
  const { key, operator, values } = condition;
  const because = (why: string, fix = fixes.condition) =>
    [`${describeCondition(condition)} ${why}`, fix] as const;
  if (operator === null || values.length === 0) return because('cannot be read');
  const { test, negated, ifExists, set } = operator;
  if (negated) return because('excludes some values and allows all others');
  if (ifExists || set === 'ForAllValues')
    return because('is also true for a request without the key');
  if (listKeys.has(key) && set === 'none') return because('needs ForAnyValue in front');
  for (const value of values) {
    if (value === null) return because('cannot be read');
    if (value.includes('${')) return because('contains a variable');
    // Unsigned requests carry this text.
    if (/^aws:(?:principalaccount|userid)$/.test(key) && value === 'anonymous')
      return because('matches unsigned requests');
    if (key === 'aws:sourceip') {
      const block = parseBlock(value);
      if (block === null) return because('is not an address range', fixes.block);
      if (block.length < (block.start.bits === 32 ? 8 : 32))
        return because('is too wide a range', fixes.block);
    } else if (
      test !== 'equals' &&
      test !== 'equalsIgnoreCase' &&
      test !== 'like' &&
      test !== 'arn'
    ) {
      return because('does not compare names');
    } else if (hasWildcard(value)) {
      const ofAccount = test === 'equalsIgnoreCase' ? null : fixedAccount(value, test);
      // The name of an access point may stay open as long as its account is fixed.
      if (key !== 's3:dataaccesspointarn' || ofAccount === null)
        return because('contains a wildcard');
    }
  }
  return null;
}

// Users, roles, accounts, services, canonical users and deleted ids are fixed. Of identity providers,
// web identity is documented as public and the others are not documented.
function isFixed({ kind }: Principal): boolean {
  return !['everyone', 'everyAccount', 'federated', 'unresolved'].includes(kind);
}

function publicStatement(allow: Statement, isAccessPoint: boolean): PublicStatement | null {
  const { principals, conditions } = allow;
  const open = principals.not
    ? principals.entries[0]
    : principals.entries.find((principal) => !isFixed(principal));
  if (open === undefined) return null;
  const found = (why: string, fix: string): PublicStatement => {
    return { statement: allow.index, sid: labelOf(allow), principal: open.text, why, fix };
  };
  const limits = conditions.filter(({ key }) => limitingKeys.has(key));
  const judged = limits.map((condition) =>
    isAccessPoint && ofAccessPoint.has(condition.key)
      ? ([
          `${describeCondition(condition)} is about the access point, not about who asks`,
          fixes.none,
        ] as const)
      : openness(condition),
  );
  if (judged.includes(null)) return null;
  const [because] = judged;
  if (principals.not) return found('NotPrincipal allows everyone else', fixes.notPrincipal);
  if (because) return found(...because);
  if (open.kind === 'federated')
    return found('an identity provider is not a fixed principal', fixes.provider);
  return found(
    conditions.length === 0
      ? 'no condition limits who gets access'
      : 'no condition uses a key that S3 accepts as a limit',
    fixes.none,
  );
}

/**
 * The statements that make the policy public as S3 defines it; empty for a policy that is not.
 * Statements that grant nothing in this bucket do not count, and a Deny changes nothing: whether S3
 * considers it is not documented, nor is every wildcard, and S3 takes a policy for public until it is
 * shown not to be. Public is about fixed values, not about trust: see unscopedGrants for that.
 *
 * `bucket` may be an access point, by its ARN. The policy of one in a VPC is never public, which the caller has to know.
 *
 * Source: S3 "Blocking public access to your Amazon S3 storage", The meaning of "public", "Access points".
 */
export function publicStatements(
  policy: Policy | null,
  bucket: Bucket,
): readonly PublicStatement[] {
  if (policy === null) return [];
  const coverage = new Coverage(arnIn(bucket), [], new Budget());
  const isAccessPoint = arnIn(bucket).includes(':accesspoint/');
  return policy.statements.flatMap((statement) => {
    if (statement.effect !== 'Allow') return [];
    const found = publicStatement(statement, isAccessPoint);
    return found !== null && coverage.grants(statement) ? [found] : [];
  });
}

/** What decides whether a policy is public: what it allows to others than fixed principals. */
export const openIn = ({ version, statements }: Policy): Policy =>
  policyOf(
    version,
    statements.filter(
      ({ effect, principals: { not, entries } }) =>
        effect === 'Allow' && (not || !entries.every(isFixed)),
    ),
  );

/** From whom outside the owner's account S3 accepts requests at all. */
export type Admitted = 'everyone' | 'services';

/**
 * Whom Block Public Access leaves: RestrictPublicBuckets (in effect when the account or the bucket has
 * it) acts only on a public policy, but then also stops fixed grants to other accounts; AWS services
 * keep what the policy gives them. What remains open is `unscopedGrants(..., admitted(...))`, and
 * nothing of the policy is effectively public once this says 'services'.
 *
 * Source: S3 "Blocking public access to your Amazon S3 storage", RestrictPublicBuckets.
 */
export function admitted(policy: Policy, bucket: Bucket, restrictPublicBuckets: boolean): Admitted {
  return restrictPublicBuckets && publicStatements(policy, bucket).length > 0
    ? 'services'
    : 'everyone';
}
