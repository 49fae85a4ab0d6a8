import type { WatchedLogGroup, WatchedTrail } from '../../facts/watching.ts';
import { Refused } from '../../services/services.ts';
import {
  answeredFlag,
  array,
  type Json,
  object,
  optionalAnsweredFlag,
  optionalText,
  optionalTime,
  text,
  wrong,
} from '../../values/json.ts';
import { type Ask, asked } from '../asked.ts';
import { ALARM_QUESTIONS } from '../watching/alarms.ts';
import { type Records, recordsOf } from '../watching/management-events.ts';
import { metricFiltersOf } from '../watching/metric-filters.ts';

const QUESTIONS = [
  'DescribeTrails',
  'GetTrailStatus',
  'GetEventSelectors',
  'DescribeMetricFilters',
  ...ALARM_QUESTIONS,
] as const;
type AskTrails = Ask<(typeof QUESTIONS)[number]>;

/**
 * The trails of the home Region, with those of other Regions and of the organization that reach into it, each asked in its
 * own home Region (CloudTrail API reference, DescribeTrails, GetTrailStatus, GetEventSelectors).
 */
export const watchedTrails = asked<readonly WatchedTrail[], (typeof QUESTIONS)[number]>(
  QUESTIONS,
  async (ask, { account }) => {
    const { trailList } = await ask('DescribeTrails', { includeShadowTrails: true });
    const trails = await Promise.all(
      array(trailList, 'trailList').map((trail) =>
        trailOf(object(trail, 'trailList[]'), ask, account),
      ),
    );
    return trails.filter((trail) => trail !== null);
  },
);

/** null for a trail that is stopped, or was deleted just now. */
async function trailOf(trail: Json, ask: AskTrails, account: string): Promise<WatchedTrail | null> {
  const arn = text(trail['TrailARN'], 'TrailARN');
  const region = text(trail['HomeRegion'], 'HomeRegion');
  const [, , , , owner] = arn.split(':');
  const details = await detailsOf(arn, region, owner === account, ask);
  if (details?.isLogging === false) return null;
  const logGroup = optionalText(trail['CloudWatchLogsLogGroupArn'], 'CloudWatchLogsLogGroupArn');
  const { deliveryError, deliveredAt } = details ?? STOPPED;
  return {
    name: text(trail['Name'], 'Name'),
    arn,
    region,
    isMultiRegion: optionalAnsweredFlag(trail['IsMultiRegionTrail'], 'IsMultiRegionTrail'),
    records: details?.records ?? null,
    logGroup:
      logGroup === null
        ? null
        : await logGroupOf(logGroup, { deliveryError, deliveredAt }, ask, account),
  };
}

interface Details extends Delivery {
  readonly isLogging: boolean;
  readonly records: Records;
}

const STOPPED: Details = {
  isLogging: false,
  deliveryError: null,
  deliveredAt: null,
  records: { reads: false, writes: false },
};

/** How CloudTrail writes to the log group. */
type Delivery = Pick<WatchedLogGroup, 'deliveryError' | 'deliveredAt'>;

/** null when the trail is another account's, such as that of the organization, and this one is not shown more of it. */
async function detailsOf(
  arn: string,
  region: string,
  isOwn: boolean,
  ask: AskTrails,
): Promise<Details | null> {
  try {
    const status = await ask('GetTrailStatus', { Name: arn }, region);
    if (!answeredFlag(status.IsLogging, 'IsLogging')) return STOPPED;
    const latest = 'LatestCloudWatchLogsDelivery';
    return {
      isLogging: true,
      deliveryError: optionalText(status[`${latest}Error`], `${latest}Error`),
      deliveredAt: optionalTime(status[`${latest}Time`], `${latest}Time`),
      records: recordsOf(await ask('GetEventSelectors', { TrailName: arn }, region)),
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (isOwn && error.name === 'TrailNotFoundException') return STOPPED;
    if (!isOwn && (error instanceof Refused || NOT_SHOWN.has(error.name))) return null;
    throw error;
  }
}

/** How CloudTrail answers for a trail of another account (seen in steampipe-plugin-aws#577). */
const NOT_SHOWN: ReadonlySet<string> = new Set([
  'CloudTrailARNInvalidException',
  'OperationNotPermittedException',
  'TrailNotFoundException',
  'UnsupportedOperationException',
]);

async function logGroupOf(
  arn: string,
  delivery: Delivery,
  ask: AskTrails,
  own: string,
): Promise<WatchedLogGroup> {
  // arn:aws:logs:<region>:<account>:log-group:<name>:*
  const [, , service, region = '', account = '', , name = ''] = arn.split(':');
  if (service !== 'logs' || name === '')
    throw wrong('CloudWatchLogsLogGroupArn', 'the ARN of a log group', arn);
  const filters = account === own ? await metricFiltersOf(name, ask, own, region) : null;
  return { name, account, ...delivery, filters };
}
