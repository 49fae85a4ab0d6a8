import type { Delivery, Trail, TrailStatus } from '../../../facts/trails.ts';
import { isKnown } from '../../../records/reading.ts';
import {
  answeredFlag,
  array,
  type Json,
  object,
  optionalAnsweredFlag,
  optionalText,
  optionalTime,
  text,
} from '../../../values/json.ts';
import { type Ask, asked, readingFrom } from '../../asked.ts';
import { selectorsIn } from '../../watching/event-selectors.ts';
import { managementEventsOf } from '../../watching/management-breadth.ts';

/** How CloudTrail answers for a trail of another account (seen in steampipe-plugin-aws#577), or for one that is gone. */
const NOT_SHOWN: ReadonlySet<string> = new Set([
  'CloudTrailARNInvalidException',
  'OperationNotPermittedException',
  'TrailNotFoundException',
  'UnsupportedOperationException',
]);

/**
 * Every trail that records the Region of the subject. Status and selectors are asked in the Region where the trail has its
 * home, by ARN, because the trail of an organization requires it in a member account (CloudTrail API reference, GetTrailStatus);
 * what a member account cannot see is missing only for that trail. CloudTrail answers ten such questions a second and no more
 * (User Guide, "Quotas in AWS CloudTrail"), so they are not put at every change of a bucket.
 */
export const trails = asked<readonly Trail[], 'DescribeTrails' | Details>(
  ['DescribeTrails', 'GetEventSelectors', 'GetTrailStatus'],
  async (ask, { region }) => {
    const described = await trailsDescribed(ask);
    const here = described.filter(
      (trail) =>
        trail['IsMultiRegionTrail'] !== false || text(trail['HomeRegion'], 'HomeRegion') === region,
    );
    return Promise.all(here.map((trail) => withDetails(trail, ask)));
  },
  { isShared: true },
);

type Details = 'GetEventSelectors' | 'GetTrailStatus';

/** The trails as CloudTrail describes them, shadows included. */
export async function trailsDescribed(ask: Ask<'DescribeTrails'>): Promise<readonly Json[]> {
  const { trailList } = await ask('DescribeTrails', { includeShadowTrails: true });
  return array(trailList, 'trailList').map((trail) => object(trail, 'trailList[]'));
}

async function withDetails(trail: Json, ask: Ask<Details>): Promise<Trail> {
  const arn = text(trail['TrailARN'], 'TrailARN');
  const home = text(trail['HomeRegion'], 'HomeRegion');
  const [status, selected] = await Promise.all([
    readingFrom(
      async () => statusOf(object(await ask('GetTrailStatus', { Name: arn }, home), 'status')),
      NOT_SHOWN,
    ),
    readingFrom(async () => {
      const answer = await ask('GetEventSelectors', { TrailName: arn }, home);
      return { selectors: selectorsIn(answer), management: managementEventsOf(answer) };
    }, NOT_SHOWN),
  ]);
  return {
    name: text(trail['Name'], 'Name'),
    arn,
    bucketName: optionalText(trail['S3BucketName'], 'S3BucketName'),
    isOrganization: optionalAnsweredFlag(trail['IsOrganizationTrail'], 'IsOrganizationTrail'),
    isMultiRegion: answeredFlag(trail['IsMultiRegionTrail'], 'IsMultiRegionTrail'),
    validatesLogFiles: optionalAnsweredFlag(
      trail['LogFileValidationEnabled'],
      'LogFileValidationEnabled',
    ),
    key: optionalText(trail['KmsKeyId'], 'KmsKeyId'),
    status,
    selectors: isKnown(selected) ? { value: selected.value.selectors } : selected,
    management: isKnown(selected) ? { value: selected.value.management } : selected,
  };
}

function statusOf(status: Json): TrailStatus {
  return {
    isLogging: answeredFlag(status['IsLogging'], 'IsLogging'),
    logFiles: deliveryOf(status, 'LatestDelivery'),
    digestFiles: deliveryOf(status, 'LatestDigestDelivery'),
  };
}

function deliveryOf(status: Json, latest: string): Delivery {
  return {
    at: optionalTime(status[`${latest}Time`], `${latest}Time`),
    error: optionalText(status[`${latest}Error`], `${latest}Error`),
  };
}
