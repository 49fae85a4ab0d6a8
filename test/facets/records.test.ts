import { describe, expect, it } from 'vitest';
import { asked, readingFrom, SubjectGone } from '../../src/facets/asked.ts';
import { grantedTo } from '../../src/facets/bucket/context/log-grants.ts';
import { windowOf } from '../../src/facets/bucket/context/log-windows.ts';
import { namedBuckets, neighbourOf } from '../../src/facets/bucket/context/neighbours.ts';
import { fromAcl } from '../../src/facets/bucket/context/roles.ts';
import { recorded } from '../../src/facets/facet.ts';
import { facets } from '../../src/facets/index.ts';
import { recordsOf } from '../../src/facets/watching/management-events.ts';
import { parsePolicy } from '../../src/policy/language/document.ts';
import type { ConfigurationItem } from '../../src/records/configuration-item.ts';
import { unwrap } from '../../src/records/normalise.ts';
import { Refused } from '../../src/services/services.ts';
import { RecordedInventory } from '../../src/sources/recorded-inventory.ts';
import { Malformed } from '../../src/values/json.ts';
import { bucketItem } from '../contract-server/items.ts';
import { damaged, places, shapeOf, tells } from './damage.ts';

const item = (parts: Record<string, unknown> = {}, given: Partial<ConfigurationItem> = {}) => ({
  ...unwrap(bucketItem('data')),
  ...given,
  supplementary: { ...unwrap(bucketItem('data')).supplementary, ...parts },
});
const read = (name: keyof typeof facets.bucket, of: ConfigurationItem) => {
  const facet = facets.bucket[name];
  if (facet.from !== 'item' && facet.from !== 'inventory') throw new Error(name);
  return facet.read(of, new RecordedInventory());
};
const FLAGS = ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'];
const lock = (defaultRetention: object) => ({
  objectLockEnabled: 'Enabled',
  rule: { defaultRetention },
});
const sse = {
  applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyID: 'k' },
};
const grant = (grantee: unknown) => ({ grantee, permission: 'Read' });
const GROUP = 'http://acs.amazonaws.com/groups/s3/LogDelivery';
const operands = [
  { type: 'LifecyclePrefixPredicate', prefix: 'a/' },
  { type: 'LifecycleTagPredicate', tag: { key: 'a', value: 'b' } },
];
const lifecycleRule = {
  ...{ id: 'r', status: 'Enabled', expirationInDays: 30, expiredObjectDeleteMarker: false },
  expirationDate: '2030-01-01T00:00:00.000Z',
  noncurrentVersionExpiration: { noncurrentDays: 7, newerNoncurrentVersions: 2 },
  noncurrentVersionExpirationInDays: 7,
  abortIncompleteMultipartUpload: { daysAfterInitiation: 3 },
  ...{ prefix: null, filter: { predicate: { type: 'LifecycleAndOperator', operands } } },
};
const lifecycleRead = {
  ...{ id: 'r', enabled: true, prefix: 'a/', filter: 'several conditions', expirationDays: 30 },
  ...{ expirationDate: '2030-01-01T00:00:00.000Z', removesExpiredDeleteMarkers: false },
  ...{ noncurrentDays: 7, newerNoncurrentVersions: 2, abortIncompleteUploadDays: 3 },
};

