import { type Answer, answer, type Corner, present } from './answer.ts';

/** Its backups lie in a vault that nobody can open; S3 itself would let its versions go. */
const BACKED_UP = 'cdk-hexample1-assets-210987654321-us-east-1';
const VAULT = 'compliance';

/** AWS Backup knows of one bucket. */
export function backupAnswers(corner: Corner): readonly Answer[] {
  const { account, region } = corner;
  const backups = present(corner).map(([{ name, account: owner }]) =>
    answer(
      corner,
      'ListRecoveryPointsByResource',
      { ResourceArn: `arn:aws:s3:::${name}` },
      {
        RecoveryPoints:
          name === BACKED_UP
            ? [
                {
                  RecoveryPointArn: `arn:aws:backup:${region}:${owner}:recovery-point:1eb3b5e7-9eb0-435a-a80b-108b488b0d45`,
                  CreationDate: '2026-11-01T05:00:00.000Z',
                  Status: 'COMPLETED',
                  BackupVaultName: VAULT,
                },
              ]
            : [],
      },
    ),
  );
  if (!present(corner).some(([{ name }]) => name === BACKED_UP)) return backups;
  const vault = answer(
    corner,
    'DescribeBackupVault',
    { BackupVaultName: VAULT, BackupVaultAccountId: account },
    {
      BackupVaultName: VAULT,
      Locked: true,
      LockDate: '2025-06-01T00:00:00.000Z',
      MinRetentionDays: 90,
    },
  );
  return [...backups, vault];
}
