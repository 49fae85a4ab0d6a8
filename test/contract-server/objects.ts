import type { IncomingMessage } from 'node:http';
import { ServiceError } from './faults.ts';

/**
 * Objects of a bucket: ListObjectsV2, GetObject and PutObject (Amazon S3 API reference). Keys are listed in the order of their UTF-8
 * bytes; with a delimiter, what has it after the prefix is rolled up (API_ListObjectsV2).
 */
export const objectOperations = ['GetObject', 'ListObjectsV2', 'PutObject'] as const;
export type ObjectOperation = (typeof objectOperations)[number];

export interface ObjectRequest {
  readonly operation: ObjectOperation;
  readonly bucket: string;
  readonly key: string;
  readonly parameters: URLSearchParams;
  readonly body: Buffer;
}

export type Objects = Map<string, Buffer>;

/** What a request wants of the objects of a bucket, path style or virtual-host style; undefined when it is about something else. */
export function objectRequest(
  { method, url = '/', headers }: IncomingMessage,
  body: Buffer,
  stores: Readonly<Record<string, Objects>>,
): ObjectRequest | undefined {
  const { pathname, searchParams: parameters } = new URL(url, 'http://127.0.0.1');
  const [, hosted] = /^(.+)\.localhost(?::\d+)?$/.exec(headers.host ?? '') ?? [];
  const path = decodeURIComponent(pathname).slice(1);
  const bucket = hosted ?? path.split('/')[0] ?? '';
  const key = hosted === undefined ? path.slice(bucket.length + 1) : path;
  if (!Object.hasOwn(stores, bucket)) return undefined;
  const request = { bucket, key, parameters, body };
  if (method === 'GET' && key === '' && parameters.get('list-type') === '2') {
    return { operation: 'ListObjectsV2', ...request };
  }
  if (key === '') return undefined;
  if (method === 'GET') return { operation: 'GetObject', ...request };
  return method === 'PUT' ? { operation: 'PutObject', ...request } : undefined;
}

/** @throws ServiceError as S3 answers. */
export function answerObjects(
  { operation, bucket, key, parameters, body }: ObjectRequest,
  stores: Readonly<Record<string, Objects>>,
  page = 1000,
): string | Buffer {
  const objects = stores[bucket] ?? new Map();
  if (operation === 'PutObject') {
    objects.set(key, body);
    return '';
  }
  if (operation === 'ListObjectsV2') return list(parameters, objects, page);
  const found = objects.get(key);
  if (found) return found;
  throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
}

function list(parameters: URLSearchParams, objects: Objects, page: number): string {
  const prefix = parameters.get('prefix') ?? '';
  const delimiter = parameters.get('delimiter');
  const after = parameters.get('continuation-token') ?? '';
  const entries = new Map<string, string>();
  const keys = [...objects.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const key of keys.filter((each) => each.startsWith(prefix))) {
    const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    const name = cut < 0 ? key : key.slice(0, cut + 1);
    const size = objects.get(key)?.length ?? 0;
    if (name <= after) continue;
    entries.set(
      name,
      cut < 0
        ? `<Contents><Key>${xml(name)}</Key><Size>${size}</Size></Contents>`
        : `<CommonPrefixes><Prefix>${xml(name)}</Prefix></CommonPrefixes>`,
    );
  }
  const shown = [...entries].slice(0, page);
  const isTruncated = shown.length < entries.size;
  const token = isTruncated
    ? `<NextContinuationToken>${xml(shown.at(-1)?.[0] ?? '')}</NextContinuationToken>`
    : '';
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
    `<IsTruncated>${isTruncated}</IsTruncated>${token}${shown.map(([, text]) => text).join('')}</ListBucketResult>`
  );
}

const xml = (text: string) =>
  text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c);
