import { describe, expect, it } from 'vitest';
import { emptySettings } from '../../src/settings/settings.ts';
import { toSelectResult } from '../contract-server/encodings.ts';
import { bucketItem } from '../contract-server/items.ts';
import type { EventItem, Query, State } from '../contract-server/state.ts';
import {
  bucketWith,
  changeEvent,
  names,
  policyText,
  scheduledEvent,
  startLambda,
} from './world.ts';

const LOGS = 's3-log-retention';
const KEYS = 's3-sse-kms-approved-keys';

const TYPES = [
  'AWS::S3::Bucket',
  'AWS::CloudTrail::Trail',
  'AWS::KMS::Alias',
  'AWS::S3::AccountPublicAccessBlock',
];

/** Answers queries as AWS Config does: the columns asked for, of items of the type, narrowed to one bucket or not. */
function queriesOver(items: readonly EventItem[]): Query[] {
  return TYPES.map((type) => {
    let asked = '';
    return {
      matches: (expression) => {
        asked = expression;
        return expression.includes(`resourceType = '${type}'`);
      },
      results: () => {
        const fields = /^SELECT (.*) WHERE /.exec(asked)?.[1]?.split(', ') ?? [];
        const wanted = / AND [\w.]+ = ('[^']*')$/.exec(asked)?.[1]?.replaceAll("'", '"');
        return items
          .filter(({ resourceType }) => resourceType === type)
          .map((item) => toSelectResult(item, fields))
          .filter((row) => wanted === undefined || row.includes(wanted));
      },
    };
  });
}

const resource = (resourceType: string, resourceName: string, configuration: object): EventItem =>
  bucketItem(resourceName, {
    ...{ resourceType, resourceName, configuration },
    resourceId: `id-of-${resourceName}`,
    supplementaryConfiguration: {},
  });
const source = (name: string, destinationBucketName: string | null) =>
  bucketWith(name, { BucketLoggingConfiguration: { destinationBucketName, logFilePrefix: null } });
const trail = (name: string, s3BucketName: string) =>
  resource('AWS::CloudTrail::Trail', name, { s3BucketName, isMultiRegionTrail: true });

const others = [
  source('app', 'access-logs'),
  source('silent', null),
  trail('main', 'trail-logs'),
  trail('elsewhere', 'foreign-logs'),
];
const deliveryChannels = [{ name: 'default', s3BucketName: 'config-logs' }];
const targets = ['access-logs', 'trail-logs', 'config-logs', 'plain-data'];

const because = [
  /^notVersioned: .*bucket app logs to it/,
  /^notVersioned: .*trail main writes to it/,
  /^notVersioned: .*delivery channel default writes to it/,
  /^noLogs: /,
].map((reason) => expect.stringMatching(reason));

const start = (items: readonly EventItem[], parts: Partial<State> = {}) =>
  startLambda({ queries: queriesOver(items), deliveryChannels, ...parts });

describe('the roles of a bucket', () => {
  it.each(
    targets.map((name, index) => [name, because[index]]),
  )('of %s are found when it changes', async (name, annotation) => {
    const { handle, puts, calls } = await start(others);
    await handle(changeEvent(LOGS, bucketItem(name)));
    expect(puts()[0]?.Evaluations).toMatchObject([{ Annotation: annotation }]);
    for (const { input } of calls('SelectResourceConfig')) {
      expect(input).toMatchObject({ Expression: expect.stringContaining(` = '${name}'`) });
    }
  });

  it('are found for all buckets with one set of queries, page by page', async () => {
    const items = [...names(150).map((name) => source(name, 'unused')), ...others];
    const { handle, puts, calls } = await start(items, {
      items: targets.map((name) => bucketItem(name)),
      pageSizes: { SelectResourceConfig: 60 },
    });
    await handle(scheduledEvent(LOGS));
    const said = puts()[0]?.Evaluations.map(({ Annotation }) => Annotation);
    expect(said).toEqual(because.slice(0, 3));
    expect(calls('SelectResourceConfig')).toHaveLength(4);
    expect(calls('DescribeDeliveryChannels')).toHaveLength(1);
  });

  it.each([
    "x' OR resourceId = 'y",
    'x"',
    "'",
    'a b',
    'line\nbreak',
  ])('are not asked for with the name %j', async (name) => {
    const { handle, operations, logs } = await start(others);
    await expect(handle(changeEvent(LOGS, bucketItem(name)))).rejects.toThrow(
      'not the name of a bucket',
    );
    expect(operations()).toEqual([]);
    expect(String(logs[0]?.['message'])).not.toMatch(/\p{Cc}/u);
  });
});

