import type { Place } from '../accounts.ts';
import { type Answer, answer, type Corner, present } from './answer.ts';

/** Its backups lie in a vault that nobody can open; S3 itself would let its versions go. */
const BACKED_UP = 'cdk-hexample1-assets-210987654321-us-east-1';
const LOCKED = 'compliance';

/** The role of AWS Backup lost its permission when the key of this bucket was changed. */
const STOPPED = 'examplehealth-backups-us';

/** Where a plan of the platform team backs up without a pause; the sandbox is in none. */
const VAULT = 'platform';

interface Backup {
  readonly vault: string;
  readonly point: string;
  readonly at: string;
  readonly status: 'COMPLETED' | 'AVAILABLE' | 'STOPPED';
}

const A_POINT = '1eb3b5e7-9eb0-435a-a80b-108b488b0d45';

function backupsOf({ name }: Place, corner: Corner): readonly Backup[] {
  const last = { point: A_POINT, status: 'COMPLETED' } as const;
  if (name === BACKED_UP) return [{ ...last, vault: LOCKED, at: '2026-11-01T05:00:00.000Z' }];
  if (corner.name === 'sandbox') return [];
  const running = { vault: VAULT, point: `continuous:${name}`, at: '2026-02-02T05:00:00.000Z' };
  if (name !== STOPPED) return [{ ...running, status: 'AVAILABLE' }];
  const before = { ...last, vault: VAULT, at: '2026-01-30T05:00:00.000Z' };
  return [{ ...running, status: 'STOPPED' }, before];
}

/** What AWS Backup knows of the buckets, and of the vaults that hold their backups. */
export function backupAnswers(corner: Corner): readonly Answer[] {
  const { account: BackupVaultAccountId, region } = corner;
  const backups = present(corner).map(([place]) => ({ place, points: backupsOf(place, corner) }));
  const listed = backups.map(({ place, points }) =>
    answer(
      corner,
      'ListRecoveryPointsByResource',
      { ResourceArn: `arn:aws:s3:::${place.name}` },
      {
        RecoveryPoints: points.map(({ vault, point, at, status }) => ({
          RecoveryPointArn: `arn:aws:backup:${region}:${place.account}:recovery-point:${point}`,
          CreationDate: at,
          Status: status,
          BackupVaultName: vault,
        })),
      },
    ),
  );
  const vaults = new Set(backups.flatMap(({ points }) => points.map(({ vault }) => vault)));
  return [
    ...listed,
    ...[...vaults].map((BackupVaultName) =>
      answer(
        corner,
        'DescribeBackupVault',
        { BackupVaultName, BackupVaultAccountId },
        BackupVaultName === LOCKED
          ? {
              BackupVaultName,
              Locked: true,
              LockDate: '2025-06-01T00:00:00.000Z',
              MinRetentionDays: 90,
            }
          : { BackupVaultName, Locked: false },
      ),
    ),
  ];
}
