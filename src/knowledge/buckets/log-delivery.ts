import { known } from '../../engine/subject.ts';
import type { LoggingTarget, LogTarget } from '../../facts/bucket-settings.ts';
import { delivererIn, deliveryObstacle } from '../../facts/log-deliverers.ts';
import type { Policy } from '../../policy/language/document.ts';
import {
  type Delivery,
  deniedDelivery,
  ofService,
  stoppedDelivery,
} from '../../policy/questions/delivery.ts';
import type { Value } from '../../policy/requests/values.ts';
import type { Identity } from '../../records/reading.ts';

/**
 * Why S3 delivers no access logs from a bucket to its target, fit to follow "a bucket"; null when nothing is known to stop
 * them. Conditions that the rule cannot know the value of stop nothing.
 */
export function whyUndelivered(
  target: LogTarget,
  source: Identity,
  { bucket, prefix }: LoggingTarget,
): string | null {
  const { settings } = target;
  if (settings === null) return 'that is gone';
  const obstacle = deliveryObstacle(delivererIn('access-log-target'), settings);
  if (obstacle !== null) return `with ${obstacle}`;
  const partition = source.arn.split(':')[1] ?? 'aws';
  const delivery = accessLogs(source, `arn:${partition}:s3:::${bucket}/${prefix}`, target.account);
  const policy: Policy | null = known(settings.policy, 'logTarget');
  const byAcl = known(settings.aclAdmitsS3, 'logTarget');
  const stopped = byAcl ? deniedDelivery(policy, delivery) : stoppedDelivery(policy, delivery);
  if (stopped === null) return null;
  return stopped.by === 'nothing'
    ? 'that does not let S3 write there'
    : `whose policy denies S3 to write (statement ${stopped.sid})`;
}

const text = (value: string): Value => ({ kind: 'text', text: value });
const absent: Value = { kind: 'absent' };

/**
 * Access logs as S3 writes them: below the prefix, named by the time, or in folders by account.
 * Source: Amazon S3 User Guide, "Logging requests with server access logging", Log object key format, and "Enabling Amazon S3
 * server access logging", Permissions for log delivery; which keys a service has: IAM User Guide, "AWS global condition context
 * keys". The header of the encryption is not documented, but only SSE-S3 can be delivered.
 */
function accessLogs(source: Identity, place: string, owner: string): Delivery {
  return {
    writer: { kind: 'service', service: 'logging.s3.amazonaws.com' },
    action: 's3:PutObject',
    objects: [`${place}2???-??-??-??-??-??-*`, `${place}${source.account}/*`],
    owner,
    keys: {
      'aws:sourceaccount': [text(source.account)],
      'aws:sourcearn': [text(source.arn)],
      'aws:securetransport': [text('true')],
      'aws:principalisawsservice': [text('true')],
      'aws:principalservicename': [text('logging.s3.amazonaws.com')],
      ...ofService,
      's3:x-amz-server-side-encryption': [absent, text('AES256')],
      's3:x-amz-server-side-encryption-aws-kms-key-id': [absent],
      's3:x-amz-server-side-encryption-customer-algorithm': [absent],
    },
  };
}
