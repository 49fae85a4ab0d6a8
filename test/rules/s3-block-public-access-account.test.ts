import rule from '../../rules/s3-block-public-access-account.ts';
import { describeRule } from '../describe-rule.ts';

const all = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

describeRule(rule, {
  cases: [
    { when: 'all four on', facts: { blockPublicAccess: all }, says: 'blocked' },
    // s3-account-level-public-access-blocks reports INSUFFICIENT_DATA, for there is no record that could change.
    { when: 'never set', facts: { blockPublicAccess: null }, says: 'neverSet' },
    {
      when: 'new public ACLs and policies are let in',
      facts: { blockPublicAccess: { ...all, blockPublicAcls: false, blockPublicPolicy: false } },
      says: 'flagsOff',
    },
  ],
});
