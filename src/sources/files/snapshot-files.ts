import { basename } from 'node:path';

// Amazon's names: <account>_Config_<region>_<kind>_[<resource type>_]<time>_…
const DELIVERED =
  /^(\d{12})_Config_([a-z0-9-]+)_(ConfigSnapshot|ConfigHistory)_(?:.*_)?(\d{8}T\d{6}Z)_/;

/** Which files of a folder that AWS Config delivers to hold the current state, and which are older. */
export interface Delivered<T> {
  readonly current: readonly T[];
  readonly passedOver: readonly T[];
}

/**
 * Of delivered snapshots the newest of each account and Region is current, and so is history that ends after it: AWS Config
 * delivers history every six hours, and snapshots as rarely as once a day. Older files hold the past. Files of other names are all
 * current, and so is history where there is no snapshot.
 */
export function newestDelivered<T extends { readonly path: string }>(
  files: readonly T[],
): Delivered<T> {
  const named = files.map((file) => ({ file, name: DELIVERED.exec(basename(file.path)) }));
  const newest = new Map<string, string>();
  for (const { name } of named) {
    if (name?.[3] !== 'ConfigSnapshot') continue;
    const place = `${name[1]} ${name[2]}`;
    const time = name[4] ?? '';
    if (time > (newest.get(place) ?? '')) newest.set(place, time);
  }
  const isCurrent = ({ name }: (typeof named)[number]) => {
    const latest = name && newest.get(`${name[1]} ${name[2]}`);
    if (!name || !latest) return true;
    const [, , , kind, time = ''] = name;
    return kind === 'ConfigSnapshot' ? time === latest : time > latest;
  };
  return {
    current: named.filter(isCurrent).map(({ file }) => file),
    passedOver: named.filter((each) => !isCurrent(each)).map(({ file }) => file),
  };
}