/** Sections of the record of a bucket with all that AWS Config writes in them, and what they say. */
const sections: readonly (readonly [keyof typeof facets.bucket, string, unknown, unknown])[] = [
  [
    'acl',
    'AccessControlList',
    {
      owner: { id: 'o', displayName: null },
      grantList: [grant({ id: 'u' }), grant('AllUsers'), grant({ id: GROUP })],
      grantSet: [grant({ id: 'v' })],
    },
    {
      owner: 'o',
      grants: [
        { kind: 'canonicalUser', id: 'u' },
        { kind: 'group', name: 'AllUsers' },
        { kind: 'group', name: 'LogDelivery' },
        { kind: 'canonicalUser', id: 'v' },
      ].map((grantee) => ({ grantee, permission: 'Read' })),
    },
  ],
  [
    'encryption',
    'ServerSideEncryptionConfiguration',
    { rules: [{ ...sse, bucketKeyEnabled: true }] },
    { algorithm: 'aws:kms', key: 'k', bucketKey: true },
  ],
  ['lifecycle', 'BucketLifecycleConfiguration', { rules: [lifecycleRule] }, [lifecycleRead]],
  [
    'lifecycle',
    'BucketLifecycleConfiguration',
    { rules: [{ status: 'Disabled', prefix: 'a/', filter: null }] },
    [
      {
        ...{ ...lifecycleRead, id: '(no id)', enabled: false, filter: null, expirationDays: null },
        ...{ expirationDate: null, noncurrentDays: null, newerNoncurrentVersions: null },
        abortIncompleteUploadDays: null,
      },
    ],
  ],
  [
    'logging',
    'BucketLoggingConfiguration',
    { destinationBucketName: 'logs', logFilePrefix: 'a/' },
    { bucket: 'logs', prefix: 'a/' },
  ],
  [
    'objectLock',
    'ObjectLockConfiguration',
    lock({ mode: 'GOVERNANCE', days: 10, years: null }),
    { defaultRetention: { mode: 'GOVERNANCE', days: 10 } },
  ],
  [
    'objectLock',
    'ObjectLockConfiguration',
    lock({ mode: 'COMPLIANCE', years: 2 }),
    { defaultRetention: { mode: 'COMPLIANCE', days: 730 } },
  ],
  [
    'publicAccessBlock',
    'PublicAccessBlockConfiguration',
    Object.fromEntries(FLAGS.map((name, at) => [name, at % 2 === 0])),
    Object.fromEntries(FLAGS.map((name, at) => [name, at % 2 === 0])),
  ],
  [
    'replication',
    'BucketReplicationConfiguration',
    {
      rules: {
        one: {
          ...{ status: 'Enabled', prefix: 'a/' },
          destinationConfig: { bucketARN: 'arn:aws:s3:::copy', Account: '999988887777' },
        },
      },
    },
    [
      {
        ...{ id: 'one', enabled: true, destination: 'arn:aws:s3:::copy', narrowedTo: 'prefix a/' },
        account: '999988887777',
      },
    ],
  ],
  ['requesterPays', 'IsRequesterPaysEnabled', 'true', true],
  ['requesterPays', 'IsRequesterPaysEnabled', 'false', false],
  ['requesterPays', 'IsRequesterPaysEnabled', true, true],
  [
    'tags',
    'BucketTaggingConfiguration',
    { tagSets: [{ tags: { team: 'a', empty: '' } }, { tags: { b: 'c' } }] },
    new Map([
      ['team', 'a'],
      ['empty', ''],
      ['b', 'c'],
    ]),
  ],
  [
    'versioning',
    'BucketVersioningConfiguration',
    { status: 'Enabled', isMfaDeleteEnabled: true },
    { status: 'Enabled', mfaDelete: true },
  ],
];

it.each(
  sections,
)('%s is read from %s %j, and damage there is named', (name, key, section, value) => {
  const before = read(name, item({ [key]: section }));
  expect(before).toEqual({ value });
  const silent = new Set<string>();
  for (const path of places({ [key]: section })) {
    const supplementary = damaged(item({ [key]: section }).supplementary, path) as Record<
      string,
      unknown
    >;
    const reading = read(name, { ...item(), supplementary });
    const isNew = JSON.stringify(reading) !== JSON.stringify(before);
    if (isNew && !tells(reading, path)) silent.add(shapeOf(path).slice(key.length + 1));
  }
  expect([...silent]).toEqual([]);
});

const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const policy = { version: '2012-10-17', statements: [] };
const BLOCK = Object.fromEntries(FLAGS.map((name) => [name, true]));

