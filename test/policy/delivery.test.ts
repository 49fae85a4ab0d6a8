import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/language/document.ts';
import {
  anyDelivery,
  deniedDelivery,
  stoppedDelivery,
} from '../../src/policy/questions/delivery.ts';

/** Right answers by the IAM User Guide: "Policy evaluation logic", "NotPrincipal", "AWS global condition context keys". */

const SERVICE = 'logging.s3.amazonaws.com';
const service = { kind: 'service', service: SERVICE } as const;
const account = { kind: 'account', account: '127311923021' } as const;
const bucket = {
  arn: 'arn:aws:s3:::logs',
  name: 'logs',
  account: '111122223333',
  region: 'eu-west-1',
};

type Parts = Readonly<Record<string, unknown>>;
const allow = (parts: Parts = {}) => ({
  ...{ Effect: 'Allow', Principal: { Service: SERVICE }, Action: 's3:PutObject' },
  Resource: 'arn:aws:s3:::logs/*',
  ...parts,
});
const deny = (parts: Parts = {}) => allow({ Sid: 'No', Effect: 'Deny', Principal: '*', ...parts });
const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});

type Writer = typeof service | typeof account;
function answer(writer: Writer, ...statements: readonly object[]): string {
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  const stopped = stoppedDelivery(policy, anyDelivery(writer, bucket as never, policy));
  return stopped === null ? 'goes on' : stopped.by === 'denial' ? stopped.sid : stopped.by;
}

it('is allowed by no denial, not even one of something else', () => {
  expect(answer(service, deny({ Resource: 'arn:aws:s3:::logs/other/*' }))).toBe('nothing');
  expect(answer(service, deny({ Action: 's3:GetObject' }))).toBe('nothing');
});

