import rule from '../../../rules/s3-log-retention.ts';
import { type Case, describeConfigurations } from '../../describe-rule.ts';
import { lifecycleRule, policyOf } from '../../facet-values.ts';

const off = { status: 'Off', mfaDelete: false } as const;
const keep = (expirationDays: number, noncurrentDays: number | null = 1) => lifecycleRule({ expirationDays, noncurrentDays });
const denyDeletion = {
  Sid: 'KeepVersions',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:DeleteObjectVersion',
  Resource: 'arn:aws:s3:::example-bucket/*',
};
const denyDeletions = { ...denyDeletion, Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] };
const locked = (mode: string, days: number) => ({
  policy: null,
  objectLock: { defaultRetention: { mode, days } },
});
const onDate = (expirationDate: string, noncurrentDays: number | null) => lifecycleRule({ expirationDate, noncurrentDays });
const under = (prefix: string) => ({ ...keep(400, 365), prefix });
const at = (...prefixes: readonly string[]) => ({
  roles: [{ role: 'trail-target', because: 'trail main writes to it', prefixes } as const],
});

/** What ends the life of a log, in cases next to those of the rule: a trail writes to a versioned bucket that keeps logs for 400 + 365 days. */
const cases: readonly Case[] = [
  // A listing speaks of access logs: where no record says under which prefix they arrive, every key counts.
  {
    when: 'a listed bucket with the trail covered',
    facts: { ...at('org/'), lifecycle: [under('org/')] },
    params: { logBuckets: ['example-*'] },
    says: 'unlimited',
  },
  {
    when: 'a listed bucket with the access logs covered that others send',
    facts: { roles: [{ role: 'access-log-target', because: 'bucket a logs to it', prefixes: ['a/'] }], lifecycle: [under('a/')] },
    params: { logBuckets: ['example-*'] },
    says: 'retained',
  },
  {
    when: 'another listed bucket',
    facts: { ...at('org/'), lifecycle: [under('org/')] },
    params: { logBuckets: ['other'] },
    says: 'retained',
  },
  // A deletion without a version id takes s3:DeleteObject only; the lifecycle then erases the version.
  { when: 'deleted logs go in a day', facts: { lifecycle: [keep(2000, 1)] }, says: 'deletable' },
  {
    when: 'deleted logs go a day too early',
    facts: { lifecycle: [keep(400, 29)] },
    says: 'deletable',
  },
  {
    when: 'deleted logs stay for the set time',
    facts: { lifecycle: [keep(400, 30)] },
    says: 'recoverable',
  },
  {
    when: 'deleted logs stay, but not for the longer time that is set',
    facts: { lifecycle: [keep(400, 30)] },
    params: { minimumDaysAfterDeletion: 90 },
    says: 'deletable',
  },
  {
    when: 'deleted logs go in a day under one prefix',
    facts: {
      lifecycle: [keep(400, 365), lifecycleRule({ prefix: 'AWSLogs/1', noncurrentDays: 1 })],
    },
    says: 'deletable',
  },
  {
    when: 'deleted logs go in a day if they carry a tag, which an intruder may set',
    facts: { lifecycle: [keep(400, 365), lifecycleRule({ filter: 'a tag', noncurrentDays: 1 })] },
    says: 'deletable',
  },
  {
    when: 'a number of newer versions stays, which an intruder may write',
    facts: { lifecycle: [lifecycleRule({ noncurrentDays: 1, newerNoncurrentVersions: 100 })] },
    params: { allowUnlimited: true },
    says: 'deletable',
  },
  {
    when: 'nothing is ever erased',
    facts: { lifecycle: [] },
    params: { allowUnlimited: true },
    says: 'retainedForever',
  },
  {
    when: 'both deletions are denied',
    facts: { lifecycle: [keep(400, 1)], policy: policyOf(denyDeletions) },
    says: 'retained',
  },
  {
    when: 'the plain deletion is denied to one account',
    facts: {
      lifecycle: [keep(400, 1)],
      policy: policyOf(denyDeletion, {
        ...denyDeletions,
        Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      }),
    },
    says: 'deletable',
  },
  {
    when: 'only the plain deletion is denied',
    facts: { policy: policyOf({ ...denyDeletions, Action: 's3:DeleteObject' }) },
    says: 'deletable',
  },
  {
    when: 'MFA delete, and a lifecycle from before that erases at once what is deleted',
    facts: {
      versioning: { status: 'Enabled', mfaDelete: true },
      policy: null,
      lifecycle: [keep(400, 1)],
    },
    says: 'deletable',
  },
  {
    when: 'MFA delete, which no lifecycle can go with',
    facts: { versioning: { status: 'Enabled', mfaDelete: true }, policy: null, lifecycle: [] },
    says: 'unlimited',
  },
  // Object Lock is a lower and an upper bound.
  { when: 'locked for ten years', facts: locked('COMPLIANCE', 3650), says: 'locked' },
  {
    when: 'locked for ten years in governance mode',
    facts: locked('GOVERNANCE', 3650),
    says: 'locked',
  },
  { when: 'locked a day too long', facts: locked('COMPLIANCE', 2558), says: 'locked' },
  { when: 'locked for the maximum', facts: locked('COMPLIANCE', 2557), says: 'retained' },
  {
    when: 'the lifecycle ends even later than the lock',
    facts: { ...locked('COMPLIANCE', 2600), lifecycle: [keep(2000, 700)] },
    says: 'tooLong',
  },
  {
    when: 'the lock outlives the lifecycle',
    facts: { ...locked('COMPLIANCE', 400), lifecycle: [keep(90, 1)] },
    says: 'retained',
  },
  {
    when: 'the lock outlives the lifecycle in governance mode, which binds a lifecycle too',
    facts: { ...locked('GOVERNANCE', 400), lifecycle: [keep(90, 1)] },
    says: 'retained',
  },
  {
    when: 'a lock a day too short',
    facts: { ...locked('COMPLIANCE', 364), lifecycle: [keep(90, 1)] },
    says: 'tooShort',
  },
  {
    when: 'a mode that is not known',
    facts: { ...locked('ADVISORY', 400), lifecycle: [keep(90, 1)] },
    says: 'tooShort',
  },
  {
    when: 'a lock outlives a short rule for one prefix',
    facts: {
      ...locked('COMPLIANCE', 365),
      lifecycle: [keep(400, 30), lifecycleRule({ prefix: 'a/', expirationDays: 1 })],
    },
    says: 'retained',
  },
  {
    when: 'a lock ends, but nothing erases',
    facts: { ...locked('COMPLIANCE', 365), lifecycle: [] },
    says: 'unlimited',
  },
  // On and after a date S3 expires objects whatever their age.
  {
    when: 'since a date new logs are noncurrent at once',
    facts: { lifecycle: [onDate('2020-01-01', 400)] },
    says: 'retained',
  },
  {
    when: 'since a date new logs are gone in a month',
    facts: { lifecycle: [onDate('2020-01-01', 30)] },
    says: 'tooShort',
  },
  {
    when: 'until a date nothing expires',
    facts: { lifecycle: [onDate('2030-01-01', 400)] },
    says: 'unlimited',
  },
  {
    when: 'since a date logs of an unversioned bucket are gone at once',
    facts: { versioning: off, lifecycle: [onDate('2020-01-01', null)] },
    params: { requireVersioning: false, requireDeletionProtection: false },
    says: 'tooShort',
  },
  {
    when: 'an expiry under one prefix does not add up with noncurrent days under another',
    facts: {
      lifecycle: [keep(400, 365), lifecycleRule({ prefix: 'a/', expirationDays: 1 }), lifecycleRule({ prefix: 'b/', noncurrentDays: 30 })],
    },
    says: 'recoverable',
  },
  {
    when: 'an expiry under one prefix adds up with noncurrent days below it',
    facts: {
      lifecycle: [keep(400, 365), lifecycleRule({ prefix: 'a/', expirationDays: 1 }), lifecycleRule({ prefix: 'a/b', noncurrentDays: 30 })],
    },
    says: 'tooShort',
  },
  {
    when: 'suspended versions of before do not lengthen the life of new logs',
    facts: { versioning: { status: 'Suspended', mfaDelete: false }, lifecycle: [keep(300, 365)] },
    params: { requireVersioning: false, requireDeletionProtection: false },
    says: 'tooShort',
  },
  {
    when: 'no end, where no protection is required',
    facts: { lifecycle: [], policy: null },
    params: { allowUnlimited: true, requireDeletionProtection: false },
    says: 'kept',
  },
  // The prefix that logs use is judged, where a record says it.
  {
    when: 'retention on the prefix of the trail',
    facts: { ...at('AWSLogs/'), lifecycle: [under('AWSLogs/')] },
    says: 'retained',
  },
  // What protects the logs is looked for where they arrive.
  ...[
    { when: 'where logs arrive', Resource: 'arn:aws:s3:::example-bucket/AWSLogs/*', says: 'retained' },
    { when: 'above where logs arrive', Resource: 'arn:aws:s3:::example-bucket/AWS*', says: 'retained' },
    { when: 'everywhere but in another folder', NotResource: 'arn:aws:s3:::example-bucket/tmp/*', says: 'retained' },
    { when: 'in another folder', Resource: 'arn:aws:s3:::example-bucket/tmp/*', says: 'deletable' },
    { when: 'in a part of where logs arrive', Resource: 'arn:aws:s3:::example-bucket/AWSLogs/1*', says: 'deletable' },
    { when: 'everywhere but where logs arrive', NotResource: 'arn:aws:s3:::example-bucket/AWSLogs/*', says: 'deletable' },
  ].map(
    ({ when, says, ...resources }): Case => ({
      when: `deletion of versions is denied ${when}`,
      facts: { ...at('AWSLogs/'), policy: policyOf({ ...denyDeletion, Resource: undefined, ...resources }) },
      says,
    }),
  ),
  {
    when: 'retention on a shorter prefix',
    facts: { ...at('a/AWSLogs/'), lifecycle: [under('a/')] },
    says: 'retained',
  },
  {
    when: 'another prefix expires early',
    facts: {
      ...at('AWSLogs/'),
      lifecycle: [keep(400, 365), lifecycleRule({ prefix: 'athena-results/', expirationDays: 7 })],
    },
    says: 'retained',
  },
  {
    when: 'another prefix loses deleted objects early',
    facts: {
      ...at('AWSLogs/'),
      lifecycle: [keep(400, 365), lifecycleRule({ prefix: 'tmp/', noncurrentDays: 1 })],
    },
    says: 'retained',
  },
  {
    when: 'two prefixes, each with a rule',
    facts: { ...at('AWSLogs/', 'web/'), lifecycle: [under('AWSLogs/'), under('web/')] },
    says: 'retained',
  },
  {
    when: 'two prefixes, one without a rule',
    facts: { ...at('AWSLogs/', 'web/'), lifecycle: [under('AWSLogs/')] },
    says: 'unlimited',
  },
  {
    when: 'retention on another prefix',
    facts: { ...at('AWSLogs/'), lifecycle: [under('logs/')] },
    says: 'unlimited',
  },
  {
    when: 'retention on a part of the prefix',
    facts: { ...at('AWSLogs/'), lifecycle: [under('AWSLogs/1/')] },
    says: 'unlimited',
  },
  {
    when: 'retention on the prefix, but only with a tag',
    facts: { ...at('AWSLogs/'), lifecycle: [{ ...under('AWSLogs/'), filter: 'a tag' }] },
    says: 'unlimited',
  },
  {
    when: 'a part of the prefix expires early',
    facts: {
      ...at('AWSLogs/'),
      lifecycle: [keep(400, 30), lifecycleRule({ prefix: 'AWSLogs/1/', expirationDays: 7 })],
    },
    says: 'tooShort',
  },
  {
    when: 'retention on the prefix of the trail, while the policy lets another service write anywhere',
    facts: {
      roles: [...at('AWSLogs/').roles, { role: 'access-log-target', because: 'its policy allows it' }],
      lifecycle: [under('AWSLogs/')],
    },
    says: 'unlimited',
  },
];

describeConfigurations(rule, {
  given: {
    roles: [{ role: 'trail-target', because: 'trail main writes to it' }],
    versioning: { status: 'Enabled', mfaDelete: false },
    lifecycle: [keep(400, 365)],
    objectLock: null,
    policy: policyOf(denyDeletion),
    encryption: { algorithm: 'AES256', key: null, bucketKey: false },
    requesterPays: false,
    now: '2026-01-01T00:00:00.000Z',
  },
  cases,
});
