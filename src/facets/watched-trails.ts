import type { WatchedLogGroup, WatchedTrail } from '../core/activity-alarms.ts';
import { array, flag, type Json, object, optionalFlag, optionalText, text, wrong } from './json.ts';
import { metricFiltersOf } from './metric-filters.ts';
import { type Ask, asked, orNull } from './service-facet.ts';

const QUESTIONS = [
  'DescribeTrails',
  'GetTrailStatus',
  'GetEventSelectors',
  'DescribeMetricFilters',
  'DescribeAlarms',
  'ListSubscriptionsByTopic',
] as const;
type AskTrails = Ask<(typeof QUESTIONS)[number]>;

/**
 * The trails of the home Region, with those of other Regions and of the organization that reach into it, each asked in its
 * own home Region (CloudTrail API reference, DescribeTrails, GetTrailStatus, GetEventSelectors).
 */
export const watchedTrails = asked<readonly WatchedTrail[], (typeof QUESTIONS)[number]>(
  QUESTIONS,
  async (ask, { account }) => {
    const { trailList } = await ask('DescribeTrails', {});
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
  const status = await orNull(ask('GetTrailStatus', { Name: arn }, region), GONE);
  if (status === null || !flag(status.IsLogging, 'IsLogging')) return null;
  const selectors = await orNull(ask('GetEventSelectors', { TrailName: arn }, region), GONE);
  if (selectors === null) return null;
  const logGroup = optionalText(trail['CloudWatchLogsLogGroupArn'], 'CloudWatchLogsLogGroupArn');
  const error = optionalText(
    status.LatestCloudWatchLogsDeliveryError,
    'LatestCloudWatchLogsDeliveryError',
  );
  return {
    name: text(trail['Name'], 'Name'),
    region,
    isMultiRegion: optionalFlag(trail['IsMultiRegionTrail'], 'IsMultiRegionTrail'),
    records: recordsOf(
      array(selectors.EventSelectors, 'EventSelectors'),
      array(selectors.AdvancedEventSelectors, 'AdvancedEventSelectors'),
    ),
    logGroup: logGroup === null ? null : await logGroupOf(logGroup, error, ask, account),
  };
}

const GONE = 'TrailNotFoundException';

async function logGroupOf(
  arn: string,
  deliveryError: string | null,
  ask: AskTrails,
  own: string,
): Promise<WatchedLogGroup> {
  // arn:aws:logs:<region>:<account>:log-group:<name>:*
  const [, , service, region = '', account = '', , name = ''] = arn.split(':');
  if (service !== 'logs' || name === '')
    throw wrong('CloudWatchLogsLogGroupArn', 'the ARN of a log group', arn);
  const filters = account === own ? await metricFiltersOf(name, ask, own, region) : null;
  return { name, account, deliveryError, filters };
}

type Records = WatchedTrail['records'];

/** Which management events of S3 the selectors let through, whoever caused them. */
function recordsOf(basic: readonly unknown[], advanced: readonly unknown[]): Records {
  const found = [...basic.map(ofBasic), ...advanced.map(ofAdvanced)];
  return {
    reads: found.some(({ reads }) => reads),
    writes: found.some(({ writes }) => writes),
  };
}

const NONE: Records = { reads: false, writes: false };

function ofBasic(value: unknown): Records {
  const selector = object(value, 'EventSelectors[]');
  const excluded = array(
    selector['ExcludeManagementEventSources'],
    'ExcludeManagementEventSources',
  );
  if (selector['IncludeManagementEvents'] === false || excluded.includes(S3)) return NONE;
  const type = optionalText(selector['ReadWriteType'], 'ReadWriteType') ?? 'All';
  return { reads: type !== 'WriteOnly', writes: type !== 'ReadOnly' };
}

const S3 = 's3.amazonaws.com';

/** One that asks for anything else than the category, the service and whether it reads lets through a part alone. */
function ofAdvanced(value: unknown): Records {
  const fields = array(
    object(value, 'AdvancedEventSelectors[]')['FieldSelectors'],
    'FieldSelectors',
  );
  let isManagement = false;
  let records = { reads: true, writes: true };
  for (const each of fields) {
    const selector = object(each, 'FieldSelectors[]');
    const { Field, Equals, NotEquals, ...others } = selector;
    const isPlain = Object.values(others).every((other) => other === undefined);
    const equals = array(Equals, 'Equals');
    const notEquals = array(NotEquals, 'NotEquals');
    if (!isPlain) return NONE;
    if (Field === 'eventCategory' && equals.includes('Management')) isManagement = true;
    else if (Field === 'readOnly' && notEquals.length === 0) {
      records = { reads: equals.includes('true'), writes: equals.includes('false') };
    } else if (Field === 'eventSource' && lets(equals, notEquals)) continue;
    else return NONE;
  }
  return isManagement ? records : NONE;
}

const lets = (equals: readonly unknown[], notEquals: readonly unknown[]) =>
  (equals.length === 0 || equals.includes(S3)) && !notEquals.includes(S3);
