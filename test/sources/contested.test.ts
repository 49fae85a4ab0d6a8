import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findingsIn, run } from '../cli/run.ts';
import { bucketWith, policyText } from '../lambda/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'contested-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [OLD, NEW] = ['2026-11-01T08:00:00.000Z', '2026-11-02T07:00:00.000Z'];
const ACCOUNT = '111122223333';
type Parts = Readonly<Record<string, unknown>>;

const record = (type: string, id: string, configuration: object | null, parts: Parts = {}) => ({
  ...{ resourceType: type, resourceId: id, awsAccountId: ACCOUNT, awsRegion: 'eu-central-1' },
  ...{ configurationItemStatus: 'OK', configurationItemCaptureTime: NEW, configuration, ...parts },
});
const bucket = (name: string, settings: Parts = {}, parts: Parts = {}) =>
  bucketWith(name, settings, { configurationItemCaptureTime: NEW, ...parts });
const flags = (on: boolean, parts: Parts = {}) => {
  const acls = { blockPublicAcls: on, ignorePublicAcls: on };
  const policies = { blockPublicPolicy: on, restrictPublicBuckets: on };
  return record('AWS::S3::AccountPublicAccessBlock', ACCOUNT, { ...acls, ...policies }, parts);
};
const trail = (s3BucketName: string, parts: Parts = {}) =>
  record('AWS::CloudTrail::Trail', 't', { s3BucketName }, parts);
const alias = (key: string, parts: Parts = {}) =>
  record('AWS::KMS::Alias', 'alias/a', { AliasName: 'alias/a', TargetKeyId: key }, parts);
const logging = (to: string | null, prefix: string | null = null) =>
  bucket('source', {
    BucketLoggingConfiguration: { destinationBucketName: to, logFilePrefix: prefix },
  });
