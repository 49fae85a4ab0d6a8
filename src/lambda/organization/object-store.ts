import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';

/** An object as a list of S3 names it. */
export interface Listed {
  readonly key: string;
  readonly bytes: number;
}

/** One bucket, as far as it is used here. Every method throws what S3 answers. */
export interface ObjectStore {
  readonly bucket: string;
  /** All objects below a prefix. */
  objects(prefix: string): Promise<readonly Listed[]>;
  /** Names of the folders right below a prefix, without the prefix and the "/" at their end. */
  folders(prefix: string): Promise<readonly string[]>;
  /** Writes an object to a file, which is not there when that fails. */
  fetch(key: string, path: string): Promise<void>;
  /** Puts a file into the bucket. */
  put(key: string, path: string): Promise<void>;
}

/** How often a body that broke off is asked for: the SDK tries requests again, but not what it has handed over already. */
const TRIES = 3;

const TYPES: readonly (readonly [ending: string, type: string])[] = [
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
];

/** A bucket through the SDK. @param owner the account that it must belong to; without it any. */
export function objectStore(client: S3Client, bucket: string, owner?: string): ObjectStore {
  const where = { Bucket: bucket, ...(owner ? { ExpectedBucketOwner: owner } : {}) };
  const list = (prefix: string, delimiter?: string) =>
    paginateListObjectsV2(
      { client },
      { ...where, Prefix: prefix, ...(delimiter ? { Delimiter: delimiter } : {}) },
    );
  return {
    bucket,
    async objects(prefix) {
      const found: Listed[] = [];
      for await (const { Contents = [] } of list(prefix)) {
        for (const { Key: key, Size: bytes = 0 } of Contents) {
          if (key !== undefined) found.push({ key, bytes });
        }
      }
      return found;
    },
    async folders(prefix) {
      const found: string[] = [];
      for await (const { CommonPrefixes = [] } of list(prefix, '/')) {
        for (const { Prefix: folder = '' } of CommonPrefixes) {
          found.push(folder.slice(prefix.length, -1));
        }
      }
      return found;
    },
    async fetch(key, path) {
      await mkdir(dirname(path), { recursive: true });
      for (let tried = 1; ; tried++) {
        const { Body: body } = await client.send(new GetObjectCommand({ ...where, Key: key }));
        try {
          await pipeline(body as Readable, createWriteStream(path));
          return;
        } catch (error) {
          await rm(path, { force: true });
          if (tried === TRIES) throw error;
        }
      }
    },
    async put(key, path) {
      const ContentType = TYPES.find(([ending]) => key.endsWith(ending))?.[1];
      const Body = await readFile(path);
      const type = { ContentType: ContentType ?? 'application/octet-stream' };
      await client.send(new PutObjectCommand({ ...where, Key: key, Body, ...type }));
    },
  };
}

/** What S3 said, or what kept it from saying anything, as part of a sentence. */
export const answerOf = (error: unknown): string =>
  error instanceof Error ? error.name : String(error);
