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

/** The first grant of a policy that allows one of these actions on every bucket; null when it has none. */
export function broadS3Grant(
  { name, policy }: IdentityPolicy,
  forbiddenActions: readonly string[],
  arn: string,
) {
  const found = broadGrant(policy, forbiddenActions, partitionOf(arn));
  if (found === null) return null;
  const { statement, action, resource } = found;
  return { policy: name, statement: labelOf(statement), action, resource };
}

/** The account in the ARN of a policy that AWS manages is written "aws". */
export const isAwsManaged = (arn: string) => arnParts(arn)?.[4] === 'aws';

/** Whether it is a role that a pattern names: one that begins with arn: by its ARN, path included, another by its name. */
export const isRoleNamed = ({ type, arn, name }: Identity, patterns: readonly string[]) =>
  type === 'AWS::IAM::Role' &&
  patterns.some((pattern) => matches(pattern, pattern.startsWith('arn:') ? arn : name));
