import { describe, expect, it } from 'vitest';
import type { Answers, Fields } from '../contract-server/asked.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { bucketItem } from '../contract-server/items.ts';
import { changeEvent, startLambda } from './world.ts';

const RULE = 's3-kms-key-health';
const ACCOUNT = '111122223333';
const ARN = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const encryptedWith = (sseAlgorithm: string, kmsMasterKeyID: string | null) =>
  bucketItem('a', {
    supplementaryConfiguration: {
      ...bucketItem('a').supplementaryConfiguration,
      ServerSideEncryptionConfiguration: {
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyID } }],
      },
    },
  });
const metadata = {
  Arn: ARN,
  AWSAccountId: ACCOUNT,
  KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
  KeyState: 'Enabled',
  KeyManager: 'CUSTOMER',
  KeySpec: 'SYMMETRIC_DEFAULT',
  Origin: 'AWS_KMS',
};
const policyFor = (AWS: string) => ({
  Policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' },
  }),
});
const sound: Answers = {
  DescribeKey: { KeyMetadata: metadata },
  GetKeyRotationStatus: { KeyRotationEnabled: true, RotationPeriodInDays: 365 },
  GetKeyPolicy: policyFor(`arn:aws:iam::${ACCOUNT}:root`),
};
const describing = (change: object): Answers => ({
  ...sound,
  DescribeKey: { KeyMetadata: { ...metadata, ...change } },
});
const failing = (operation: string, code: string): Answers => ({
  ...sound,
  [operation]: () => {
    throw new ServiceError(code, 'ordered by the test');
  },
});

async function annotationFor(answers: Answers, item = encryptedWith('aws:kms', ARN)) {
  const { handle, puts } = await startLambda({ answers });
  await handle(changeEvent(RULE, item));
  return puts()[0]?.Evaluations[0]?.Annotation;
}

describe('the key of a bucket', () => {
  it.each<[string, Answers, RegExp]>([
    ['sound', sound, /^healthy: /],
    [
      'rotated every year, as answers said before the period could be chosen',
      { ...sound, GetKeyRotationStatus: { KeyRotationEnabled: true } },
      /^healthy: /,
    ],
    [
      'not rotated',
      { ...sound, GetKeyRotationStatus: { KeyRotationEnabled: false } },
      /^notRotated: /,
    ],
    [
      'open to a stranger',
      { ...sound, GetKeyPolicy: policyFor('*') },
      /^openPolicy: .*kms:Decrypt/,
    ],
    ['imported, so nobody asks for its rotation', describing({ Origin: 'EXTERNAL' }), /^healthy: /],
    ['of AWS', describing({ KeyManager: 'AWS' }), /^awsManaged: /],
    [
      'about to be deleted',
      describing({ KeyState: 'PendingDeletion' }),
      /^notEnabled: .*PendingDeletion/,
    ],
    ['gone', failing('DescribeKey', 'NotFoundException'), /^gone: /],
    [
      'of another account than its ARN says',
      describing({ AWSAccountId: '999988887777' }),
      /^evidenceUnavailable: .*KeyMetadata.Arn is "arn:aws:kms:/,
    ],
    [
      'not to be described',
      failing('DescribeKey', 'AccessDeniedException'),
      /^evidenceUnavailable: .*needs kms:DescribeKey/,
    ],
    [
      'of unknown rotation',
      failing('GetKeyRotationStatus', 'AccessDeniedException'),
      /^evidenceUnavailable: .*needs kms:GetKeyRotationStatus/,
    ],
    [
      'of unknown policy',
      failing('GetKeyPolicy', 'AccessDeniedException'),
      /^evidenceUnavailable: .*needs kms:GetKeyPolicy/,
    ],
    [
      'of a policy that does not parse',
      { ...sound, GetKeyPolicy: { Policy: '{' } },
      /^evidenceUnavailable: .*does not parse/,
    ],
    [
      'described without its state',
      describing({ KeyState: undefined }),
      /^evidenceUnavailable: .*KeyState is missing/,
    ],
  ])('%s', async (_name, answers, annotation) => {
    expect(await annotationFor(answers)).toMatch(annotation);
  });

  it('is of another account', async () => {
    const foreign = ARN.replace(ACCOUNT, '999988887777');
    const answers = describing({ Arn: foreign, AWSAccountId: '999988887777' });
    expect(await annotationFor(answers, encryptedWith('aws:kms', foreign))).toMatch(
      /^evidenceUnavailable: .*can only be read in its own account, here 999988887777/,
    );
  });

  it('is asked for as the bucket names it, in its own Region', async () => {
    const seen: Fields[] = [];
    const answers: Answers = {
      ...sound,
      DescribeKey: (input) => {
        seen.push(input);
        return { KeyMetadata: metadata };
      },
    };
    await annotationFor(answers, encryptedWith('aws:kms', 'alias/data'));
    await annotationFor(answers, encryptedWith('aws:kms:dsse', null));
    expect(seen.map(({ KeyId }) => KeyId)).toEqual(['alias/data', 'alias/aws/s3']);
  });

  it('is not asked for without SSE-KMS', async () => {
    expect(await annotationFor({}, encryptedWith('AES256', null))).toMatch(/^notKms: /);
  });
});

