import { defineRule, fail, listFrom, ownList, pass, primary, say, skip, supporting } from '../src/engine/rule.ts';
import { broadS3Grant, grantAnyS3, isAwsManaged, isRoleNamed } from '../src/knowledge/policies/identity-policies.ts';
import { actionEntry } from '../src/settings/settings.ts';

const NARROW = {
  fix:
    'Name the buckets in Resource, and list the actions that are used. If this is an inline policy of a role that administers S3, add ' +
    'the role to iam.adminRoles.',
  caution:
    'Requests to buckets that are no longer named fail. Check first who uses them; requests for objects are only in CloudTrail data ' +
    'events and S3 server access logs.',
};

export default defineRule({
  id: 'iam-s3-least-privilege',
  areas: ['policies', 'reviews'],
  severity: 'high',
  title: 'Customer managed and inline IAM policies do not allow forbidden S3 actions on every bucket',
  rationale:
    'Anyone who takes over a user or role whose policy reaches every bucket can overwrite, delete or publish the data of the whole ' +
    'account.',
  limits: [
    'Each policy is judged by itself, as written. A Deny without a condition in the same policy counts.',
    'A permissions boundary is named but not relied on. Service and resource control policies of the organization, and session ' +
      'policies, are not visible.',
    'A grant on all access points, or of an action that is not on a bucket (such as s3:PutAccountPublicAccessBlock), counts as a grant ' +
      'on every bucket. A list of bucket names, or a prefix such as app-*, does not.',
    'Policies managed by AWS are not judged, wherever they are attached. A customer managed policy is judged even if only ' +
      'administrators hold it.',
    'AWS Config must record IAM in the home Region. It can record IAM only in Regions where it was available before February 2022.',
  ],
  requirements: {
    'gdpr 25(2)': supporting('The policy does not by default allow forbidden actions in every bucket.'),
    'gdpr 5(1)(c)': supporting('The policy does not grant forbidden actions on every bucket.'),
    'gdpr 32(4)': supporting('The policy does not allow its holder forbidden actions on every bucket.'),
    'hipaa 164.312(a)(1)': primary('Forbidden actions are only granted for named buckets.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('The buckets in which forbidden actions were authorized can be read from the policy.'),
    'hipaa 164.308(a)(4)(ii)(C)': supporting('Broad rights to change data are found for the review.'),
    'hipaa 164.502(b)(1)': supporting('The policy does not grant forbidden actions on every bucket.'),
  },
  subject: 'iamPolicy',
  reads: ['boundaryOnly', 'identityPolicies', 'permissionsBoundary'],
  parameters: {
    adminRolePatterns: listFrom('iam.adminRoles', 'Roles that may administer all of S3, by name or ARN.'),
    forbiddenActions: ownList(
      actionEntry,
      'Actions that no policy may allow on every bucket. The entry s3:* means a grant by such a wildcard of more than reading; any ' +
        'other pattern means each action that it matches.',
      ['s3:*', 's3:Put*', 's3:Delete*', 's3:PutBucketPolicy'],
    ),
  },
  messages: {
    named: pass('No policy that is judged here grants forbidden actions on every bucket.'),
    everyBucket: fail('Policy {policy}, statement {statement} grants {action} on {resource}, not only on named buckets.', NARROW),
    bounded: fail('Policy {policy}, statement {statement} grants {action} on {resource}, as far as boundary {boundary} allows.', NARROW),
    noS3: skip('No policy that is judged here grants anything in S3.'),
    boundaryOnly: skip('The policy is only used as a permissions boundary, which grants nothing.'),
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
