import { array, optionalText } from '../../values/json.ts';
import type { Access } from '../access.ts';
import type { Deliveries } from '../facts.ts';

/**
 * Where AWS Config of a Region delivers to, and how often it takes a snapshot; null without a channel. A Region has one at most (AWS
 * Config API reference, DescribeDeliveryChannels).
 */
export async function readDeliveries(
  { services }: Access,
  region: string,
): Promise<Deliveries | null> {
  const answer = await services.ask('DescribeDeliveryChannels', {}, region);
  const [channel] = array(answer.DeliveryChannels, 'DeliveryChannels');
  if (channel === undefined) return null;
  const { name, s3BucketName, s3KeyPrefix, configSnapshotDeliveryProperties } = channel as Record<
    string,
    unknown
  >;
  const snapshots = configSnapshotDeliveryProperties as { deliveryFrequency?: unknown } | undefined;
  return {
    channel: optionalText(name, 'name') ?? 'default',
    bucket: optionalText(s3BucketName, 's3BucketName'),
    prefix: optionalText(s3KeyPrefix, 's3KeyPrefix'),
    frequency: optionalText(snapshots?.deliveryFrequency, 'deliveryFrequency'),
  };
}
