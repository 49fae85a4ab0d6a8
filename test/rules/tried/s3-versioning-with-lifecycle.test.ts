import rule from '../../../rules/s3-versioning-with-lifecycle.ts';
import { type Case, describeConfigurations } from '../../describe-rule.ts';
import { lifecycleRule } from '../../facet-values.ts';

const complete = lifecycleRule({
  noncurrentDays: 90,
  removesExpiredDeleteMarkers: true,
  abortIncompleteUploadDays: 7,
});
const locked = (mode: string, days: number) => ({
  objectLock: { defaultRetention: { mode, days } },
});

/** Object Lock, in cases next to those of the rule. */
const cases: readonly Case[] = [
  // A locked version outlives its expiration; one that was locked long ago does not.
  { when: 'locked for ten years', facts: locked('COMPLIANCE', 3650), says: 'locked' },
  { when: 'locked a day too long', facts: locked('COMPLIANCE', 366), says: 'locked' },
  { when: 'locked too long in governance mode', facts: locked('GOVERNANCE', 366), says: 'locked' },
  {
    when: 'locked too long in a mode of the future',
    facts: locked('ADVISORY', 366),
    says: 'locked',
  },
  { when: 'locked for the maximum', facts: locked('COMPLIANCE', 365), says: 'bounded' },
  {
    when: 'Object Lock without retention',
    facts: { objectLock: { defaultRetention: null } },
    says: 'bounded',
  },
  {
    when: 'a lock does not keep a version that is older than it',
    facts: { ...locked('COMPLIANCE', 60), lifecycle: [{ ...complete, noncurrentDays: 7 }] },
    says: 'tooEarly',
  },
  {
    when: 'a lock, and nothing that erases',
    facts: { ...locked('COMPLIANCE', 60), lifecycle: [] },
    says: 'unbounded',
  },
  {
    when: 'removed too early under one prefix',
    facts: { lifecycle: [complete, lifecycleRule({ prefix: 'a/', noncurrentDays: 1 })] },
    says: 'tooEarly',
  },
];

describeConfigurations(rule, {
  given: { tags: new Map(), versioning: { status: 'Enabled', mfaDelete: false }, lifecycle: [complete], objectLock: null },
  cases,
});