describe('where logs arrive', () => {
  const lifecycle = (prefix: string) => ({
    rules: [
      {
        id: 'logs',
        status: 'Enabled',
        prefix: null,
        filter: { predicate: { type: 'LifecyclePrefixPredicate', prefix } },
        expirationInDays: 400,
        noncurrentVersionExpirationInDays: 365,
      },
    ],
  });
  const target = (name: string, prefix: string) =>
    bucketWith(name, {
      BucketLifecycleConfiguration: lifecycle(prefix),
      BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: null },
    });
  const sources = [
    bucketWith('app', {
      BucketLoggingConfiguration: { destinationBucketName: 'access-logs', logFilePrefix: 'app/' },
    }),
    resource('AWS::CloudTrail::Trail', 'main', {
      s3BucketName: 'trail-logs',
      s3KeyPrefix: 'audit',
    }),
  ];
  const channels = [{ name: 'default', s3BucketName: 'config-logs', s3KeyPrefix: 'config' }];

  it.each([
    ['access-logs', 'app/', 'deletable'],
    ['access-logs', 'web/', 'unlimited'],
    ['trail-logs', 'audit/', 'deletable'],
    ['trail-logs', 'AWSLogs/', 'unlimited'],
    ['config-logs', 'config/AWSLogs/', 'deletable'],
    ['config-logs', 'AWSLogs/', 'unlimited'],
  ])('is asked of the sources: %s with a lifecycle for %s', async (name, prefix, message) => {
    const { handle, puts } = await start(sources, { deliveryChannels: channels });
    await handle(changeEvent(LOGS, target(name, prefix)));
    const Annotation = expect.stringMatching(`^${message}: `);
    expect(puts()[0]?.Evaluations).toMatchObject([{ Annotation }]);
  });
});

describe('the tags of a bucket', () => {
  const RECORDS = 's3-object-lock-retention';
  const appliesTo = { appliesTo: 'team=a' };
  const items = [
    bucketItem('records'),
    bucketItem('other', {
      tags: { team: 'b' },
      supplementaryConfiguration: {
        ...bucketItem('other').supplementaryConfiguration,
        BucketTaggingConfiguration: { tagSets: [{ tags: { team: 'b' } }] },
      },
    }),
    bucketItem('untagged', {
      tags: {},
      supplementaryConfiguration: {
        ...bucketItem('untagged').supplementaryConfiguration,
        BucketTaggingConfiguration: undefined,
      },
    }),
  ];
  const annotations = ['off: ', 'notNamed: ', 'notNamed: '].map((start) =>
    expect.stringMatching(`^${start}`),
  );

  it('are in the item of a change', async () => {
    for (const [index, item] of items.entries()) {
      const { handle, puts, calls } = await start(items);
      await handle(changeEvent(RECORDS, item, appliesTo));
      expect(puts()[0]?.Evaluations).toMatchObject([{ Annotation: annotations[index] }]);
      for (const { input } of calls('SelectResourceConfig')) {
        expect(input).not.toMatchObject({ Expression: expect.stringContaining(' tags ') });
      }
    }
  });

  it('are asked for by one query where a batch leaves them out', async () => {
    const { handle, puts } = await start(items, { items });
    await handle(scheduledEvent(RECORDS, appliesTo));
    const said = puts()[0]?.Evaluations.map(({ Annotation }) => Annotation);
    expect(said).toEqual(annotations.slice(0, 1));
  });

  it('of a bucket that the query leaves out are missing evidence', async () => {
    const { handle, puts } = await start(items.slice(1), { items });
    await handle(scheduledEvent(RECORDS, appliesTo));
    expect(puts()[0]?.Evaluations[0]).toMatchObject({
      ComplianceType: 'NON_COMPLIANT',
      Annotation: expect.stringMatching(/^evidenceUnavailable: The tags could not be assessed/),
    });
  });
});