/** The same for what stands in the configuration of other resources. */
type Configuration = [string, unknown, string, unknown, unknown, string[]?];
const configurations: Configuration[] = [
  [
    'identityPolicies',
    facets.iamPolicy.identityPolicies,
    'AWS::IAM::Group',
    { groupPolicyList: [{ policyName: 'p', policyDocument }] },
    [{ name: 'p', policy }],
    ['groupPolicyList.[].policyDocument'],
  ],
  [
    'identityPolicies',
    facets.iamPolicy.identityPolicies,
    'AWS::IAM::Role',
    {
      rolePolicyList: [{ policyName: 'p', policyDocument: [encodeURIComponent(policyDocument)] }],
    },
    [{ name: 'p', policy }],
    ['rolePolicyList.[].policyDocument', 'rolePolicyList.[].policyDocument.[]'],
  ],
  [
    'identityPolicies',
    facets.iamPolicy.identityPolicies,
    'AWS::IAM::Policy',
    {
      policyName: 'p',
      policyVersionList: [
        { isDefaultVersion: false, document: '{' },
        { isDefaultVersion: true, document: policyDocument },
      ],
    },
    [{ name: 'p', policy }],
    ['policyVersionList.[].document'],
  ],
  [
    'attachedAwsPolicies',
    facets.iamPolicy.attachedAwsPolicies,
    'AWS::IAM::User',
    {
      attachedManagedPolicies: [
        { policyArn: 'arn:aws:iam::aws:policy/service-role/Read', policyName: 'Read' },
        { policyArn: 'arn:aws:iam::111122223333:policy/Own', policyName: 'Own' },
      ],
    },
    ['Read'],
  ],
  [
    'boundaryOnly',
    facets.iamPolicy.boundaryOnly,
    'AWS::IAM::Policy',
    { attachmentCount: 0, permissionsBoundaryUsageCount: 2 },
    true,
  ],
  [
    'boundaryOnly',
    facets.iamPolicy.boundaryOnly,
    'AWS::IAM::Policy',
    { attachmentCount: 1, permissionsBoundaryUsageCount: 2 },
    false,
  ],
  [
    'permissionsBoundary',
    facets.iamPolicy.permissionsBoundary,
    'AWS::IAM::Role',
    { permissionsBoundary: { permissionsBoundaryArn: 'arn:aws:iam::aws:policy/B' } },
    'arn:aws:iam::aws:policy/B',
  ],
  [
    'accessPointArn',
    facets.accessPoint.accessPointArn,
    'AWS::S3::MultiRegionAccessPoint',
    { Alias: 'm.mrap' },
    'arn:aws:s3::111122223333:accesspoint/m.mrap',
  ],
  [
    'accessPointSettings',
    facets.accessPoint.accessPointSettings,
    'AWS::S3::AccessPoint',
    {
      ...{ NetworkOrigin: 'VPC', VpcConfiguration: { VpcId: 'vpc-1' } },
      PublicAccessBlockConfiguration: BLOCK,
    },
    { publicAccessBlock: BLOCK, vpc: 'vpc-1' },
    ['VpcConfiguration'],
  ],
];

it.each<Configuration>(
  configurations,
)('%s is read from the configuration of %s', (_, given, resourceType, configuration, value, quiet = []) => {
  const facet = given as typeof facets.iamPolicy.boundaryOnly;
  if (facet.from !== 'item') throw new Error('not from the item');
  const before = facet.read({ ...item(), resourceType, configuration });
  expect(before).toEqual({ value });
  const silent: string[] = [];
  for (const path of [[], ...places(configuration)]) {
    const reading = facet.read({
      ...item(),
      resourceType,
      configuration: damaged(configuration, path),
    });
    const isNew = JSON.stringify(reading) !== JSON.stringify(before);
    if (isNew && !tells(reading, path.length === 0 ? ['configuration'] : path))
      silent.push(shapeOf(path));
  }
  expect(silent).toEqual(quiet);
});

