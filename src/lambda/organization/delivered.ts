import type { Problem } from '../../results/tables.ts';
import { eachOf } from '../../services/pool.ts';
import { deliveryOf, newestDelivered } from '../../sources/files/snapshot-files.ts';
import { isRegion } from '../../values/region.ts';
import { few, printable } from '../../values/text.ts';
import { answerOf, type Listed, type ObjectStore } from './object-store.ts';

/** What AWS Config delivered last of each account and Region. */
export interface Delivered {
  readonly files: readonly Listed[];
  readonly problems: readonly Problem[];
}

/** How many accounts and Regions are looked at in the same moment. */
const AT_ONCE = 24;

/** This month and the one before are looked through for a snapshot: an older one is no evidence of today. */
const MONTHS = 2;

/**
 * Finds the newest snapshot of each account and Region, and the history that is newer, by the keys that AWS Config gives them:
 * `[prefix/]AWSLogs/<account>/Config/<Region>/<year>/<month>/<day>/ConfigSnapshot/<name>`, and `ConfigHistory/`; month and day
 * without a leading zero (AWS Config Developer Guide, "Viewing Compliance History", "Delivering Configuration Snapshot"; the
 * blog "Understanding the differences between configuration history and configuration snapshot files"). Buckets of some organizations
 * have its id as a folder before the accounts (`AWSLogs/o-…/`). About three lists for each account and Region.
 * @param prefix empty, or what stands before `AWSLogs/`, with "/" at its end. @param until the time of the run (ISO, UTC).
 * @throws what S3 answers when the accounts themselves cannot be listed.
 */
export async function deliveredFiles(
  store: ObjectStore,
  prefix: string,
  until: string,
): Promise<Delivered> {
  const files: Listed[] = [];
  const problems: Problem[] = [];
  const accounts = await accountsIn(store, `${prefix}AWSLogs/`);
  const places = await eachOf(accounts, AT_ONCE, (account) => regionsOf(store, account));
  await eachOf(places.flat(), AT_ONCE, async (place) => {
    try {
      const found = await newestOf(store, place, until);
      files.push(...found.files);
      if (found.foreign.length > 0) problems.push(foreignNames(place, found.foreign));
    } catch (error) {
      const name = place.prefix.slice(prefix.length);
      const message = `${name} could not be listed: ${answerOf(error)}.`;
      problems.push({ kind: 'file', message });
    }
  });
  return { files: files.sort(byKey), problems };
}

const byKey = (one: Listed, other: Listed) => (one.key < other.key ? -1 : 1);

interface Account {
  readonly account: string;
  readonly prefix: string;
}

interface Place extends Account {
  readonly region: string;
}

async function accountsIn(store: ObjectStore, prefix: string): Promise<readonly Account[]> {
  const names = await store.folders(prefix);
  const organizations = names.filter((name) => /^o-[a-z0-9]{10,32}$/.test(name));
  const below = await eachOf(organizations, AT_ONCE, async (organization) => {
    const inner = `${prefix}${organization}/`;
    return (await store.folders(inner)).map((name) => ({ name, prefix: `${inner}${name}/` }));
  });
  return [...names.map((name) => ({ name, prefix: `${prefix}${name}/` })), ...below.flat()]
    .filter(({ name }) => /^\d{12}$/.test(name))
    .map(({ name: account, prefix: own }) => ({ account, prefix: own }));
}

async function regionsOf(store: ObjectStore, { account, prefix }: Account): Promise<Place[]> {
  const config = `${prefix}Config/`;
  const regions = (await store.folders(config)).filter(isRegion);
  return regions.map((region) => ({ account, region, prefix: `${config}${region}/` }));
}

interface Found {
  readonly files: readonly Listed[];
  /** Names in the folders of snapshots and history that are not those of this account and Region. */
  readonly foreign: readonly string[];
}

async function newestOf(store: ObjectStore, place: Place, until: string): Promise<Found> {
  const { account, region, prefix } = place;
  const found: (Listed & { readonly path: string })[] = [];
  const foreign: string[] = [];
  for await (const day of daysBack(store, prefix, until)) {
    let isEnough = false;
    for (const listed of await store.objects(day)) {
      const [, name] =
        /^Config(?:Snapshot|History)\/([^/]+)$/.exec(listed.key.slice(day.length)) ?? [];
      if (name === undefined) continue;
      const delivery = deliveryOf(name);
      if (delivery?.account !== account || delivery.region !== region) {
        foreign.push(name);
        continue;
      }
      found.push({ ...listed, path: listed.key });
      if (delivery.kind === 'snapshot' && delivery.at <= until) isEnough = true;
    }
    if (isEnough) break;
  }
  return { files: newestDelivered(found, until).current, foreign };
}

/** The days of which there is anything, as prefixes, the last first. */
async function* daysBack(
  store: ObjectStore,
  prefix: string,
  until: string,
): AsyncGenerator<string> {
  const [year = 0, month = 0, date = 0] = until.slice(0, 10).split('-').map(Number);
  for (let back = 0; back < MONTHS; back++) {
    const first = new Date(Date.UTC(year, month - 1 - back, 1));
    const folder = `${prefix}${first.getUTCFullYear()}/${first.getUTCMonth() + 1}/`;
    const days = (await store.folders(folder))
      .filter((day) => /^\d{1,2}$/.test(day) && (back > 0 || Number(day) <= date))
      .sort((one, other) => Number(other) - Number(one));
    for (const day of days) yield `${folder}${day}/`;
  }
}

/** Who may write below the prefix of one account must not speak for another. */
const foreignNames = ({ account, region }: Place, names: readonly string[]): Problem => ({
  kind: 'file',
  message:
    `Not read, because AWS Config does not name the files of account ${account} in ${region} so: ` +
    `${few(names.map(printable))}.`,
});
