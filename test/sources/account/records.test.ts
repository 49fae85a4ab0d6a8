import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { facetOf } from '../../../src/facets/facet-of.ts';
import { facets } from '../../../src/facets/index.ts';
import type { FacetName } from '../../../src/facts/index.ts';
import { normalise } from '../../../src/records/normalise.ts';
import type { Services } from '../../../src/services/services.ts';
import { type Access, type Ask, accessTo } from '../../../src/sources/account/access.ts';
import { bucketRecord } from '../../../src/sources/account/bucket-record.ts';
import { collectors } from '../../../src/sources/account/resources.ts';
import { sections } from '../../../src/sources/account/sections.ts';
import { actionsFor, wantedBy } from '../../../src/sources/account/wanted.ts';
import { RecordedInventory } from '../../../src/sources/recorded-inventory.ts';
import { type Bench, startBench } from '../../contract-server/clients.ts';

const place = { account: '111122223333', region: 'eu-central-1' };
const at = '2026-06-15T00:00:00.000Z';
const listed = (name: string) => ({
  ...{ name, region: 'eu-central-1', owner: 'f00d' },
  created: new Date('2026-02-01T08:00:00Z'),
});

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

/** The record of a bucket, by the real SDK. */
async function recordOf(answers: Readonly<Record<string, string>>) {
  bench.state.buckets = { data: { sections: answers } };
  access ??= accessTo(
    {
      ...{ endpointUrl: bench.server.endpoint, region: 'eu-central-1' },
      ...{ onRequest: () => {}, concurrency: 1 },
    },
    async () => ({
      ...{ accessKeyId: 'x', secretAccessKey: 'x', sessionToken: 'x' },
      expiration: new Date('2100-01-01'),
    }),
  );
  return bucketRecord(access.ask, place, listed('data'), new Set(sections), () => at);
}
let access: Access | undefined;

