import { type Deployment, homeRegionOf } from '../../settings-file/deployment/deployment.ts';
import { partitionOf } from '../../values/region.ts';
import { about, type Diagnosis, shell } from '../diagnosis.ts';
import type { CentralFacts, PlaceFacts, Plan } from '../facts.ts';

/**
 * Does AWS Config of this account and Region send what is judged in the central account? Without a frequency it sends no snapshots,
 * only history, every six hours (AWS Config API reference, ConfigSnapshotDeliveryProperties; Developer Guide, "Delivering
 * Configuration Snapshot").
 */
export function judgeDeliveries(facts: PlaceFacts, { deployment }: Plan): readonly Diagnosis[] {
  const { account, region, deliveries } = facts;
  const { delivery } = deployment;
  if (deliveries === undefined || delivery === undefined) return [];
  const { ok, fix, from } = about('deliveries', { account, region });
  const unread = { what: 'What AWS Config delivers could not be examined' };
  return [
    from(deliveries, unread, (found) => {
      // Another line says that there is no channel.
      if (found === null) return ok('There is nothing to examine yet.');
      const { channel, bucket, prefix, frequency } = found;
      const save = `aws configservice describe-delivery-channels --region ${region}`;
      const edit = (change: string) =>
        `Save the channel from: ${save}; in it, ${change}; write it back with: aws configservice put-delivery-channel ` +
        `--delivery-channel file://channel.json --region ${region}`;
      if (bucket !== delivery.bucket || trimmed(prefix) !== trimmed(delivery.prefix)) {
        const [there, wanted] = [
          placeOf(bucket, prefix),
          placeOf(delivery.bucket, delivery.prefix),
        ];
        return fix(
          `AWS Config delivers to ${there}, and the central account reads ${wanted}.`,
          edit(`set s3BucketName and s3KeyPrefix, or correct delivery in the deployment file`),
        );
      }
      if (frequency === null) {
        return fix(
          'The delivery channel has no delivery frequency: AWS Config sends no snapshots, only history every six hours.',
          `${edit('add "configSnapshotDeliveryProperties": {"deliveryFrequency": "TwentyFour_Hours"}')}; for a first one now: ` +
            `aws configservice deliver-config-snapshot --delivery-channel-name ${shell(channel)} --region ${region}`,
        );
      }
      return ok('AWS Config delivers snapshots to where the central account reads them.');
    }),
  ];
}

const trimmed = (prefix: string | null | undefined) => (prefix ?? '').replace(/^\/+|\/+$/g, '');
const placeOf = (bucket: string | null, prefix: string | null | undefined) =>
  `s3://${bucket ?? ''}/${trimmed(prefix)}`;

/** Can the function read the bucket? Only its policy says that, which only its own account may read: so the statements are named. */
export function judgeDeliveryBucket(
  { deliveryBucket }: CentralFacts,
  { deployment }: Plan,
): readonly Diagnosis[] {
  const { delivery } = deployment;
  if (deliveryBucket === undefined || delivery === undefined) return [];
  const { ok, fix, warn, from } = about('delivery-bucket', { name: delivery.bucket });
  const add =
    `Add to its policy, once ${ROLE} is deployed: ${JSON.stringify(statements(deployment, delivery))}` +
    (delivery.key === undefined
      ? ''
      : `, and allow that role kms:Decrypt in the policy of ${delivery.key}`);
  return [
    from(
      deliveryBucket,
      { what: 'The bucket that AWS Config delivers to could not be examined' },
      ({ status }) => {
        if (status === 404) {
          return fix(
            'The bucket that AWS Config is to deliver to does not exist.',
            'Correct delivery.bucket.',
          );
        }
        if (status === 403) {
          return warn(
            'The bucket that AWS Config delivers to refuses the caller. Check that its policy allows the function to read it.',
            add,
          );
        }
        return ok('The bucket that AWS Config delivers to exists, and the caller may list it.');
      },
    ),
  ];
}

const ROLE = 's3-config-rules-judging';

/** As the central stack prints them. */
function statements(
  deployment: Deployment,
  { bucket, prefix }: NonNullable<Deployment['delivery']>,
) {
  const home = homeRegionOf(deployment);
  const partition = partitionOf(home);
  const before = trimmed(prefix) === '' ? '' : `${trimmed(prefix)}/`;
  const arn = `arn:${partition}:s3:::${bucket}`;
  const role = `arn:${partition}:iam::${deployment.centralAccount}:role/${ROLE}-${home}`;
  const to = { Effect: 'Allow', Principal: { AWS: role } };
  return [
    {
      ...{ ...to, Action: 's3:ListBucket', Resource: arn },
      Condition: { StringLike: { 's3:prefix': `${before}AWSLogs/*` } },
    },
    { ...to, Action: 's3:GetObject', Resource: `${arn}/${before}AWSLogs/*/Config/*` },
  ];
}
