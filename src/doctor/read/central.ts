import { Refused } from '../../services/services.ts';
import {
  type Deployment,
  homeRegionOf,
  isJudgedCentrally,
} from '../../settings-file/deployment/deployment.ts';
import { text } from '../../values/json.ts';
import { type Access, attempt } from '../access.ts';
import type { CentralFacts } from '../facts.ts';
import { allInstances } from '../reach/read.ts';

/** What the roll-out finds in the central account. */
export async function readCentral(access: Access, deployment: Deployment): Promise<CentralFacts> {
  const { assetBucketPrefix: prefix, regions, centralAccount } = deployment;
  const home = homeRegionOf(deployment);
  const buckets: CentralFacts['buckets'][number][] = [];
  for (const region of prefix === null ? [] : regions) {
    const bucket = `${prefix}-${region}`;
    const found = await attempt(() => findBucket(access, bucket, region, centralAccount));
    buckets.push({ bucket, region, found });
  }
  return {
    bootstrap: await attempt(() => readBootstrap(access, home)),
    buckets,
    instances: await attempt(() => allInstances(access.ask, home)),
    ...(isJudgedCentrally(deployment) && deployment.delivery
      ? { deliveryBucket: await bucketOf(access, deployment.delivery.bucket, home) }
      : {}),
    ...(deployment.dashboard?.site
      ? { siteKey: await siteKeyOf(access, deployment.dashboard.site.signingKey, home) }
      : {}),
  };
}

const bucketOf = (access: Access, bucket: string, region: string) =>
  attempt(() => headBucket(access, { Bucket: bucket }, region));

const siteKeyOf = (access: Access, KeyId: string, region: string) =>
  attempt(async () => {
    const found = await access.ask('GetPublicKey', { KeyId }, region);
    return { usage: found.KeyUsage ?? '', publicKey: found.PublicKey ?? new Uint8Array() };
  });

/** The stack of `cdk bootstrap` under its usual name, and the version in its output. */
async function readBootstrap(access: Access, region: string) {
  try {
    const input = { StackName: 'CDKToolkit' };
    const { Stacks: [stack] = [] } = await access.ask('DescribeStacks', input, region);
    if (stack === undefined) return null;
    const output = stack.Outputs?.find(({ OutputKey }) => OutputKey === 'BootstrapVersion');
    const version = /^\d{1,9}$/.test(output?.OutputValue ?? '')
      ? Number(output?.OutputValue)
      : undefined;
    return { status: text(stack.StackStatus, 'StackStatus of CDKToolkit'), version };
  } catch (error) {
    // CloudFormation API reference, DescribeStacks: "If the stack doesn't exist, a ValidationError is returned."
    const isMissing =
      error instanceof Error && error.name === 'ValidationError' && /exist/.test(error.message);
    if (isMissing) return null;
    throw error;
  }
}

/**
 * Anyone can take the name of a bucket first, and functions would run what lies in it: so it is asked for twice, and the
 * second time S3 refuses a bucket that is not of the central account. An answer to HEAD has no body, only a status (Amazon S3
 * API reference, HeadBucket).
 */
async function findBucket(access: Access, bucket: string, region: string, owner: string) {
  const head = (more: { readonly ExpectedBucketOwner?: string }) =>
    headBucket(access, { Bucket: bucket, ...more }, region);
  const first = await head({});
  if (first.status === 404) return 'missing';
  if (first.status === 301 || (first.region !== undefined && first.region !== region)) {
    return 'in another Region';
  }
  if (first.status === 403) throw new Refused('access was denied', 's3:ListBucket');
  if (first.status !== 200) throw new Error(`S3 answered ${first.status} to HeadBucket`);
  const second = await head({ ExpectedBucketOwner: owner });
  return second.status === 200 ? 'own' : 'of another account';
}

/** Also of what {@link Refused} was made of. */
function statusOf(error: unknown): number | undefined {
  const { $metadata, cause } = error as {
    $metadata?: { httpStatusCode?: number };
    cause?: unknown;
  };
  if ($metadata?.httpStatusCode !== undefined) return $metadata.httpStatusCode;
  return cause === undefined ? undefined : statusOf(cause);
}

/** What S3 answers for a bucket. */
export interface Head {
  readonly status: number;
  readonly region: string | undefined;
}

/** @throws what is no answer, and errors of S3 itself. */
export async function headBucket(
  access: Access,
  input: { readonly Bucket: string; readonly ExpectedBucketOwner?: string },
  region: string,
): Promise<Head> {
  try {
    const answer = await access.ask('HeadBucket', input, region);
    return { status: 200, region: answer.BucketRegion };
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined || status >= 500) throw error;
    return { status, region: undefined };
  }
}
