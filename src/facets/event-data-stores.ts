import type { EventDataStore } from '../core/trails.ts';
import { selectorsIn } from './event-selectors.ts';
import { array, flag, object, text } from './json.ts';
import { type Ask, asked, orNull } from './service-facet.ts';
import { trailsDescribed } from './trails.ts';

/**
 * Event data stores are listed by the Region they lie in, also those that take events of all Regions, and a member account is
 * not shown those of its organization (CloudTrail API reference, ListEventDataStores; User Guide, "Understanding organization
 * event data stores"). They are looked for in the Region of the bucket and in the homes of the trails that record it.
 */
export const eventDataStores = asked<readonly EventDataStore[], Asks>(
  ['DescribeTrails', 'GetEventDataStore', 'ListEventDataStores'],
  async (ask, { region }) => {
    const trails = await trailsDescribed(ask);
    const homes = trails.map(({ HomeRegion }) => text(HomeRegion, 'HomeRegion'));
    const regions = [...new Set([region, ...homes])];
    const stores = await Promise.all(
      regions.map((each) => storesIn(each, ask, { multiRegionOnly: each !== region })),
    );
    return stores.flat();
  },
);

type Asks = 'DescribeTrails' | 'GetEventDataStore' | 'ListEventDataStores';

async function storesIn(
  region: string,
  ask: Ask<Asks>,
  { multiRegionOnly }: { readonly multiRegionOnly: boolean },
): Promise<readonly EventDataStore[]> {
  // A Region without CloudTrail Lake holds no store.
  const listed = await orNull(
    ask('ListEventDataStores', {}, region),
    'UnsupportedOperationException',
  );
  const found = await Promise.all(
    array(listed?.EventDataStores, 'EventDataStores').map(async (listing) => {
      const arn = text(
        object(listing, 'EventDataStores[]')['EventDataStoreArn'],
        'EventDataStoreArn',
      );
      const gone = 'EventDataStoreNotFoundException';
      return orNull(ask('GetEventDataStore', { EventDataStore: arn }, region), gone);
    }),
  );
  return found
    .filter((store) => store !== null)
    .filter((store) => !multiRegionOnly || flag(store.MultiRegionEnabled, 'MultiRegionEnabled'))
    .map((store) => ({
      name: text(store.Name, 'Name'),
      status: text(store.Status, 'Status'),
      selectors: selectorsIn(store),
    }));
}