it.each<[keyof typeof facets.bucket, string, unknown]>([
  ['encryption', 'ServerSideEncryptionConfiguration', null],
  ['objectLock', 'ObjectLockConfiguration', null],
  ['objectLock', 'ObjectLockConfiguration', { objectLockEnabled: null }],
  ['publicAccessBlock', 'PublicAccessBlockConfiguration', null],
  ['policySha256', 'BucketPolicy', { policyText: null }],
])('%s is absent where %s is %j', (name, key, section) => {
  expect(read(name, item({ [key]: section }))).toEqual({ value: null });
});

it.each<[keyof typeof facets.bucket, string]>([
  ['lifecycle', 'BucketLifecycleConfiguration'],
  ['replication', 'BucketReplicationConfiguration'],
])('%s has no rules where %s is null', (name, key) => {
  expect(read(name, item({ [key]: null }))).toEqual({ value: [] });
});

it.each<[keyof typeof facets.bucket, Record<string, unknown>, string]>([
  [
    'acl',
    { AccessControlList: { owner: { id: 'o' } } },
    'AccessControlList.grantList is missing, expected a list or null',
  ],
  [
    'acl',
    { AccessControlList: { owner: { id: 'o' }, grantList: [grant(7)] } },
    'AccessControlList.grantList[0].grantee is 7, expected a canonical user or the name of a group',
  ],
  [
    'encryption',
    { ServerSideEncryptionConfiguration: { rules: [sse, sse] } },
    'ServerSideEncryptionConfiguration.rules is a list, expected a list of one rule',
  ],
  [
    'lifecycle',
    { BucketLifecycleConfiguration: { rules: [{ status: 'Enabled' }] } },
    'BucketLifecycleConfiguration.rules[0].filter is missing, expected a filter, or a prefix',
  ],
  [
    'lifecycle',
    { BucketLifecycleConfiguration: { rules: [{ status: 'Enabled', filter: {} }] } },
    'BucketLifecycleConfiguration.rules[0].filter is an object, expected a filter with a predicate',
  ],
  [
    'lifecycle',
    {
      BucketLifecycleConfiguration: {
        rules: [{ ...lifecycleRule, noncurrentVersionExpirationInDays: 8 }],
      },
    },
    'BucketLifecycleConfiguration.rules[0].noncurrentVersionExpirationInDays is 8, expected 7, as noncurrentDays is',
  ],
  [
    'lifecycle',
    { BucketLifecycleConfiguration: { rules: Array(1001).fill(lifecycleRule) } },
    'BucketLifecycleConfiguration.rules is a list, expected at most 1000 rules',
  ],
  [
    'logging',
    { BucketLoggingConfiguration: {} },
    'BucketLoggingConfiguration.destinationBucketName is missing, expected a text or null',
  ],
  [
    'objectLock',
    { ObjectLockConfiguration: lock({ mode: 'GOVERNANCE', days: 1, years: 1 }) },
    'ObjectLockConfiguration.rule.defaultRetention is an object, expected either days or years',
  ],
  [
    'objectLock',
    { ObjectLockConfiguration: lock({ mode: 'GOVERNANCE' }) },
    'ObjectLockConfiguration.rule.defaultRetention is null, expected days or years',
  ],
  [
    'policy',
    { BucketPolicy: {} },
    'BucketPolicy.policyText is missing, expected the policy or null',
  ],
  [
    'replication',
    { BucketReplicationConfiguration: { rules: {} } },
    'BucketReplicationConfiguration.rules is an object, expected at least one rule',
  ],
  [
    'requesterPays',
    { IsRequesterPaysEnabled: 'yes' },
    'IsRequesterPaysEnabled is "yes", expected true or false',
  ],
  [
    'tags',
    { BucketTaggingConfiguration: { tagSets: [{ tags: { a: 7 } }] } },
    'BucketTaggingConfiguration.tags is 7, expected a text',
  ],
  [
    'logTarget',
    { BucketLoggingConfiguration: { destinationBucketName: null } },
    'access logging is not enabled',
  ],
  [
    'logTarget',
    { BucketLoggingConfiguration: { destinationBucketName: 'logs' } },
    'no record of bucket logs is available',
  ],
])('%s is not read from %j', (name, parts, unavailable) => {
  expect(read(name, item(parts))).toEqual({ unavailable });
});

