import { basename } from 'node:path';

// Amazon's names: <account>_Config_<region>_<kind>_[<resource type>_]<time>_<id>
const DELIVERED =
  /^(\d{12})_Config_([a-z0-9-]+)_(ConfigSnapshot|ConfigHistory)_(?:.*_)?(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z_([0-9a-f-]*)/;

/** What the name of a file that AWS Config delivered says of it. */
export interface Delivery {
  readonly account: string;
  readonly region: string;
  readonly kind: 'snapshot' | 'history';
  /** When the snapshot was taken, or until when the history goes (ISO, UTC). */
  readonly at: string;
  readonly snapshotId: string | null;
}

/** Null for a file of another name, and of a time that there is not. */
export function deliveryOf(path: string): Delivery | null {
  const [, account = '', region = '', name, ...rest] = DELIVERED.exec(basename(path)) ?? [];
  if (name === undefined) return null;
  const [year, month, day, hour, minute, second, id] = rest;
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  if (Number.isNaN(Date.parse(at))) return null;
  const isSnapshot = name === 'ConfigSnapshot';
  const snapshotId = isSnapshot && id ? id : null;
  return { account, region, kind: isSnapshot ? 'snapshot' : 'history', at, snapshotId };
}

/**
 * The account that a file speaks for, where it lies as AWS Config delivers it; undefined elsewhere. Those who may write below the
 * prefix of one account must not speak for another.
 */
export const ownerOf = (path: string): string | undefined =>
  /(?:^|[\\/])AWSLogs[\\/]/.test(path) ? deliveryOf(path)?.account : undefined;

/** Which files of a folder that AWS Config delivers to hold the current state, and which are older. */
export interface Delivered<T> {
  readonly current: readonly T[];
  readonly passedOver: readonly T[];
}

/**
 * Of delivered snapshots the newest of each account and Region is current, and so is history that ends after it: AWS Config
 * delivers history every six hours, and snapshots as rarely as once a day. Older files hold the past. Files of other names are all
 * current, and so is history where there is no snapshot.
 * @param until passes over what was delivered later (ISO, UTC), to judge the state that was known then.
 */
export function newestDelivered<T extends { readonly path: string }>(
  files: readonly T[],
  until?: string,
): Delivered<T> {
  const named = files.map((file) => ({ file, delivery: deliveryOf(file.path) }));
  const isLater = (at: string) => until !== undefined && at > until;
  const newest = new Map<string, string>();
  for (const { delivery } of named) {
    if (delivery?.kind !== 'snapshot' || isLater(delivery.at)) continue;
    const place = `${delivery.account} ${delivery.region}`;
    if (delivery.at > (newest.get(place) ?? '')) newest.set(place, delivery.at);
  }
  const isCurrent = ({ delivery }: (typeof named)[number]) => {
    if (delivery === null) return true;
    const { account, region, kind, at } = delivery;
    if (isLater(at)) return false;
    const latest = newest.get(`${account} ${region}`);
    if (latest === undefined) return true;
    return kind === 'snapshot' ? at === latest : at > latest;
  };
  return {
    current: named.filter(isCurrent).map(({ file }) => file),
    passedOver: named.filter((each) => !isCurrent(each)).map(({ file }) => file),
  };
}
