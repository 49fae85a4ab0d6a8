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
  cases: [
    { when: 'all on at the bucket', facts: { publicAccessBlock: all }, says: 'bucketOn' },
    {
      when: 'all on at the bucket, nothing at the account',
      facts: { publicAccessBlock: all, accountPublicAccessBlock: none },
      says: 'bucketOn',
    },
    { when: 'all on at the account alone', facts: { publicAccessBlock: null, accountPublicAccessBlock: all }, says: 'accountOn' },
    {
      when: 'the bucket switches off what the account keeps on',
      facts: { publicAccessBlock: none, accountPublicAccessBlock: all },
      says: 'accountOn',
    },
    {
      when: 'ACLs at the account, policies at the bucket',
      facts: {
        publicAccessBlock: flags(false, false, true, true),
        accountPublicAccessBlock: flags(true, true),
      },
      says: 'accountOn',
    },
    { when: 'required and on', facts: { publicAccessBlock: all }, params: { requireBucketLevel: true }, says: 'bucketOn' },
    {
      when: 'never set anywhere',
      facts: { publicAccessBlock: null },
      says: 'offUnrecorded',
      peers: 'cdk-nag passes a bucket that says nothing.',
    },
    {
      when: 'new public ACLs and policies are let in',
      facts: { publicAccessBlock: flags(false, true, false, true) },
      says: 'offUnrecorded',
    },
    { when: 'recorded as off at the account', facts: { publicAccessBlock: null, accountPublicAccessBlock: none }, says: 'off' },
    {
      when: 'one flag off at both',
      facts: {
        publicAccessBlock: flags(true, true, true, false),
        accountPublicAccessBlock: flags(true, true, true, false),
      },
      says: 'off',
    },
    {
      when: 'on at the account, required at the bucket',
      facts: { publicAccessBlock: null, accountPublicAccessBlock: all },
      params: { requireBucketLevel: true },
      says: 'bucketOff',
    },
  ],
});
