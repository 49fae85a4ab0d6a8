import { say } from '../../engine/message.ts';
import type { IamPolicyFacets, IdentityPolicy } from '../../facts/iam.ts';
import { arnParts } from '../../policy/language/arns.ts';
import { matches } from '../../policy/language/glob.ts';
import { labelOf } from '../../policy/questions/explain.ts';
import { broadGrant, grantsS3 } from '../../policy/questions/identity.ts';
import type { Identity } from '../../records/reading.ts';

type Holder = Identity & IamPolicyFacets;

/** The partition of an ARN, such as aws-cn. */
const partitionOf = (arn: string) => arnParts(arn)?.[1] ?? 'aws';

/** Do these policies let somebody do anything in S3? Asked of one policy after the other, or of all that one user has. */
export const reachesS3 = (policies: readonly IdentityPolicy[], { arn }: Identity) =>
  grantsS3(
    policies.map(({ policy }) => policy),
    partitionOf(arn),
  );

/** The first grant of a forbidden action on every bucket, policy by policy: a Deny in another one may not reach whom this one does. */
export function judgeIdentityPolicies(
  holder: Holder,
  params: {
    readonly adminRolePatterns: readonly string[];
    readonly forbiddenActions: readonly string[];
  },
) {
  // The account of a policy that AWS manages is written "aws".
  if (arnParts(holder.arn)?.[4] === 'aws') return say('awsManaged');
  if (isOneOf(holder, params.adminRolePatterns)) return say('adminRole');
  if (holder.boundaryOnly) return say('boundaryOnly');
  const ours = holder.identityPolicies.filter((each) => reachesS3([each], holder));
  if (ours.length === 0) return say('noS3');

  for (const { name, policy } of ours) {
    const found = broadGrant(policy, params.forbiddenActions, partitionOf(holder.arn));
    if (found === null) continue;
    const { statement, action, resource } = found;
    const grant = { policy: name, statement: labelOf(statement), action, resource };
    const boundary = holder.permissionsBoundary;
    return boundary === null
      ? say('everyBucket', grant, grant)
      : say('bounded', { ...grant, boundary }, { ...grant, boundary });
  }
  return say('named');
}

/** Entries that begin with arn: are compared with the ARN, path included, others with the name. */
const isOneOf = ({ type, arn, name }: Identity, patterns: readonly string[]) =>
  type === 'AWS::IAM::Role' &&
  patterns.some((pattern) => matches(pattern, pattern.startsWith('arn:') ? arn : name));
