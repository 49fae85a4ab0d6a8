import { describe, expect, it } from 'vitest';
import type { LifecycleRule, LockedVault } from '../../src/facts/bucket-settings.ts';
import { assetsOf } from '../../src/knowledge/buckets/assets.ts';
import { backupLacks, protectionFromDeletion } from '../../src/knowledge/buckets/deletion.ts';
import { whyEndless } from '../../src/knowledge/buckets/life.ts';
import { whyPartial, whyUnbounded } from '../../src/knowledge/buckets/lifecycle.ts';
import { keysOfLogs, logProtection, whyUnlimited } from '../../src/knowledge/buckets/log-life.ts';
import { exemptAs } from '../../src/knowledge/buckets/log-target.ts';
import { byWidth, leftOut } from '../../src/knowledge/buckets/scope.ts';
import { bucket } from '../describe-rule.ts';
import { lifecycleRule, policyOf } from '../facet-values.ts';

const now = '2026-03-02T12:00:00.000Z';
const enabled = { status: 'Enabled', mfaDelete: false } as const;
const rule = (id: string, given: Partial<LifecycleRule>) => lifecycleRule({ id, ...given });

it.each<[string, LifecycleRule, string, string | null]>([
  ['all of it', rule('a', {}), 'logs/', null],
  ['all below a prefix above', rule('a', { prefix: 'logs/' }), 'logs/aws/', null],
  [
    'what another prefix has',
    rule('a', { prefix: 'tmp/' }),
    'logs/',
    'rule a covers only prefix tmp/',
  ],
  ['what ends so', rule('a', { prefix: 'logs/' }), 'aws/logs/', 'rule a covers only prefix logs/'],
  ['what has a tag', rule('a', { filter: 'a tag' }), '', 'rule a covers only a tag'],
  [
    'what has both',
    rule('a', { prefix: 'x/', filter: 'a tag' }),
    'x/',
    'rule a covers only prefix x/ and a tag',
  ],
  ['nothing', rule('a', { enabled: false }), '', 'rule a is disabled'],
])('a lifecycle rule reaches %s', (_, given, key, why) => {
  expect(whyPartial(given, key)).toBe(why);
});

it.each<[string, LifecycleRule[], string]>([
  ['no rule', [rule('a', { expirationDays: 9 })], 'no rule expires them'],
  [
    'a number to keep',
    [rule('a', { noncurrentDays: 9, newerNoncurrentVersions: 3 })],
    'rule a keeps 3 newer versions without a time limit',
  ],
  [
    'a rule for some',
    [rule('a', { expirationDays: 9 }), rule('b', { noncurrentDays: 9, prefix: 'x/' })],
    'rule b covers only prefix x/',
  ],
  [
    'the rule that comes closest',
    [
      rule('a', { noncurrentDays: 9, prefix: 'x/' }),
      rule('b', { noncurrentDays: 9, newerNoncurrentVersions: 2 }),
    ],
    'rule b keeps 2 newer versions without a time limit',
  ],
])('noncurrent versions stay because of %s', (_, rules, why) => {
  expect(whyUnbounded(rules)).toBe(why);
});

it.each<[string, LifecycleRule[], string, string[]?]>([
  ['no rule', [], 'no rule expires them after a number of days'],
  [
    'rules on versions',
    [rule('a', { noncurrentDays: 9 })],
    'no rule expires them after a number of days',
  ],
  [
    'a rule for some',
    [rule('n', { noncurrentDays: 1 }), rule('a', { expirationDays: 9, prefix: 'x/' })],
    'rule a covers only prefix x/',
  ],
  [
    'a date for some',
    [rule('a', { expirationDate: '2026-01-01', prefix: 'x/' })],
    'rule a covers only prefix x/',
  ],
  [
    'a date ahead',
    [rule('a', { expirationDate: '2027-01-01' })],
    'rule a expires them only from 2027-01-01 on',
  ],
  [
    'noncurrent versions',
    [rule('a', { expirationDays: 9 })],
    'their noncurrent versions stay, because no rule expires them',
  ],
  [
    'noncurrent versions, beside a date ahead',
    [rule('b', { expirationDate: '2027-01-01' }), rule('a', { expirationDays: 9 })],
    'their noncurrent versions stay, because no rule expires them',
  ],
  [
    'the second of two prefixes',
    [rule('a', { expirationDays: 9, noncurrentDays: 9, prefix: 'x/' })],
    'rule a covers only prefix x/',
    ['x/', 'y/'],
  ],
])('objects stay because of %s', (_, lifecycle, why, keys) => {
  expect(whyEndless({ lifecycle, versioning: enabled, objectLock: null, now }, keys)).toBe(why);
});

const denial = (change: object = {}) =>
  policyOf({
    Sid: 'Keep',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:DeleteObjectVersion',
    Resource: `${bucket.arn}/*`,
    ...change,
  });
