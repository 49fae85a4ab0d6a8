import { GLOBAL_REGION } from '../../values/region.ts';
import type { RegionRow } from '../rows.ts';

/**
 * `account Region` of all that had anything and was seen whole: elsewhere, what is missing may be there all the same. Records of IAM
 * come with the snapshots of Regions, and are seen whole only where all Regions of their account are.
 */
export function seenPlaces(
  regions: readonly Pick<RegionRow, 'account' | 'region' | 'assessed' | 'subjects'>[],
): ReadonlySet<string> {
  const partly = new Set(
    regions.filter(({ assessed }) => assessed !== 'yes').map(({ account }) => account),
  );
  return new Set(
    regions
      .filter(({ subjects }) => subjects > 0)
      .filter(({ account, region, assessed }) =>
        region === GLOBAL_REGION ? !partly.has(account) : assessed === 'yes',
      )
      .map(({ account, region }) => `${account} ${region}`),
  );
}
