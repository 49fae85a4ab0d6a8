import type { Alarm } from '../../../facts/alarm.ts';
import { asked } from '../../asked.ts';
import { ALARM_QUESTIONS, alarmsOn } from '../../watching/alarms.ts';

/**
 * In the Region of the bucket, where S3 publishes its metrics (Amazon S3 User Guide, "Amazon S3 CloudWatch dimensions"). All
 * buckets there share one long answer, which is not asked for at every change of one of them.
 */
export const requestAlarms = asked<readonly Alarm[], (typeof ALARM_QUESTIONS)[number]>(
  ALARM_QUESTIONS,
  (ask, { resourceName, account, region }) =>
    alarmsOn(
      ({ namespace, dimensions }) =>
        namespace === 'AWS/S3' && dimensions.get('BucketName') === resourceName,
      ask,
      account,
      region,
    ),
  { isShared: true },
);
