import type { LockedVault } from '../../../facts/bucket-settings.ts';
import {
  array,
  type Json,
  object,
  oneOf,
  optionalAnsweredFlag,
  optionalCount,
  optionalTime,
  text,
  time,
} from '../../../values/json.ts';
import { asked, orNull } from '../../asked.ts';

/** Backups that can be restored; one that is continuous and goes on is AVAILABLE, too (AWS Backup API reference, DescribeRecoveryPoint). */
const RESTORABLE = ['COMPLETED', 'AVAILABLE'] as const;
const OTHERS = ['PARTIAL', 'DELETING', 'EXPIRED', 'STOPPED', 'CREATING'] as const;

/** Its status where it can be restored, else null (AWS Backup API reference, RecoveryPointByResource). @throws Malformed */
export function restorable(point: Json): (typeof RESTORABLE)[number] | null {
  const status = oneOf(point['Status'], [...RESTORABLE, ...OTHERS], 'Status');
  return RESTORABLE.find((each) => each === status) ?? null;
}

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
      if (restorable(point) === null) continue;
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