describe('the target of access logs', () => {
  const RULE = 's3-access-logging';
  const grants = (name: string) => ({
    BucketPolicy: {
      policyText: policyText({
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${name}/*`,
      }),
    },
  });
  const items = [
    source('one', 'logs'),
    source('two', 'logs'),
    source('three', 'closed'),
    source('four', 'elsewhere'),
    bucketWith('logs', grants('logs')),
    bucketItem('closed'),
  ];
  const annotations = [
    'logged: ',
    'logged: ',
    'undeliverable: .*, a bucket that does not let S3 write',
    'evidenceUnavailable: .* no record of bucket elsewhere is available',
  ].map((start) => expect.stringMatching(`^${start}`));

  it('is looked up when a bucket changes', async () => {
    for (const [index, item] of items.slice(0, 4).entries()) {
      const { handle, puts, calls } = await start(others, { items });
      await handle(changeEvent(RULE, item));
      expect(puts()[0]?.Evaluations).toMatchObject([{ Annotation: annotations[index] }]);
      expect(calls('BatchGetResourceConfig')).toHaveLength(1);
    }
  });

  it('is looked up once for all that log to it', async () => {
    const { handle, puts, calls } = await start(others, { items });
    await handle(scheduledEvent(RULE));
    const said = puts()[0]?.Evaluations.map(({ Annotation }) => Annotation);
    expect(said?.slice(0, 4)).toEqual(annotations);
    const asked = calls('BatchGetResourceConfig').map(({ input }) => input);
    expect(JSON.stringify(asked).match(/"logs"/g)).toHaveLength(2);
    expect(asked).toHaveLength(2);
  });
});

describe('a rule that needs no other resource', () => {
  it('asks for none', async () => {
    const { handle, operations } = await start(others);
    await handle(changeEvent('s3-tls-only', bucketItem("x' OR '1' = '1")));
    expect(operations()).toEqual(['PutEvaluations']);
  });
});

const ARN = 'arn:aws:kms:eu-central-1:111122223333';
const encryptedWith = (kmsMasterKeyID: string) =>
  bucketWith('secret', {
    ServerSideEncryptionConfiguration: {
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyID } }],
    },
  });
const alias = (AliasName: string, TargetKeyId: string, parts: Partial<EventItem> = {}) => ({
  ...resource('AWS::KMS::Alias', AliasName, { AliasName, TargetKeyId }),
  ...parts,
});

describe('a KMS alias', () => {
  const settings = { ...emptySettings, kms: { approvedKeys: [`${ARN}:key/1234`] } };
  it.each<[string, EventItem[], string]>([
    ['recorded', [alias('alias/data', '1234')], 'COMPLIANT approved'],
    ['of another key', [alias('alias/data', '9999')], 'NON_COMPLIANT notApproved'],
    ['not recorded', [alias('alias/other', '1234')], 'NON_COMPLIANT aliasUnresolved'],
    [
      'of the name in another Region',
      [alias('alias/data', '1234', { awsRegion: 'us-east-1' })],
      'NON_COMPLIANT aliasUnresolved',
    ],
    [
      'of the name in another account',
      [alias('alias/data', '1234', { awsAccountId: '999999999999' })],
      'NON_COMPLIANT aliasUnresolved',
    ],
  ])('%s decides which key it is', async (_, items, expected) => {
    for (const name of ['alias/data', `${ARN}:alias/data`]) {
      const bucket = encryptedWith(name);
      for (const event of [changeEvent(KEYS, bucket), scheduledEvent(KEYS)]) {
        const parts = { queries: queriesOver(items), items: [bucket] };
        const { handle, puts } = await startLambda(parts, { settings });
        await handle(event);
        const [evaluation] = puts()[0]?.Evaluations ?? [];
        const messageId = evaluation?.Annotation?.replace(/:.*/s, '');
        expect(`${evaluation?.ComplianceType} ${messageId}`).toBe(expected);
      }
    }
  });
});

describe('Block Public Access of the account', () => {
  const PUBLIC = 's3-no-public-access';
  const open = bucketWith('open', {
    BucketPolicy: {
      policyText: policyText({
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::open/*',
      }),
    },
    PublicAccessBlockConfiguration: null,
  });
  const flags = (restrictPublicBuckets: boolean, parts: Partial<EventItem> = {}) => ({
    ...resource('AWS::S3::AccountPublicAccessBlock', '111122223333', {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets,
    }),
    ...parts,
  });

  it.each<[string, EventItem[], string]>([
    ['that is on leaves what is public latent', [flags(true)], 'latent'],
    ['that is off leaves it public', [flags(false)], 'publicPolicy'],
    ['that nobody recorded counts as off', [], 'publicPolicy'],
    [
      'of another account does not count',
      [flags(true, { awsAccountId: '999999999999' })],
      'publicPolicy',
    ],
  ])('%s', async (_, items, expected) => {
    for (const event of [changeEvent(PUBLIC, open), scheduledEvent(PUBLIC)]) {
      const { handle, puts } = await start(items, { items: [open] });
      await handle(event);
      const [evaluation] = puts()[0]?.Evaluations ?? [];
      expect(evaluation?.Annotation).toMatch(new RegExp(`^${expected}: `));
    }
  });

  it('that may not be asked for is missing evidence', async () => {
    const { handle, puts, server } = await start([flags(true)]);
    server.fail('SelectResourceConfig', { name: 'AccessDeniedException', status: 400 });
    await handle(changeEvent(PUBLIC, open));
    expect(puts()[0]?.Evaluations).toMatchObject([
      {
        ComplianceType: 'NON_COMPLIANT',
        Annotation: expect.stringMatching(/^evidenceUnavailable: .*config:SelectResourceConfig/),
      },
    ]);
  });
});
