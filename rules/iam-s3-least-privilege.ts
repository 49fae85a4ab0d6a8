import { defineRule, fail, flag, listFrom, ownList, pass, primary, say, skip, supporting } from '../src/engine/rule.ts';
import { assertKnown, awsManagedPolicies } from '../src/knowledge/policies/aws-managed.ts';
import { changesOfEveryBucket, firstBroadGrant, grantAnyS3, standingOf } from '../src/knowledge/policies/identity-policies.ts';
import { contentActions } from '../src/policy/language/action-levels.ts';
import { actionEntry } from '../src/settings/settings.ts';

const ADMIN = 'If it belongs to a role that administers S3, add the role to iam.adminRoles.';
const CAUTION =
  'Requests to buckets that are no longer named fail. Check first who uses them; requests for objects are only in CloudTrail data ' +
  'events and S3 server access logs.';
const NARROW = { fix: `Name the buckets in Resource, and list the actions that are used. ${ADMIN}`, caution: CAUTION };
const DETACH = {
  fix:
    'Detach the policy (DetachUserPolicy, DetachGroupPolicy or DetachRolePolicy), and attach a policy of your own that names the ' +
    `buckets. ${ADMIN}`,
  caution: `The policy may also allow other services that are in use. ${CAUTION}`,
};
/** What the links on reading require of the parameters. */
const READING = { forbidReadingEverything: 1 };

export default defineRule({
  id: 'iam-s3-least-privilege',
  areas: ['policies', 'reviews'],
  severity: 'high',
  tier: 'recommended',
  title: 'IAM policies do not allow reading or changing every S3 bucket',
  rationale:
    'Anyone who takes over a user or role whose policy reaches every bucket can read, overwrite, delete or publish the data of the ' +
    'whole account.',
  limits: [
    'Each policy is judged by itself. A Deny without a condition in it counts. s3:GetDataAccess only gives what S3 Access Grants allow.',
    'A permissions boundary is named but not relied on. Service and resource control policies of the organization, and session ' +
      'policies, are not visible.',
    'A grant on all access points, or of an action that is not on a bucket (s3:PutAccountPublicAccessBlock), counts as one on every ' +
      'bucket. So does a pattern that says neither how names begin nor how they end: *-*, */logs/*, but not app-* or *-logs.',
    'Policies managed by AWS are judged where they are attached, as of March 2026; a newer one is not assessed. A customer managed ' +
      'policy is judged by itself, even if only administrators hold it.',
    'Listing objects, and reading their tags and ACLs, is not judged unless forbiddenActions names it.',
    'AWS Config must record IAM in the home Region. It can record IAM only in Regions where it was available before February 2022.',
  ],
  requirements: {
    'gdpr 25(2)': supporting('The policy does not open all buckets to its holder, for reading or by forbidden actions.', READING),
    'gdpr 5(1)(c)': supporting('The policy grants neither reading nor forbidden actions on all buckets.', READING),
    'gdpr 32(4)': supporting('The policy gives its holder neither reading nor forbidden actions on all buckets.', READING),
    'hipaa 164.312(a)(1)': primary('Reading objects, and each forbidden action, is only granted for named buckets.', READING),
    'hipaa 164.308(a)(3)(i)': supporting('The holder does not obtain access to the objects of all buckets.', READING),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('The buckets in which forbidden actions were authorized can be read from the policy.'),
    'hipaa 164.308(a)(4)(ii)(C)': supporting('Forbidden actions that are granted on all buckets are reported for the review.'),
    'hipaa 164.502(b)(1)': supporting('The policy does not grant reading the objects of all buckets.', READING),
  },
  subject: 'iamPolicy',
  reads: ['attachedAwsPolicies', 'boundaryOnly', 'identityPolicies', 'permissionsBoundary'],
  parameters: {
    adminRolePatterns: listFrom('iam.adminRoles', 'Roles that may administer all of S3, by name or ARN.'),
    forbiddenActions: ownList(
      actionEntry,
      'Actions that no policy may allow on every bucket. The entry s3:* means a grant by such a wildcard of more than reading; any ' +
        'other pattern means each action that it matches. Wildcards do not mean actions on jobs and Storage Lens.',
      changesOfEveryBucket,
    ),
    forbidReadingEverything: flag(true, 'Whether no policy may allow reading the content of objects in every bucket.'),
  },
  messages: {
    named: pass('No policy that is judged here grants forbidden actions on every bucket.'),
    everyBucket: fail('Policy {policy}, statement {statement} grants {action} on {resource}, not only on named buckets.', NARROW),
    bounded: fail('Policy {policy}, statement {statement} grants {action} on {resource}, as far as boundary {boundary} allows.', NARROW),
    attached: fail('{policy}, which AWS manages, is attached and grants {action} on every bucket.', DETACH),
    attachedBounded: fail('{policy}, which AWS manages, grants {action} on every bucket, as far as boundary {boundary} allows.', DETACH),
    noS3: skip('No policy that is judged here grants anything in S3.'),
    boundaryOnly: skip('The policy is only used as a permissions boundary, which grants nothing.'),
    adminRole: skip('The role is one of those that administer S3.'),
    serviceLinked: skip('The role is linked to an AWS service. Only that service can use it, and AWS decides what it grants.'),
    awsManaged: skip('AWS manages the policy. It is judged where it is attached.'),
  },
  evaluate({ iamPolicy, params }) {
    const { arn } = iamPolicy;
    const standing = standingOf(iamPolicy, params.adminRolePatterns);
    if (standing !== 'ordinary') return say(standing);
    if (iamPolicy.boundaryOnly) return say('boundaryOnly');
    const forbidden = params.forbidReadingEverything ? [...params.forbiddenActions, ...contentActions] : params.forbiddenActions;
    const written = firstBroadGrant(iamPolicy.identityPolicies, forbidden, arn);
    if (written) {
      // Read last: a boundary that cannot be read must not cost the other policies their verdict.
      const boundary = iamPolicy.permissionsBoundary;
      if (boundary === null) return say('everyBucket', written, written);
      return say('bounded', { ...written, boundary }, { ...written, boundary });
    }
    const { known, unknown } = awsManagedPolicies(iamPolicy.attachedAwsPolicies, forbidden);
    const attached = firstBroadGrant(known, forbidden, arn);
    if (attached) {
      const { policy, action } = attached;
      const boundary = iamPolicy.permissionsBoundary;
      if (boundary === null) return say('attached', { policy, action }, { policy, action });
      return say('attachedBounded', { policy, action, boundary }, { policy, action, boundary });
    }
    assertKnown(unknown);
    const grantsSome = [...iamPolicy.identityPolicies, ...known].some((each) => grantAnyS3([each], arn));
    return say(grantsSome ? 'named' : 'noS3');
  },
});
