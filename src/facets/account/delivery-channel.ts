import type { DeliveryChannel } from '../../facts/pack.ts';
import { array, type Json, object, optionalText, optionalTime, text } from '../../values/json.ts';
import { asked } from '../asked.ts';

const DELIVERIES = {
  configHistoryDeliveryInfo: 'configuration history',
  configSnapshotDeliveryInfo: 'snapshots',
  configStreamDeliveryInfo: 'notifications',
} as const;

/** A Region has one channel at most (AWS Config API reference, DescribeDeliveryChannelStatus). */
export const deliveryChannel = asked<DeliveryChannel | null, 'DescribeDeliveryChannelStatus'>(
  ['DescribeDeliveryChannelStatus'],
  async (ask) => {
    const answer = await ask('DescribeDeliveryChannelStatus', {});
    const [first] = array(answer.DeliveryChannelsStatus, 'DeliveryChannelsStatus');
    if (first === undefined) return null;
    const channel = object(first, 'DeliveryChannelsStatus');
    const infos = Object.entries(DELIVERIES).map(([key, what]) => {
      const info: Json = channel[key] ? object(channel[key], key) : {};
      return { info, key, what };
    });
    return {
      name: text(channel['name'], 'name of the delivery channel'),
      failures: infos
        .filter(({ info }) => hasFailed(info))
        .map(({ info, what }) => ({
          what,
          error: optionalText(info['lastErrorCode'], 'lastErrorCode') ?? 'no reason given',
        })),
      deliveredAt: infos
        .map(({ info, key }) =>
          optionalTime(info['lastSuccessfulTime'], `${key}.lastSuccessfulTime`),
        )
        .reduce((one, other) => ((other ?? '') > (one ?? '') ? other : one)),
    };
  },
);

/** The reference writes "Failure"; the service writes its words in upper case (AWS CLI reference, describe-delivery-channel-status). */
const hasFailed = (info: Json) =>
  optionalText(info['lastStatus'], 'lastStatus')?.toUpperCase() === 'FAILURE';
