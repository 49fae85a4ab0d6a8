import type { ConfigurationItem } from '../../../records/configuration-item.ts';
import { isObject, property } from '../../../values/json.ts';

/** More of them take too long to judge one by one. */
const MOST = 200;

/** How the keys begin under which logs arrive in one bucket: few enough to judge, and never fewer keys than logs use. */
export class LogPrefixes {
  #all: ReadonlySet<string>;

  constructor(first: string) {
    this.#all = new Set([first]);
  }

  get all(): readonly string[] {
    return [...this.#all];
  }

  add(prefix: string): void {
    if ([...this.#all].some((known) => prefix.startsWith(known))) return;
    const all = [...this.#all].filter((known) => !known.startsWith(prefix));
    all.push(prefix);
    this.#all = new Set(all.length > MOST ? [common(all)] : all);
  }
}

/** How all of these texts begin. */
function common([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

/**
 * Where CloudTrail and AWS Config write: below AWSLogs, after the prefix that they were given (AWS CloudTrail User Guide,
 * "Finding your CloudTrail log files"; AWS Config API reference, DeliveryChannel, s3KeyPrefix).
 */
export function awsLogs(prefix = ''): string {
  // Whether another slash follows one at the end is not documented.
  if (prefix.endsWith('/')) return prefix;
  return prefix === '' ? 'AWSLogs/' : `${prefix}/AWSLogs/`;
}

/**
 * Where a trail writes: its logs, digests and insights. One of an organization writes below the ids of the organization and
 * its accounts, another one below its own account. Of a trail that does not say which it is, every account counts.
 */
export function trailPrefix({ account, configuration }: ConfigurationItem): string {
  const given = isObject(configuration) ? configuration : {};
  const prefix = property(given, 's3KeyPrefix');
  const place = awsLogs(typeof prefix === 'string' ? prefix : '');
  const isOwn = String(property(given, 'isOrganizationTrail')) === 'false';
  return isOwn && place.endsWith('AWSLogs/') ? `${place}${account}/CloudTrail` : place;
}
