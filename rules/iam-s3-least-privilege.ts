import { defineRule, fail, listFrom, ownList, pass, primary, say, skip, supporting } from '../src/engine/rule.ts';
import { broadS3Grant, grantAnyS3, isAwsManaged, isRoleNamed } from '../src/knowledge/policies/identity-policies.ts';
import { actionEntry } from '../src/settings/settings.ts';

const NARROW = {
  fix:
    'Name the buckets in Resource, or their tag in a condition, and list the actions that are used. Enter a role that administers all ' +
    'of S3 under iam.adminRoles.',
  caution: 'Requests to buckets that are no longer named fail. Look at the last accessed information of IAM, or at CloudTrail, first.',
};

export default defineRule({
  id: 'iam-s3-least-privilege',
  areas: ['policies', 'reviews'],
  severity: 'high',
  title: 'Customer managed and inline IAM policies only allow changes to named S3 buckets',
  rationale:
    'Anyone who takes over a user or role whose policy reaches every bucket can overwrite, delete or publish the data of the whole ' +
    'account.',
  limits: [
    'Each policy is judged by itself, as written. A Deny without a condition in the same policy counts.',
    'A permissions boundary is named but not relied on. Service and resource control policies of the organization, and session ' +
      'policies, are not visible.',
    'Every access point, and an action that is not on a bucket such as s3:PutAccountPublicAccessBlock, counts as every bucket. ' +
      'Buckets that are named, or that begin alike, do not, however many they are.',
    'Policies managed by AWS are not judged, wherever they are attached. A customer managed policy is judged even if only ' +
      'administrators hold it.',
    'AWS Config must record IAM in the home Region, which can only be one that AWS Config supported before February 2022.',
  ],
  requirements: {
    'gdpr 25(2)': supporting('The policy does not by default allow changes in every bucket.'),
    'gdpr 5(1)(c)': supporting('The policy limits changes to named buckets.'),
    'gdpr 32(4)': supporting('The policy says which buckets its holder may change.'),
    'hipaa 164.312(a)(1)': primary('Rights to change data are granted for named buckets.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('The buckets that were authorized can be read from the policy.'),
    'hipaa 164.308(a)(4)(ii)(C)': supporting('The rights to be reviewed are spelled out in the policy.'),
    'hipaa 164.502(b)(1)': supporting('Changes are limited to the buckets that are named.'),
  },
  subject: 'iamPolicy',
  reads: ['boundaryOnly', 'identityPolicies', 'permissionsBoundary'],
  parameters: {
    adminRolePatterns: listFrom('iam.adminRoles', 'Roles that may administer all of S3, by name or ARN.'),
    forbiddenActions: ownList(
      actionEntry,
      'Actions that no policy may allow on every bucket: s3:* is that wildcard, for more than reading; another pattern is each action ' +
        'it matches.',
      ['s3:*', 's3:Put*', 's3:Delete*', 's3:PutBucketPolicy'],
    ),
  },
  messages: {
    named: pass('No policy here grants forbidden actions on every bucket.'),
    everyBucket: fail('Policy {policy}, statement {statement} grants {action} on {resource}.', NARROW),
    bounded: fail('Policy {policy}, statement {statement} grants {action} on {resource}, as far as boundary {boundary} allows.', NARROW),
    noS3: skip('No policy here grants anything in S3.'),
    boundaryOnly: skip('The policy is not attached: as a permissions boundary it grants nothing.'),
    adminRole: skip('The role is one of those that administer S3.'),
    awsManaged: skip('AWS manages the policy.'),
  },
  evaluate({ iamPolicy, params }) {
    const { arn } = iamPolicy;
    if (isAwsManaged(arn)) return say('awsManaged');
    if (isRoleNamed(iamPolicy, params.adminRolePatterns)) return say('adminRole');
    if (iamPolicy.boundaryOnly) return say('boundaryOnly');
    const ours = iamPolicy.identityPolicies.filter((each) => grantAnyS3([each], arn));
    if (ours.length === 0) return say('noS3');
    // Policy by policy: a Deny in another one may not reach whom this one does.
    for (const each of ours) {
      const grant = broadS3Grant(each, params.forbiddenActions, arn);
      if (grant === null) continue;
      // Read last: a boundary that cannot be read must not cost the other policies their verdict.
      const boundary = iamPolicy.permissionsBoundary;
      if (boundary === null) return say('everyBucket', grant, grant);
      return say('bounded', { ...grant, boundary }, { ...grant, boundary });
    }
    return say('named');
  },
});