describe('the record of a bucket is the one that AWS Config writes', () => {
  // Recorded by AWS: awslabs/aws-config-rdk, rdk/template/example_ci/AWS_S3_Bucket.json, with the default encryption of today.
  it('where nothing is set', async () => {
    expect(await recordOf({})).toEqual({
      relatedEvents: [],
      relationships: [],
      configuration: {
        name: 'data',
        owner: { displayName: null, id: 'f00d' },
        creationDate: '2026-02-01T08:00:00.000Z',
      },
      supplementaryConfiguration: {
        AccessControlList: {
          grantSet: null,
          grantList: [{ grantee: { id: 'f00d', displayName: null }, permission: 'FullControl' }],
          owner: { displayName: null, id: 'f00d' },
          isRequesterCharged: false,
        },
        BucketLoggingConfiguration: { destinationBucketName: null, logFilePrefix: null },
        BucketPolicy: { policyText: null },
        BucketVersioningConfiguration: { status: 'Off', isMfaDeleteEnabled: null },
        IsRequesterPaysEnabled: false,
        ServerSideEncryptionConfiguration: {
          rules: [
            {
              applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256', kmsMasterKeyID: null },
              bucketKeyEnabled: false,
            },
          ],
        },
      },
      tags: {},
      configurationItemVersion: '1.3',
      configurationItemCaptureTime: at,
      configurationStateId: Date.parse(at),
      awsAccountId: '111122223333',
      configurationItemStatus: 'OK',
      resourceType: 'AWS::S3::Bucket',
      resourceId: 'data',
      resourceName: 'data',
      ARN: 'arn:aws:s3:::data',
      awsRegion: 'eu-central-1',
      availabilityZone: 'Regional',
      configurationStateMd5Hash: '',
      resourceCreationTime: '2026-02-01T08:00:00.000Z',
    });
  });

  const rule = (inner: string) =>
    `<LifecycleConfiguration><Rule><ID>r</ID><Status>Enabled</Status>${inner}</Rule></LifecycleConfiguration>`;
  const lifecycle = (parts: object) => ({
    rules: [
      {
        ...{ id: 'r', prefix: null, status: 'Enabled', expirationInDays: -1, expirationDate: null },
        ...{ expiredObjectDeleteMarker: false, noncurrentVersionExpirationInDays: -1 },
        ...{ transitions: null, noncurrentVersionTransitions: null },
        abortIncompleteMultipartUpload: null,
        ...parts,
      },
    ],
  });
  const group = (uri: string) =>
    `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>http://acs.amazonaws.com/groups/${uri}</URI></Grantee><Permission>READ_ACP</Permission></Grant>`;
  it.each<[string, string, string, unknown]>([
    [
      'GetBucketLifecycleConfiguration',
      rule('<Filter/><Expiration><Days>3</Days></Expiration>'),
      'BucketLifecycleConfiguration',
      lifecycle({ filter: { predicate: null }, expirationInDays: 3 }),
    ],
    [
      'GetBucketLifecycleConfiguration',
      rule(
        '<Prefix>old/</Prefix><Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>',
      ),
      'BucketLifecycleConfiguration',
      lifecycle({ prefix: 'old/', expiredObjectDeleteMarker: true }),
    ],
    [
      'GetBucketLifecycleConfiguration',
      rule(
        '<Filter><Prefix>a/</Prefix></Filter><NoncurrentVersionExpiration><NoncurrentDays>30</NoncurrentDays><NewerNoncurrentVersions>2</NewerNoncurrentVersions></NoncurrentVersionExpiration>',
      ),
      'BucketLifecycleConfiguration',
      lifecycle({
        filter: { predicate: { type: 'LifecyclePrefixPredicate', prefix: 'a/' } },
        noncurrentVersionExpirationInDays: 30,
        noncurrentVersionExpiration: { noncurrentDays: 30, newerNoncurrentVersions: 2 },
      }),
    ],
    [
      'GetBucketLifecycleConfiguration',
      rule(
        '<Filter><And><Prefix>a/</Prefix><Tag><Key>k</Key><Value>v</Value></Tag><ObjectSizeGreaterThan>5</ObjectSizeGreaterThan></And></Filter><AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>',
      ),
      'BucketLifecycleConfiguration',
      lifecycle({
        filter: {
          predicate: {
            type: 'LifecycleAndOperator',
            operands: [
              { type: 'LifecyclePrefixPredicate', prefix: 'a/' },
              { type: 'LifecycleTagPredicate', tag: { key: 'k', value: 'v' } },
              { type: 'LifecycleObjectSizeGreaterThanPredicate', objectSizeGreaterThan: 5 },
            ],
          },
        },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      }),
    ],
    [
      'GetBucketLogging',
      '<BucketLoggingStatus><LoggingEnabled><TargetBucket>logs</TargetBucket><TargetPrefix>x/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>',
      'BucketLoggingConfiguration',
      { destinationBucketName: 'logs', logFilePrefix: 'x/' },
    ],
    [
      'GetBucketPolicy',
      '{"Version":"2012-10-17", "Statement":[]}',
      'BucketPolicy',
      { policyText: '{"Version":"2012-10-17", "Statement":[]}' },
    ],
    [
      'GetBucketVersioning',
      '<VersioningConfiguration><Status>Suspended</Status><MfaDelete>Enabled</MfaDelete></VersioningConfiguration>',
      'BucketVersioningConfiguration',
      { status: 'Suspended', isMfaDeleteEnabled: true },
    ],
    [
      'GetBucketTagging',
      '<Tagging><TagSet><Tag><Key>team</Key><Value></Value></Tag></TagSet></Tagging>',
      'BucketTaggingConfiguration',
      { tagSets: [{ tags: { team: '' } }] },
    ],
    [
      'GetBucketRequestPayment',
      '<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>',
      'IsRequesterPaysEnabled',
      true,
    ],
    [
      'GetObjectLockConfiguration',
      '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Years>2</Years></DefaultRetention></Rule></ObjectLockConfiguration>',
      'ObjectLockConfiguration',
      {
        objectLockEnabled: 'Enabled',
        rule: { defaultRetention: { mode: 'GOVERNANCE', days: null, years: 2 } },
      },
    ],
    [
      'GetBucketPublicAccessBlock',
      '<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>',
      'PublicAccessBlockConfiguration',
      {
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: false,
        restrictPublicBuckets: false,
      },
    ],
    [
      'GetBucketReplication',
      '<ReplicationConfiguration><Role>arn:aws:iam::111122223333:role/r</Role><Rule><ID>all</ID><Priority>1</Priority><Filter><Prefix></Prefix></Filter><Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::copy</Bucket><Account>444455556666</Account></Destination></Rule></ReplicationConfiguration>',
      'BucketReplicationConfiguration',
      {
        roleARN: 'arn:aws:iam::111122223333:role/r',
        rules: {
          all: {
            prefix: '',
            filter: null,
            status: 'Enabled',
            destinationConfig: {
              bucketARN: 'arn:aws:s3:::copy',
              storageClass: null,
              Account: '444455556666',
            },
          },
        },
      },
    ],
    [
      'GetBucketAcl',
      `<AccessControlPolicy><Owner><ID>f00d</ID></Owner><AccessControlList>${group('global/AllUsers')}${group('s3/LogDelivery')}${group('global/New')}</AccessControlList></AccessControlPolicy>`,
      'AccessControlList',
      {
        grantSet: null,
        grantList: [
          { grantee: 'AllUsers', permission: 'ReadAcp' },
          { grantee: 'LogDelivery', permission: 'ReadAcp' },
          {
            grantee: { id: 'http://acs.amazonaws.com/groups/global/New', displayName: null },
            permission: 'ReadAcp',
          },
        ],
        owner: { displayName: null, id: 'f00d' },
        isRequesterCharged: false,
      },
    ],
  ])('%s %#', async (operation, answer, key, expected) => {
    const record = await recordOf({ [operation]: answer });
    const written = JSON.parse(JSON.stringify(record['supplementaryConfiguration']));
    expect(written[key]).toEqual(expected);
  });

  it('an answer of another shape is not taken for none', async () => {
    const record = normalise(
      await recordOf({
        GetBucketLifecycleConfiguration: '<LifecycleConfiguration/>',
        GetBucketTagging: '<Tagging/>',
        GetBucketReplication: '<ReplicationConfiguration/>',
        GetBucketAcl: '<AccessControlPolicy/>',
      }),
    );
    for (const name of ['lifecycle', 'replication', 'acl'] as const)
      expect(
        facets.bucket[name].from === 'item' && facets.bucket[name].read(record),
        name,
      ).toHaveProperty('unavailable');
    const inventory = new RecordedInventory();
    const { tags } = facets.bucket;
    expect(tags.from === 'inventory' && tags.read(record, inventory)).toHaveProperty('unavailable');
  });
});

