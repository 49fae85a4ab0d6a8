import { ASSUMED, CENTRAL, SITE } from './cost-assumed.ts';
import type { Costly, Fleet } from './cost-choices.ts';
import type { PriceId } from './cost-prices.ts';

/** One meter of the bill before its price. */
export type Metered = readonly [what: string, price: PriceId, quantity: number];

/** What judging in the central account takes in a month. @param rules those that run on buckets count for what is kept of results. */
export function judgingMeters(rules: readonly Costly[], fleet: Fleet): Metered[] {
  const { days } = ASSUMED;
  const places = fleet.accounts * fleet.regions;
  const buckets = places * fleet.buckets;
  const findings = buckets * rules.filter(({ subject }) => subject === 'bucket').length;
  const files = places * CENTRAL.filesPerPlace * days;
  const daily = findings * CENTRAL.bytesPerFinding + buckets * CENTRAL.bytesPerBucket;
  const page = buckets * CENTRAL.pageBytesPerBucket * CENTRAL.pageDays;
  const snapshots = places * CENTRAL.snapshotMb * days * CENTRAL.snapshotMonths;
  const seconds = buckets * CENTRAL.secondsPerBucket * days;
  return [
    ['Judging: compute', 'compute', seconds * CENTRAL.memoryGb],
    ['Judging: lists', 'put', (fleet.accounts + places * CENTRAL.listsPerPlace) * days],
    ['Judging: files read', 'get', files],
    ['Judging: requests for the key of these files', 'keyRequest', files],
    ['Judging: results and dashboard kept', 'stored', (daily * CENTRAL.keptDays + page) / 1e9],
    ['Judging: snapshots put', 'put', places * days],
    ['Judging: snapshots kept', 'stored', snapshots / 1e3],
    ['Judging: key', 'key', 1],
    ['Judging: alarms', 'alarm', CENTRAL.alarms],
  ];
}

/** What the dashboard in CloudFront takes in a month, however large the organization is. */
export function siteMeters(): Metered[] {
  const { visits, requests, megabytes } = SITE;
  return [
    ['Dashboard in CloudFront: requests', 'webRequest', visits * requests],
    ['Dashboard in CloudFront: sent to browsers', 'webOut', (visits * megabytes) / 1000],
    ['Dashboard in CloudFront: key', 'key', 1],
    ['Dashboard in CloudFront: secret', 'secret', 1],
  ];
}
