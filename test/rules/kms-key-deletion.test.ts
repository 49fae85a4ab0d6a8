import rule from '../../rules/kms-key-deletion.ts';
import type { Unread } from '../../src/records/reading.ts';
import { describeRule, UNKNOWN } from '../describe-rule.ts';

const keys = (waiting: readonly (string | null)[], unread: Unread | null = null) => ({
  keysInDeletion: { waiting: waiting.map((deletedAt, index) => ({ id: `key-${index}`, deletedAt })), unread },
});
const REFUSED = { unavailable: 'key 1234: KMS refused the answer', action: 'kms:DescribeKey' };

describeRule(rule, {
  cases: [
    { when: 'no key waits', facts: keys([]), says: 'none' },
    { when: 'one waits', facts: keys(['2026-07-01T00:00:00.000Z']), says: 'waiting' },
    { when: 'several wait', facts: keys(['2026-07-01T00:00:00.000Z', '2026-07-08T00:00:00.000Z']), says: 'waiting' },
    { when: 'one waits for its replicas', facts: keys([null]), says: 'waiting' },
    { when: 'one waits, and another is not known', facts: keys(['2026-07-01T00:00:00.000Z'], REFUSED), says: 'waiting' },
    { when: 'one is not known', facts: keys([], REFUSED), says: UNKNOWN },
  ],
});
