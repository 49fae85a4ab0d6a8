import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { assess } from '../../src/assessment/assess.ts';
import type { Assessment } from '../../src/assessment/assessment.ts';
import { packOf } from '../../src/assessment/pack-of.ts';
import { isRecorded } from '../../src/assessment/runs-in.ts';
import { bucketMemory } from '../../src/assessment/seen.ts';
import type { Finding } from '../../src/engine/finding.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { jsonLine } from '../../src/formats/json.ts';
import { SharedLines } from '../../src/formats/shared-lines.ts';
import { emptySettings, type Settings } from '../../src/settings/settings.ts';
import { memorySource } from '../../src/sources/memory-source.ts';
import { randomCase, randomNumbers } from '../policy/random.ts';

const POLICIES = Number(process.env['MEMORY_POLICIES'] ?? 25);
const seed = Number(process.env['MEMORY_SEED'] ?? Date.now() % 1_000_000);
const next = randomNumbers(seed);
const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T;

/** Names that a cache might take for one another: one begins like another, stands in policies, is longest, or is none. */
const NAMES = [
  ...[
    'data',
    'data-logs',
    'datasets',
    'example-bucket',
    'example-bucket.logs',
    'partner',
    'reader',
  ],
  ...[
    'n'.repeat(63),
    'abc',
    'Legacy_Name',
    'cdk-hnb659fds-assets-123456789012-eu-west-1',
    '*',
    'a*b',
  ],
];
const ACCOUNTS = ['123456789012', '111122223333', '999988887777'];

const aclOf = (id: string) =>
  JSON.stringify({ grantList: [{ grantee: { id }, permission: 'FullControl' }], owner: { id } });

/** A bucket whose policy is that of others but for its name, and whose other settings are few. */
function recordOf(policy: string, number: number) {
  const name = pick(NAMES);
  const account = pick(ACCOUNTS);
  const arn = next() < 0.05 ? 'arn:aws:s3:::another' : `arn:aws:s3:::${name}`;
  const days = pick([30, 365]);
  const policyText = policy.replaceAll('arn:aws:s3:::example-bucket', arn);
  return {
    ...{ version: '1.3', configurationItemStatus: pick(['OK', 'OK', 'OK', 'ResourceDeleted']) },
    ...{ resourceType: 'AWS::S3::Bucket', resourceId: `${name}-${number}`, resourceName: name },
    ...{ ARN: arn, awsAccountId: account, awsRegion: pick(['eu-west-1', 'us-east-1']) },
    configuration: { name },
    supplementaryConfiguration: {
      AccessControlList: pick([aclOf(account), aclOf('decaf11112222')]),
      BucketLoggingConfiguration: {
        destinationBucketName: pick([null, name, 'data-logs', 'partner']),
        logFilePrefix: pick([null, `${name}/`]),
      },
      BucketPolicy: { policyText: next() < 0.1 ? pick([null, '{', '']) : policyText },
      BucketTaggingConfiguration: { tagSets: [{ tags: { Retention: pick(['a', 'b']) } }] },
      BucketVersioningConfiguration: { status: pick(['Off', 'Enabled']), isMfaDeleteEnabled: null },
      IsRequesterPaysEnabled: false,
      ServerSideEncryptionConfiguration: {
        rules: [
          { applyServerSideEncryptionByDefault: { sseAlgorithm: pick(['AES256', 'aws:kms']) } },
        ],
      },
      ...(next() < 0.5
        ? {
            BucketLifecycleConfiguration: {
              rules: [{ id: 'r', status: 'Enabled', expirationInDays: days }],
            },
          }
        : {}),
    },
    tags: { Retention: 'a' },
    configurationItemCaptureTime: pick(['2026-01-01T00:00:00.000Z', null]),
  };
}

const settings: Settings = {
  ...emptySettings,
  trust: { ...emptySettings.trust, accounts: ['111122223333'], organizations: ['o-exampleorg'] },
  logs: { approvedTargets: ['data-*'] },
  rules: {
    's3-policy-network-perimeter': {
      organizations: ['o-exampleorg'],
      vpcEndpoints: ['vpce-0a1b2c3d4e5f60718'],
    },
    's3-versioning-with-lifecycle': { exceptFor: ['example-*', 'Retention=b'] },
  },
  waivers: [
    {
      ...{ id: 'W-1', rule: 's3-tls-only', subject: { account: '123456789012' }, owner: 'o' },
      ...{ approver: 'a', reason: 'r', created: '2026-01-01', expires: '2026-12-31' },
    },
  ],
};

async function findingsOn(records: readonly unknown[], memory: Assessment['memory']) {
  const judged = rules
    .filter(isRecorded)
    .map((rule) => ({ rule, params: parametersOf(rule, settings) }));
  const assessment = {
    ...{ settings, now: '2026-06-01T00:00:00.000Z', pack: packOf(rules) },
    ...(memory ? { memory } : {}),
  };
  const findings: Finding[] = [];
  for await (const each of assess(memorySource(records), judged, assessment))
    findings.push(...each.findings);
  return findings;
}

describe(`what was decided of other buckets (seed ${seed})`, () => {
  it('changes no finding, and no line that is written of one', async () => {
    const texts = Array.from({ length: POLICIES }, () => {
      const Statement = randomCase(Math.floor(next() * 2 ** 31)).statements;
      const policy = JSON.stringify({ Version: '2012-10-17', Statement });
      return Array.from({ length: 4 }, (_, number) => JSON.stringify(recordOf(policy, number)));
    }).flat();
    const records = texts.map((text) => JSON.parse(text));
    const plain = await findingsOn(records, undefined);
    const remembered = await findingsOn(records, bucketMemory);
    expect(remembered.length).toBeGreaterThan(POLICIES * 4);
    const lines = new SharedLines((finding) => finding);
    for (const [index, finding] of remembered.entries()) {
      const expected = plain[index] as Finding;
      expect(finding).toEqual(expected);
      expect(lines.lineOf(finding)).toBe(jsonLine(expected));
    }
  });
});