it('knows every section that a facet reads', async () => {
  const whole = normalise(await recordOf({}));
  for (const name of Object.keys(facets.bucket) as FacetName[]) {
    const read = new Set<string>();
    const supplementary = new Proxy(whole.supplementary ?? {}, {
      has: (target, key) => Reflect.has(target, key),
      getOwnPropertyDescriptor: (target, key) => {
        read.add(String(key));
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
      get: (target, key) => {
        read.add(String(key));
        return Reflect.get(target, key);
      },
    });
    const item = { ...whole, supplementary };
    const facet = facetOf('bucket', name);
    const services: Services = { ask: async () => ({}) as never };
    if (facet.from === 'item') facet.read(item);
    if (facet.from === 'inventory') facet.read(item, new RecordedInventory());
    if (facet.from === 'service') await facet.read(services, item).catch(() => {});
    const declared = sections
      .filter(({ facets: by }) => by.length === 0 || by.includes(name))
      .map(({ key }) => key);
    const known = [...read].filter((key) => sections.some((section) => section.key === key));
    expect(
      known.filter((key) => !declared.includes(key)),
      name,
    ).toEqual([]);
  }
});

describe('other records', () => {
  const asked = async (type: string, answers: Readonly<Record<string, object | Error>>) => {
    const ask = (async (operation: string) => {
      const answer = answers[operation];
      if (answer instanceof Error) throw answer;
      return answer;
    }) as unknown as Ask;
    const collector = collectors.find(({ types }) => types.includes(type));
    const records = (await collector?.records(ask, { ...place, concurrency: 1 }, () => at)) ?? [];
    return records.map((record) => ({ item: normalise(record), record }));
  };
  const named = (name: string) => Object.assign(new Error(name), { name });
  const flags = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };

  it('of an account whose flags were never set there is none', async () => {
    const error = named('NoSuchPublicAccessBlockConfiguration');
    expect(
      await asked('AWS::S3::AccountPublicAccessBlock', { GetAccountPublicAccessBlock: error }),
    ).toEqual([]);
    const set = { PublicAccessBlockConfiguration: flags };
    const [one] = await asked('AWS::S3::AccountPublicAccessBlock', {
      GetAccountPublicAccessBlock: set,
    });
    expect(one?.record).toMatchObject({
      resourceId: '111122223333',
      configuration: { blockPublicAcls: true },
    });
  });

  it('an access point whose settings are denied is there, without them', async () => {
    const { accessPointSettings } = facets.accessPoint;
    const list = {
      AccessPointList: [
        { Name: 'point', Bucket: 'b', NetworkOrigin: 'VPC', VpcConfiguration: { VpcId: 'vpc-1' } },
      ],
    };
    const read = async (answer: object | Error) => {
      const [one] = await asked('AWS::S3::AccessPoint', {
        ListAccessPoints: list,
        GetAccessPoint: answer,
      });
      return one && accessPointSettings.from === 'item' && accessPointSettings.read(one.item);
    };
    expect(await read({ PublicAccessBlockConfiguration: flags })).toMatchObject({
      value: { vpc: 'vpc-1' },
    });
    expect(await read(named('NoSuchThing'))).toMatchObject({
      unavailable: expect.stringContaining('NoSuchThing'),
    });
  });

  it('of IAM are those that identity policies are read from', async () => {
    const document = encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [] }));
    const found = await asked('AWS::IAM::User', {
      GetAccountAuthorizationDetails: {
        UserDetailList: [
          { UserName: 'ann', UserId: 'AIDA1', Arn: 'arn:aws:iam::111122223333:user/ann' },
        ],
        RoleDetailList: [
          {
            RoleName: 'r',
            RoleId: 'AROA1',
            Arn: 'arn:aws:iam::111122223333:role/r',
            RolePolicyList: [{ PolicyName: 'p', PolicyDocument: document }],
          },
        ],
        Policies: [
          {
            PolicyName: 'q',
            PolicyId: 'ANPA1',
            Arn: 'arn:aws:iam::111122223333:policy/q',
            AttachmentCount: 1,
            PolicyVersionList: [{ IsDefaultVersion: true, Document: document }],
          },
        ],
      },
    });
    const { identityPolicies, attachedAwsPolicies } = facets.iamPolicy;
    for (const { item } of found) {
      expect(identityPolicies.from === 'item' && identityPolicies.read(item)).toHaveProperty(
        'value',
      );
      expect(attachedAwsPolicies.from === 'item' && attachedAwsPolicies.read(item)).toEqual({
        value: [],
      });
    }
    expect(found.map(({ item }) => `${item.resourceType} ${item.resourceId}`)).toEqual([
      'AWS::IAM::User AIDA1',
      'AWS::IAM::Role AROA1',
      'AWS::IAM::Policy ANPA1',
    ]);
  });
});

describe('what rules need', () => {
  const bucketRules = rules.filter(({ id }) => id === 's3-tls-only');
  it('is no more than they read', () => {
    expect([...wantedBy(bucketRules).types]).toEqual(['AWS::S3::Bucket']);
    expect(actionsFor(bucketRules)).toEqual([
      's3:GetBucketLocation',
      's3:GetBucketPolicy',
      's3:GetBucketVersioning',
      's3:ListAllMyBuckets',
    ]);
  });

  it('only reads, and reads no objects', () => {
    for (const action of actionsFor(rules))
      expect(action).toMatch(/^[a-z0-9-]+:(Get|List|Describe|GenerateCredentialReport)(?!Object)/);
  });
});
