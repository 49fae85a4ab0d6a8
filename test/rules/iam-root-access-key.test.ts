import rule from '../../rules/iam-root-access-key.ts';
import { describeRule } from '../describe-rule.ts';

describeRule(rule, {
  cases: [
    { when: 'no key', facts: { rootAccessKey: false }, says: 'noKey' },
    { when: 'a key', facts: { rootAccessKey: true }, says: 'hasKey' },
  ],
});
