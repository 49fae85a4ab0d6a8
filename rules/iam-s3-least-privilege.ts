import { defineRule, fail, listFrom, ownList, pass, primary, skip, supporting } from '../src/engine/rule.ts';
import { judgeIdentityPolicies } from '../src/knowledge/policies/identity-policies.ts';
import { actionEntry } from '../src/settings/settings.ts';

const FIX = `Name the buckets in Resource, or the tag of the buckets in a condition, and list the actions that are used. Where a role has to administer all of S3, enter it under iam.adminRoles.`;

export default defineRule({
  id: 'iam-s3-least-privilege',
  areas: ['policies', 'reviews'],
  severity: 'high',
  title: 'Customer managed and inline IAM policies allow changes to named S3 buckets only',
  rationale: `Whoever takes over one user or role whose policy reaches every bucket can overwrite, delete or publish the data of the whole account.`,
  limits: [
    `Judges each policy by itself, as it is written. A Deny without condition in the same policy counts; a permissions boundary is named and never relied on; service and resource control policies of the organization, and what a session takes away, are not seen. Every access point, and an action that is on no bucket such as s3:PutAccountPublicAccessBlock, count as every bucket; buckets that are named or begin alike do not, however many they are. Policies managed by AWS are not judged, wherever they are attached; one of the customer is, even where only administrators hold it. AWS Config has to record IAM in the home Region, which can only be one that AWS Config supported before February 2022.`,
  ],
  requirements: {
    'gdpr 25(2)': supporting('Nobody can by default reach all the data there is.'),
    'gdpr 5(1)(c)': supporting('Access is limited to the buckets that the purpose needs.'),
    'gdpr 32(4)': supporting('A policy says what its holder is instructed to do.'),
    'hipaa 164.312(a)(1)': primary('Rights to change data are granted bucket by bucket.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('What was authorized can be read from the policy.'),
    'hipaa 164.308(a)(4)(ii)(C)': supporting('A right can be reviewed where it is spelled out.'),
    'hipaa 164.502(b)(1)': supporting('Uses are limited to the buckets that are named.'),
  },
  subject: 'iamPolicy',
  reads: ['boundaryOnly', 'identityPolicies', 'permissionsBoundary'],
  parameters: {
    adminRolePatterns: listFrom('iam.adminRoles', 'Roles that may administer all of S3, by name or ARN.'),
    forbiddenActions: ownList(
      actionEntry,
      'Actions that no policy may allow on every bucket: s3:* is that wildcard, for more than reading, another pattern each action ' +
        'it matches.',
      ['s3:*', 's3:Put*', 's3:Delete*', 's3:PutBucketPolicy'],
    ),
  },
  messages: {
    named: pass('No policy here grants forbidden actions on every bucket.'),
    everyBucket: fail('Policy {policy}, statement {statement} grants {action} on {resource}.', { fix: FIX }),
    bounded: fail('Policy {policy}, statement {statement} grants {action} on {resource}, as far as boundary {boundary} lets it.', {
      fix: FIX,
    }),
    noS3: skip('No policy here grants anything in S3.'),
    boundaryOnly: skip('The policy is attached to nobody: as a permissions boundary it grants nothing.'),
    adminRole: skip('The role is one of those that administer S3.'),
    awsManaged: skip('AWS manages the policy.'),
  },
  evaluate: ({ iamPolicy, params }) => judgeIdentityPolicies(iamPolicy, params),
});
