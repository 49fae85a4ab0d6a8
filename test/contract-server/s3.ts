import type { IncomingMessage } from 'node:http';
import { ServiceError } from './faults.ts';
import type { State } from './state.ts';

/**
 * The S3 calls: REST-XML, path style or virtual-host style. Codes and statuses:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and API_GetBucketOwnershipControls.
 */
export const s3Operations: readonly string[] = ['GetBucketOwnershipControls'];

export interface S3Request {
  readonly Operation: string;
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string | undefined;
}

export function readS3Request({ method, url = '/', headers }: IncomingMessage): S3Request {
  const { pathname, search, searchParams } = new URL(url, 'http://127.0.0.1');
  const [, hosted] = /^(.+)\.localhost(?::\d+)?$/.exec(headers.host ?? '') ?? [];
  const [, first = '', ...key] = pathname.split('/');
  const isBucketLevel = hosted === undefined ? key.join('/') === '' : pathname === '/';
  const isKnown = method === 'GET' && isBucketLevel && searchParams.has('ownershipControls');
  return {
    Operation: isKnown ? 'GetBucketOwnershipControls' : `${method} ${pathname}${search}`,
    Bucket: hosted ?? decodeURIComponent(first),
    ExpectedBucketOwner: headers['x-amz-expected-bucket-owner']?.toString(),
  };
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeXml = (value: string): string => value.replace(/[&<>]/g, (c) => escapes[c] ?? c);

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const s3ErrorXml = (error: ServiceError, bucket: string, requestId: string): string =>
  `${head}<Error><Code>${escapeXml(error.name)}</Code><Message>${escapeXml(error.message)}</Message>` +
  `<BucketName>${escapeXml(bucket)}</BucketName><RequestId>${requestId}</RequestId></Error>`;

export function answerS3(request: S3Request, { accountId, buckets }: State): string {
  if (request.Operation !== 'GetBucketOwnershipControls') {
    throw new ServiceError('NotImplemented', `The contract server has no ${request.Operation}`);
  }
  const bucket = Object.hasOwn(buckets, request.Bucket) ? buckets[request.Bucket] : undefined;
  if (bucket === undefined) {
    throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist');
  }
  const { ExpectedBucketOwner: expected } = request;
  const isForeign = expected !== undefined && expected !== (bucket.owner ?? accountId);
  if (bucket.denied === true || isForeign) throw new ServiceError('AccessDenied', 'Access Denied');
  if (bucket.ownership === undefined) {
    const message = 'The bucket ownership controls were not found';
    throw new ServiceError('OwnershipControlsNotFoundError', message);
  }
  return (
    `${head}<OwnershipControls xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
    `<Rule><ObjectOwnership>${bucket.ownership}</ObjectOwnership></Rule></OwnershipControls>`
  );
}
