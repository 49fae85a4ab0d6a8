import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/engine/finding.ts';
import { findingsIn, run } from '../cli/run.ts';
import { bucketItem } from '../contract-server/items.ts';
import { CENTRAL, deployed, HOME, keyArn, nameOf, resourcesOf, synthesize } from './central.ts';
import { example } from './world.ts';

type Properties = Readonly<Record<string, unknown>>;

/** Names of properties in CloudFormation are those of AWS Config, but for the first letter and acronyms. */
const recorded = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(recorded);
  if (typeof value !== 'object' || value === null) return value;
  const spelt: Record<string, string> = {
    ServerSideEncryptionByDefault: 'applyServerSideEncryptionByDefault',
    SSEAlgorithm: 'sseAlgorithm',
    KMSMasterKeyID: 'kmsMasterKeyID',
    NoncurrentVersionExpiration: 'noncurrentVersionExpiration',
  };
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      spelt[name] ?? name.charAt(0).toLowerCase() + name.slice(1),
      recorded(each),
    ]),
  );
};

// What an organization keeps for an audit; the example locks its history for a day.
const history = { retentionDays: 2557 };
const template = synthesize({ ...example, consumers: { ...example.consumers, history } });
const policies = Object.values(resourcesOf(template, 'AWS::S3::BucketPolicy')).map(
  ({ Properties }) => deployed(Properties) as Properties,
);
const buckets = Object.entries(resourcesOf(template, 'AWS::S3::Bucket')).map(
  ([id, { Properties }]) => {
    const policy = policies.find((each) => each['Bucket'] === nameOf(id));
    return {
      name: nameOf(id),
      bucket: deployed(Properties) as Properties,
      policy: policy?.['PolicyDocument'] ?? null,
    };
  },
);
type Deployed = (typeof buckets)[number];

/** A bucket as AWS Config would record it after the deployment. */
function itemOf({ name, bucket, policy }: Deployed): object {
  const owner = bucketItem(name);
  const { AccessControlList, IsRequesterPaysEnabled } = {
    ...owner.supplementaryConfiguration,
  } as Properties;
  const tags = (bucket['Tags'] as { Key: string; Value: string }[]) ?? [];
  const off = { DestinationBucketName: null, LogFilePrefix: null };
  const lifecycle = bucket['LifecycleConfiguration'] as { Rules: Properties[] } | undefined;
  return {
    ...owner,
    awsAccountId: CENTRAL,
    awsRegion: HOME,
    tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
    supplementaryConfiguration: {
      AccessControlList,
      IsRequesterPaysEnabled,
      BucketPolicy: { policyText: policy && JSON.stringify(policy) },
      BucketVersioningConfiguration: {
        isMfaDeleteEnabled: null,
        ...(recorded(bucket['VersioningConfiguration'] ?? { Status: 'Off' }) as object),
      },
      PublicAccessBlockConfiguration: recorded(bucket['PublicAccessBlockConfiguration']),
      ServerSideEncryptionConfiguration: { rules: recorded(encryptionOf(bucket)) },
      BucketLifecycleConfiguration: recorded(
        lifecycle && { Rules: lifecycle.Rules.map((rule) => ({ Prefix: null, ...rule })) },
      ),
      BucketLoggingConfiguration: recorded(bucket['LoggingConfiguration'] ?? off),
      ObjectLockConfiguration: recorded(bucket['ObjectLockConfiguration']),
    },
  };
}

const encryptionOf = (bucket: Properties) =>
  (bucket['BucketEncryption'] as Properties)['ServerSideEncryptionConfiguration'];

const KEY = keyArn('HistoryKey');
const keyProperties = deployed(resourcesOf(template)['HistoryKey']?.Properties) as Properties;

/** What the services would answer: rules that ask them are judged too. */
const answers = [
  ...buckets.flatMap(({ name: Bucket, bucket }) => [
    [
      'GetBucketOwnershipControls',
      { Bucket, ExpectedBucketOwner: CENTRAL },
      { OwnershipControls: bucket['OwnershipControls'] },
    ],
    [
      'GetBucketEncryption',
      { Bucket, ExpectedBucketOwner: CENTRAL },
      {
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: (encryptionOf(bucket) as Properties[])[0]?.[
                'ServerSideEncryptionByDefault'
              ],
            },
          ],
        },
      },
    ],
  ]),
  [
    'DescribeKey',
    { KeyId: KEY },
    {
      KeyMetadata: {
        ...{ AWSAccountId: CENTRAL, KeyId: 'historykey', Arn: KEY, KeyState: 'Enabled' },
        ...{ Origin: 'AWS_KMS', KeyManager: 'CUSTOMER', KeySpec: 'SYMMETRIC_DEFAULT' },
      },
    },
  ],
  [
    'GetKeyRotationStatus',
    { KeyId: KEY },
    { KeyRotationEnabled: keyProperties['EnableKeyRotation'] },
  ],
  [
    'GetKeyPolicy',
    { KeyId: KEY, PolicyName: 'default' },
    { Policy: JSON.stringify(keyProperties['KeyPolicy']) },
  ],
].map(([operation, input, output]) => ({
  ...{ account: CENTRAL, region: HOME, operation, input, output },
}));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'central-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What our own command line says of them. */
async function judged(configurationItems: readonly object[]): Promise<readonly Finding[]> {
  const snapshot = join(folder, 'snapshot.json');
  const answered = join(folder, 'answers.ndjson');
  const settings = join(folder, 'settings.yaml');
  writeFileSync(snapshot, JSON.stringify({ fileVersion: '1.0', configurationItems }));
  writeFileSync(answered, answers.map((each) => JSON.stringify(each)).join('\n'));
  writeFileSync(
    settings,
    `trust:
  accounts: ["${CENTRAL}"]
  services: [logging.s3.amazonaws.com]
kms:
  approvedKeys: ["${KEY}"]
logs:
  approvedTargets: [logbucket]
rules:
  s3-tls-only: { minimumTlsVersion: "1.2" }
  s3-object-lock-retention: { appliesTo: [historybucket], mode: COMPLIANCE, minimumDays: 2557 }
  s3-versioning-with-lifecycle: { noncurrentMaximumDays: 2557 } # Object Lock keeps versions of the history as long.
  s3-access-logging: { approvedTargets: [logbucket] }
`,
  );
  const { code, stdout, stderr } = await run([
    ...['evaluate', snapshot, answered, '--settings', settings],
    ...['--format', 'ndjson', '--fail-on', 'never'],
  ]);
  expect(code, stderr).toBe(0);
  return findingsIn(stdout);
}

