import rule from '../../rules/s3-block-public-access-bucket.ts';
import { describeRule } from '../describe-rule.ts';

const flags = (...on: readonly boolean[]) => ({
  blockPublicAcls: on[0] ?? false,
  ignorePublicAcls: on[1] ?? false,
  blockPublicPolicy: on[2] ?? false,
  restrictPublicBuckets: on[3] ?? false,
});
const all = flags(true, true, true, true);
const none = flags();

describeRule(rule, {
  given: { accountPublicAccessBlock: null },
  compliant: [
    ['all on at the bucket', { publicAccessBlock: all }, 'bucketOn'],
    ['all on at the bucket, nothing at the account', { publicAccessBlock: all, accountPublicAccessBlock: none }, 'bucketOn'],
    [
      // s3-bucket-level-public-access-prohibited and Cloud Custodian check-public-block ignore the account (prowler#2647).
      'all on at the account alone',
      { publicAccessBlock: null, accountPublicAccessBlock: all },
      'accountOn',
    ],
    ['the bucket switches off what the account keeps on', { publicAccessBlock: none, accountPublicAccessBlock: all }, 'accountOn'],
    [
      'ACLs at the account, policies at the bucket',
      {
        publicAccessBlock: flags(false, false, true, true),
        accountPublicAccessBlock: flags(true, true),
      },
      'accountOn',
    ],
    ['required and on', { publicAccessBlock: all }, 'bucketOn', { requireBucketLevel: true }],
  ],
  nonCompliant: [
    // cdk-nag passes a bucket that says nothing.
    ['never set anywhere', { publicAccessBlock: null }, 'off'],
    [
      // Prowler looks at IgnorePublicAcls and RestrictPublicBuckets alone.
      'new public ACLs and policies are let in',
      { publicAccessBlock: flags(false, true, false, true) },
      'off',
    ],
    [
      'one flag off at both',
      {
        publicAccessBlock: flags(true, true, true, false),
        accountPublicAccessBlock: flags(true, true, true, false),
      },
      'off',
    ],
    [
      'on at the account, required at the bucket',
      { publicAccessBlock: null, accountPublicAccessBlock: all },
      'bucketOff',
      { requireBucketLevel: true },
    ],
  ],
});
