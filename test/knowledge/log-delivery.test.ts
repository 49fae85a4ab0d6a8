import { describe, expect, it } from 'vitest';
import { EvidenceUnavailable } from '../../src/engine/subject.ts';
import { whyUndelivered } from '../../src/knowledge/buckets/log-delivery.ts';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { bucket } from '../describe-rule.ts';

const { account, region, arn } = bucket;
const ORGANIZATION = { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' };
const OFFICE = '192.0.2.0/24';
const VPC = `arn:aws:ec2:${region}:${account}:vpc/vpc-0a1b2c3d`;
const PLACE = { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' };
const policy = (...Statement: object[]) => ({ value: parsePolicy(JSON.stringify({ Statement })) });
const write = (change: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: 'logging.s3.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::logs/*',
  ...change,
});
const deny = (change: object = {}) => write({ Effect: 'Deny', Principal: '*', ...change });
const when = (operator: string, keys: object) => ({ Condition: { [operator]: keys } });
const unless = (keys: object) => when('StringNotEquals', keys);

const SETTINGS = {
  encryption: null,
  objectLock: null,
  requesterPays: false,
  policy: policy(write()),
  aclAdmitsS3: { value: false },
};
const why = (settings: object, prefix = 'example/') =>
  whyUndelivered({ account, region, settings: { ...SETTINGS, ...settings } }, bucket, {
    bucket: 'logs',
    prefix,
  });

/** Amazon S3 User Guide, "Enabling Amazon S3 server access logging" and "Troubleshoot server access logging". */
describe('S3 delivers no access logs to a bucket', () => {
  it.each<[string, object, string]>([
    ['SSE-KMS', { encryption: { algorithm: 'aws:kms', key: null, bucketKey: false } }, 'aws:kms'],
    [
      'dual-layer SSE-KMS',
      { encryption: { algorithm: 'aws:kms:dsse', key: null, bucketKey: false } },
      'aws:kms:dsse',
    ],
    ['Object Lock and no retention', { objectLock: { defaultRetention: null } }, 'Object Lock'],
    [
      'a default retention',
      { objectLock: { defaultRetention: { mode: 'GOVERNANCE', days: 1 } } },
      'Object Lock',
    ],
    ['Requester Pays', { requesterPays: true }, 'Requester Pays'],
  ])('with %s', (_, settings, obstacle) => {
    expect(why(settings)).toBe(`with ${obstacle}`);
  });

  it.each<[string, object[]]>([
    ['another bucket', [write({ Resource: 'arn:aws:s3:::others/*' })]],
    ['the bucket, not its objects', [write({ Resource: 'arn:aws:s3:::logs' })]],
    ['another prefix', [write({ Resource: 'arn:aws:s3:::logs/other/*' })]],
    [
      'all but the prefix',
      [write({ Resource: undefined, NotResource: 'arn:aws:s3:::logs/exam*' })],
    ],
    ['another service', [write({ Principal: { Service: 'cloudtrail.amazonaws.com' } })]],
    ['an account', [write({ Principal: { AWS: account } })]],
    ['reading', [write({ Action: 's3:Get*' })]],
    ['all but writing', [write({ Action: undefined, NotAction: 's3:Put*' })]],
    [
      'the logs of another account',
      [write(when('StringEquals', { 'aws:SourceAccount': '999988887777' }))],
    ],
    [
      'the logs of another bucket',
      [write(when('ArnLike', { 'aws:SourceArn': 'arn:aws:s3:::another' }))],
    ],
    [
      'members of the organization',
      [write({ Principal: '*', ...when('StringEquals', ORGANIZATION) })],
    ],
    [
      'a VPC endpoint',
      [write({ Principal: '*', ...when('StringEquals', { 'aws:SourceVpce': 'vpce-1' }) })],
    ],
    ['the endpoints of an account', [write(when('StringEquals', { 'aws:VpceAccount': account }))]],
    ['an office', [write(when('IpAddress', { 'aws:SourceIp': OFFICE }))]],
  ])('whose policy only allows %s', (_, statements) => {
    expect(why({ policy: policy(...statements) })).toBe('that does not let S3 write there');
  });

  it.each<[string, object]>([
    ['everyone', {}],
    ['everyone to do anything', { Action: '*', Resource: '*' }],
    ['the service', { Principal: { Service: 'logging.s3.amazonaws.com' } }],
    ['everyone, at the prefix', { Resource: 'arn:aws:s3:::logs/example/*' }],
    [
      'everyone, outside another prefix',
      { Resource: undefined, NotResource: 'arn:aws:s3:::logs/other/*' },
    ],
    ['strangers to the organization', unless(ORGANIZATION)],
    ['whatever is not aws:kms', unless({ 's3:x-amz-server-side-encryption': 'aws:kms' })],
    [
      'what names no key',
      when('Null', { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'true' }),
    ],
    ['whatever comes from outside a VPC endpoint', unless({ 'aws:SourceVpce': 'vpce-1' })],
    ['whatever comes from outside a VPC', when('Null', { 'aws:SourceVpc': 'true' })],
    [
      'whatever comes from outside a VPC by its ARN',
      when('ArnNotEquals', { 'aws:SourceVpcArn': VPC }),
    ],
    ['private addresses but its own', when('NotIpAddress', { 'aws:VpcSourceIp': '10.0.0.0/8' })],
    [
      'endpoints of other accounts',
      when('StringNotEqualsIfExists', { 'aws:VpceAccount': account }),
    ],
    ['endpoints of other organizations', unless({ 'aws:VpceOrgID': 'o-a1b2c3d4e5' })],
    [
      'endpoints outside a place',
      when('ForAllValues:StringNotLike', { 'aws:VpceOrgPaths': 'o-a1b2c3d4e5/*' }),
    ],
    ['whatever comes from outside an office', when('NotIpAddress', { 'aws:SourceIp': OFFICE })],
    ['that, with and without the key', when('NotIpAddressIfExists', { 'aws:SourceIp': OFFICE })],
    [
      'callers without an MFA device',
      when('BoolIfExists', { 'aws:MultiFactorAuthPresent': 'false' }),
    ],
    ['callers that used none', when('Null', { 'aws:MultiFactorAuthAge': 'true' })],
    ['all users but one', unless({ 'aws:username': 'operator' })],
    [
      'all but a role',
      { Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${account}:role/x` } },
    ],
    [
      'all but the sessions of a role',
      when('StringNotLike', { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/writer` }),
    ],
    [
      'all but the roles of the account',
      when('ArnNotLike', { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/*` }),
    ],
    ['callers of other accounts', unless({ 'aws:PrincipalAccount': account })],
    ['callers outside a place', when('ForAllValues:StringNotLike', PLACE)],
    ['all AWS services', when('Bool', { 'aws:PrincipalIsAWSService': 'true' })],
    ['the logs of other accounts', unless({ 'aws:SourceAccount': '999988887777' })],
  ])('whose policy denies %s', (_, denial) => {
    const denied = 'whose policy denies S3 to write (statement #2)';
    expect(why({ policy: policy(write(), deny(denial)) })).toBe(denied);
    const byAcl = { aclAdmitsS3: { value: true }, policy: policy(deny(denial)) };
    expect(why(byAcl)).toBe(denied.replace('2', '1'));
  });
});

describe('S3 delivers access logs to a bucket', () => {
  it.each<[string, object[]]>([
    ['the service', [write()]],
    ['everyone', [write({ Principal: '*', Action: '*', Resource: '*' })]],
    ['the prefix', [write({ Resource: 'arn:aws:s3:::logs/example/*' })]],
    ['one folder of dates', [write({ Resource: 'arn:aws:s3:::logs/example/2*' })]],
    ['the account', [write(when('StringEquals', { 'aws:SourceAccount': account }))]],
    ['the source', [write(when('ArnLike', { 'aws:SourceArn': arn }))]],
    [
      'the service by a condition',
      [
        write({
          Principal: '*',
          ...when('StringEquals', { 'aws:PrincipalServiceName': 'logging.s3.amazonaws.com' }),
        }),
      ],
    ],
    ['and denies HTTP', [write(), deny(when('Bool', { 'aws:SecureTransport': 'false' }))]],
    ['and denies another prefix', [write(), deny({ Resource: 'arn:aws:s3:::logs/private/*' })]],
    [
      'and denies people outside the organization',
      [
        write(),
        deny({
          Condition: {
            StringNotEquals: ORGANIZATION,
            Bool: { 'aws:PrincipalIsAWSService': 'false' },
          },
        }),
      ],
    ],
    [
      'and denies all from outside a network, but spares services',
      [
        write(),
        deny({
          Condition: {
            NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' },
            StringNotEqualsIfExists: { 'aws:VpceOrgID': 'o-a1b2c3d4e5' },
            BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
          },
        }),
      ],
    ],
    [
      'and denies one address and one endpoint',
      [
        write(),
        deny(when('IpAddress', { 'aws:SourceIp': '192.0.2.1' })),
        deny(when('StringLike', { 'aws:SourceVpce': 'vpce-0bad*' })),
      ],
    ],
    ['and has a Deny that IAM does not know', [write(), deny({ Strange: 1 })]],
    [
      'and denies all accounts, which may not mean services',
      [write(), deny({ Principal: { AWS: '*' } })],
    ],
  ])('whose policy allows %s', (_, statements) => {
    expect(why({ policy: policy(...statements) })).toBeNull();
  });

  it('whose ACL lets LogDelivery write', () => {
    expect(why({ policy: { value: null }, aclAdmitsS3: { value: true } })).toBeNull();
  });

  it('at the top, where only dates and accounts begin', () => {
    const folder = (name: string) => policy(write({ Resource: `arn:aws:s3:::logs/${name}` }));
    expect(why({ policy: folder('2*') }, '')).toBeNull();
    expect(why({ policy: folder(`${account}/*`) }, '')).toBeNull();
    expect(why({ policy: folder('access/*') }, '')).toBe('that does not let S3 write there');
  });
});

it('whose policy or ACL cannot be read: no one knows', () => {
  const unreadable = { unavailable: 'damaged' };
  expect(() => why({ policy: unreadable })).toThrow(EvidenceUnavailable);
  expect(() => why({ aclAdmitsS3: unreadable })).toThrow(EvidenceUnavailable);
});
