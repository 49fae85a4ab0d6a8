import { describe, expect, it } from 'vitest';
import type { Answers, Fields } from '../contract-server/asked.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { bucketItem } from '../contract-server/items.ts';
import { changeEvent, startLambda } from './world.ts';

const RULE = 's3-deletion-protection';
const point = (parts: object = {}) => ({
  RecoveryPointArn: 'arn:aws:backup:eu-central-1:111122223333:recovery-point:1',
  CreationDate: Date.parse('2026-03-01T05:00:00Z') / 1000,
  Status: 'COMPLETED',
  BackupVaultName: 'vault',
  ...parts,
});
const points = (...RecoveryPoints: object[]): Answers => ({
  ListRecoveryPointsByResource: { RecoveryPoints },
});
const vault = (parts: object = {}): Answers => ({
  DescribeBackupVault: {
    BackupVaultName: 'vault',
    Locked: true,
    LockDate: Date.parse('2025-01-01T00:00:00Z') / 1000,
    MinRetentionDays: 90,
    ...parts,
  },
});
const refuse = (name: string) => () => {
  throw new ServiceError(name, 'no', 400);
};

async function said(answers: Answers) {
  const lambda = await startLambda({ answers });
  await lambda.handle(changeEvent(RULE, bucketItem('versioned-bucket', VERSIONED)));
  return { lambda, annotation: lambda.results()[0]?.annotation };
}
const VERSIONED = {
  supplementaryConfiguration: {
    ...bucketItem('b').supplementaryConfiguration,
    BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: null },
  },
};

describe('backups in a locked vault', () => {
  it('protect, as AWS Backup says over the wire', async () => {
    const { annotation, lambda } = await said({ ...points(point()), ...vault() });
    expect(annotation).toMatch(/^lockedBackup: /);
    const [call] = lambda.calls('ListRecoveryPointsByResource');
    expect(call?.input).toMatchObject({ ResourceArn: 'arn:aws:s3:::versioned-bucket' });
  });

  it.each<[string, Answers, RegExp]>([
    ['no backup', points(), /no backup is in a locked vault/],
    ['one that failed', { ...points(point({ Status: 'PARTIAL' })), ...vault() }, /no backup is/],
    ['a vault without a lock', { ...points(point()), ...vault({ Locked: false }) }, /no backup is/],
    [
      'a lock in governance mode',
      { ...points(point()), ...vault({ LockDate: undefined }) },
      /can still be removed/,
    ],
    [
      'a lock that may still be taken off',
      { ...points(point()), ...vault({ LockDate: Date.parse('2026-03-05T00:00:00Z') / 1000 }) },
      /can still be removed/,
    ],
    [
      'a vault that went meanwhile',
      { ...points(point()), DescribeBackupVault: refuse('ResourceNotFoundException') },
      /no backup is/,
    ],
    [
      'a vault that lets backups go',
      { ...points(point()), ...vault({ MinRetentionDays: undefined }) },
      /does not retain them long enough/,
    ],
    [
      'an old backup',
      { ...points(point({ CreationDate: Date.parse('2026-01-01T00:00:00Z') / 1000 })), ...vault() },
      /too old/,
    ],
  ])('do not, with %s', async (_, answers, reason) => {
    const { annotation } = await said(answers);
    expect(annotation).toMatch(/^unprotected: /);
    expect(annotation).toMatch(reason);
  });

  it.each([
    'ListRecoveryPointsByResource',
    'DescribeBackupVault',
  ])('are missing evidence where %s is refused', async (operation) => {
    const { annotation } = await said({
      ...points(point()),
      ...vault(),
      [operation]: refuse('AccessDeniedException'),
    });
    expect(annotation).toMatch(/^evidenceUnavailable: /);
    expect(annotation).toContain(`backup:${operation}`);
  });

  it('are missing evidence where the days are no whole number', async () => {
    const { annotation } = await said({ ...points(point()), ...vault({ MinRetentionDays: 30.5 }) });
    expect(annotation).toMatch(/^evidenceUnavailable: .*MinRetentionDays/);
  });

  it('are found on every page, and the newest of a vault counts', async () => {
    const { annotation } = await said({
      ...vault(),
      ListRecoveryPointsByResource: ({ NextToken }: Fields) =>
        NextToken === undefined
          ? {
              RecoveryPoints: [point({ CreationDate: Date.parse('2025-06-01T00:00:00Z') / 1000 })],
              NextToken: 'more',
            }
          : { RecoveryPoints: [point()] },
    });
    expect(annotation).toMatch(/^lockedBackup: /);
  });
});