describe('the encryption types that S3 refuses', () => {
  it.each<[string, object, RegExp]>([
    ['SSE-C', { blocked: ['SSE-C'] }, /^blocked: /],
    ['none', { blocked: ['NONE'] }, /^noPolicy: /],
    ['nothing said', {}, /^noPolicy: /],
    [
      'not to be asked for',
      { denied: true },
      /^evidenceUnavailable: .*needs s3:GetEncryptionConfiguration/,
    ],
  ])('%s', async (_name, settings, annotation) => {
    const { handle, puts } = await startLambda({ buckets: { a: settings } });
    await handle(changeEvent('s3-sse-c-blocked', bucketItem('a')));
    expect(puts()[0]?.Evaluations[0]?.Annotation).toMatch(annotation);
  });
});

describe('a Multi-Region Access Point', () => {
  const alias = 'mfzwi23gnjvgw.mrap';
  const settings = {
    Alias: alias,
    Name: 'door',
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    Regions: [{ Bucket: 'a' }],
  };
  const door = (configuration: object = settings) =>
    bucketItem('door', {
      resourceType: 'AWS::S3::MultiRegionAccessPoint',
      ARN: undefined,
      configuration,
      supplementaryConfiguration: {},
    });
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3::${ACCOUNT}:accesspoint/${alias}/object/*`,
    },
  });

  it.each<[string, string, object, ReturnType<typeof door>, RegExp]>([
    ['public', 's3-access-point-block-public', { policy }, door(), /^publicPolicy: /],
    ['not public', 's3-access-point-block-public', {}, door(), /^blocked: /],
    [
      'without its flag',
      's3-access-point-block-public',
      {},
      door({
        ...settings,
        PublicAccessBlockConfiguration: {
          ...settings.PublicAccessBlockConfiguration,
          BlockPublicPolicy: 'false',
        },
      }),
      /^flagsOff: .*BlockPublicPolicy off/,
    ],
    [
      'without its alias, by which policies name it',
      's3-access-point-block-public',
      { policy },
      door({ ...settings, Alias: undefined }),
      /^evidenceUnavailable: .*Alias is missing/,
    ],
    [
      'open to anyone',
      's3-access-point-scoped',
      { policy },
      door(),
      /^openStatement: .*allows anyone/,
    ],
    [
      'with its policy out of sight',
      's3-access-point-scoped',
      { denied: true },
      door(),
      /^evidenceUnavailable: .*needs s3:GetMultiRegionAccessPointPolicy/,
    ],
  ])('%s', async (_name, rule, point, item, annotation) => {
    const { handle, puts } = await startLambda({ accessPoints: { door: point } });
    await handle(changeEvent(rule, item));
    expect(puts()[0]?.Evaluations[0]?.Annotation).toMatch(annotation);
  });
});
