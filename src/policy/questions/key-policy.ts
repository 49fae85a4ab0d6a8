import type { Condition } from '../language/conditions.ts';
import { namesAction } from '../language/coverage.ts';
import type { Policy, Statement } from '../language/document.ts';
import { matches } from '../language/glob.ts';
import type { Trust } from '../requests/trust.ts';
import type { Witness } from './explain.ts';
import { unscopedGrants } from './grants.ts';

/**
 * Actions that read data under a key, write under it, take it over to another key, or decide who else may use it. They are those
 * with "Cross-account use: Yes" that need permission in a key policy, work with the only kind of key that S3 takes (symmetric
 * encryption), and do more than look: DescribeKey, GetKeyRotationStatus, GetPublicKey and ListGrants show no data. All others have
 * no effect for a caller from another account, whatever a key policy allows. kms:PutKeyPolicy is listed all the same: whether a
 * policy may hand itself over to strangers should not rest on one line of a table.
 * Source: AWS KMS Developer Guide, "AWS KMS permissions", "Key type reference", "Allowing users in other accounts to use a KMS key".
 */
const USES = [
  'kms:Decrypt',
  'kms:Encrypt',
  ...['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
  ...['kms:GenerateDataKeyPair', 'kms:GenerateDataKeyPairWithoutPlaintext'],
  ...['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
  ...['kms:CreateGrant', 'kms:RevokeGrant'],
  'kms:PutKeyPolicy',
];

/** What stands for the key while its policy is looked at as if it were one of a bucket. */
const STAND_IN = 'arn:aws:s3:::key';

export interface Key {
  readonly arn: string;
  readonly account: string;
}

/**
 * The first use of a key that its policy grants to a caller that is not approved; null if there is none.
 *
 * Who gets in is asked of a key policy as it is of a bucket policy, so one use after the other it is turned into one: the
 * statements about that use and this key, as statements about one request to a bucket. kms:CallerAccount is the account of the
 * caller, as aws:PrincipalAccount is; the value of any other KMS key is not known for an unknown caller, so such a condition stops
 * no one. AWS services are left out. Source: AWS KMS Developer Guide, "Key policies in AWS KMS", "AWS KMS condition keys".
 */
export function openUse(policy: Policy, key: Key, trust: Trust): Witness | null {
  for (const action of USES) {
    const statements = policy.statements
      .filter((statement) => isAbout(statement, action, key.arn))
      .map(asOfBucket);
    const bucket = { arn: STAND_IN, account: key.account };
    const [open] = unscopedGrants({ ...policy, statements }, bucket, trust);
    if (open) return { ...open, action, resource: key.arn };
  }
  return null;
}

/** What cannot be read may grant anything, and denies nothing. In a key policy the resource * is the key it belongs to. */
function isAbout(statement: Statement, action: string, arn: string): boolean {
  const { resources } = statement;
  const isRead = statement.actions.complete && resources.complete;
  if (!isRead) return statement.effect === 'Allow';
  const isNamed = resources.entries.some((resource) => matches(resource, arn));
  return namesAction(statement, action) && isNamed !== resources.not;
}

function asOfBucket(statement: Statement): Statement {
  const { effect, principals, conditions } = statement;
  const entries = principals.entries.filter(
    ({ kind }) => effect === 'Deny' || principals.not || kind !== 'service',
  );
  return {
    ...statement,
    principals: { ...principals, entries },
    actions: { not: false, entries: ['s3:getobject'], complete: true },
    resources: { not: false, entries: [`${STAND_IN}/*`], complete: true },
    conditions: conditions.map(asOfCaller),
  };
}

const asOfCaller = (condition: Condition): Condition =>
  condition.key === 'kms:calleraccount' ? { ...condition, key: 'aws:principalaccount' } : condition;
