import type { NewestBackup } from '../../../facts/bucket-settings.ts';
import { list, object, text, time } from '../../../values/json.ts';
import { asked } from '../../asked.ts';
import { restorable } from './locked-backups.ts';

/**
 * Asked of AWS Backup. A continuous backup is one recovery point, dated when it began: it is AVAILABLE while it goes on, and STOPPED
 * or EXPIRED after (AWS Backup API reference, RecoveryPointByResource; Developer Guide, "Continuous backups and point-in-time
 * recovery"). Only its ARN tells that it is one.
 */
export const newestBackup = asked<NewestBackup | null, 'ListRecoveryPointsByResource'>(
  ['ListRecoveryPointsByResource'],
  async (ask, { arn: ResourceArn }) => {
    const { RecoveryPoints } = await ask('ListRecoveryPointsByResource', { ResourceArn });
    let newest: NewestBackup | null = null;
    for (const value of list(RecoveryPoints, 'RecoveryPoints')) {
      const point = object(value, 'RecoveryPoints');
      const status = restorable(point);
      if (status === null) continue;
      const arn = text(point['RecoveryPointArn'], 'RecoveryPointArn');
      const backup = {
        vault: text(point['BackupVaultName'], 'BackupVaultName'),
        at: time(point['CreationDate'], 'CreationDate'),
        isContinuous: status === 'AVAILABLE' && arn.includes(':recovery-point:continuous:'),
      };
      if (newest === null || isBetter(backup, newest)) newest = backup;
    }
    return newest;
  },
  { isShared: true },
);

const isBetter = (one: NewestBackup, other: NewestBackup) =>
  one.isContinuous === other.isContinuous ? one.at > other.at : one.isContinuous;
