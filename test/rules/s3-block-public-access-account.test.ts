import rule from '../../rules/s3-block-public-access-account.ts';
import { describeRule } from '../describe-rule.ts';

const all = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
const off = (flag: keyof typeof all) => ({ blockPublicAccess: { ...all, [flag]: false } });
const required = { flags: ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy'] };

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
    { when: 'one flag not required is off', facts: off('restrictPublicBuckets'), params: required, says: 'partly' },
    { when: 'a required flag is off', facts: off('ignorePublicAcls'), params: required, says: 'flagsOff' },
    { when: 'all on, few required', facts: { blockPublicAccess: all }, params: required, says: 'blocked' },
    { when: 'never set, one required', facts: { blockPublicAccess: null }, params: { flags: ['BlockPublicAcls'] }, says: 'neverSet' },
    { when: 'an empty list requires all', facts: off('restrictPublicBuckets'), params: { flags: [] }, says: 'flagsOff' },
  ],
});
