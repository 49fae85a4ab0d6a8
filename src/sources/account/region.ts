import { SubjectGone } from '../../facets/asked.ts';
import { facetOf } from '../../facets/facet-of.ts';
import { normalise } from '../../records/normalise.ts';
import { isKnown } from '../../records/reading.ts';
import { eachOf } from '../../services/pool.ts';
import { isObject } from '../../values/json.ts';
import { GLOBAL_REGION } from '../../values/region.ts';
import type { Gap } from '../gap.ts';
import type { Access } from './access.ts';
import { bucketRecord, type ListedBucket, NOT_ASKED } from './bucket-record.ts';
import type { Place, RawRecord } from './item.ts';
import { endsAll, type Unavailable, unavailableBy } from './outcome.ts';
import type { Recorder } from './recorder.ts';
import { collectors } from './resources.ts';
import type { Part } from './store.ts';
import { kindsOf, type Wanted } from './wanted.ts';

/** What is to be collected of one account and Region. */
export interface Errand {
  readonly access: Access;
  readonly place: Place;
  readonly wanted: Wanted;
  readonly buckets: readonly ListedBucket[];
  readonly part: Part;
  readonly now: () => string;
  /** How many resources are asked about at the same time. */
  readonly concurrency: number;
  /** Of the whole account, because Regions ask the same questions. */
  readonly recorder: Recorder;
  /** How many requests there were so far. */
  readonly requests: () => number;
  /** Told after each bucket. */
  readonly onBucket: () => void;
}

/** What came of it. */
export interface Collected {
  readonly buckets: number;
  readonly others: number;
  /** Requests on buckets, and on what rules ask about them. */
  readonly bucketRequests: number;
  readonly gaps: readonly Gap[];
}

/** Writes the records of an account and Region, each with the answers that rules need beside it. @throws what ends the collection. */
export async function collectRegion(errand: Errand): Promise<Collected> {
  const { access, place, wanted, part, now, recorder, onBucket, concurrency } = errand;
  // While the slowest of these is awaited, the others are held.
  const held = 2 * concurrency;
  const { records, gaps } = await otherRecords(errand);
  const write = async (makers: readonly (() => Promise<RawRecord>)[]) => {
    for (let from = 0; from < makers.length; from += held) {
      const blocks = await eachOf(makers.slice(from, from + held), concurrency, async (make) =>
        blockOf(await make(), wanted, recorder),
      );
      for (const { answers, record } of blocks) await part.write(answers, record);
    }
  };
  const regional = await regionalAnswers(errand);
  await write(records.map((record) => async () => record));
  const before = errand.requests();
  const buckets = errand.buckets.filter(({ name }) => !part.has('AWS::S3::Bucket', name));
  await write(
    buckets.map((bucket) => async () => {
      const record = await bucketRecord(access.ask, place, bucket, wanted.sections, now);
      onBucket();
      return record;
    }),
  );
  const bucketRequests = errand.requests() - before;
  await part.end([...regional, ...recorder.takeFailed()], gaps);
  return { bucketRequests, buckets: buckets.length, others: records.length, gaps };
}

/** The answers to what is asked once in a Region, and belongs to no record. */
async function regionalAnswers({ place, wanted, recorder }: Errand): Promise<readonly string[]> {
  if (place.region === GLOBAL_REGION) return [];
  const { services, lines } = recorder.for([]);
  for (const question of wanted.regional) {
    try {
      await services.ask(question, {}, place.region);
    } catch (error) {
      recorder.note(unreadBy(error));
    }
  }
  return lines();
}

async function otherRecords({
  access,
  place,
  wanted,
  part,
  now,
  concurrency,
}: Errand): Promise<{ readonly records: readonly RawRecord[]; readonly gaps: readonly Gap[] }> {
  const found: RawRecord[] = [];
  const gaps: Gap[] = [];
  if (place.region !== GLOBAL_REGION) found.push(accountRecord(place, now()));
  for (const { types, noun, isIn, records } of collectors) {
    if (!isIn(place.region) || !types.some((type) => wanted.types.has(type))) continue;
    try {
      for (const record of await records(access.ask, { ...place, concurrency }, now))
        found.push(record);
    } catch (error) {
      gaps.push(gapOf(place, noun, error));
    }
  }
  const isWanted = ({ resourceType: type, resourceId: id }: RawRecord) =>
    wanted.types.has(String(type)) && !part.has(String(type), String(id));
  return { records: found.filter(isWanted), gaps };
}

/** @throws what ends the collection. */
export function gapOf({ account, region }: Place, couldNotCollect: string, error: unknown): Gap {
  if (!(error instanceof Error) || endsAll(error)) throw error;
  const { unavailable: because, action } = unavailableBy(error);
  return { account, region, couldNotCollect, because, ...(action ? { action } : {}) };
}

/** An account has no record of its own; rules on accounts are judged on this one. */
const accountRecord = ({ account, region }: Place, at: string): RawRecord => ({
  resourceType: 'AWS::::Account',
  resourceId: account,
  awsAccountId: account,
  awsRegion: region,
  configurationItemStatus: 'OK',
  configurationItemCaptureTime: at,
});

/** A record, and the answers to what rules ask about the resource. */
async function blockOf(record: RawRecord, { asked }: Wanted, recorder: Recorder) {
  for (const part of Object.values(record['supplementaryConfiguration'] ?? {})) {
    if (isUnavailable(part) && part !== NOT_ASKED) recorder.note(part);
  }
  const item = normalise(record);
  if (item.status !== 'OK') return { answers: [], record };
  const { services, lines } = recorder.for([item.resourceName, item.arn]);
  try {
    for (const kind of kindsOf(item.resourceType)) {
      for (const name of asked.get(kind) ?? []) {
        const facet = facetOf(kind, name);
        if (facet.from !== 'service') continue;
        const reading = await facet.read(services, item).catch(unreadBy);
        if (!isKnown(reading)) recorder.note(reading);
      }
    }
  } catch (error) {
    if (!(error instanceof SubjectGone)) throw error;
    const gone = { configuration: null, supplementaryConfiguration: {}, tags: {} };
    return {
      answers: await lines(),
      record: { ...record, ...gone, configurationItemStatus: 'ResourceDeleted' },
    };
  }
  return { answers: await lines(), record };
}

/** What the services answered is written down, errors too. @throws what says more than that. */
function unreadBy(error: unknown): Unavailable {
  if (error instanceof SubjectGone || endsAll(error) || !(error instanceof Error)) throw error;
  return unavailableBy(error);
}

const isUnavailable = (part: unknown): part is Unavailable =>
  isObject(part) && typeof part['unavailable'] === 'string';
