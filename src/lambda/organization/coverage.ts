import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isCoverageRow } from '../../sources/gap.ts';
import { GLOBAL_REGION } from '../../values/region.ts';
import type { ObjectStore } from './object-store.ts';

/** Where the rules of the members run as they should, and where not, as `account Region`. */
export interface Coverage {
  /**
   * The functions speak, of this release and these settings, and wait for nobody. Elsewhere what AWS Config holds may be of the past.
   * `account global` is there where it is so in every Region of the account: results on IAM may come from any of them.
   */
  readonly current: ReadonlySet<string>;
  /** The functions run another release, or other settings. */
  readonly otherRelease: ReadonlySet<string>;
}

const DAY = 86_400_000;
/** How many days back the rows may be of: the function that writes them runs once a day. */
const DAYS = 2;

/**
 * The newest rows that the coverage function of this account kept next to the history (docs/doctor.md); null where there are none of
 * the last days. @param folder for what is fetched. @param now the time of the run (ISO, UTC).
 */
export async function readCoverage(
  history: ObjectStore | null,
  folder: string,
  now: string,
): Promise<Coverage | null> {
  for (let back = 0; history !== null && back < DAYS; back++) {
    const day = new Date(Date.parse(now) - back * DAY).toISOString().slice(0, 10);
    const key = `coverage/${day.replaceAll('-', '/')}.ndjson`;
    if ((await history.objects(key)).length === 0) continue;
    const path = join(folder, 'coverage.ndjson');
    await history.fetch(key, path);
    return coverageIn(await readFile(path, 'utf8'));
  }
  return null;
}

function coverageIn(text: string): Coverage {
  const places = new Map<string, Set<string>>();
  const current = new Set<string>();
  const others = new Set<string>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const row: unknown = JSON.parse(line);
    if (!isCoverageRow(row)) continue;
    const { account, region, coverage, reason } = row;
    const known = places.get(String(coverage)) ?? new Set();
    places.set(String(coverage), known.add(`${account} ${region}`));
    if (coverage === 'current' && reason === null) current.add(`${account} ${region}`);
    else others.add(String(account));
  }
  for (const place of [...current]) {
    const [account = ''] = place.split(' ');
    if (!others.has(account)) current.add(`${account} ${GLOBAL_REGION}`);
  }
  const of = (...states: readonly string[]) =>
    new Set(states.flatMap((state) => [...(places.get(state) ?? [])]));
  return {
    current,
    otherRelease: of('outdated', 'starting', 'tampered'),
  };
}
