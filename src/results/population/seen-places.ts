import { GLOBAL_REGION } from '../../values/region.ts';
import type { RegionRow } from '../rows.ts';
import { LACKING, OF_THE_PAST } from './place.ts';

/**
 * `account Region` of all that had anything and was seen whole: elsewhere, what is missing may be there all the same. Records of IAM
 * come with the snapshots of Regions, and are seen whole only where all Regions of their account are.
 */
export function seenPlaces(
  regions: readonly (Pick<RegionRow, 'account' | 'region' | 'assessed' | 'subjects'> & Reason)[],
): ReadonlySet<string> {
  const partly = new Set(regions.filter((each) => !isSeen(each)).map(({ account }) => account));
  return new Set(
    regions
      .filter(({ subjects }) => subjects > 0)
      .filter((each) => (each.region === GLOBAL_REGION ? !partly.has(each.account) : isSeen(each)))
      .map(({ account, region }) => `${account} ${region}`),
  );
}

/** Its records were; of a rule that asks services, AWS Config may hold nothing all the same. */
const isSeen = ({ assessed, reason }: Pick<RegionRow, 'assessed'> & Reason) =>
  assessed === 'yes' || reason === OF_THE_PAST || reason?.startsWith(LACKING) === true;

type Reason = Partial<Pick<RegionRow, 'reason'>>;
