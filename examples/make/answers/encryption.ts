import type { Place } from '../accounts.ts';
import { accounts, type KeyName, keyArn, outsiders } from '../accounts.ts';
import type { Shape } from '../items.ts';
import { type Answer, answer, type Corner, present, refusal } from './answer.ts';

/** Made since S3 began to block SSE-C in new buckets, in April 2026. */
const MADE_LATELY: ReadonlySet<string> = new Set([
  'examplehealth-sandbox-training-eu',
  'cdk-hexample1-assets-210987654321-us-east-1',
]);

interface DefaultEncryption {
  readonly sseAlgorithm: string;
  readonly kmsMasterKeyID: string | null;
}

/** As the record of the bucket has it; SSE-S3 where the record is too old to say. */
function defaultOf([place, shape]: readonly [Place, Shape]): DefaultEncryption {
  const recorded = shape.encryption(place) as
    | { rules: { applyServerSideEncryptionByDefault: DefaultEncryption }[] }
    | undefined;
  const byDefault = recorded?.rules[0]?.applyServerSideEncryptionByDefault;
  return byDefault ?? { sseAlgorithm: 'AES256', kmsMasterKeyID: null };
}

/** What S3 says of the encryption of each bucket, and KMS of the keys that those name. */
export function encryptionAnswers(corner: Corner): readonly Answer[] {
  const buckets = present(corner);
  const keys = buckets
    .map(defaultOf)
    .filter(({ sseAlgorithm }) => sseAlgorithm.startsWith('aws:kms'))
    .map(({ kmsMasterKeyID }) => kmsMasterKeyID ?? 'alias/aws/s3')
    .filter((name) => !name.startsWith('arn:') || name.split(':')[3] === corner.region);
  return [
    ...buckets.map((bucket) => bucketEncryption(corner, bucket)),
    ...[...new Set(keys)].map((name) => described(corner, name)),
    ...keyDetails(corner, new Set(keys.map((name) => arnOf(corner, name)))),
  ];
}

function bucketEncryption(corner: Corner, bucket: readonly [Place, Shape]): Answer {
  const [{ name: Bucket, account: ExpectedBucketOwner }] = bucket;
  const { sseAlgorithm, kmsMasterKeyID } = defaultOf(bucket);
  const Rule = {
    ApplyServerSideEncryptionByDefault: {
      SSEAlgorithm: sseAlgorithm as 'AES256',
      ...(kmsMasterKeyID === null ? {} : { KMSMasterKeyID: kmsMasterKeyID }),
    },
    ...(MADE_LATELY.has(Bucket)
      ? { BlockedEncryptionTypes: { EncryptionType: ['SSE-C' as const] } }
      : {}),
  };
  return answer(
    corner,
    'GetBucketEncryption',
    { Bucket, ExpectedBucketOwner },
    { ServerSideEncryptionConfiguration: { Rules: [Rule] } },
  );
}

/** How keys are, where they are not as the platform team makes them. */
const KEYS: Readonly<
  Record<string, { readonly state?: string; readonly rotationDays?: number | null }>
> = {
  [keyArn('examplehealth-data', accounts.logArchive, 'eu-central-1')]: { rotationDays: 730 },
  [keyArn('examplehealth-data', accounts.sandbox, 'eu-central-1')]: { rotationDays: null },
  [keyArn('examplehealth-data', accounts.sandbox, 'us-east-1')]: { state: 'PendingDeletion' },
};
/** Its policy still lets in the laboratory whose contract has ended. */
const SHARED_KEY = keyArn('examplehealth-logs', accounts.logArchive, 'us-east-1');

function arnOf({ account, region }: Corner, name: string): string {
  if (!name.includes('alias/')) return name;
  return keyArn(name.slice(name.indexOf('alias/') + 6) as KeyName, account, region);
}

function described(corner: Corner, name: string): Answer {
  if (name === 'alias/callcenter-recordings') {
    return refusal(corner, 'DescribeKey', { KeyId: name }, 'NotFoundException');
  }
  const Arn = arnOf(corner, name);
  const [, , , , AWSAccountId = ''] = Arn.split(':');
  if (AWSAccountId === outsiders.billingVendor) {
    return refusal(corner, 'DescribeKey', { KeyId: name }, 'AccessDeniedException');
  }
  const isAws = Arn === keyArn('aws/s3', corner.account, corner.region);
  const KeyMetadata = {
    AWSAccountId,
    KeyId: Arn.slice(Arn.lastIndexOf('/') + 1),
    Arn,
    KeyState: (KEYS[Arn]?.state ?? 'Enabled') as 'Enabled',
    Origin: 'AWS_KMS' as const,
    KeyManager: isAws ? ('AWS' as const) : ('CUSTOMER' as const),
    KeySpec: 'SYMMETRIC_DEFAULT' as const,
  };
  return answer(corner, 'DescribeKey', { KeyId: name }, { KeyMetadata });
}

/** Rotation, and the policy where the key is of the account itself: nobody else can read it. */
function keyDetails(corner: Corner, arns: ReadonlySet<string>): readonly Answer[] {
  const isAsked = (arn: string) =>
    KEYS[arn]?.state === undefined &&
    [corner.account, accounts.logArchive].includes(arn.split(':')[4] ?? '') &&
    arn !== keyArn('aws/s3', corner.account, corner.region) &&
    arn !== keyArn('callcenter-recordings' as KeyName, corner.account, corner.region);
  return [...arns].filter(isAsked).flatMap((KeyId) => {
    const { rotationDays = 365 } = KEYS[KeyId] ?? {};
    const rotation =
      rotationDays === null
        ? { KeyRotationEnabled: false }
        : { KeyRotationEnabled: true, RotationPeriodInDays: rotationDays };
    const status = answer(corner, 'GetKeyRotationStatus', { KeyId }, rotation);
    if (KeyId.split(':')[4] !== corner.account) return [status];
    const question = { KeyId, PolicyName: 'default' };
    return [status, answer(corner, 'GetKeyPolicy', question, { Policy: policyOf(KeyId, corner) })];
  });
}

function policyOf(arn: string, { account }: Corner): string {
  const allow = (Sid: string, id: string, Action: string) => ({
    Sid,
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${id}:root` },
    Action,
    Resource: '*',
  });
  const own = allow('EnableIamPolicies', account, 'kms:*');
  const shared = allow('LaboratoryReads', outsiders.formerLaboratory, 'kms:Decrypt');
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: arn === SHARED_KEY ? [own, shared] : [own],
  });
}
