import { RegionInfo } from 'aws-cdk-lib/region-info';
import { describe, expect, it } from 'vitest';
import { roles } from '../../src/facets/bucket/context/roles.ts';
import { loadBalancerAccounts } from '../../src/facts/log-deliverers.ts';
import { unwrap } from '../../src/records/normalise.ts';
import { RecordedInventory } from '../../src/sources/recorded-inventory.ts';
import { bucketItem } from '../contract-server/items.ts';
import { bucketWith, policyText } from '../lambda/world.ts';

const letting = (Principal: object | string, change: object = {}) => ({
  BucketPolicy: {
    policyText: policyText({
      Effect: 'Allow',
      Principal,
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::logs/*',
      ...change,
    }),
  },
});
const service = (Service: string) => letting({ Service });
const grantTo = (grantee: unknown, permission = 'FullControl') => ({
  AccessControlList: { owner: { id: 'f00d' }, grantList: [{ grantee, permission }] },
});

function rolesOf(change: object, inventory = new RecordedInventory()) {
  const reading = roles.read(unwrap(bucketWith('logs', { ...change })), inventory);
  return 'value' in reading ? reading.value : reading;
}

describe('a bucket is for logs if its policy or ACL allows', () => {
  it.each<[string, object, string]>([
    ['S3', service('logging.s3.amazonaws.com'), 'access-log-target'],
    ['CloudTrail', service('cloudtrail.amazonaws.com'), 'trail-target'],
    ['AWS Config in China', service('config.amazonaws.com.cn'), 'config-delivery'],
    [
      'load balancers',
      service('logdelivery.elasticloadbalancing.amazonaws.com'),
      'load-balancer-logs',
    ],
    [
      'the account of load balancers',
      letting({ AWS: 'arn:aws:iam::054676820928:root' }),
      'load-balancer-logs',
    ],
    ['flow logs or AWS WAF', service('delivery.logs.amazonaws.com'), 'vended-logs'],
    ['CloudWatch exports', service('logs.eu-west-1.amazonaws.com'), 'exported-logs'],
    ['Redshift', service('redshift.amazonaws.com'), 'redshift-logs'],
    ['GuardDuty', service('guardduty.amazonaws.com'), 'guardduty-findings'],
    [
      'GuardDuty in an opt-in Region',
      service('guardduty.eu-south-1.amazonaws.com'),
      'guardduty-findings',
    ],
    [
      'all writes by a wildcard',
      letting({ Service: 'cloudtrail.amazonaws.com' }, { Action: 's3:*' }),
      'trail-target',
    ],
    [
      'everyone who is a log service',
      letting('*', {
        Condition: { StringEquals: { 'aws:PrincipalServiceName': 'delivery.logs.amazonaws.com' } },
      }),
      'vended-logs',
    ],
    [
      'all accounts, and asks for a log service by its names',
      letting(
        { AWS: '*' },
        {
          Condition: {
            'ForAnyValue:StringEquals': {
              'aws:PrincipalServiceNamesList': ['cloudtrail.amazonaws.com'],
            },
          },
        },
      ),
      'trail-target',
    ],
    [
      'load balancers on an Outpost',
      service('logdelivery.elb.amazonaws.com'),
      'load-balancer-logs',
    ],
    ['LogDelivery', grantTo('LogDelivery', 'Write'), 'access-log-target'],
    [
      'CloudFront',
      grantTo({ id: 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0' }),
      'cloudfront-logs',
    ],
  ])('%s to write', (_, change, role) => {
    expect(rolesOf(change)).toMatchObject([{ role, isOnlyGranted: true }]);
  });

  it.each<[string, object]>([
    ['a service that delivers no logs', service('lambda.amazonaws.com')],
    ['a service with a longer name', service('xlogs.eu-west-1.amazonaws.com')],
    ['a part of a service that is no Region', service('logs.example.amazonaws.com')],
    [
      'a log service to read',
      letting({ Service: 'cloudtrail.amazonaws.com' }, { Action: 's3:GetBucketAcl' }),
    ],
    [
      'a log service to write to another bucket',
      letting({ Service: 'cloudtrail.amazonaws.com' }, { Resource: 'arn:aws:s3:::others/*' }),
    ],
    [
      'a log service under conditions that are never true',
      letting(
        { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        {
          Condition: {
            StringEquals: { 'aws:SourceAccount': '111122223333' },
            StringNotEquals: { 'aws:SourceAccount': '111122223333' },
          },
        },
      ),
    ],
    [
      'a log service that it also denies',
      {
        BucketPolicy: {
          policyText: policyText(
            {
              Effect: 'Allow',
              Principal: { Service: 'redshift.amazonaws.com' },
              Action: 's3:PutObject',
              Resource: '*',
            },
            { Effect: 'Deny', Principal: '*', Action: 's3:Put*', Resource: 'arn:aws:s3:::logs/*' },
          ),
        },
      },
    ],
    [
      'the account of load balancers in another Region',
      letting({ AWS: 'arn:aws:iam::156460612806:root' }),
    ],
    [
      'the account of load balancers, under a condition that is never true',
      letting(
        { AWS: '054676820928' },
        { Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } },
      ),
    ],
    [
      'a log service, and denies all services',
      {
        BucketPolicy: {
          policyText: policyText(
            {
              Effect: 'Allow',
              Principal: { Service: 'redshift.amazonaws.com' },
              Action: 's3:PutObject',
              Resource: '*',
            },
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: '*',
              Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
            },
          ),
        },
      },
    ],
    ['everyone', letting({ AWS: '*' })],
    [
      'everyone but a log service',
      letting('*', {
        Condition: { StringNotEquals: { 'aws:PrincipalServiceName': 'cloudtrail.amazonaws.com' } },
      }),
    ],
    ['another account', letting({ AWS: '999988887777' })],
    [
      'a role in the account of load balancers',
      letting({ AWS: 'arn:aws:iam::054676820928:role/x' }),
    ],
    [
      'a log service to write, by a Deny',
      letting({ Service: 'cloudtrail.amazonaws.com' }, { Effect: 'Deny' }),
    ],
    ['LogDelivery to read', grantTo('LogDelivery', 'Read')],
    ['another canonical user', grantTo({ id: 'beef' })],
  ])('not %s', (_, change) => {
    expect(rolesOf(change)).toEqual([]);
  });
});

describe('the time that a policy gives a log service', () => {
  const elb = (Condition: object) =>
    letting({ Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }, { Condition });
  const day = (date: string) => `${date}T00:00:00.000Z`;

  it.each<[string, object, object | undefined]>([
    ['none', {}, undefined],
    [
      'of another key',
      { DateLessThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:00Z' } },
      undefined,
    ],
    ['that is no time', { DateLessThan: { 'aws:CurrentTime': 'soon' } }, undefined],
    ['that is a list', { DateLessThan: { 'aws:CurrentTime': [null, '2020-01-01'] } }, undefined],
    ['that it excludes', { DateNotEquals: { 'aws:CurrentTime': '2020-01-01' } }, undefined],
    [
      'an end',
      { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } },
      { from: null, until: day('2020-01-01') },
    ],
    [
      'an end in another time zone',
      { DateLessThan: { 'aws:CurrentTime': '2020-01-01T01:00:00+01:00' } },
      { from: null, until: day('2020-01-01') },
    ],
    [
      'an end in seconds',
      { NumericLessThanEquals: { 'aws:EpochTime': '1577836800' } },
      { from: null, until: day('2020-01-01') },
    ],
    [
      'a number of seconds',
      { DateLessThanIfExists: { 'aws:EpochTime': 1577836800 } },
      { from: null, until: day('2020-01-01') },
    ],
    [
      'an end for any of the values, of which there is one',
      { 'ForAnyValue:DateLessThan': { 'aws:CurrentTime': '2020-01-01' } },
      { from: null, until: day('2020-01-01') },
    ],
    [
      'an end for all values',
      { 'ForAllValues:DateLessThanIfExists': { 'aws:CurrentTime': '2020-01-01' } },
      { from: null, until: day('2020-01-01') },
    ],
    [
      'a beginning',
      { DateGreaterThanEquals: { 'AWS:currenttime': '2030-01-01' } },
      { from: day('2030-01-01'), until: null },
    ],
    [
      'one day',
      { DateEquals: { 'aws:CurrentTime': '2030-01-01' } },
      { from: day('2030-01-01'), until: day('2030-01-01') },
    ],
    [
      'the later of two ends in one condition',
      { DateLessThan: { 'aws:CurrentTime': ['2022-01-01', '2020-01-01'] } },
      { from: null, until: day('2022-01-01') },
    ],
    [
      'the sooner of two ends in two conditions',
      {
        DateLessThan: { 'aws:CurrentTime': '2022-01-01' },
        NumericLessThan: { 'aws:EpochTime': '1577836800' },
      },
      { from: null, until: day('2020-01-01') },
    ],
    [
      'a beginning and an end',
      {
        DateGreaterThan: { 'aws:CurrentTime': ['2022-01-01', '2021-01-01'] },
        DateLessThan: { 'aws:CurrentTime': '2023-01-01' },
      },
      { from: day('2021-01-01'), until: day('2023-01-01') },
    ],
  ])('%s', (_, condition, window) => {
    const [role] = rolesOf(elb(condition)) as readonly { readonly windows?: readonly object[] }[];
    expect(role?.windows).toEqual(window === undefined ? undefined : [window]);
  });
});

describe('what keeps recorded logs out', () => {
  const from = (prefix: string) => {
    const inventory = new RecordedInventory();
    const logging = { destinationBucketName: 'logs', logFilePrefix: prefix };
    inventory.add(
      unwrap(
        bucketItem('data', { supplementaryConfiguration: { BucketLoggingConfiguration: logging } }),
      ),
    );
    return inventory;
  };
  const denying = (change: object) =>
    letting('*', { Effect: 'Deny', Resource: 'arn:aws:s3:::logs/*', ...change });
  const ifKey = (operator: string, key: string, value: string) =>
    denying({ Condition: { [operator]: { [key]: value } } });
  const denial = 'a denial (statement #1)';

  it.each<[string, object, string | undefined]>([
    ['nothing', {}, undefined],
    [
      'Object Lock',
      { ObjectLockConfiguration: { objectLockEnabled: 'Enabled', rule: null } },
      'Object Lock',
    ],
    ['Requester Pays', { IsRequesterPaysEnabled: true }, 'Requester Pays'],
    ['a denial of everything', denying({ Action: 's3:*' }), denial],
    ['a denial below the prefix', denying({ Resource: 'arn:aws:s3:::logs/data/*' }), denial],
    ['not one below another', denying({ Resource: 'arn:aws:s3:::logs/other/*' }), undefined],
    ['not one of reading', denying({ Action: 's3:GetObject' }), undefined],
    ['not one of plain HTTP', ifKey('Bool', 'aws:SecureTransport', 'false'), undefined],
    ['not one of a source', ifKey('StringEquals', 'aws:SourceAccount', '111122223333'), undefined],
    ['a denial of services', ifKey('Bool', 'aws:PrincipalIsAWSService', 'true'), denial],
    [
      'not one that spares services',
      ifKey('Bool', 'aws:PrincipalIsAWSService', 'false'),
      undefined,
    ],
    [
      'a denial outside the organization',
      ifKey('StringNotEquals', 'aws:PrincipalOrgID', 'o-exampleorg1'),
      denial,
    ],
    [
      'a denial of all but a role',
      ifKey('StringNotLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/writer'),
      denial,
    ],
    ['a denial of other accounts', ifKey('StringNotEquals', 'aws:PrincipalAccount', '1'), denial],
    ['a denial outside a VPC', ifKey('StringNotEquals', 'aws:SourceVpc', 'vpc-1'), denial],
    ['not one of a role', ifKey('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/x'), undefined],
    [
      'one that is true of what is in none',
      ifKey('StringNotEqualsIfExists', 'aws:PrincipalOrgID', 'o-exampleorg1'),
      denial,
    ],
    [
      'not one that spares services',
      denying({
        Condition: {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorg1' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      }),
      undefined,
    ],
    [
      'not the encryption, which has rules of its own',
      {
        ServerSideEncryptionConfiguration: {
          rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms' } }],
        },
      },
      undefined,
    ],
  ])('%s', (_, change, obstacle) => {
    const [role] = rolesOf(change, from('data/')) as readonly { readonly stoppedBy?: string }[];
    expect(role).toMatchObject({ role: 'access-log-target', because: 'bucket data logs to it' });
    expect(role?.stoppedBy).toBe(obstacle);
  });

  it('is not known while a part of the record cannot be read', () => {
    expect(rolesOf({ IsRequesterPaysEnabled: 'perhaps' }, from('data/'))).toHaveProperty(
      'unavailable',
    );
    expect(rolesOf({ IsRequesterPaysEnabled: 'perhaps' })).toEqual([]);
  });
});

it.each<[string, readonly string[], readonly string[]]>([
  ['every key', ['*'], ['org/AWSLogs/']],
  ['the same prefix', ['org/AWSLogs/111122223333/*'], ['org/AWSLogs/']],
  ['a prefix above', ['org/*'], ['org/AWSLogs/']],
  ['any prefix', ['*/AWSLogs/*'], ['org/AWSLogs/']],
  [
    'another prefix',
    ['org/AWSLogs/*', 'other/AWSLogs/444455556666/*'],
    ['org/AWSLogs/', 'other/AWSLogs/444455556666/'],
  ],
  ['another object', ['other'], ['org/AWSLogs/', 'other']],
])('a trail writes to org/, and the policy lets CloudTrail write %s', (_, keys, prefixes) => {
  const inventory = new RecordedInventory();
  const configuration = { name: 'main', s3BucketName: 'logs', s3KeyPrefix: 'org' };
  inventory.add(
    unwrap(bucketItem('main', { resourceType: 'AWS::CloudTrail::Trail', configuration })),
  );
  const change = letting(
    { Service: 'cloudtrail.amazonaws.com' },
    { Resource: keys.map((key) => `arn:aws:s3:::logs/${key}`) },
  );
  expect(rolesOf(change, inventory)).toMatchObject([{ role: 'trail-target', prefixes }]);
});

it('gets logs from itself, which is no excuse, unless others send some too', () => {
  const inventory = new RecordedInventory();
  const logging = (prefix: string) => ({
    supplementaryConfiguration: {
      BucketLoggingConfiguration: { destinationBucketName: 'logs', logFilePrefix: prefix },
    },
  });
  inventory.add(unwrap(bucketItem('logs', logging('own/'))));
  expect(rolesOf({}, inventory)).toMatchObject([{ isOnlyGranted: true, prefixes: ['own/'] }]);
  inventory.add(unwrap(bucketItem('data', logging('data/'))));
  const [role, ...more] = rolesOf({}, inventory) as readonly object[];
  expect(role).toEqual({
    role: 'access-log-target',
    because: 'bucket data logs to it',
    prefixes: ['data/', 'own/'],
  });
  expect(more).toEqual([]);
});

it('is for logs because of another resource, if both say so', () => {
  const inventory = new RecordedInventory();
  const configuration = { name: 'main', s3BucketName: 'logs' };
  inventory.add(
    unwrap(bucketItem('main', { resourceType: 'AWS::CloudTrail::Trail', configuration })),
  );
  expect(rolesOf(service('cloudtrail.amazonaws.com'), inventory)).toMatchObject([
    { role: 'trail-target', because: 'trail main writes to it', prefixes: [expect.any(String)] },
  ]);
});

/** A service can write no other keys than a policy names, so a policy with nothing else says where logs arrive. */
describe('logs that only the policy speaks of arrive', () => {
  const at = (...keys: readonly string[]) => ({
    Resource: keys.map((key) => `arn:aws:s3:::logs${key}`),
  });
  const flow = { Service: 'delivery.logs.amazonaws.com' };
  it.each<[string, object, readonly string[] | undefined]>([
    ['anywhere', at('/*'), undefined],
    ['in a folder', at('/AWSLogs/*'), ['AWSLogs/']],
    ['in two', at('/AWSLogs/1/*', '/flow/*'), ['AWSLogs/1/', 'flow/']],
    ['in one within the other', at('/a/*', '/a/b/*'), ['a/']],
    ['in a folder of a bucket that may be looked at', at('', '/a/*'), ['a/']],
    ['where a wildcard begins', at('/a?c/*'), ['a']],
    ['in a folder and anywhere', at('/a/*', '*'), undefined],
    [
      'in a folder, and in buckets by a pattern',
      { Resource: [...at('/a/*').Resource, 'arn:aws:s3:::log*'] },
      undefined,
    ],
    ['outside a folder', { Resource: undefined, NotResource: 'arn:aws:s3:::logs/a/*' }, undefined],
    ['in a folder for each account', at(`/\${aws:SourceAccount}/*`), undefined],
  ])('%s', (_, resource, prefixes) => {
    const [role] = rolesOf(letting(flow, resource)) as readonly { prefixes?: unknown }[];
    expect(role?.prefixes).toEqual(prefixes);
  });

  it('under the keys of each statement', () => {
    const statement = (key: string, Principal: object) => ({
      ...{ Effect: 'Allow', Principal, Action: 's3:PutObject' },
      Resource: `arn:aws:s3:::logs/${key}`,
    });
    const [a, b] = [
      statement('a/*', flow),
      statement('b/*', { Service: ['delivery.logs.amazonaws.com'] }),
    ];
    const change = { BucketPolicy: { policyText: policyText(a, b) } };
    expect(rolesOf(change)).toMatchObject([{ role: 'vended-logs', prefixes: ['a/', 'b/'] }]);
  });

  it('anywhere, if the ACL lets them be written as well', () => {
    const change = {
      ...letting({ Service: 'logging.s3.amazonaws.com' }, at('/a/*')),
      ...grantTo('LogDelivery'),
    };
    const [role] = rolesOf(change) as readonly { prefixes?: unknown }[];
    expect(role?.prefixes).toBeUndefined();
  });
});

it('knows the accounts of load balancers that the CDK knows', () => {
  const known = RegionInfo.regions.flatMap(({ name, elbv2Account }) =>
    elbv2Account ? [[name, elbv2Account]] : [],
  );
  expect(loadBalancerAccounts).toEqual(Object.fromEntries(known));
});
