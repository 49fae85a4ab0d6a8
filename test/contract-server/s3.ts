import type { IncomingMessage } from 'node:http';
import { answerSection, sectionAsked, sectionOperations } from './bucket-sections.ts';
import { ServiceError } from './faults.ts';
import type { State } from './state.ts';

/**
 * The S3 calls: REST-XML, path style or virtual-host style. Codes and statuses:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and API_GetBucketOwnershipControls.
 */
export const s3Operations: readonly string[] = [
  ...sectionOperations,
  'GetBucketEncryption',
  'GetBucketOwnershipControls',
  'GetAccessPointPolicy',
  'GetMultiRegionAccessPointPolicy',
  'GetPublicAccessBlock',
  'HeadBucket',
  'ListBucketMetricsConfigurations',
  'ListBuckets',
];

export interface S3Request {
  readonly Operation: string;
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string | undefined;
  /** Where a list goes on. */
  readonly ContinuationToken?: string | undefined;
}

export function readS3Request({ method, url = '/', headers }: IncomingMessage): S3Request {
  const { pathname, search, searchParams } = new URL(url, 'http://127.0.0.1');
  const [, kind, accessPoint] =
    /^\/v20180820\/(accesspoint|mrap\/instances)\/([^/]+)\/policy$/.exec(pathname) ?? [];
  if (method === 'GET' && accessPoint !== undefined) {
    const ExpectedBucketOwner = headers['x-amz-account-id']?.toString();
    const Operation =
      kind === 'accesspoint' ? 'GetAccessPointPolicy' : 'GetMultiRegionAccessPointPolicy';
    return { Operation, Bucket: accessPoint, ExpectedBucketOwner };
  }
  if (method === 'GET' && pathname === '/v20180820/configuration/publicAccessBlock') {
    const ExpectedBucketOwner = headers['x-amz-account-id']?.toString();
    return { Operation: 'GetPublicAccessBlock', Bucket: '', ExpectedBucketOwner };
  }
  const [, hosted] = /^(.+)\.localhost(?::\d+)?$/.exec(headers.host ?? '') ?? [];
  const [, first = '', ...key] = pathname.split('/');
  const isBucketLevel = hosted === undefined ? key.join('/') === '' : pathname === '/';
  const Bucket = hosted ?? decodeURIComponent(first);
  const known =
    isBucketLevel &&
    ((method === 'HEAD' && 'HeadBucket') ||
      (method === 'GET' && operationOf(Bucket, searchParams)));
  return {
    Operation: known || `${method} ${pathname}${search}`,
    Bucket,
    ExpectedBucketOwner: headers['x-amz-expected-bucket-owner']?.toString(),
    ContinuationToken: searchParams.get('continuation-token') ?? undefined,
  };
}

