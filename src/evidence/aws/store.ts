import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { MANIFEST } from '../bundle/manifest.ts';
import { flawInName } from '../bundle/names.ts';
import { treeOf } from '../bundle/tree.ts';
import { NotFree } from '../bundle/writer.ts';

/** Where a bundle is kept: a bucket, and the beginning of its keys without "/" at the end. */
export interface Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** What S3 said of a stored file: with the version, it can be shown later that the file was there and locked. */
export interface Stored {
  readonly key: string;
  readonly versionId: string | null;
  readonly sha256: string;
  /** ISO, UTC; null where no lock was asked for. */
  readonly retainUntil: string | null;
}

/** How many files travel at the same time. */
const AT_ONCE = 8;

/** A bundle is not stored, or not whole. */
export class NotStored extends Error {
  override readonly name = 'NotStored';
}

/** "s3://bucket/prefix". @throws NotStored for another form. */
export function placeOf(url: string): Place {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9.-]{3,63})(?:\/(.*))?$/.exec(url) ?? [];
  if (bucket === undefined)
    throw new NotStored(`${JSON.stringify(url)} is not of the form s3://bucket/prefix.`);
  return { bucket, prefix: prefix.replace(/\/+$/, '') };
}

/**
 * Stores a bundle, each file with its checksum, the manifest last: a bundle without one was not stored whole. A key that exists is
 * never overwritten (If-None-Match, which Ceph 16 takes and does not heed, so that the place is looked at first).
 * @param retainUntil until when S3 Object Lock keeps every version in compliance mode (ISO, UTC); null for no lock.
 */
export async function storeBundle(
  folder: string,
  { bucket, prefix }: Place,
  retainUntil: string | null,
  client: S3Client,
): Promise<readonly Stored[]> {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const { files, faults } = await treeOf(folder);
  if (faults.length > 0) throw new NotStored(`${folder} is not a bundle: ${faults[0]}`);
  if (!files.includes(MANIFEST))
    throw new NotStored(`${folder} is not a bundle: ${MANIFEST} is missing.`);
  const begin = prefix === '' ? '' : `${prefix}/`;
  await refuseTaken(bucket, begin, client);
  const put = async (path: string): Promise<Stored> => {
    const body = await readFile(join(folder, path));
    const digest = createHash('sha256').update(body).digest();
    const key = begin + path;
    const lock =
      retainUntil === null
        ? {}
        : {
            ObjectLockMode: 'COMPLIANCE' as const,
            ObjectLockRetainUntilDate: new Date(retainUntil),
          };
    const input = {
      Bucket: bucket,
      Key: key,
      Body: body,
      ChecksumSHA256: digest.toString('base64'),
      IfNoneMatch: '*',
      ...lock,
    };
    const { VersionId: versionId = null } = await client
      .send(new PutObjectCommand(input))
      .catch((error) => {
        throw statusOf(error) === 412
          ? new NotStored(`s3://${bucket}/${key} is there already. Nothing is overwritten.`)
          : error;
      });
    return { key, versionId, sha256: digest.toString('hex'), retainUntil };
  };
  const first = files.filter((path) => path !== MANIFEST);
  const stored = await inTurns(first, put);
  return [...stored, await put(MANIFEST)];
}

/** @throws NotStored when something is there. Who may not list relies on If-None-Match. */
async function refuseTaken(bucket: string, begin: string, client: S3Client): Promise<void> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  const input = { Bucket: bucket, Prefix: begin, MaxKeys: 1 };
  const { Contents = [] } = await client
    .send(new ListObjectsV2Command(input))
    .catch((error): { readonly Contents?: readonly { readonly Key?: string }[] } => {
      if (statusOf(error) === 403) return {};
      throw error;
    });
  const [first] = Contents;
  if (first !== undefined)
    throw new NotStored(`s3://${bucket}/${first.Key} is there already. Nothing is overwritten.`);
}

/** Brings a bundle back, into a folder that does not exist yet. @throws NotStored, NotFree */
export async function fetchBundle(
  { bucket, prefix }: Place,
  folder: string,
  client: S3Client,
): Promise<number> {
  const { GetObjectCommand, paginateListObjectsV2 } = await import('@aws-sdk/client-s3');
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0)
    throw new NotFree(`${folder} is not empty. Name a folder that does not exist.`);
  const begin = prefix === '' ? '' : `${prefix}/`;
  const keys: string[] = [];
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: begin })) {
    for (const { Key: key } of page.Contents ?? []) if (key !== undefined) keys.push(key);
  }
  if (!keys.includes(begin + MANIFEST))
    throw new NotStored(
      `There is no whole bundle at s3://${bucket}/${prefix}: ${MANIFEST} is missing.`,
    );
  const partial = `${folder.replace(/\/+$/, '')}.partial-${process.pid}`;
  try {
    await inTurns(keys, async (key) => {
      const path = key.slice(begin.length);
      const flaw = flawInName(path);
      if (flaw !== null) throw new NotStored(`The key ${JSON.stringify(key)} ${flaw}.`);
      const { Body: body } = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }),
      );
      if (body === undefined)
        throw new NotStored(`The object ${JSON.stringify(key)} has no content.`);
      await mkdir(dirname(join(partial, path)), { recursive: true });
      await writeFile(join(partial, path), await body.transformToByteArray(), { flag: 'wx' });
    });
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  return keys.length;
}

/** The HTTP status that S3 answered with; undefined where it did not answer. */
const statusOf = (error: unknown) =>
  (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata
    ?.httpStatusCode;

/** @throws the first error, when nothing is under way any more: what then removes the files must not meet new ones. */
async function inTurns<T, R>(list: readonly T[], each: (entry: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const errors: unknown[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < list.length && errors.length === 0; index = next++) {
      try {
        results[index] = await each(list[index] as T);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (errors.length > 0) throw errors[0];
  return results;
}

/** A client with the default credentials. @param endpointUrl of another service that speaks the API of S3. */
export async function s3Client({
  region,
  endpointUrl,
}: {
  readonly region?: string;
  readonly endpointUrl?: string;
}): Promise<S3Client> {
  const { S3Client: Client } = await import('@aws-sdk/client-s3');
  return new Client({
    ...(region ? { region } : {}),
    ...(endpointUrl ? { endpoint: endpointUrl, forcePathStyle: true } : {}),
  });
}