/** CloudTrail API reference, AdvancedFieldSelector; user guide, "Filtering management events". */
it.each<[object[], boolean, boolean]>([
  [[], true, true],
  [[{ Field: 'readOnly', Equals: ['true'] }], true, false],
  [[{ Field: 'readOnly', Equals: ['false'] }], false, true],
  [[{ Field: 'readOnly', Equals: ['true', 'false'] }], true, true],
  [[{ Field: 'readOnly', NotEquals: ['true'] }], false, false],
  [[{ Field: 'eventSource', Equals: ['s3.amazonaws.com'] }], true, true],
  [[{ Field: 'eventSource', Equals: ['kms.amazonaws.com'] }], false, false],
  [[{ Field: 'eventSource', NotEquals: ['s3.amazonaws.com'] }], false, false],
  [[{ Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }], true, true],
  [[{ Field: 'eventName', Equals: ['DeleteBucket'] }], false, false],
  [[{ Field: 'eventSource', StartsWith: ['s3'] }], false, false],
])('management events through %j are recorded: reads %s, writes %s', (fields, reads, writes) => {
  const management = { Field: 'eventCategory', Equals: ['Management'] };
  const selectors = { AdvancedEventSelectors: [{ FieldSelectors: [management, ...fields] }] };
  expect(recordsOf(selectors)).toEqual({ reads, writes });
  expect(recordsOf({ AdvancedEventSelectors: [{ FieldSelectors: fields }] })).toEqual({
    ...{ reads: false, writes: false },
  });
});

it.each<[object, boolean, boolean]>([
  [{}, true, true],
  [{ ReadWriteType: 'ReadOnly' }, true, false],
  [{ ReadWriteType: 'WriteOnly' }, false, true],
  [{ IncludeManagementEvents: false }, false, false],
  [{ ExcludeManagementEventSources: ['s3.amazonaws.com'] }, false, false],
  [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }, true, true],
])('management events through the basic selector %j are recorded: reads %s, writes %s', (selector, reads, writes) => {
  expect(recordsOf({ EventSelectors: [selector] })).toEqual({ reads, writes });
});