/** S3 tells the Region of a bucket only when ListBuckets has a parameter (API_Bucket), so without one it is not known here. */
function operationOf(bucket: string, parameters: URLSearchParams): string | undefined {
  if (bucket === '') return parameters.has('max-buckets') ? 'ListBuckets' : undefined;
  if (parameters.has('encryption')) return 'GetBucketEncryption';
  if (parameters.has('metrics')) return 'ListBucketMetricsConfigurations';
  if (parameters.has('ownershipControls')) return 'GetBucketOwnershipControls';
  return sectionAsked(parameters);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeXml = (value: string): string => value.replace(/[&<>]/g, (c) => escapes[c] ?? c);

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const s3ErrorXml = (error: ServiceError, bucket: string, requestId: string): string =>
  `${head}<Error><Code>${escapeXml(error.name)}</Code><Message>${escapeXml(error.message)}</Message>` +
  `<BucketName>${escapeXml(bucket)}</BucketName><RequestId>${requestId}</RequestId></Error>`;

/** S3 Control, API_control_GetAccessPointPolicy: the error codes are those of the S3 User Guide on access points (unverified). */
function answerAccessPoint(
  { Bucket: name, Operation }: S3Request,
  { accessPoints }: State,
): string {
  const point = Object.hasOwn(accessPoints, name) ? accessPoints[name] : undefined;
  const isMultiRegion = Operation === 'GetMultiRegionAccessPointPolicy';
  const kind = isMultiRegion ? 'MultiRegionAccessPoint' : 'AccessPoint';
  if (point === undefined) {
    throw new ServiceError(`NoSuch${kind}`, 'The specified accesspoint does not exist');
  }
  if (point.denied === true) throw new ServiceError('AccessDenied', 'Access Denied');
  if (point.policy === undefined) {
    const message = 'The specified accesspoint does not have a policy';
    throw new ServiceError(`NoSuch${kind}Policy`, message);
  }
  if (isMultiRegion) {
    return `${head}<GetMultiRegionAccessPointPolicyResult xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Policy><Established><Policy>${escapeXml(point.policy)}</Policy></Established></Policy></GetMultiRegionAccessPointPolicyResult>`;
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

/** The entries of one page, by the place the token names, and the token of the next. */
function pageOf<T>(all: readonly T[], { Operation, ContinuationToken }: S3Request, state: State) {
  const start = Number(ContinuationToken ?? 0);
  const end = start + (state.pageSizes[Operation] ?? all.length);
  return { entries: all.slice(start, end), next: end < all.length ? String(end) : undefined };
}

/** Amazon S3, API_ListBuckets. */
function listBuckets(request: S3Request, state: State): string {
  const { entries, next } = pageOf(Object.entries(state.buckets), request, state);
  const buckets = entries.map(
    ([name, { region = 'eu-central-1' }]) =>
      `<Bucket><Name>${escapeXml(name)}</Name><BucketRegion>${region}</BucketRegion></Bucket>`,
  );
  const token = next ? `<ContinuationToken>${next}</ContinuationToken>` : '';
  return `${head}<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets>${buckets.join('')}</Buckets>${token}</ListAllMyBucketsResult>`;
}

/** Amazon S3, API_ListBucketMetricsConfigurations. */
function listMetrics(
  request: S3Request,
  state: State,
  metrics: readonly { readonly id: string; readonly prefix?: string }[],
): string {
  const { entries, next } = pageOf(metrics, request, state);
  const configurations = entries.map(({ id, prefix }) => {
    const filter =
      prefix === undefined ? '' : `<Filter><Prefix>${escapeXml(prefix)}</Prefix></Filter>`;
    return `<MetricsConfiguration><Id>${escapeXml(id)}</Id>${filter}</MetricsConfiguration>`;
  });
  const token = next ? `<NextContinuationToken>${next}</NextContinuationToken>` : '';
  return `${head}<ListMetricsConfigurationsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${next !== undefined}</IsTruncated>${token}${configurations.join('')}</ListMetricsConfigurationsResult>`;
}

/** Amazon S3, API_GetBucketEncryption. */
function encryptionOf(blocked: readonly string[]): string {
  const types = blocked.map((type) => `<EncryptionType>${escapeXml(type)}</EncryptionType>`);
  const blockedTypes =
    types.length > 0 ? `<BlockedEncryptionTypes>${types.join('')}</BlockedEncryptionTypes>` : '';
  return `${head}<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>${blockedTypes}</Rule></ServerSideEncryptionConfiguration>`;
}

export function answerS3(request: S3Request, state: State, region?: string): string {
  const { accountId, buckets } = state;
  if (request.Operation.endsWith('AccessPointPolicy')) return answerAccessPoint(request, state);
  if (request.Operation === 'GetPublicAccessBlock') return answerAccountFlags(state);
  if (request.Operation === 'ListBuckets') return listBuckets(request, state);
  const isKnown = [
    'GetBucketEncryption',
    'GetBucketOwnershipControls',
    'HeadBucket',
    'ListBucketMetricsConfigurations',
    ...sectionOperations,
  ];
  if (!isKnown.includes(request.Operation)) {
    throw new ServiceError('NotImplemented', `The contract server has no ${request.Operation}`);
  }
  const bucket = Object.hasOwn(buckets, request.Bucket) ? buckets[request.Bucket] : undefined;
  if (bucket === undefined || bucket.isGone) {
    throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist');
  }
  const { ExpectedBucketOwner: expected } = request;
  const isForeign = expected !== undefined && expected !== (bucket.owner ?? accountId);
  const { denied = false } = bucket;
  const isDenied = typeof denied === 'boolean' ? denied : denied.includes(request.Operation);
  if (isDenied || isForeign) throw new ServiceError('AccessDenied', 'Access Denied');
  if (request.Operation === 'HeadBucket') {
    if (region === (bucket.region ?? 'eu-central-1')) return '';
    throw new ServiceError('PermanentRedirect', 'The bucket is in another Region');
  }
  if (sectionOperations.includes(request.Operation)) {
    if (region !== (bucket.region ?? 'eu-central-1'))
      throw new ServiceError('PermanentRedirect', 'The bucket is in another Region');
    return answerSection(request.Operation, bucket);
  }
  if (request.Operation === 'ListBucketMetricsConfigurations') {
    return listMetrics(request, state, bucket.metrics ?? []);
  }
  if (request.Operation === 'GetBucketEncryption') return encryptionOf(bucket.blocked ?? []);
  if (bucket.ownership === undefined) {
    const message = 'The bucket ownership controls were not found';
    throw new ServiceError('OwnershipControlsNotFoundError', message);
  }
  return (
    `${head}<OwnershipControls xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
    `<Rule><ObjectOwnership>${bucket.ownership}</ObjectOwnership></Rule></OwnershipControls>`
  );
}
