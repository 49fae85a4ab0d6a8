import { ServiceError } from './faults.ts';
import type { Bucket } from './state.ts';

/** The questions about one bucket that a collection puts: by the key in the query, and what S3 answers of a bucket where nothing was set. */
const QUESTIONS: Readonly<Record<string, readonly [operation: string, unset: string]>> = {
  acl: [
    'GetBucketAcl',
    '<AccessControlPolicy><Owner><ID>f00d</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>f00d</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>',
  ],
  lifecycle: ['GetBucketLifecycleConfiguration', 'NoSuchLifecycleConfiguration'],
  location: [
    'GetBucketLocation',
    '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-central-1</LocationConstraint>',
  ],
  logging: ['GetBucketLogging', '<BucketLoggingStatus/>'],
  'object-lock': ['GetObjectLockConfiguration', 'ObjectLockConfigurationNotFoundError'],
  policy: ['GetBucketPolicy', 'NoSuchBucketPolicy'],
  publicAccessBlock: ['GetBucketPublicAccessBlock', 'NoSuchPublicAccessBlockConfiguration'],
  replication: ['GetBucketReplication', 'ReplicationConfigurationNotFoundError'],
  requestPayment: [
    'GetBucketRequestPayment',
    '<RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>',
  ],
  tagging: ['GetBucketTagging', 'NoSuchTagSet'],
  versioning: ['GetBucketVersioning', '<VersioningConfiguration/>'],
};

export const sectionOperations = Object.values(QUESTIONS).map(([operation]) => operation);

export function sectionAsked(parameters: URLSearchParams): string | undefined {
  for (const key of parameters.keys())
    if (Object.hasOwn(QUESTIONS, key)) return QUESTIONS[key]?.[0];
  return undefined;
}

/** The body of the answer: what the test says of the bucket, else what S3 says of one where nothing was set. */
export function answerSection(operation: string, { sections = {} }: Bucket): string {
  const [, unset = ''] = Object.values(QUESTIONS).find(([name]) => name === operation) ?? [];
  const answer = sections[operation] ?? unset;
  if (/^[{<]/.test(answer)) return answer;
  throw new ServiceError(answer, `${answer} as S3 says it`, 404);
}
