import { partitionOf } from '../../values/region.ts';
import type { Ask } from './access.ts';
import { type Place, type RawRecord, recordOf } from './item.ts';
import { Gone, outcomeOf, type Unavailable } from './outcome.ts';
import type { Section } from './sections.ts';
import { sections } from './sections.ts';

/** A bucket as ListBuckets has it. */
export interface ListedBucket {
  readonly name: string;
  readonly region: string;
  readonly created: Date | undefined;
  readonly owner: string | undefined;
}

/** In place of a section that no chosen rule reads: left out, it would say that there is none. */
export const NOT_ASKED: Unavailable = {
  unavailable: 'it was not collected, because no chosen rule reads it',
};

/** The record of a bucket, by one question for each section that is wanted; of a bucket that is gone, that of a deleted one. */
export async function bucketRecord(
  ask: Ask,
  place: Place,
  bucket: ListedBucket,
  wanted: ReadonlySet<Section>,
  now: () => string,
): Promise<RawRecord> {
  const question = { Bucket: bucket.name, ExpectedBucketOwner: place.account };
  try {
    const written = await Promise.all(
      sections.map(async (section) => [section.key, await partOf(section)] as const),
    );
    const supplementary = Object.fromEntries(written);
    const arn = `arn:${partitionOf(place.region)}:s3:::${bucket.name}`;
    return recordOf(place, now(), {
      ...identityOf(bucket),
      arn,
      tags: tagsIn(supplementary),
      supplementary,
    });
  } catch (error) {
    if (error instanceof Gone) return goneRecord(place, bucket.name, now());
    throw error;
  }

  /** What stands under the key; undefined leaves it out, as AWS Config does where there is nothing. */
  async function partOf(section: Section): Promise<unknown> {
    if (!wanted.has(section)) return NOT_ASKED;
    const outcome = await outcomeOf(ask(section.asks, question, place.region), section.none);
    if ('none' in outcome) return section.whenNone;
    return 'answer' in outcome ? section.write(outcome.answer as never) : outcome;
  }
}

export const goneRecord = (place: Place, name: string, at: string): RawRecord =>
  recordOf(place, at, {
    type: 'AWS::S3::Bucket',
    id: name,
    name,
    configuration: null,
    isGone: true,
  });

function identityOf({ name, created, owner }: ListedBucket) {
  return {
    ...{ type: 'AWS::S3::Bucket', id: name, name, zone: 'Regional', created },
    configuration: {
      name,
      owner: { displayName: null, id: owner ?? null },
      creationDate: created?.toISOString() ?? null,
    },
  };
}

/** At the top of a record tags stand once more; of a bucket without any as an empty map. */
function tagsIn(supplementary: Readonly<Record<string, unknown>>): Record<string, string> {
  const part = supplementary['BucketTaggingConfiguration'] as
    | { readonly tagSets?: readonly { readonly tags: Record<string, string> }[] }
    | undefined;
  return part?.tagSets?.[0]?.tags ?? {};
}