const admitting = policyText({
  ...{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs/*' },
  Principal: { Service: 'logging.s3.amazonaws.com' },
  Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
});
const replicated = bucket('source', {
  BucketReplicationConfiguration: {
    roleARN: `arn:aws:iam::${ACCOUNT}:role/r`,
    rules: { r: { status: 'Enabled', destinationConfig: { bucketARN: 'arn:aws:s3:::copy' } } },
  },
});
const open = { configurationItemCaptureTime: OLD };
const unreadable = { configurationItemStatus: 7 };
/** JSON of a record in which a key stands twice. */
const doubled = (item: object, key = 'relatedEvents', first: unknown = 1) => {
  const text = JSON.stringify({ relatedEvents: [], ...item });
  return text.replace(`"${key}":`, `"${key}":${JSON.stringify(first)},$&`);
};

const closed = {
  blockPublicAcls: true,
  ...{ ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true },
};
const texts = (settings: object | string) =>
  bucket('data', { PublicAccessBlockConfiguration: settings });

const FLAGS = ['s3-block-public-access-bucket', 'data'] as const;
const LOGS = ['s3-log-retention', 'logs'] as const;
const TARGET = ['s3-access-logging', 'source'] as const;
const OWN = ['s3-tls-only', 'data'] as const;
const PLACE = ['s3-residency', 'source'] as const;
const KEY = ['s3-sse-kms-approved-keys', 'data'] as const;
const encrypted = (key: string) =>
  bucket('data', {
    ServerSideEncryptionConfiguration: {
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: 'aws:kms',
            kmsMasterKeyID: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${key}`,
          },
        },
      ],
    },
  });

it.each<[string, readonly [rule: string, name: string], readonly (object | string)[], string]>([
  ['flags on and off', FLAGS, [bucket('data'), flags(true), flags(false)], 'UNKNOWN'],
  [
    'flags twice alike',
    FLAGS,
    [bucket('data'), flags(true), flags(true, { tags: { a: 1 } })],
    'PASS',
  ],
  [
    'flags on and deleted',
    FLAGS,
    [bucket('data'), flags(true), flags(true, { configurationItemStatus: 'ResourceDeleted' })],
    'UNKNOWN',
  ],
  [
    'flags on, and off without a time',
    FLAGS,
    [bucket('data'), flags(true), flags(false, { configurationItemCaptureTime: null })],
    'UNKNOWN',
  ],
  [
    'old flags, new ones with a key twice',
    FLAGS,
    [bucket('data'), flags(true, open), doubled(flags(true))],
    'UNKNOWN',
  ],
  ['only flags with a key twice', FLAGS, [bucket('data'), doubled(flags(true))], 'UNKNOWN'],
  [
    'new flags, old ones with a key twice',
    FLAGS,
    [bucket('data'), flags(true), doubled(flags(false, open))],
    'PASS',
  ],
  [
    'a source that logs and does not',
    LOGS,
    [bucket('logs'), logging('logs'), logging(null)],
    'UNKNOWN',
  ],
  [
    'a source that logs under two prefixes',
    LOGS,
    [bucket('logs'), logging('logs', 'a/'), logging('logs', 'b/')],
    'UNKNOWN',
  ],
  [
    'a source that logs elsewhere',
    LOGS,
    [bucket('logs'), bucket('other'), logging('other'), logging(null)],
    'NOT_APPLICABLE',
  ],
  [
    'a trail to here and to there',
    LOGS,
    [bucket('logs'), trail('logs'), trail('other')],
    'UNKNOWN',
  ],
  [
    'a trail to here, alike',
    LOGS,
    [bucket('logs'), trail('logs'), trail('logs', { tags: { a: 1 } })],
    'FAIL',
  ],
  ['only a trail with a key twice', LOGS, [bucket('logs'), doubled(trail('logs'))], 'UNKNOWN'],
  [
    'a trail to here, and a new one with a key twice',
    LOGS,
    [bucket('logs'), trail('logs', open), doubled(trail('other'))],
    'UNKNOWN',
  ],
  [
    'a trail whose bucket stands twice',
    LOGS,
    [bucket('logs'), doubled(trail('x'), 'configuration', { s3BucketName: 'logs' })],
    'UNKNOWN',
  ],
  [
    'a target that takes logs and does not',
    TARGET,
    [logging('logs'), bucket('logs', { BucketPolicy: { policyText: admitting } }), bucket('logs')],
    'UNKNOWN',
  ],
  [
    'a target with a key twice',
    TARGET,
    [logging('logs'), doubled(bucket('logs', { BucketPolicy: { policyText: admitting } }))],
    'UNKNOWN',
  ],
  [
    'a copy here and elsewhere',
    PLACE,
    [replicated, bucket('copy'), bucket('copy', {}, { awsRegion: 'us-east-1' })],
    'UNKNOWN',
  ],
  ['a copy here', PLACE, [replicated, bucket('copy')], 'PASS'],
  [
    'an alias of this key and of another',
    KEY,
    [encrypted('k1'), alias('k1'), alias('k2')],
    'UNKNOWN',
  ],
  ['an alias of two other keys', KEY, [encrypted('k3'), alias('k1'), alias('k2')], 'FAIL'],
  [
    'an alias of this key, alike',
    KEY,
    [encrypted('k1'), alias('k1'), alias('k1', { tags: { a: 1 } })],
    'PASS',
  ],
  [
    'an old record, a new one with a key twice',
    OWN,
    [bucket('data', {}, open), doubled(bucket('data'))],
    'UNKNOWN',
  ],
  [
    'a record that is as new with a key twice',
    OWN,
    [bucket('data'), doubled(bucket('data'))],
    'UNKNOWN',
  ],
  [
    'a new record, an old one with a key twice',
    OWN,
    [bucket('data'), doubled(bucket('data', {}, open))],
    'FAIL',
  ],
  [
    'a new record without a status',
    OWN,
    [bucket('data', {}, open), bucket('data', {}, unreadable)],
    'UNKNOWN',
  ],
  [
    'a new record without a Region',
    OWN,
    [bucket('data', {}, open), bucket('data', {}, { awsRegion: null })],
    'UNKNOWN',
  ],
  [
    'an old record without a Region',
    OWN,
    [bucket('data'), bucket('data', {}, { ...open, awsRegion: null })],
    'FAIL',
  ],
  [
    'a record whose id stands twice',
    OWN,
    [bucket('data', {}, open), doubled(bucket('x'), 'resourceId', 'data')],
    'UNKNOWN',
  ],
  ['flags in a text', FLAGS, [texts(JSON.stringify(closed))], 'PASS'],
  [
    'flags in a text, one of them twice',
    FLAGS,
    [texts(doubled(closed, 'blockPublicAcls', false))],
    'UNKNOWN',
  ],
  [
    'flags of the account in a text, one of them twice',
    FLAGS,
    [bucket('data'), { ...flags(true), configuration: doubled(closed, 'blockPublicAcls', false) }],
    'UNKNOWN',
  ],
  [
    'a row of a query, a flag twice',
    FLAGS,
    [{ selectResult: doubled(texts(closed), 'blockPublicAcls', false) }],
    'UNKNOWN',
  ],
  [
    'an event, a flag twice',
    FLAGS,
    [
      {
        invokingEvent: doubled({ configurationItem: texts(closed) }, 'blockPublicAcls', false),
      },
    ],
    'UNKNOWN',
  ],
])('with %s, in either order, the answer is as certain as they are', async (_, [
  rule,
  name,
], records, state) => {
  const settings = join(folder, 'settings.yaml');
  writeFileSync(
    settings,
    `kms: { approvedKeys: ["arn:aws:kms:*:${ACCOUNT}:alias/a"] }\nrules: { s3-residency: { allowedRegions: [eu-central-1] } }\n`,
  );
  for (const items of [records, records.toReversed()]) {
    const texts = items.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
    const file = join(folder, 'snapshot.json');
    writeFileSync(file, `{"configurationItems":[${texts}]}`);
    const options = ['--settings', settings, '--rules', rule, '--format', 'json'];
    const { stdout } = await run(['evaluate', file, ...options, '--now', '2026-11-03T00:00:00Z']);
    const found = findingsIn(stdout).filter(({ subject }) => subject.id === name);
    expect(found.map((finding) => finding.state)).toEqual([state]);
  }
});

it('names an answer with a key twice, and takes none to that question', async () => {
  const owner = '"ObjectOwnership":"BucketOwnerEnforced"';
  const answer = (rule: string) =>
    `{"account":"${ACCOUNT}","region":"eu-central-1","operation":"GetBucketOwnershipControls",` +
    `"input":{"Bucket":"data","ExpectedBucketOwner":"${ACCOUNT}"},"output":{"OwnershipControls":{"Rules":[{${rule}}]}}}`;
  const file = join(folder, 'answers.ndjson');
  const text = [JSON.stringify(bucket('data')), answer(owner), answer(`${owner},${owner}`)];
  writeFileSync(file, `${text.join('\n')}\n`);
  const options = ['--no-settings', '--rules', 's3-acl-disabled', '--format', 'json'];
  const { code, stdout, stderr } = await run(['evaluate', file, ...options]);
  expect([code, findingsIn(stdout).map(({ state }) => state)]).toEqual([4, ['UNKNOWN']]);
  expect(stderr).toContain('record 3: the key "ObjectOwnership" stands twice.');
});

it('reads both of two lists of records, and names the key that stands twice', async () => {
  const file = join(folder, 'two.json');
  const items = ['a', 'b'].map((name) => JSON.stringify(bucket(name)));
  writeFileSync(file, `{"configurationItems":[${items[0]}],"configurationItems":[${items[1]}]}`);
  const options = ['--no-settings', '--rules', 's3-tls-only', '--format', 'json'];
  const { code, stdout, stderr } = await run(['evaluate', file, ...options]);
  expect([code, findingsIn(stdout).map(({ subject }) => subject.id)]).toEqual([3, ['a', 'b']]);
  expect(stderr).toContain('the key "configurationItems" stands twice');
});
