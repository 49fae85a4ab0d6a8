import rule from '../../rules/s3-acl-disabled.ts';
import { describeRule } from '../describe-rule.ts';

describeRule(rule, {
  compliant: [['switched off', { ownership: 'BucketOwnerEnforced' }, 'disabled']],
  nonCompliant: [
    ['objects of others go to the owner', { ownership: 'BucketOwnerPreferred' }, 'enabled'],
    // Steampipe passes this as long as no canonical user is granted anything.
    ['the setting is missing, or for the writer', { ownership: 'ObjectWriter' }, 'enabled'],
  ],
});