const locks = { mfaDelete: true, governance: false, denial: true, days: 30, daysAfterDeletion: 30 };
const lock = (mode: string, days: number) => ({ objectLock: { defaultRetention: { mode, days } } });
const plain = {
  ...bucket,
  versioning: enabled,
  lifecycle: [] as LifecycleRule[],
  objectLock: null,
  policy: null,
};
const mfa = { versioning: { ...enabled, mfaDelete: true } };
const one = [rule('a', { noncurrentDays: 1 })];

describe('what protects versions from deletion', () => {
  it.each<[string, object, object, object]>([
    [
      'nothing',
      {},
      {},
      {
        by: null,
        missing:
          'MFA delete is off, Object Lock is off and no bucket policy denies s3:DeleteObjectVersion',
      },
    ],
    [
      'nothing that is accepted',
      mfa,
      { mfaDelete: false, denial: false },
      { by: null, missing: 'Object Lock is off' },
    ],
    [
      'no retention',
      { objectLock: { defaultRetention: null } },
      { denial: false },
      { by: null, missing: 'MFA delete is off and Object Lock retains nothing by default' },
    ],
    [
      'a weak mode',
      lock('GOVERNANCE', 99),
      { denial: false },
      { by: null, missing: 'MFA delete is off and Object Lock is in mode GOVERNANCE' },
    ],
    [
      'too few days',
      lock('COMPLIANCE', 1),
      { denial: false },
      { by: null, missing: 'MFA delete is off and Object Lock retains only 1 day' },
    ],
    ['enough days', lock('COMPLIANCE', 30), {}, { by: 'compliance', days: 30 }],
    [
      'another denial',
      { policy: denial({ Action: 's3:GetObject' }) },
      { mfaDelete: false },
      { by: null, missing: 'Object Lock is off and no statement denies s3:DeleteObjectVersion' },
    ],
    ['MFA delete', mfa, {}, { by: 'mfaDelete', left: null }],
    [
      'MFA delete, and a lifecycle',
      { ...mfa, lifecycle: one },
      {},
      { by: null, missing: 'Object Lock is off, and rule a erases deleted objects after 1 day' },
    ],
    ['a denial', { policy: denial() }, {}, { by: 'denied', left: null }],
    [
      'a denial for other keys',
      { policy: denial({ Resource: `${bucket.arn}/x/*` }) },
      { keys: ['y/'], mfaDelete: false },
      { by: null },
    ],
    [
      'a denial for these keys',
      { policy: denial({ Resource: `${bucket.arn}/x/*` }) },
      { keys: ['x/'] },
      { by: 'denied', left: null },
    ],
    [
      'a denial for one of these keys',
      { policy: denial({ Resource: `${bucket.arn}/x/*` }) },
      { keys: ['x/', ''] },
      { by: null },
    ],
    [
      'a denial where a key has a star',
      { policy: denial({ Resource: `${bucket.arn}/x*/*` }) },
      { keys: ['x*/'] },
      { by: null },
    ],
    [
      'a denial of every deletion of what is written once',
      { policy: denial({ Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] }), lifecycle: one },
      { isWrittenOnce: true },
      { by: 'denied', left: null },
    ],
    [
      'a denial of what is written once, but not of deletion',
      { policy: denial(), lifecycle: one },
      { isWrittenOnce: true },
      { by: null },
    ],
    [
      'a denial of every deletion of what may be overwritten',
      { policy: denial({ Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] }), lifecycle: one },
      {},
      { by: null },
    ],
    [
      'MFA delete of what is written once',
      { ...mfa, lifecycle: one },
      { isWrittenOnce: true },
      { by: null },
    ],
  ])('%s', (_, facts, accepted, protection) => {
    expect(protectionFromDeletion({ ...plain, ...facts }, { ...locks, ...accepted })).toMatchObject(
      protection,
    );
  });

  it('says what a denial leaves out', () => {
    const part = protectionFromDeletion(
      { ...plain, policy: denial({ Resource: `${bucket.arn}/x/*` }) },
      locks,
    );
    expect(part).toMatchObject({
      missing: expect.stringContaining(
        'the denial of s3:DeleteObjectVersion leaves out some objects',
      ),
    });
  });
});

