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
      letting({ AWS: 'arn:aws:iam::156460612806:root' }),
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
      letting({ AWS: 'arn:aws:iam::156460612806:role/x' }),
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

it('knows the accounts of load balancers that the CDK knows', () => {
  const known = RegionInfo.regions.flatMap(({ name, elbv2Account }) =>
    elbv2Account ? [[name, elbv2Account]] : [],
  );
  expect(loadBalancerAccounts).toEqual(Object.fromEntries(known));
});
