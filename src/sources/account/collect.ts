import type { Rule } from '../../engine/rule.ts';
import type { Role } from '../../services/role.ts';
import { GLOBAL_REGION } from '../../values/region.ts';
import { CapturedAnswers } from '../captured-answers.ts';
import type { Gap } from '../gap.ts';
import { type Access, accessTo, askedOnce, type Connection } from './access.ts';
import { accessAs, accountsOf, bucketsOf, enabledRegions } from './accounts.ts';
import type { ListedBucket } from './bucket-record.ts';
import { patient, type Wait } from './patient.ts';
import { Recorder } from './recorder.ts';
import { type Collected, collectRegion, gapOf } from './region.ts';
import { collectors } from './resources.ts';
import { type Part, type Plan, Store } from './store.ts';
import { type Wanted, wantedBy } from './wanted.ts';

/** What to collect, from where, and where it is put. */
export interface Order {
  readonly folder: string;
  readonly rules: readonly Rule[];
  readonly connection: Omit<Connection, 'onRequest'>;
  /** null: those with buckets, and that of the connection; "all": those that are enabled. */
  readonly regions: readonly string[] | 'all' | null;
  /** A role to assume in each account; without it, the account of the credentials. */
  readonly role: Role | null;
  /** With a role: these accounts and those of these units; without both, all of the organization. */
  readonly accounts: readonly string[];
  readonly units: readonly string[];
  readonly now: () => Date;
  readonly wait: Wait;
  readonly onProgress: (done: number, total: number, label: string) => void;
}

/** What came of a collection. */
export interface Collection {
  readonly accounts: number;
  readonly regions: number;
  readonly buckets: number;
  readonly others: number;
  /** Buckets in Regions that were not asked for. */
  readonly elsewhere: number;
  /** Of all kinds, each attempt and each page. */
  readonly requests: number;
  /** Those on buckets, and on what rules ask about them. */
  readonly bucketRequests: number;
  readonly gaps: readonly Gap[];
  /** What else could not be had: actions that were refused, or reasons; each with how often. */
  readonly missing: ReadonlyMap<string, number>;
}

/**
 * Writes what AWS Config would have recorded of accounts, and what services answer, into a folder that can be judged. One that
 * was interrupted goes on where it stopped.
 * @throws FolderTaken, and what keeps everything from being asked: no credentials, no network, no list of accounts.
 */
export async function collect(order: Order): Promise<Collection> {
  let requests = 0;
  const connection = {
    ...order.connection,
    onRequest: (_: string, attempts: number) => {
      requests += attempts;
    },
  };
  const own = accessTo(connection);
  const caller = await own.ask('GetCallerIdentity', {}, connection.region);
  const partition = caller.Arn?.split(':')[1] ?? 'aws';
  const self = caller.Account ?? '';
  const { role, rules } = order;
  const accounts = role === null ? [self] : await accountsOf(own.ask, order, connection.region);
  const regions = order.regions === 'all' ? ['all'] : order.regions;
  const plan: Plan = { rules: rules.map(({ id }) => id), accounts, regions };
  const store = await Store.open(order.folder, plan);
  const wanted = wantedBy(rules);
  const done: Collected[] = [];
  const tour = {
    order,
    store,
    wanted,
    home: connection.region,
    requests: () => requests,
    done,
    regions: new Set<string>(),
    elsewhere: 0,
    gaps: [] as Gap[],
    missing: new Map<string, number>(),
  };
  for (const account of accounts) {
    const place = { account, partition, region: connection.region };
    // In the account of the credentials there need not be such a role.
    const isOwn = account === self || role === null;
    const access = isOwn ? own : accessAs(role, place, { own, connection, now: order.now });
    await collectAccount(account, access, tour);
  }
  await store.end(plan, order.now().toISOString());
  const sum = (key: 'buckets' | 'others' | 'bucketRequests') =>
    done.reduce((total, each) => total + each[key], 0);
  return {
    accounts: accounts.length,
    regions: tour.regions.size,
    buckets: sum('buckets'),
    others: sum('others'),
    elsewhere: tour.elsewhere,
    requests,
    bucketRequests: sum('bucketRequests'),
    gaps: [...tour.gaps, ...done.flatMap(({ gaps }) => gaps)],
    missing: tour.missing,
  };
}

interface Tour {
  readonly order: Order;
  readonly store: Store;
  readonly wanted: Wanted;
  readonly home: string;
  readonly requests: () => number;
  readonly done: Collected[];
  /** Those that were asked now, in whichever account; IAM is in none. */
  readonly regions: Set<string>;
  readonly gaps: Gap[];
  readonly missing: Map<string, number>;
  elsewhere: number;
}

async function collectAccount(account: string, reached: Access, tour: Tour): Promise<void> {
  const { order, store, wanted, home, requests, done } = tour;
  const access = askedOnce(reached, wanted.both);
  const known = new CapturedAnswers();
  const whole = await store.part(account, 'account', known);
  if (whole === null) return;
  const gaps: Gap[] = [];
  const place = { account, region: home };
  const orGap = async <T>(what: string, ask: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      gaps.push(gapOf(place, what, error));
      return otherwise;
    }
  };
  const needsBuckets = wanted.types.has('AWS::S3::Bucket');
  const buckets = needsBuckets
    ? await orGap('the list of buckets', () => bucketsOf(access, account, home), [])
    : [];
  const chosen = await regionsOf(access, tour, buckets, orGap);
  tour.elsewhere += buckets.filter(({ region }) => !chosen.includes(region)).length;
  const isGlobal = collectors.some(
    ({ types, isIn }) => isIn(GLOBAL_REGION) && types.some((type) => wanted.types.has(type)),
  );
  const parts = [...chosen, ...(isGlobal ? [GLOBAL_REGION] : [])];
  // All of them at first, so that those that are not reached are known to be missing.
  const open: [string, Part][] = [];
  for (const region of parts) {
    const part = await store.part(account, region, known);
    if (part !== null) open.push([region, part]);
  }
  const now = () => order.now().toISOString();
  const recorder = new Recorder(patient(access.services, order.wait), account, known, now);
  let count = 0;
  for (const [region, part] of open) {
    if (region !== GLOBAL_REGION) tour.regions.add(region);
    const here = buckets.filter((bucket) => bucket.region === region);
    const onBucket = () => order.onProgress(++count, buckets.length, `${account} ${region}`);
    const errand = {
      access,
      place: { account, region },
      wanted,
      buckets: here,
      part,
      now,
      requests,
      concurrency: order.connection.concurrency,
    };
    done.push(await collectRegion({ ...errand, recorder, onBucket }));
  }
  for (const [what, times] of recorder.missing)
    tour.missing.set(what, (tour.missing.get(what) ?? 0) + times);
  await whole.endIfAny(gaps);
  tour.gaps.push(...gaps);
}

async function regionsOf(
  access: Access,
  { order, home }: Tour,
  buckets: readonly ListedBucket[],
  orGap: <T>(what: string, ask: () => Promise<T>, otherwise: T) => Promise<T>,
): Promise<readonly string[]> {
  if (order.regions !== null && order.regions !== 'all') return order.regions;
  const withBuckets = [...new Set([home, ...buckets.map(({ region }) => region)])];
  const all =
    order.regions === 'all'
      ? await orGap('the list of Regions', () => enabledRegions(access.ask, home), [])
      : [];
  return [...new Set([...withBuckets, ...all])].sort();
}
