import type { EventDataStore } from '../../../facts/trails.ts';
import { answeredFlag, array, type Json, object, text } from '../../../values/json.ts';
import { type Ask, asked, orNull } from '../../asked.ts';
import { selectorsIn } from '../../watching/event-selectors.ts';
import { trailsDescribed } from './trails.ts';

/**
 * Event data stores that take events of the Region. The API reference of ListEventDataStores says that it lists those of
 * the current Region, the quotas that it knows those of all Regions elsewhere too; so it is asked in the Region of the bucket
 * and in the homes of the trails that record it. A member account is not shown those of its organization (CloudTrail User
 * Guide, "Understanding organization event data stores").
 */
export const eventDataStores = asked<readonly EventDataStore[], Asks>(
  ['DescribeTrails', 'GetEventDataStore', 'ListEventDataStores'],
  async (ask, { region }) => {
    const trails = await trailsDescribed(ask);
    const homes = trails.map(({ HomeRegion }) => text(HomeRegion, 'HomeRegion'));
    const regions = [...new Set([region, ...homes])];
    const listed = await Promise.all(regions.map((each) => arnsIn(each, ask)));
    const arns = [...new Set(listed.flat())];
    const stores = await Promise.all(arns.map((arn) => storeOf(arn, region, ask)));
    return stores.filter((store) => store !== null);
  },
  { isShared: true },
);

type Asks = 'DescribeTrails' | 'GetEventDataStore' | 'ListEventDataStores';

async function arnsIn(region: string, ask: Ask<Asks>): Promise<readonly string[]> {
  // A Region without CloudTrail Lake has no store.
  const unsupported = 'UnsupportedOperationException';
  const listed = await orNull(ask('ListEventDataStores', {}, region), unsupported);
  const stores = array(listed?.EventDataStores, 'EventDataStores');
  return stores.map((store) => text(object(store, 'EventDataStores[]')[ARN], ARN));
}

const ARN = 'EventDataStoreArn';

/** The store, or null when it takes no events of the Region or was deleted meanwhile. */
async function storeOf(
  arn: string,
  region: string,
  ask: Ask<Asks>,
): Promise<EventDataStore | null> {
  const [, , , home = ''] = arn.split(':');
  const gone = 'EventDataStoreNotFoundException';
  const answer = await orNull(
    ask('GetEventDataStore', { EventDataStore: arn }, text(home, ARN)),
    gone,
  );
  if (answer === null) return null;
  const store: Json = object(answer, 'the answer');
  const reaches =
    home === region || answeredFlag(store['MultiRegionEnabled'], 'MultiRegionEnabled');
  if (!reaches) return null;
  return {
    name: text(store['Name'], 'Name'),
    status: text(store['Status'], 'Status'),
    selectors: selectorsIn(answer),
  };
}
