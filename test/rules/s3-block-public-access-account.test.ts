import rule from '../../rules/s3-block-public-access-account.ts';
import { describeRule } from '../describe-rule.ts';

const all = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

describeRule(rule, {
  compliant: [['all four on', { blockPublicAccess: all }, 'blocked']],
  nonCompliant: [
    // s3-account-level-public-access-blocks reports INSUFFICIENT_DATA, for there is no record that could change.
    ['never set', { blockPublicAccess: null }, 'neverSet'],
    [
      // Prowler's s3_account_level_public_access_blocks looks at the other two flags alone.
      'new public ACLs and policies are let in',
      { blockPublicAccess: { ...all, blockPublicAcls: false, blockPublicPolicy: false } },
      'flagsOff',
    ],
  ],
});
