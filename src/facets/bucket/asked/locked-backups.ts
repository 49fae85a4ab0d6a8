import type { LockedVault } from '../../../facts/bucket-settings.ts';
import {
  array,
  object,
  optionalAnsweredFlag,
  optionalCount,
  optionalTime,
  text,
  time,
} from '../../../values/json.ts';
import { asked, orNull } from '../../asked.ts';

/** Backups that can be restored; one that is continuous and goes on is AVAILABLE, too (AWS Backup API reference, DescribeRecoveryPoint). */
export const RESTORABLE: readonly unknown[] = ['COMPLETED', 'AVAILABLE'];

/**
 * Asked of AWS Backup, because the record of a vault does not say whether it is locked. A vault that was deleted meanwhile
 * holds nothing.
 */
export const lockedBackups = asked<
  readonly LockedVault[],
  'DescribeBackupVault' | 'ListRecoveryPointsByResource'
>(
  ['DescribeBackupVault', 'ListRecoveryPointsByResource'],
  async (ask, { arn: ResourceArn, account: BackupVaultAccountId }) => {
    const { RecoveryPoints } = await ask('ListRecoveryPointsByResource', { ResourceArn });
    const newest = new Map<string, string>();
    for (const value of array(RecoveryPoints, 'RecoveryPoints')) {
      const point = object(value, 'RecoveryPoints');
      if (!RESTORABLE.includes(point['Status'])) continue;
      const vault = text(point['BackupVaultName'], 'BackupVaultName');
      const at = time(point['CreationDate'], 'CreationDate');
      if (at > (newest.get(vault) ?? '')) newest.set(vault, at);
    }
    const vaults = await Promise.all(
      [...newest].map(async ([name, backedUpAt]) => {
        const question = { BackupVaultName: name, BackupVaultAccountId };
        const vault = await orNull(
          ask('DescribeBackupVault', question),
          'ResourceNotFoundException',
        );
        if (vault === null || !optionalAnsweredFlag(vault.Locked, 'Locked')) return [];
        const lockedAt = optionalTime(vault.LockDate, 'LockDate');
        const minimumDays = optionalCount(vault.MinRetentionDays, 'MinRetentionDays') ?? 0;
        return [{ name, lockedAt, minimumDays, backedUpAt }];
      }),
    );
    return vaults.flat();
  },
  { isAlternative: true },
);
