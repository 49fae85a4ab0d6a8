import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bucketItem } from '../contract-server/items.ts';
import { findingsIn, run } from './run.ts';

const ACCOUNT = '111122223333';
const account = {
  resourceType: 'AWS::::Account',
  resourceId: ACCOUNT,
  accountId: ACCOUNT,
  awsRegion: 'eu-central-1',
  configurationItemStatus: 'OK',
};
const ownership = (bucket: string, setting: object) => ({
  account: ACCOUNT,
  region: 'eu-central-1',
  operation: 'GetBucketOwnershipControls',
  // The order of keys is another one than the facet's.
  input: { ExpectedBucketOwner: ACCOUNT, Bucket: bucket },
  ...setting,
});
const enforced = {
  output: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
};

/** Evaluates files of these records with one rule, and answers its findings. */
async function evaluate(rule: string, ...records: readonly object[]) {
  const folder = mkdtempSync(join(tmpdir(), 'captured-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'answers'));
  const lines = records.map((record) => JSON.stringify(record));
  writeFileSync(join(folder, 'answers', 'all.ndjson'), `${lines.join('\n')}\n`);
  const ran = await run(['evaluate', folder, '--rules', rule, '--format', 'ndjson']);
  return { ...ran, findings: findingsIn(ran.stdout) };
}

describe('captured answers', () => {
  it('decide what records cannot', async () => {
    const { findings, code } = await evaluate(
      's3-acl-disabled',
      bucketItem('a'),
      bucketItem('b'),
      ownership('a', enforced),
      ownership('b', { error: 'OwnershipControlsNotFoundError' }),
    );
    expect(findings).toMatchObject([
      { subject: { id: 'a' }, state: 'PASS', messageId: 'disabled' },
      { subject: { id: 'b' }, state: 'FAIL', messageId: 'enabled' },
    ]);
    expect(code).toBe(1);
  });

  it('that lack are missing evidence, of their own account and Region only', async () => {
    const { findings, code } = await evaluate(
      's3-acl-disabled',
      bucketItem('a', { awsRegion: 'us-east-1' }),
      bucketItem('a', { awsAccountId: '444455556666' }),
      bucketItem('b'),
      ownership('a', enforced),
      ownership('b', { error: 'AccessDenied' }),
    );
    expect(findings.map(({ state }) => state)).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
    expect(findings[0]?.message).toMatch(
      /no answer to GetBucketOwnershipControls was captured \(needs s3:GetBucketOwnershipControls\)/,
    );
    expect(findings[2]?.message).toMatch(
      /access was denied \(needs s3:GetBucketOwnershipControls\)/,
    );
    expect(code).toBe(4);
  });

  it.each([
    [enforced, { error: 'OwnershipControlsNotFoundError' }],
    [{ error: 'OwnershipControlsNotFoundError' }, enforced],
  ])('that contradict each other are missing evidence, in any order', async (first, second) => {
    const asked = [ownership('a', first), ownership('a', second), ownership('a', first)];
    const { findings } = await evaluate('s3-acl-disabled', bucketItem('a'), ...asked);
    expect(findings).toMatchObject([{ state: 'UNKNOWN' }]);
    expect(findings[0]?.message).toContain('contradict each other');
  });

  it('may be there twice', async () => {
    const asked = [ownership('a', enforced), ownership('a', enforced)];
    const { findings } = await evaluate('s3-acl-disabled', bucketItem('a'), ...asked);
    expect(findings).toMatchObject([{ state: 'PASS' }]);
  });

  it('tell that a bucket is gone', async () => {
    const { findings } = await evaluate(
      's3-acl-disabled',
      bucketItem('a'),
      ownership('a', { error: 'NoSuchBucket' }),
    );
    expect(findings).toMatchObject([{ state: 'NOT_APPLICABLE', messageId: 'resourceDeleted' }]);
  });

  it('judge an account where its record stands among them', async () => {
    const flags = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    };
    const { findings } = await evaluate(
      's3-block-public-access-account',
      bucketItem('a'),
      account,
      {
        account: ACCOUNT,
        region: 'eu-central-1',
        operation: 'GetPublicAccessBlock',
        input: { AccountId: ACCOUNT },
        output: { PublicAccessBlockConfiguration: flags },
      },
    );
    expect(findings).toMatchObject([
      {
        subject: { type: 'AWS::::Account', id: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root` },
        state: 'FAIL',
        message: 'Block Public Access of the account has RestrictPublicBuckets off.',
      },
    ]);
  });

  it('judge the recorder of each Region, as the AWS CLI prints what it answered', async () => {
    const recorder = {
      name: 'default',
      recordingGroup: { allSupported: false, resourceTypes: ['AWS::S3::Bucket'] },
    };
    const status = { name: 'default', recording: true, lastStatus: 'SUCCESS' };
    const answers = (region: string, ...recorders: object[]) => [
      { ...account, awsRegion: region },
      ...Object.entries({
        DescribeConfigurationRecorders: { ConfigurationRecorders: recorders },
        DescribeConfigurationRecorderStatus: { ConfigurationRecordersStatus: [status] },
        DescribeDeliveryChannelStatus: { DeliveryChannelsStatus: [] },
        DescribeConfigRules: { ConfigRules: [] },
        DescribeConfigRuleEvaluationStatus: { ConfigRulesEvaluationStatus: [] },
      }).map(([operation, output]) => ({ account: ACCOUNT, region, operation, input: {}, output })),
    ];
    const { findings } = await evaluate(
      'config-recorder-health',
      ...answers('eu-central-1', recorder),
      ...answers('us-east-1'),
    );
    expect(findings).toMatchObject([
      { subject: { id: ACCOUNT, region: 'eu-central-1' }, state: 'FAIL', messageId: 'notRecorded' },
      { subject: { id: ACCOUNT, region: 'us-east-1' }, state: 'FAIL', messageId: 'noRecorder' },
    ]);
    expect(findings[0]?.message).toContain('does not record AWS::');
  });

  it('judge what Access Analyzer found on a bucket', async () => {
    const arn = `arn:aws:access-analyzer:eu-central-1:${ACCOUNT}:analyzer/own`;
    const asked = (operation: string, input: object, output: object) => ({
      ...{ account: ACCOUNT, region: 'eu-central-1', operation, input, output },
    });
    const { findings } = await evaluate(
      'access-analyzer-s3-reviewed',
      bucketItem('a'),
      asked(
        'ListAnalyzers',
        {},
        { analyzers: [{ arn, name: 'own', type: 'ACCOUNT', status: 'ACTIVE' }] },
      ),
      asked(
        'ListFindingsV2',
        {
          analyzerArn: arn,
          filter: {
            status: { eq: ['ACTIVE'] },
            resourceType: { eq: ['AWS::S3::Bucket'] },
            resourceOwnerAccount: { eq: [ACCOUNT] },
          },
        },
        {
          findings: [
            {
              id: 'finding',
              resource: 'arn:aws:s3:::a',
              status: 'ACTIVE',
              findingType: 'ExternalAccess',
              createdAt: '2026-06-01T23:59:59.123000+00:00',
            },
          ],
        },
      ),
    );
    expect(findings).toMatchObject([
      {
        state: 'PASS',
        message:
          'Finding finding has been open since 2026-06-01; it must be reviewed within 14 days of that date.',
      },
    ]);
  });

  it.each<[string, object, RegExp]>([
    [
      'an operation that nobody asks',
      { operation: 'DeleteBucket' },
      /operation is "DeleteBucket", expected/,
    ],
    ['no account', { account: 'mine' }, /account is not an account id of twelve digits/],
    ['neither output nor error', { output: undefined }, /output is missing, expected an object/],
    ['no Region', { region: 7 }, /region is 7, expected a text/],
  ])('with %s are refused by place and key', async (_name, change, complaint) => {
    const { stderr, code } = await evaluate('s3-acl-disabled', bucketItem('a'), {
      ...ownership('a', enforced),
      ...change,
    });
    expect(stderr).toMatch(/all\.ndjson, record 2: /);
    expect(stderr).toMatch(complaint);
    expect(code).toBe(4);
  });
});

it('without any, rules that need them are left out aloud, unless they are asked for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'captured-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'a.json'), JSON.stringify(bucketItem('a')));
  const { stdout, stderr } = await run(['evaluate', folder, '--format', 'ndjson']);
  expect(stdout).not.toContain('s3-acl-disabled');
  expect(stderr).toMatch(/^Skipped \d+ rules, .* \(-v lists them\)/m);
  const verbose = await run(['evaluate', folder, '--format', 'ndjson', '-v']);
  expect(verbose.stderr).toMatch(/^Skipped, .*s3-acl-disabled/m);
});

describe('a Region that was captured as not enabled', () => {
  const elsewhere = 'me-south-1';
  const refused = (bucket: string, error: string) => ({
    account: ACCOUNT,
    region: elsewhere,
    operation: 'GetBucketOwnershipControls',
    input: { Bucket: bucket, ExpectedBucketOwner: ACCOUNT },
    error,
  });
  const far = (name: string) => bucketItem(name, { awsRegion: elsewhere });

  it.each([
    'UnrecognizedClientException',
    'InvalidClientTokenId',
    'OptInRequired',
    'SubscriptionRequiredException',
    'AuthFailure',
  ])('is told once by account, Region and operation, and all else is judged: %s', async (error) => {
    const { findings, stderr } = await evaluate(
      's3-acl-disabled',
      ...[far('a'), bucketItem('b'), far('c'), bucketItem('d')],
      ...[refused('a', error), ownership('b', enforced), refused('c', error)],
      ownership('d', enforced),
    );
    expect(findings.map(({ state }) => state)).toEqual(['UNKNOWN', 'PASS', 'UNKNOWN', 'PASS']);
    const told = `GetBucketOwnershipControls in ${elsewhere} answered ${error} (is the Region enabled?).`;
    expect(findings[0]?.message).toBe(`The ownership could not be assessed: ${told}`);
    expect(stderr.split('\n').filter((line) => line.includes(error))).toEqual([
      `Account ${ACCOUNT}: ${told}`,
    ]);
  });

  it('and so is a throttle that was captured', async () => {
    const { findings, stderr, code } = await evaluate(
      's3-acl-disabled',
      ...[far('a'), bucketItem('b'), refused('a', 'SlowDown'), ownership('b', enforced)],
    );
    expect(findings.map(({ state }) => state)).toEqual(['UNKNOWN', 'PASS']);
    expect(stderr).toContain(
      `Account ${ACCOUNT}: GetBucketOwnershipControls in ${elsewhere} answered SlowDown.\n`,
    );
    expect(code).toBe(4);
  });
});
