import { days, defineRule, fail, pass, primary, say, skip, supporting } from '../src/engine/rule.ts';
import { assetsOf } from '../src/knowledge/buckets/assets.ts';
import { exempt, leftOut, scope } from '../src/knowledge/buckets/scope.ts';
import { assertPast } from '../src/knowledge/past.ts';
import { hoursBetween } from '../src/values/time.ts';

const BACK_UP = {
  fix:
    'Assign the bucket to a backup plan of AWS Backup (CreateBackupSelection) whose role may read it. If it is in one, look at the jobs ' +
    'that failed.',
  caution: 'AWS Backup needs versioning, and charges for the data that it stores and for the requests that it makes.',
};

export default defineRule({
  id: 's3-backup-recent',
  areas: ['recovery'],
  severity: 'medium',
  tier: 'strict',
  title: 'S3 buckets have a recent backup that AWS Backup can restore',
  rationale: 'Versions of objects are lost with their bucket, its account or its key. A plan that makes no backups protects nothing.',
  limits: [
    'Backups are visible in the account and Region of the bucket only. Copies elsewhere, replicas, and backups of other products are not ' +
      'seen: leave their buckets out with exceptFor.',
    'A bucket fails until its first backup is made. Whether a restore works is shown only by doing it.',
    'A continuous backup counts while it goes on, whenever it began.',
    'Buckets for assets of the AWS CDK and for templates of CloudFormation are not judged, as in s3-deletion-protection.',
  ],
  requirements: {
    'gdpr 32(1)(c)': primary('Each bucket has a recent backup, from which objects can be restored.'),
    'hipaa 164.308(a)(7)(ii)(A)': primary('Each bucket has a recent backup, which is a retrievable copy.'),
    'hipaa 164.308(a)(7)(ii)(B)': supporting('Each bucket has a recent backup, from which lost data can be restored.'),
  },
  reads: ['tags', 'newestBackup', 'now'],
  parameters: {
    ...scope,
    maximumBackupAgeDays: days(8, 'Maximum age of the newest backup; the default leaves a weekly plan a day.'),
  },
  messages: {
    backedUp: pass('The newest backup is of {date}, in vault {vault}.'),
    continuous: pass('A continuous backup in vault {vault} has been going on since {date}.'),
    exempt,
    assets: skip('The bucket is for assets of {tool}, which a deployment uploads again.'),
    noBackup: fail('AWS Backup has no backup of the bucket that can be restored.', BACK_UP),
    tooOld: fail('The newest backup is of {date}, in vault {vault}, older than {days} days.', BACK_UP),
  },
  evaluate({ bucket, params }) {
    const because = leftOut(bucket, params);
    if (because !== null) return say('exempt', { because });
    const tool = assetsOf(bucket);
    if (tool !== null) return say('assets', { tool });
    const { newestBackup: backup, now } = bucket;
    if (backup === null) return say('noBackup');
    const { vault, at } = backup;
    assertPast('newestBackup', 'the newest backup', at, now);
    const date = at.slice(0, 10);
    if (backup.isContinuous) return say('continuous', { vault, date });
    const { maximumBackupAgeDays: days } = params;
    return hoursBetween(at, now) / 24 > days ? say('tooOld', { date, vault, days }) : say('backedUp', { date, vault });
  },
});
