import { expect, it } from 'vitest';
import type { OnChange } from '../../src/engine/tier.ts';
import { isOnChange, needsOf, ruleFacts } from '../../src/facets/needs.ts';

type Reader = Parameters<typeof needsOf>[0];
const usual = {
  ...{ function: 'recorded', fromRecords: true, onChange: true, startedBy: ['AWS::S3::Bucket'] },
  ...{ homeRegionOnly: false, afterOthers: false, neighbours: false, permissions: [] },
};
const live = { ...usual, function: 'live', fromRecords: false };
const notStarted = { onChange: false, startedBy: [] };
const ofAccount = { ...live, ...notStarted, homeRegionOnly: true };
const TRAILS = ['DescribeTrails', 'GetEventSelectors', 'GetTrailStatus'].map(
  (name) => `cloudtrail:${name}`,
);
const RECORDER = [
  'config:DescribeConfigurationRecorderStatus',
  'config:DescribeConfigurationRecorders',
];
const BLOCK = {
  ...{ onChange: true, startedBy: ['AWS::S3::AccountPublicAccessBlock'] },
  permissions: ['s3:GetAccountPublicAccessBlock'],
};

/** What docs/roll-out.md and docs/decisions/0014 and 0017 say of how rules are run. */
const rows: readonly [Reader['subject'], Reader['reads'], object, true?][] = [
  ['bucket', ['versioning'], usual],
  ['bucket', ['versioning', 'now'], usual],
  ['bucket', ['tags'], { ...usual, permissions: ['config:SelectResourceConfig'] }],
  [
    'bucket',
    ['logTarget'],
    { ...usual, neighbours: true, permissions: ['config:BatchGetResourceConfig'] },
  ],
  [
    'bucket',
    ['versioning', 'replicaBuckets', 'tags'],
    {
      ...{ ...usual, neighbours: true },
      permissions: ['config:BatchGetResourceConfig', 'config:SelectResourceConfig'],
    },
  ],
  ['bucket', ['ownership', 'acl'], { ...live, permissions: ['s3:GetBucketOwnershipControls'] }],
  ['bucket', ['trails'], { ...live, ...notStarted, permissions: TRAILS }],
  // What is the same for all buckets is no reason to judge one of them again.
  ['bucket', ['versioning', 'trails'], { ...live, ...notStarted, permissions: TRAILS }],
  [
    'bucket',
    ['lifecycle', 'lockedBackups'],
    {
      ...{ ...live, fromRecords: true },
      permissions: ['backup:DescribeBackupVault', 'backup:ListRecoveryPointsByResource'],
    },
  ],
  [
    'bucket',
    ['lockedBackups', 'ownership'],
    {
      ...live,
      permissions: [
        ...['backup:DescribeBackupVault', 'backup:ListRecoveryPointsByResource'],
        's3:GetBucketOwnershipControls',
      ],
    },
  ],
  ['account', ['blockPublicAccess'], { ...ofAccount, ...BLOCK }],
  ['account', ['blockPublicAccess', 'now'], { ...ofAccount, ...BLOCK }],
  ['account', ['recorder'], { ...ofAccount, permissions: RECORDER }],
  ['account', ['recorder'], { ...ofAccount, homeRegionOnly: false, permissions: RECORDER }, true],
  ['account', ['recorder', 'pack'], { ...ofAccount, afterOthers: true, permissions: RECORDER }],
  [
    'accessPoint',
    ['accessPointPolicy'],
    {
      ...live,
      startedBy: ['AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPoint'],
      permissions: ['s3:GetAccessPointPolicy', 's3:GetMultiRegionAccessPointPolicy'],
    },
  ],
  ['iamUser', ['now'], { ...usual, ...notStarted, homeRegionOnly: true }],
  [
    'iamPolicy',
    ['identityPolicies'],
    {
      ...{ ...usual, homeRegionOnly: true },
      startedBy: ['Policy', 'User', 'Group', 'Role'].map((name) => `AWS::IAM::${name}`),
    },
  ],
];

it.each<[Reader['subject'], Reader['reads'], object, true?]>(
  rows,
)('a rule on a %s that reads %j', (subject, reads, needs, everyRegion) => {
  const rule = everyRegion === undefined ? { subject, reads } : { subject, reads, everyRegion };
  expect(needsOf(rule)).toEqual(needs);
  expect(needsOf(rule)).toBe(needsOf(rule));
});

it.each<[OnChange, 'low' | 'medium' | 'high' | 'critical', boolean]>([
  ['low', 'low', true],
  ['medium', 'low', false],
  ['medium', 'medium', true],
  ['medium', 'critical', true],
  ['critical', 'high', false],
  ['critical', 'critical', true],
  ['never', 'critical', false],
])('from %s on, one of severity %s runs on changes: %s', (from, severity, isRun) => {
  const rule = { subject: 'bucket', reads: ['versioning'], severity } as const;
  expect(isOnChange(rule, from)).toBe(isRun);
  expect(isOnChange({ ...rule, reads: ['trails'] }, from)).toBe(false);
});

it.each<[object, string]>([
  [
    { subject: 'bucket', reads: ['versioning'] },
    'the recorded function when AWS Config records a change of the bucket, and once a day.',
  ],
  [{ subject: 'bucket', reads: ['trails'] }, 'the live function once a day.'],
  [
    { subject: 'account', reads: ['blockPublicAccess'] },
    'the live function when AWS Config records a change of AWS::S3::AccountPublicAccessBlock, and once a day, only in the home Region.',
  ],
  [
    { subject: 'account', reads: ['recorder'], everyRegion: true },
    'the live function once a day, in every Region.',
  ],
])('%j is judged by %s', (rule, how) => {
  expect(ruleFacts(rule as never)).toMatchObject({ triggers: `Judged by ${how}` });
});
