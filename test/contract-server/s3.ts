import type { IncomingMessage } from 'node:http';
import { ServiceError } from './faults.ts';
import type { State } from './state.ts';

/**
 * The S3 calls: REST-XML, path style or virtual-host style. Codes and statuses:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and API_GetBucketOwnershipControls.
 */
export const s3Operations: readonly string[] = [
  'GetBucketOwnershipControls',
  'GetAccessPointPolicy',
  'GetPublicAccessBlock',
];

export interface S3Request {
  readonly Operation: string;
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string | undefined;
}

export function readS3Request({ method, url = '/', headers }: IncomingMessage): S3Request {
  const { pathname, search, searchParams } = new URL(url, 'http://127.0.0.1');
  const [, accessPoint] = /^\/v20180820\/accesspoint\/([^/]+)\/policy$/.exec(pathname) ?? [];
  if (method === 'GET' && accessPoint !== undefined) {
    const ExpectedBucketOwner = headers['x-amz-account-id']?.toString();
    return { Operation: 'GetAccessPointPolicy', Bucket: accessPoint, ExpectedBucketOwner };
  }
  if (method === 'GET' && pathname === '/v20180820/configuration/publicAccessBlock') {
    const ExpectedBucketOwner = headers['x-amz-account-id']?.toString();
    return { Operation: 'GetPublicAccessBlock', Bucket: '', ExpectedBucketOwner };
  }
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

/** S3 Control, API_control_GetAccessPointPolicy: the error codes are those of the S3 User Guide on access points (unverified). */
function answerAccessPoint({ Bucket: name }: S3Request, { accessPoints }: State): string {
  const point = Object.hasOwn(accessPoints, name) ? accessPoints[name] : undefined;
  if (point === undefined) {
    throw new ServiceError('NoSuchAccessPoint', 'The specified accesspoint does not exist');
  }
  if (point.denied === true) throw new ServiceError('AccessDenied', 'Access Denied');
  if (point.policy === undefined) {
    const message = 'The specified accesspoint does not have a policy';
    throw new ServiceError('NoSuchAccessPointPolicy', message);
  }
  return `${head}<GetAccessPointPolicyResult xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Policy>${escapeXml(point.policy)}</Policy></GetAccessPointPolicyResult>`;
}

/** S3 Control, API_control_GetPublicAccessBlock. */
function answerAccountFlags({ accountFlags }: State): string {
  if (accountFlags === null) {
    const message = 'The public access block configuration was not found';
    throw new ServiceError('NoSuchPublicAccessBlockConfiguration', message, 404);
  }
  const flags = Object.entries(accountFlags).map(([name, on]) => `<${name}>${on}</${name}>`);
  return `${head}<PublicAccessBlockConfiguration xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/">${flags.join('')}</PublicAccessBlockConfiguration>`;
}

export function answerS3(request: S3Request, state: State): string {
  const { accountId, buckets } = state;
  if (request.Operation === 'GetAccessPointPolicy') return answerAccessPoint(request, state);
  if (request.Operation === 'GetPublicAccessBlock') return answerAccountFlags(state);
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
