import rule from '../../rules/iam-unused-credentials.ts';
import type { AccessKey, Password } from '../../src/facts/iam.ts';
import { describeRule, UNKNOWN } from '../describe-rule.ts';

const at = (day: string) => `${day}T12:00:00.000Z`;
const key = (changed: string, used: string | null, number = 1): AccessKey => ({
  number,
  changedAt: at(changed),
  usedAt: used && at(used),
});
const password = (changed: string, used: string | null): Password => ({ changedAt: at(changed), usedAt: used && at(used) });
const user = (given: Password | null, ...accessKeys: readonly AccessKey[]) => ({
  password: given,
  credentials: { accessKeys, hasPassword: given !== null, hasMfa: true },
});

describeRule(rule, {
  given: { now: at('2026-06-30'), ...user(password('2024-01-01', '2026-06-29'), key('2024-01-01', '2026-06-29')) },
  cases: [
    { when: 'a password and a key in use', says: 'used' },
    { when: 'neither', facts: user(null), says: 'none' },
    { when: 'only a key', facts: user(null, key('2025-01-01', '2026-06-01')), says: 'used' },
    { when: 'only a password', facts: user(password('2025-01-01', '2026-06-01')), says: 'used' },
    // 1 April to 30 June are 90 days.
    { when: 'unused as long as it may be', facts: user(password('2024-01-01', '2026-04-01')), says: 'used' },
    { when: 'a password unused for a day too long', facts: user(password('2024-01-01', '2026-03-31')), says: 'unusedPassword' },
    { when: 'a key unused for a day too long', facts: user(null, key('2024-01-01', '2026-03-31')), says: 'unusedKey' },
    { when: 'a password that was set since', facts: user(password('2026-06-01', '2025-01-01')), says: 'used' },
    { when: 'a password never used since it was set', facts: user(password('2026-01-01', null)), says: 'unusedPassword' },
    {
      when: 'a new password that nobody has used yet',
      facts: user(password('2026-06-29', null)),
      says: 'used',
      peers: 'iam-user-unused-credentials-check counts a password from its last use only.',
    },
    { when: 'a key never used since it was created', facts: user(null, key('2026-01-01', null)), says: 'unusedKey' },
    { when: 'a second key that is unused', facts: user(null, key('2026-06-01', null), key('2025-01-01', null, 2)), says: 'unusedKey' },
    {
      when: 'an unused password besides a used key',
      facts: user(password('2020-01-01', null), key('2026-06-01', null)),
      says: 'unusedPassword',
    },
    {
      when: 'a limit of a week',
      facts: user(password('2024-01-01', '2026-06-20')),
      params: { maximumUnusedDays: 7 },
      says: 'unusedPassword',
    },
    { when: 'a password used next year', facts: user(password('2024-01-01', '2027-06-01')), says: UNKNOWN },
    { when: 'a key made next year', facts: user(null, key('2027-06-01', null)), says: UNKNOWN },
  ],
});