const vault = (given: Partial<LockedVault> = {}): LockedVault => ({
  ...{
    name: 'v',
    lockedAt: '2026-01-01T00:00:00.000Z',
    minimumDays: 30,
    backedUpAt: '2026-03-01T12:00:00.000Z',
    ...given,
  },
});
const OLD = 'its backup in a locked vault is too old, or dated in the future';
const OPEN = 'the lock of the vault with its backups can still be removed';
it.each<[string, LockedVault[], string | null]>([
  ['there is none', [], 'no backup is in a locked vault'],
  ['a vault has it', [vault()], null],
  ['one of two vaults has it', [vault({ backedUpAt: '2026-01-02T00:00:00.000Z' }), vault()], null],
  ['governance mode can be left', [vault({ lockedAt: null })], OPEN],
  ['the lock begins tomorrow', [vault({ lockedAt: '2026-03-03T00:00:00.000Z' })], OPEN],
  ['the lock begins now, after the backup', [vault({ lockedAt: now })], OLD],
  ['the lock begins now, with the backup', [vault({ lockedAt: now, backedUpAt: now })], null],
  [
    'the vault keeps it a day too few',
    [vault({ minimumDays: 29 })],
    'the vault with its backups does not retain them long enough',
  ],
  ['it is a week old', [vault({ backedUpAt: '2026-02-23T12:00:00.000Z' })], null],
  ['it is older', [vault({ backedUpAt: '2026-02-22T12:00:00.000Z' })], OLD],
  ['it was made before the lock', [vault({ lockedAt: '2026-03-01T13:00:00.000Z' })], OLD],
  ['it is from an hour ahead', [vault({ backedUpAt: '2026-03-02T13:00:00.000Z' })], null],
  ['it is from a day ahead', [vault({ backedUpAt: '2026-03-03T12:00:00.000Z' })], null],
  ['it is from two days ahead', [vault({ backedUpAt: '2026-03-04T12:00:00.000Z' })], OLD],
])('a backup: %s', (_, vaults, lack) => {
  expect(backupLacks(vaults, now, { minimumLockDays: 30, maximumBackupAgeDays: 7 })).toBe(lack);
});

it('says why logs stay, and what they lack', () => {
  const objects = { lifecycle: one, versioning: enabled, objectLock: null, now };
  const barred = { ...objects, lifecycle: [], versioning: mfa.versioning };
  expect(whyUnlimited(barred, [''])).toBe('MFA delete is on, and S3 allows no lifecycle with it');
  expect(whyUnlimited({ ...barred, lifecycle: one }, [''])).toBe(
    'no rule expires them after a number of days',
  );
  expect(whyUnlimited({ ...objects, lifecycle: [] }, [''])).toBe(
    'no rule expires them after a number of days',
  );
  const demands = { minimumDays: 30, minimumDaysAfterDeletion: 30 };
  const off = {
    ...plain,
    ...lock('COMPLIANCE', 99),
    versioning: { status: 'Suspended', mfaDelete: false } as const,
  };
  expect(logProtection(off, [''], demands)).toEqual({
    left: null,
    missing: 'versioning is Suspended',
  });
});

it('knows under which keys logs arrive', () => {
  const at = (role: 'trail-target' | 'access-log-target', ...prefixes: string[]) => ({
    role,
    because: '',
    prefixes,
  });
  expect(keysOfLogs([])).toEqual(['']);
  expect(keysOfLogs([at('trail-target', 'a/'), { role: 'vended-logs', because: '' }])).toEqual([
    '',
  ]);
  expect(keysOfLogs([at('trail-target', 'a/')])).toEqual(['a/']);
  expect(keysOfLogs([at('trail-target', 'a/')], true)).toEqual(['']);
  expect(keysOfLogs([at('trail-target', 'a/'), at('access-log-target', 'b/')], true)).toEqual([
    'a/',
    'b/',
  ]);
});

it('names what a scope says', () => {
  const tagged = { name: 'data', tags: new Map([['a', 'b']]) };
  expect(leftOut(tagged, { appliesTo: [], exceptFor: ['da*'] })).toBe('exceptFor has da*');
  expect(leftOut(tagged, { appliesTo: ['other'], exceptFor: [] })).toBe(
    'no entry of appliesTo is for it',
  );
  expect(leftOut(tagged, { appliesTo: ['other', 'a=b'], exceptFor: [] })).toBeNull();
  const sorted = ['*', 'k=v*', 'long-name-*', 'kkkkkkkk=*', 'name', 'k=v', 'n*'].toSorted(byWidth);
  expect(sorted).toEqual(['name', 'long-name-*', 'n*', '*', 'k=v', 'k=v*', 'kkkkkkkk=*']);
});

it('exempts only what a trail names, of several trails', () => {
  const role = { role: 'trail-target', because: 'granted', isOnlyGranted: true } as const;
  const trails = [{ bucketName: 'other' }, { bucketName: 'logs' }];
  expect(exemptAs({ name: 'logs', now, roles: [role], trails }, ['trail-target'])).toBe(role);
  const config = { ...role, role: 'config-delivery' } as const;
  expect(
    exemptAs({ name: 'logs', now, roles: [config], trails }, ['config-delivery']),
  ).toBeUndefined();
});

it('names what a bucket of assets is for', () => {
  const cdk = {
    name: 'cdk-hnb659fds-assets-123456789012-eu-central-1',
    tags: new Map([['aws:cloudformation:logical-id', 'StagingBucket']]),
  };
  expect(assetsOf({ ...bucket, ...cdk })).toBe('the AWS CDK');
  expect(
    assetsOf({ ...bucket, name: 'cf-templates-1abcdefghijkl-eu-central-1', tags: new Map() }),
  ).toBe('CloudFormation');
});
