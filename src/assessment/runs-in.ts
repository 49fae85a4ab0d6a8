import type { Rule } from '../engine/rule.ts';
import { needsOf } from '../facets/needs.ts';
import { GLOBAL_REGION } from '../values/region.ts';

/** Whether the rule judges what stands in this Region. Records of IAM belong to no Region, and without home Regions every Region is one. */
export const runsIn = (rule: Rule, region: string, homeRegions: readonly string[]) =>
  !needsOf(rule).homeRegionOnly ||
  homeRegions.length === 0 ||
  region === GLOBAL_REGION ||
  homeRegions.includes(region);

/** Whether the rule needs only the records of AWS Config. */
export const isRecorded = (rule: Rule) => needsOf(rule).fromRecords;