/** Answered by what an organization does, not by a template: trails, analyzers, reviews, backups. */
const NOT_OURS = [
  'access-analyzer-s3-reviewed',
  's3-backup-recent',
  's3-data-events-logged',
  's3-policy-review-attested',
];
/** Asked for in the settings of an organization, and not in those of this test. */
const NOT_ASKED = [
  's3-lifecycle-expiration notNamed',
  's3-policy-network-perimeter noPerimeter',
  's3-request-metrics-alarms notSensitive',
];
const ours = (findings: readonly Finding[], state: string) =>
  findings
    .filter((finding) => finding.state === state && !NOT_OURS.includes(finding.rule))
    .map(({ subject, rule, messageId }) => `${subject.name} ${rule} ${messageId}`)
    .filter((text) => !NOT_ASKED.some((end) => text.endsWith(end)))
    .sort();

describe('the buckets of the history', () => {
  it('pass every rule of ours that can judge them', async () => {
    const findings = await judged(buckets.map(itemOf));
    const advice = 'change infra/central/buckets.ts, or add what the rule reads to itemOf';
    expect(ours(findings, 'FAIL'), advice).toEqual([]);
    expect(ours(findings, 'UNKNOWN'), advice).toEqual([]);
    expect(ours(findings, 'NOT_APPLICABLE')).toEqual([
      'historybucket s3-log-retention noLogs',
      'historybucket s3-service-principals-guarded noServices',
      'logbucket s3-access-logging isTarget',
      'logbucket s3-kms-key-health notKms',
      'logbucket s3-object-lock-retention notNamed',
      'logbucket s3-sse-kms-approved-keys logTarget',
      'logbucket s3-upload-encryption-enforced logTarget',
      'resultbucket s3-log-retention noLogs',
      'resultbucket s3-object-lock-retention notNamed',
      'resultbucket s3-service-principals-guarded noServices',
    ]);
    const passed = ours(findings, 'PASS');
    for (const name of ['historybucket', 'resultbucket']) {
      expect(passed).toContain(`${name} s3-sse-kms-approved-keys approved`);
      expect(passed).toContain(`${name} s3-kms-key-health healthy`);
      expect(passed).toContain(`${name} s3-sse-c-blocked refused`);
    }
    expect(passed).toContain('historybucket s3-object-lock-retention retained');
    expect(passed).toContain('logbucket s3-log-retention recoverable');
    expect(passed).toContain('logbucket s3-service-principals-guarded guarded');
    expect(passed.length).toBeGreaterThanOrEqual(50);
  });

  it('keep their logs as long as docs/history.md says', () => {
    const page = readFileSync('docs/history.md', 'utf8');
    const [, current, noncurrent] =
      /\| log bucket \| (\d+) days, noncurrent versions (\d+) days more \|/.exec(page) ?? [];
    const logs = buckets.find(({ name }) => name === 'logbucket');
    expect(logs?.bucket['LifecycleConfiguration']).toMatchObject({
      Rules: [
        {
          ExpirationInDays: Number(current),
          NoncurrentVersionExpiration: { NoncurrentDays: Number(noncurrent) },
        },
      ],
    });
  });

  it('fail them without their policies and settings, so that the rules do see them', async () => {
    const bare = ({ name, bucket }: Deployed): Deployed => ({
      name,
      bucket: { BucketEncryption: bucket['BucketEncryption'], Tags: bucket['Tags'] },
      policy: null,
    });
    const findings = await judged(buckets.map(bare).map(itemOf));
    const failed = new Set(ours(findings, 'FAIL').map((text) => text.split(' ')[1]));
    const seen = [
      's3-access-logging',
      's3-block-public-access-bucket',
      's3-deletion-protection',
      's3-log-retention',
      's3-object-lock-retention',
      's3-presigned-url-guard',
      's3-sse-c-blocked',
      's3-tls-only',
      's3-upload-encryption-enforced',
      's3-versioning-with-lifecycle',
    ];
    expect(seen.filter((id) => !failed.has(id))).toEqual([]);
  });
});