/** Amazon CloudFront Developer Guide, "Configure standard logging (legacy)": its account gets full control in the ACL. */
it.each<[unknown, string[]]>([
  [{ id: 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0' }, ['CloudFront']],
  ['LogDelivery', ['LogDelivery']],
  ['AllUsers', []],
  [{ id: 'f00d' }, []],
])('an ACL that lets %j write makes a role for %j', (grantee, names) => {
  const grants = ['FullControl', 'Write', 'Read'].map((permission) => ({ grantee, permission }));
  const AccessControlList = { owner: { id: 'o' }, grantList: grants };
  const roles = fromAcl(item({ AccessControlList }));
  const because = names.flatMap((name) => Array(2).fill(`its ACL allows ${name} to write`));
  expect('value' in roles && roles.value.map((role) => role.because)).toEqual(because);
});

/** What an advanced query writes: lists for maps of tags, and no key that is null. */
describe('a row of an advanced query', () => {
  const row = (parts: Record<string, unknown>, tags: unknown = []) =>
    item({ ...parts, BucketTaggingConfiguration: undefined }, { fromQuery: true, tags });
  it('has tags in a list', () => {
    expect(read('tags', row({}, [{ key: 'a', value: 'b' }]))).toEqual({
      value: new Map([['a', 'b']]),
    });
    expect(read('tags', row({}, [7]))).toEqual({ unavailable: 'tags[] is 7, expected an object' });
    expect(read('tags', row({}, [{ key: 1, value: 'b' }]))).toEqual({
      unavailable: 'tags[].key is 1, expected a text',
    });
    expect(read('tags', row({}, [{ key: 'a', value: 1 }]))).toEqual({
      unavailable: 'tags[].value is 1, expected a text',
    });
  });

  it('says by leaving a key out what a record says with null', () => {
    expect(read('logging', row({ BucketLoggingConfiguration: {} }))).toEqual({ value: null });
    expect(read('policy', row({ BucketPolicy: {} }))).toEqual({ value: null });
    expect(read('acl', row({ AccessControlList: { owner: { id: 'o' } } }))).toEqual({
      value: { owner: 'o', grants: [] },
    });
    const rules = [{ status: 'Enabled' }, { status: 'Enabled', filter: {} }];
    expect(read('lifecycle', row({ BucketLifecycleConfiguration: { rules } }))).toMatchObject({
      value: [
        { prefix: '', filter: null },
        { prefix: '', filter: null },
      ],
    });
    const filtered = [{ status: 'Enabled', filter: { other: 1 } }];
    expect(
      read('lifecycle', row({ BucketLifecycleConfiguration: { rules: filtered } })),
    ).toHaveProperty('unavailable');
  });

  it('is not taken for a record with the same section, nor the other way round', () => {
    const parts = { BucketLoggingConfiguration: {} };
    for (const isQuery of [false, true, false])
      expect('value' in read('logging', item(parts, { fromQuery: isQuery, tags: {} }))).toBe(
        isQuery,
      );
  });
});

describe('a section', () => {
  const reads: unknown[] = [];
  const facet = recorded('Section', (value) => {
    reads.push(value);
    return { value };
  });
  const whole = { BucketVersioningConfiguration: { status: 'Off' } };
  const of = (supplementary: Record<string, unknown> | null) =>
    facet.read({ ...item(), supplementary });

  it('that many records have is read once, and one that is long each time', () => {
    reads.length = 0;
    const short = of({ ...whole, Section: { a: 1 } });
    expect(of({ ...whole, Section: { a: 1 } })).toBe(short);
    expect(of({ ...whole, Section: { a: 2 } })).toEqual({ value: { value: { a: 2 } } });
    expect(of({ ...whole, Section: { a: 1 } })).toBe(short);
    expect(reads).toHaveLength(2);
    const text = 'x'.repeat(1998);
    expect(of({ ...whole, Section: text })).toBe(of({ ...whole, Section: text }));
    expect(of({ ...whole, Section: `${text}x` })).not.toBe(of({ ...whole, Section: `${text}x` }));
  });

  it('is absent from a whole record, and missing from one that is not', () => {
    expect(of(whole)).toEqual({ value: { value: undefined } });
    expect(of(whole)).toBe(of(whole));
    expect(of({ BucketVersioningConfiguration: 'Off' })).toEqual({
      unavailable:
        'the record is incomplete: it has neither Section nor BucketVersioningConfiguration',
    });
    expect(of(null)).toEqual({
      unavailable: 'supplementaryConfiguration is null, expected an object',
    });
    expect(of(Object.create({ Section: 1 }))).toHaveProperty('unavailable');
  });

  it('that a collection does not have says why, and which action it takes', () => {
    const unavailable = 'access was denied';
    expect(of({ Section: { unavailable, action: 's3:GetX' } })).toEqual({
      unavailable,
      action: 's3:GetX',
    });
    expect(of({ Section: { unavailable } })).toEqual({ unavailable });
    expect(of({ Section: { unavailable, action: 7 } })).toEqual({ unavailable });
    expect(of({ Section: { unavailable: 7 } })).toEqual({ value: { value: { unavailable: 7 } } });
    expect(of({ Section: 'text' })).toEqual({ value: { value: 'text' } });
  });
});

/** Error codes: Amazon S3 API reference, "Error responses"; AWS General Reference, "Common errors". */
describe('an error of a service', () => {
  const named = (name: string) => Object.assign(new Error('no'), { name });
  const facet = asked(['GetBucketOwnershipControls'], async (ask) =>
    ask('GetBucketOwnershipControls', { Bucket: 'data' }),
  );
  const fail = (error: unknown) => facet.read({ ask: () => Promise.reject(error) }, item());
  it.each([
    'NoSuchBucket',
    'NoSuchAccessPoint',
    'NoSuchMultiRegionAccessPoint',
  ])('%s says that the subject is gone', async (name) => {
    const error = named(name);
    await expect(fail(error)).rejects.toEqual(new SubjectGone(name, { cause: error }));
    await expect(fail(error)).rejects.toBeInstanceOf(SubjectGone);
    await expect(readingFrom(() => Promise.reject(error))).rejects.toBe(error);
  });

  it.each([
    'ThrottlingException',
    'SlowDown',
    'InternalError',
  ])('%s is thrown, for another try', async (name) => {
    const error = named(name);
    await expect(fail(error)).rejects.toBe(error);
    await expect(readingFrom(() => Promise.reject(error))).rejects.toBe(error);
  });

  it('that is no error is thrown as well', async () => {
    await expect(fail('odd')).rejects.toBe('odd');
  });

  it('is missing evidence where no other try helps', async () => {
    await expect(fail(named('OptInRequired'))).resolves.toHaveProperty('unavailable');
    await expect(fail(new Refused('access was denied', 's3:GetX'))).resolves.toEqual({
      ...{ unavailable: 'access was denied', action: 's3:GetX' },
    });
    await expect(fail(new Refused('nobody asked'))).resolves.toEqual({
      unavailable: 'nobody asked',
    });
    await expect(fail(new Malformed('x is 7'))).resolves.toEqual({ unavailable: 'x is 7' });
    const codes = new Set(['TrailNotFoundException']);
    const [known] = [...codes];
    await expect(readingFrom(() => Promise.reject(named(`${known}`)), codes)).resolves.toEqual({
      unavailable: 'the service answered TrailNotFoundException',
    });
  });

  it('is asked for where the subject is, and of IAM for all Regions', async () => {
    const regions: string[] = [];
    const ask = async (_: unknown, __: unknown, region: string) => {
      regions.push(region);
      return {} as never;
    };
    await facet.read({ ask }, item());
    const ofIam = asked(['GenerateCredentialReport'], (question) =>
      question('GenerateCredentialReport', {}),
    );
    await ofIam.read({ ask }, item());
    expect(regions).toEqual(['eu-central-1', 'global']);
  });
});

describe('neighbours', () => {
  const parts = {
    BucketLoggingConfiguration: { destinationBucketName: 'logs', logFilePrefix: null },
    BucketReplicationConfiguration: {
      rules: Object.fromEntries(
        ['Enabled', 'Disabled'].map((status) => [
          status,
          { status, destinationConfig: { bucketARN: `arn:aws:s3:::to-${status}` } },
        ]),
      ),
    },
  };
  it('are those that are named', () => {
    expect(namedBuckets(item(parts))).toEqual(['logs', 'to-Enabled']);
    expect(namedBuckets(item(parts), ['logTarget'])).toEqual(['logs']);
    expect(namedBuckets(item(parts), ['replicaBuckets'])).toEqual(['to-Enabled']);
    expect(namedBuckets(item(parts), [])).toEqual([]);
    expect(namedBuckets(item())).toEqual([]);
    expect(namedBuckets(item({ BucketReplicationConfiguration: 7 }))).toEqual([]);
    expect(namedBuckets(item(parts, { resourceType: 'AWS::S3::AccessPoint' }))).toEqual([]);
  });

  it.each<[ConfigurationItem['status'], boolean, object]>([
    ['OK', true, { value: expect.anything() }],
    ['ResourceDiscovered', true, { value: expect.anything() }],
    ['ResourceDeleted', false, { value: null }],
    ['ResourceDeletedNotRecorded', false, { value: null }],
    ['ResourceNotRecorded', false, { unavailable: 'its target is not recorded' }],
  ])('with status %s are there: %s', (status, isThere, settings) => {
    expect(neighbourOf(item({}, { status }))).toMatchObject({ isThere, settings });
  });

  it('of one name are one object for all that log there', () => {
    const inventory = new RecordedInventory();
    inventory.add(item(parts));
    inventory.meet(unwrap(bucketItem('logs')));
    const facet = facets.bucket.logTarget;
    if (facet.from !== 'inventory') throw new Error('logTarget');
    const target = facet.read(item(parts), inventory);
    expect(target).toMatchObject({ value: { account: '111122223333', region: 'eu-central-1' } });
    expect(facet.read(item(parts), inventory)).toBe(target);
  });
});

describe('a policy that lets logs in', () => {
  const allow = (Condition?: object) => ({
    ...{ Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' } },
    ...{ Action: 's3:PutObject', Resource: 'arn:aws:s3:::data/logs/*' },
    ...(Condition ? { Condition } : {}),
  });
  const rolesOf = (...Statement: object[]) =>
    grantedTo(parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement })), item());
  const until = { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } };
  const window = { from: null, until: '2027-01-01T00:00:00.000Z' };
  it('does so for ever, unless all its statements end', () => {
    expect(rolesOf(allow())).toEqual([
      {
        ...{ role: 'access-log-target', isOnlyGranted: true, places: ['logs/'] },
        because: 'its policy allows logging.s3.amazonaws.com to write',
      },
    ]);
    expect(rolesOf(allow(until))).toMatchObject([{ windows: [window] }]);
    expect(rolesOf(allow(until), allow())[0]).not.toHaveProperty('windows');
    expect(rolesOf(allow(until), allow(until))).toMatchObject([{ windows: [window, window] }]);
  });

  /** IAM User Guide, "Date condition operators". */
  it.each<[object, string | null, string | null]>([
    [{ DateLessThan: { 'aws:CurrentTime': ['2027-01-01', '2028-01-01'] } }, null, '2028'],
    [{ DateGreaterThanEquals: { 'aws:CurrentTime': ['2028-01-01', '2027-01-01'] } }, '2027', null],
    [{ NumericLessThan: { 'aws:EpochTime': '1798761600' } }, null, '2027'],
    [{ DateEquals: { 'aws:CurrentTime': '2027-01-01' } }, '2027', '2027'],
    [
      {
        DateLessThan: { 'aws:CurrentTime': '2028-01-01' },
        DateLessThanEquals: { 'aws:CurrentTime': '2027-01-01' },
      },
      null,
      '2027',
    ],
    [
      {
        DateGreaterThan: { 'aws:CurrentTime': '2027-01-01' },
        DateGreaterThanEquals: { 'aws:CurrentTime': '2028-01-01' },
      },
      '2028',
      null,
    ],
    [
      {
        DateGreaterThan: { 'aws:CurrentTime': '2028-01-01' },
        DateGreaterThanEquals: { 'aws:CurrentTime': '2027-01-01' },
      },
      '2028',
      null,
    ],
    [{ DateNotEquals: { 'aws:CurrentTime': '2027-01-01' } }, null, null],
    [{ DateBefore: { 'aws:CurrentTime': '2027-01-01' } }, null, null],
    [{ DateLessThan: { 'aws:CurrentTime': ['2027-01-01', 'soon'] } }, null, null],
    [{ DateLessThan: { 'aws:CurrentTime': [{}] } }, null, null],
    [{ DateLessThan: { 'aws:TokenIssueTime': '2027-01-01' } }, null, null],
  ])('ends by %j', (Condition, from, end) => {
    const statement = parsePolicy(
      JSON.stringify({ Version: '2012-10-17', Statement: allow(Condition) }),
    ).statements[0];
    const time = (year: string | null) => year && `${year}-01-01T00:00:00.000Z`;
    expect(statement && windowOf(statement)).toEqual({ from: time(from), until: time(end) });
  });
});
