import type { IdentityPolicy } from '../../facts/iam.ts';
import { arnParts } from '../../policy/language/arns.ts';
import { matches } from '../../policy/language/glob.ts';
import { labelOf } from '../../policy/questions/explain.ts';
import { broadGrant, grantsS3 } from '../../policy/questions/identity.ts';
import type { Identity } from '../../records/reading.ts';

/** The partition of an ARN, such as aws-cn. */
const partitionOf = (arn: string) => arnParts(arn)?.[1] ?? 'aws';

/** Whether these policies together grant anything in S3. @param arn of who holds them, which names the partition. */
export const grantAnyS3 = (policies: readonly IdentityPolicy[], arn: string) =>
  grantsS3(
    policies.map(({ policy }) => policy),
    partitionOf(arn),
  );

/**
 * Actions that no policy should allow on every bucket, as patterns: all that AWS lists for buckets and objects with the access
 * level Write, Tagging or Permissions management, and those on access points and Access Grants that manage permissions. Making
 * a bucket, restoring an object and giving up an upload change nothing that is there.
 */
export const changesOfEveryBucket: readonly string[] = [
  ...['s3:*', 's3:Put*', 's3:Delete*', 's3:PutBucketPolicy', 's3:Replicate*'],
  ...['s3:InitiateReplication', 's3:PauseReplication', 's3:BypassGovernanceRetention'],
  ...['s3:ObjectOwnerOverrideToBucketOwner', 's3:UpdateObjectEncryption', 's3:TagResource'],
  ...['s3:UntagResource', 's3:CreateBucketMetadata*', 's3:UpdateBucketMetadata*'],
  ...['s3:CreateAccessGrant*', 's3:UpdateAccessGrantsLocation', 's3:*AccessGrantsIdentityCenter'],
];

/** The first grant of these policies, each by itself, that allows one of these actions on every bucket; null if there is none. */
export function firstBroadGrant(
  policies: readonly IdentityPolicy[],
  forbiddenActions: readonly string[],
  arn: string,
) {
  for (const { name, policy } of policies) {
    const found = broadGrant(policy, forbiddenActions, partitionOf(arn));
    if (found === null) continue;
    const { statement, action, resource } = found;
    return { policy: name, statement: labelOf(statement), action, resource };
  }
  return null;
}

/**
 * Who decides what a subject grants. AWS does for a policy that it manages, which has "aws" where its ARN has the account, and for
 * a service-linked role, whose path no other role can have (IAM User Guide, "Create a service-linked role"; IAM answers "Path prefix
 * '/aws-service-role/' can only be used for AWS Service linked Roles", tilfin/aws-iam-policy-tool#9).
 * @param adminRoles names the roles that administer: an entry that begins with arn: by ARN, path included, another by name.
 */
export function standingOf({ type, arn, name }: Identity, adminRoles: readonly string[]) {
  const parts = arnParts(arn);
  if (parts?.[4] === 'aws') return 'awsManaged';
  if (type !== 'AWS::IAM::Role') return 'ordinary';
  if (parts?.[5]?.startsWith('role/aws-service-role/')) return 'serviceLinked';
  const isNamed = (pattern: string) => matches(pattern, pattern.startsWith('arn:') ? arn : name);
  return adminRoles.some(isNamed) ? 'adminRole' : 'ordinary';
}
