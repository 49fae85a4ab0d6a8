import { defineRule, fail, flag, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { flagsInEffect, flagsOff } from '../src/knowledge/buckets/block-public-access.ts';
import { list } from '../src/values/text.ts';

const CUTS = 'Public sites on the bucket stop working, and RestrictPublicBuckets also cuts off other accounts while the policy is public.';

export default defineRule({
  id: 's3-block-public-access-bucket',
  areas: ['public-access'],
  severity: 'high',
  tier: 'essential',
  title: 'S3 buckets have every flag of Block Public Access on, at the bucket or at the account',
  rationale:
    'Each flag closes another way to the public: two refuse new ACLs and policies, two remove the effect of existing ones. With one ' +
    'flag off, a single mistake is enough.',
  limits: [
    'A flag counts if it is on at the bucket or at the account, because S3 applies the more restrictive setting (Amazon S3 User ' +
      'Guide, "Blocking public access to your Amazon S3 storage").',
    'Flags of the account that are not recorded count as off. Flags of an organization count as far as that record shows them.',
    'Access points have flags of their own, which another rule judges.',
  ],
  requirements: {
    'gdpr 25(2)': primary('By default, S3 refuses access by an indefinite number of persons to the bucket.'),
    'gdpr 5(1)(f)': primary('S3 refuses public access whatever the policy or ACL of the bucket says.'),
    'gdpr 32(1)(b)': supporting('A policy that is wider than intended does not make the bucket public.'),
    'gdpr 32(2)': supporting('The risk of disclosure to the public is reduced.'),
    'hipaa 164.312(a)(1)': primary('S3 refuses public access to the bucket.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('S3 refuses new policies and ACLs that grant access to everyone.'),
    'hipaa 164.308(a)(4)(ii)(C)': supporting('S3 refuses a change that would make the bucket public.'),
  },
  reads: ['publicAccessBlock', 'accountPublicAccessBlock'],
  parameters: {
    requireBucketLevel: flag(false, 'Whether the flags must be on at the bucket itself.'),
  },
  messages: {
    bucketOn: pass('All four flags of Block Public Access are on at the bucket.'),
    accountOn: pass('The account has on what the bucket has off: {flags}.'),
    bucketOff: fail('Block Public Access is off at the bucket, where it is required: {flags}.', {
      fix: 'Switch on the named flags at the bucket (PutPublicAccessBlock).',
      caution: CUTS,
    }),
    off: fail('Block Public Access is off at the bucket and at the account: {flags}.', {
      fix: 'Switch on the named flags at the bucket (PutPublicAccessBlock), or for the whole account (PutPublicAccessBlock of S3 Control).',
      caution: `${CUTS} At the account, this applies to every bucket.`,
    }),
    offUnrecorded: fail('Block Public Access is off at the bucket, and no flags of the account are recorded: {flags}.', {
      fix: 'Switch on the named flags at the bucket (PutPublicAccessBlock), or have AWS::S3::AccountPublicAccessBlock recorded.',
      caution: CUTS,
    }),
  },
  evaluate({ bucket, params }) {
    const offHere = list(flagsOff(bucket.publicAccessBlock));
    if (offHere === '') return say('bucketOn');
    if (params.requireBucketLevel) return say('bucketOff', { flags: offHere });
    const off = list(flagsOff(flagsInEffect(bucket.publicAccessBlock, bucket.accountPublicAccessBlock)));
    if (off === '') return say('accountOn', { flags: offHere });
    return say(bucket.accountPublicAccessBlock ? 'off' : 'offUnrecorded', { flags: off });
  },
});