describe('a delivery is allowed', () => {
  it.each<[string, Writer, Parts, string]>([
    ['to its service', service, {}, 'goes on'],
    ['to another service', service, { Principal: { Service: 'x.amazonaws.com' } }, 'nothing'],
    [
      'to several services',
      service,
      { Principal: { Service: ['x.amazonaws.com', SERVICE] } },
      'goes on',
    ],
    ['to everyone', service, { Principal: '*' }, 'goes on'],
    [
      'to everyone but its service',
      service,
      { Principal: undefined, NotPrincipal: { Service: SERVICE } },
      'nothing',
    ],
    [
      'to everyone but another service',
      service,
      { Principal: undefined, NotPrincipal: { Service: 'x.amazonaws.com' } },
      'goes on',
    ],
    [
      'to everyone but what cannot be read',
      service,
      { Principal: undefined, NotPrincipal: { Service: ['x.*'] } },
      'goes on',
    ],
    [
      'for an account that cannot be read',
      service,
      when('StringEquals', 'aws:SourceAccount', [{}]),
      'goes on',
    ],
    ['to every account, perhaps', service, { Principal: { AWS: '*' } }, 'goes on'],
    [
      'to an account, not to a service',
      service,
      { Principal: { AWS: account.account } },
      'nothing',
    ],
    ['to its account', account, { Principal: { AWS: account.account } }, 'goes on'],
    ['to another account', account, { Principal: { AWS: '444455556666' } }, 'nothing'],
    ['to every account', account, { Principal: { AWS: '*' } }, 'goes on'],
    ['to a service, not to an account', account, {}, 'nothing'],
    ['by one of several actions', service, { Action: ['s3:GetObject', 's3:PutObject'] }, 'goes on'],
    ['by a pattern', service, { Action: 's3:P*' }, 'goes on'],
    ['not by another action', service, { Action: 's3:GetObject' }, 'nothing'],
    ['by all but another', service, { Action: undefined, NotAction: 's3:GetObject' }, 'goes on'],
    ['not by all but this', service, { Action: undefined, NotAction: ['s3:Put*'] }, 'nothing'],
    ['on some objects', service, { Resource: 'arn:aws:s3:::logs/a/*' }, 'goes on'],
    [
      'on one of several places',
      service,
      { Resource: ['arn:aws:s3:::x/*', 'arn:aws:s3:::logs/*'] },
      'goes on',
    ],
    ['not on the bucket', service, { Resource: 'arn:aws:s3:::logs' }, 'nothing'],
    ['not elsewhere', service, { Resource: 'arn:aws:s3:::others/*' }, 'nothing'],
    [
      'not beside it',
      service,
      { Resource: undefined, NotResource: 'arn:aws:s3:::logs/*' },
      'nothing',
    ],
    [
      'all but elsewhere',
      service,
      { Resource: undefined, NotResource: 'arn:aws:s3:::others/*' },
      'goes on',
    ],
    [
      'from one account',
      service,
      when('StringEquals', 'aws:SourceAccount', '444455556666'),
      'goes on',
    ],
    [
      'from an account that is not known',
      service,
      when('Null', 'aws:SourceAccount', 'true'),
      'goes on',
    ],
    [
      'by this service',
      service,
      when('StringEquals', 'aws:PrincipalServiceName', SERVICE),
      'goes on',
    ],
    [
      'not by that one',
      service,
      when('StringEquals', 'aws:PrincipalServiceName', 'x.amazonaws.com'),
      'nothing',
    ],
    ['to services', service, when('Bool', 'aws:PrincipalIsAWSService', 'true'), 'goes on'],
    ['not to people', service, when('Bool', 'aws:PrincipalIsAWSService', 'false'), 'nothing'],
    [
      'not to an organization',
      service,
      when('StringEquals', 'aws:PrincipalOrgID', 'o-1'),
      'nothing',
    ],
    [
      'where nothing is known',
      service,
      when('StringEquals', 'aws:RequestedRegion', 'eu-west-1'),
      'goes on',
    ],
    [
      'never',
      service,
      {
        Condition: {
          StringEquals: { 'aws:SourceAccount': '444455556666' },
          StringNotEquals: { 'aws:SourceAccount': '444455556666' },
        },
      },
      'nothing',
    ],
    [
      'both to it and to people',
      service,
      {
        Condition: {
          StringEquals: { 'aws:SourceAccount': '444455556666' },
          Bool: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
      'nothing',
    ],
  ])('%s', (_, writer, parts, expected) => {
    expect(answer(writer, allow(parts))).toBe(expected);
  });

  it.each<[string, Parts, string]>([
    ['its account', when('StringEquals', 'aws:PrincipalAccount', account.account), 'goes on'],
    ['another account', when('StringEquals', 'aws:PrincipalAccount', '444455556666'), 'nothing'],
    ['services', when('Bool', 'aws:PrincipalIsAWSService', 'true'), 'nothing'],
    ['nobody but people', when('Bool', 'aws:PrincipalIsAWSService', 'false'), 'goes on'],
    [
      'an organization, which it may be in',
      when('StringEquals', 'aws:PrincipalOrgID', 'o-1'),
      'goes on',
    ],
  ])('of an account to %s', (_, parts, expected) => {
    expect(answer(account, allow({ Principal: { AWS: account.account }, ...parts }))).toBe(
      expected,
    );
  });

  it('by nothing where there is no policy', () => {
    const delivery = anyDelivery(service, bucket as never, parsePolicy('{"Statement":[]}'));
    expect(stoppedDelivery(null, delivery)).toEqual({ by: 'nothing' });
    expect(deniedDelivery(null, delivery)).toBeNull();
  });
});

describe('a delivery is denied for certain', () => {
  it.each<[string, Writer, Parts, boolean]>([
    ['to everyone', service, {}, true],
    ['to its service', service, { Principal: { Service: SERVICE } }, true],
    ['not to another service', service, { Principal: { Service: 'x.amazonaws.com' } }, false],
    ['not to every account, if it is a service', service, { Principal: { AWS: '*' } }, false],
    ['to every account', account, { Principal: { AWS: '*' } }, true],
    ['to its account', account, { Principal: { AWS: account.account } }, true],
    ['not to another account', account, { Principal: { AWS: '444455556666' } }, false],
    [
      'to all but another service',
      service,
      { Principal: undefined, NotPrincipal: { Service: 'x.amazonaws.com' } },
      true,
    ],
    [
      'to all but an account',
      service,
      { Principal: undefined, NotPrincipal: { AWS: '444455556666' } },
      true,
    ],
    [
      'not to all but it',
      service,
      { Principal: undefined, NotPrincipal: { Service: SERVICE } },
      false,
    ],
    [
      'not to all but its account',
      account,
      { Principal: undefined, NotPrincipal: { AWS: account.account } },
      false,
    ],
    [
      'to all but every account, perhaps',
      service,
      { Principal: undefined, NotPrincipal: { AWS: '*' } },
      false,
    ],
    ['not by another action', service, { Action: 's3:GetObject' }, false],
    ['by all but another action', service, { Action: undefined, NotAction: 's3:GetObject' }, true],
    ['not by all but this', service, { Action: undefined, NotAction: 's3:PutObject' }, false],
    ['not on some objects', service, { Resource: 'arn:aws:s3:::logs/a/*' }, false],
    ['everywhere', service, { Resource: '*' }, true],
    [
      'all but elsewhere',
      service,
      { Resource: undefined, NotResource: 'arn:aws:s3:::others/*' },
      true,
    ],
    ['not beside it', service, { Resource: undefined, NotResource: 'arn:aws:s3:::logs/*' }, false],
    [
      'not beside some of it',
      service,
      { Resource: undefined, NotResource: 'arn:aws:s3:::logs/a/*' },
      false,
    ],
    [
      'not from some accounts',
      service,
      when('StringNotEquals', 'aws:SourceAccount', '444455556666'),
      false,
    ],
    ['not without a source', service, when('Null', 'aws:SourceAccount', 'true'), false],
    ['to this service', service, when('StringEquals', 'aws:PrincipalServiceName', SERVICE), true],
    [
      'not to that one',
      service,
      when('StringEquals', 'aws:PrincipalServiceName', 'x.amazonaws.com'),
      false,
    ],
    ['to services', service, when('Bool', 'aws:PrincipalIsAWSService', 'true'), true],
    ['not to people', service, when('Bool', 'aws:PrincipalIsAWSService', 'false'), false],
    [
      'outside of an organization',
      service,
      when('StringNotEquals', 'aws:PrincipalOrgID', 'o-1'),
      true,
    ],
    ['not where nothing is known', service, when('Bool', 'aws:SecureTransport', 'false'), false],
    [
      'not by an operator that there is not',
      service,
      when('StringKindOf', 'aws:PrincipalServiceName', SERVICE),
      false,
    ],
    [
      'not by a value that holds for no request',
      service,
      {
        Condition: {
          StringEquals: { 'aws:PrincipalServiceName': SERVICE },
          StringNotEquals: { 'aws:PrincipalServiceName': SERVICE },
        },
      },
      false,
    ],
    [
      'by two keys that both hold',
      service,
      {
        Condition: {
          StringEquals: { 'aws:PrincipalServiceName': SERVICE },
          Bool: { 'aws:PrincipalIsAWSService': 'true' },
        },
      },
      true,
    ],
  ])('%s', (_, writer, parts, isDenied) => {
    const open = allow({ Principal: '*' });
    expect(answer(writer, open, deny(parts))).toBe(isDenied ? '"No"' : 'goes on');
  });

  it('by the statement that denies it, wherever it stands', () => {
    const other = deny({ Sid: 'Other', Action: 's3:GetObject' });
    expect(answer(service, deny(), other, allow())).toBe('"No"');
    expect(answer(service, other, allow(), deny())).toBe('"No"');
  });
});
