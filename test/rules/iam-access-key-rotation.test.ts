import rule from '../../rules/iam-access-key-rotation.ts';
import type { AccessKey } from '../../src/facts/iam.ts';
import { describeRule, UNKNOWN } from '../describe-rule.ts';

const key = (changed: string, used: string | null = null, number = 1): AccessKey => ({
  number,
  changedAt: `${changed}T12:00:00.000Z`,
  usedAt: used && `${used}T12:00:00.000Z`,
});
const keys = (...accessKeys: readonly AccessKey[]) => ({
  credentials: { accessKeys, hasPassword: true, hasMfa: false },
});

describeRule(rule, {
  given: { now: '2026-06-30T12:00:00.000Z', ...keys(key('2026-06-01')) },
  cases: [
    { when: 'a new key', says: 'rotated' },
    // 1 April to 30 June are 90 days.
    { when: 'a key as old as it may be', facts: keys(key('2026-04-01')), says: 'rotated' },
    { when: 'a key a day too old', facts: keys(key('2026-03-31', '2026-06-30')), says: 'oldKey' },
    { when: 'an old key that nobody uses', facts: keys(key('2020-01-01')), says: 'oldKey' },
    { when: 'an old second key', facts: keys(key('2026-06-01'), key('2025-01-01', null, 2)), says: 'oldKey' },
    { when: 'no active key', facts: keys(), says: 'noKeys' },
    { when: 'a year, where that is allowed', facts: keys(key('2025-07-01')), params: { maximumKeyAgeDays: 365 }, says: 'rotated' },
    { when: 'a month, where a week is allowed', params: { maximumKeyAgeDays: 7 }, says: 'oldKey' },
    { when: 'a key that is made next year', facts: keys(key('2027-06-01')), says: UNKNOWN },
  ],
});
