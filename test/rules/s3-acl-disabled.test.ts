import rule from '../../rules/s3-acl-disabled.ts';
import { describeRule } from '../describe-rule.ts';

describeRule(rule, {
  cases: [
    { when: 'switched off', facts: { ownership: 'BucketOwnerEnforced' }, says: 'disabled' },
    { when: 'objects of others go to the owner', facts: { ownership: 'BucketOwnerPreferred' }, says: 'enabled' },
    {
      when: 'the setting is missing, or for the writer',
      facts: { ownership: 'ObjectWriter' },
      says: 'enabled',
      peers: 'Steampipe passes this as long as no canonical user is granted anything.',
    },
  ],
});
