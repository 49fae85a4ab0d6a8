import { describe, expect, it } from 'vitest';
import type { Condition } from '../../src/policy/language/conditions.ts';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { holds } from '../../src/policy/requests/keys.ts';
import { compare, type Present, type Value } from '../../src/policy/requests/values.ts';
import { valuesOfKey, vocabularyOf } from '../../src/policy/requests/vocabulary.ts';

const OWNER = '123456789012';
const text = (word: string): Value => ({ kind: 'text', text: word });
/** A variable of a policy, such as that of the account of the bucket. */
const variable = (name: string) => `$${'{'}${name}}`;
const absent: Value = { kind: 'absent' };
const policyWith = (...conditions: object[]) =>
  parsePolicy(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: conditions.map((Condition) => ({
        ...{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*', Condition },
      })),
    }),
  );
const conditionIn = (block: object): Condition => {
  const [condition] = policyWith(block).statements[0]?.conditions ?? [];
  if (condition === undefined) throw new Error('no condition');
  return condition;
};

/** IAM User Guide, "Condition operators" and "Set operators for multivalued context keys": 1 true, -1 false, 0 not documented. */
describe('a condition on one value of a key', () => {
  it.each<[string, object, Value, -1 | 0 | 1]>([
    ['an equal text', { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } }, text('o-a'), 1],
    ['a text in another case', { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } }, text('O-A'), -1],
    ['the case ignored', { StringEqualsIgnoreCase: { 'aws:UserAgent': 'A' } }, text('a'), 1],
    [
      'the case ignored, another text',
      { StringEqualsIgnoreCase: { 'aws:UserAgent': 'A' } },
      text('b'),
      -1,
    ],
    ['one of two', { StringEquals: { 'aws:UserAgent': ['a', 'b'] } }, text('b'), 1],
    ['none of two', { StringNotEquals: { 'aws:UserAgent': ['a', 'b'] } }, text('b'), -1],
    ['neither of two', { StringNotEquals: { 'aws:UserAgent': ['a', 'b'] } }, text('c'), 1],
    ['a star under StringEquals', { StringEquals: { 'aws:UserAgent': '*' } }, text('c'), -1],
    ['a star under StringLike', { StringLike: { 'aws:UserAgent': 'a*' } }, text('abc'), 1],
    ['true in another case', { StringEquals: { 'aws:SecureTransport': 'True' } }, text('true'), 0],
    ['true, as a text', { StringEquals: { 'aws:SecureTransport': 'true' } }, text('true'), 1],
    [
      'a text that begins like true',
      { StringEquals: { 'aws:UserAgent': 'Truest' } },
      text('truest'),
      -1,
    ],
    ['a truth', { Bool: { 'aws:SecureTransport': 'TRUE' } }, text('true'), 1],
    ['another truth', { Bool: { 'aws:SecureTransport': 'false' } }, text('true'), -1],
    ['no truth', { Bool: { 'aws:SecureTransport': 'no' } }, text('true'), 0],
    ['absent', { StringEquals: { 'aws:UserAgent': 'a' } }, absent, -1],
    ['absent, negated', { StringNotEquals: { 'aws:UserAgent': 'a' } }, absent, 1],
    ['absent, if it exists', { StringEqualsIfExists: { 'aws:UserAgent': 'a' } }, absent, 1],
    [
      'absent, for all values',
      { 'ForAllValues:StringEquals': { 'aws:UserAgent': 'a' } },
      absent,
      1,
    ],
    [
      'absent, for any value',
      { 'ForAnyValue:StringNotEquals': { 'aws:UserAgent': 'a' } },
      absent,
      -1,
    ],
    [
      'absent, for any value if it exists',
      { 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': 'a' } },
      absent,
      0,
    ],
    [
      'an absent list with a plain operator',
      { StringNotEquals: { 'aws:TagKeys': 'a' } },
      absent,
      0,
    ],
    ['a list with a plain operator', { StringEquals: { 'aws:TagKeys': 'a' } }, text('a'), 0],
    ['a list for any value', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }, text('a'), 1],
    [
      'one value for all values',
      { 'ForAllValues:StringEquals': { 'aws:UserAgent': 'a' } },
      text('a'),
      0,
    ],
    [
      'one value for any value',
      { 'ForAnyValue:StringEquals': { 'aws:UserAgent': 'a' } },
      text('a'),
      1,
    ],
    ['asked to be absent', { Null: { 'aws:UserAgent': 'true' } }, absent, 1],
    ['asked to be present', { Null: { 'aws:UserAgent': 'false' } }, absent, -1],
    ['asked to be absent, present', { Null: { 'aws:UserAgent': 'TRUE' } }, text('a'), -1],
    ['asked to be both', { Null: { 'aws:UserAgent': ['true', 'false'] } }, text('a'), 1],
    ['asked for something else', { Null: { 'aws:UserAgent': 'yes' } }, text('a'), 0],
    [
      'a known variable',
      { StringEquals: { 'aws:UserAgent': variable('aws:ResourceAccount') } },
      text(OWNER),
      1,
    ],
    [
      'a variable in another case',
      { StringEquals: { 'aws:UserAgent': variable('AWS:resourceaccount') } },
      text(OWNER),
      1,
    ],
    [
      'an unknown variable',
      { StringEquals: { 'aws:UserAgent': variable('aws:username') } },
      text('a'),
      0,
    ],
    [
      'an unknown variable or the text',
      { StringEquals: { 'aws:UserAgent': [variable('aws:username'), 'a'] } },
      text('a'),
      1,
    ],
    ['no value', { StringEquals: { 'aws:UserAgent': [] } }, text('a'), 0],
    ['a date', { DateLessThan: { 'aws:CurrentTime': '2020-01-01' } }, text('2019-01-01'), 0],
    ['an operator that IAM does not know', { StringAlike: { 'aws:UserAgent': 'a' } }, text('a'), 0],
    ['a number below', { NumericLessThan: { 's3:signatureAge': '10' } }, text('9'), 1],
    ['the number itself, below', { NumericLessThan: { 's3:signatureAge': '10' } }, text('10'), -1],
    [
      'the number itself, at most',
      { NumericLessThanEquals: { 's3:signatureAge': '10' } },
      text('10'),
      1,
    ],
    [
      'a number above, at most',
      { NumericLessThanEquals: { 's3:signatureAge': '10' } },
      text('11'),
      -1,
    ],
    ['a number above', { NumericGreaterThan: { 's3:signatureAge': '10' } }, text('11'), 1],
    [
      'the number itself, above',
      { NumericGreaterThan: { 's3:signatureAge': '10' } },
      text('10'),
      -1,
    ],
    [
      'the number itself, at least',
      { NumericGreaterThanEquals: { 's3:signatureAge': '10' } },
      text('10'),
      1,
    ],
    [
      'a number below, at least',
      { NumericGreaterThanEquals: { 's3:signatureAge': '10' } },
      text('9'),
      -1,
    ],
    ['an equal number', { NumericEquals: { 's3:TlsVersion': '1.2' } }, text('1.20'), 1],
    ['another number', { NumericEquals: { 's3:TlsVersion': '1.2' } }, text('1.3'), -1],
    ['not that number', { NumericNotEquals: { 's3:TlsVersion': '1.2' } }, text('1.3'), 1],
    ['no number', { NumericEquals: { 's3:signatureAge': 'ten' } }, text('10'), 0],
    ['an address', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, text('203.0.113.9'), 1],
    [
      'an address outside',
      { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      text('198.51.100.9'),
      -1,
    ],
    ['an ARN', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::a*' } }, text('arn:aws:s3:::abc'), 1],
    [
      'another ARN',
      { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::a*' } },
      text('arn:aws:s3:::b'),
      -1,
    ],
  ])('%s', (_, block, value, truth) => {
    expect(holds(conditionIn(block), value, OWNER)).toBe(truth);
  });
});

/** What stands for many values: the answer has to hold for each of them. */
describe('a value that stands for many', () => {
  const arn = (account: string | null, fresh = true): Present => ({ kind: 'arn', account, fresh });
  const names = (service: string | null): Present => ({ kind: 'serviceNames', service });
  const path = (organization: string | null, ...outside: string[]): Present => ({
    kind: 'path',
    organization,
    outside,
  });
  it.each<
    [
      string,
      Present,
      string,
      'equals' | 'like' | 'arn' | 'equalsIgnoreCase' | 'bool' | '<',
      -1 | 0 | 1,
    ]
  >([
    ['any value and a star', { kind: 'any' }, '**', 'like', 1],
    ['any value', { kind: 'any' }, 'a', 'equals', 0],
    ['any value, as a truth', { kind: 'any' }, 'true', 'bool', 0],
    ['a fresh number', { kind: 'fresh' }, '1', '<', 0],
    ['a fresh text', { kind: 'fresh' }, 'a', 'equals', -1],
    ['a fresh text and a pattern', { kind: 'fresh' }, 'a*', 'like', 0],
    ['a fresh text and a pattern without wildcards', { kind: 'fresh' }, 'a', 'like', -1],
    [
      'a fresh organization and every organization',
      { kind: 'fresh', like: 'o-*' },
      'o-*',
      'like',
      1,
    ],
    ['a fresh organization and some', { kind: 'fresh', like: 'o-*' }, 'o-a*', 'like', 0],
    ['a fresh ARN', { kind: 'fresh' }, 'arn:aws:s3:::a', 'arn', -1],
    ['a fresh ARN and a pattern', { kind: 'fresh' }, 'arn:aws:s3:::a*', 'arn', 0],
    ['a fresh ARN and no ARN', { kind: 'fresh' }, 'a', 'arn', 0],
    ['an ARN of the account', arn('111122223333'), 'arn:aws:iam::111122223333:role/*', 'arn', 0],
    ['an ARN of another account', arn(null), 'arn:aws:iam::111122223333:role/*', 'arn', -1],
    [
      'a fresh ARN of the account and one of its roles',
      arn('111122223333'),
      'arn:aws:iam::111122223333:role/a',
      'arn',
      -1,
    ],
    [
      'an ARN of the account that may be that role',
      arn('111122223333', false),
      'arn:aws:iam::111122223333:role/a',
      'arn',
      0,
    ],
    ['an ARN of any account', arn(null), 'arn:aws:iam::*:role/a', 'arn', 0],
    ['no ARN', arn('111122223333'), 'nonsense', 'arn', 0],
    ['the account behind a star', arn(null), 'arn:*:111122223333:role/a', 'like', 0],
    ['the account before a star', arn(null), 'arn:aws:iam::111122223333:*', 'like', -1],
    [
      'the account, case ignored',
      arn('111122223333'),
      'arn:aws:iam::111122223333:role/a',
      'equalsIgnoreCase',
      0,
    ],
    ['an ARN without an account', arn(''), 'arn:aws:s3:::a', 'equals', -1],
    [
      'an ARN without an account against one with',
      arn(''),
      'arn:aws:iam::111122223333:role/a',
      'equals',
      -1,
    ],
    ['a text under equals that is no ARN', arn('111122223333'), 'nonsense', 'equals', -1],
    ['a user id and an account', { kind: 'userId', account: '1' }, '111122223333', 'equals', -1],
    [
      'a user id and its account',
      { kind: 'userId', account: '111122223333' },
      '111122223333',
      'equals',
      0,
    ],
    ['a user id and a role', { kind: 'userId', account: '1' }, 'AROAEXAMPLE:*', 'like', 0],
    ['the path of the organization', path('o-a'), 'o-a/*', 'like', 1],
    ['a path below a unit', path('o-a'), 'o-a/r-1/ou-1/*', 'like', 0],
    ['a path below a trusted unit', path('o-a', 'o-a/r-1/*'), 'o-a/r-1/ou-1/*', 'like', -1],
    ['a path of another organization', path('o-b'), 'o-a/*', 'like', -1],
    ['a path of any organization', path(null), 'o-*/*', 'like', 1],
    ['the beginning of an organization', path('o-b'), 'o-a*', 'like', 0],
    ['a star in a path under equals', path('o-a'), 'o-a/*', 'equals', -1],
    ['a path under equals', path('o-a'), 'o-a/r-1/', 'equals', 0],
    ['a path of another organization under equals', path('o-b'), 'o-a/r-1/', 'equals', -1],
    ['a path, case ignored', path('o-b'), 'O-A/r-1/', 'equalsIgnoreCase', 0],
    [
      'a name of the service',
      names('logging.s3.amazonaws.com'),
      'logging.s3.amazonaws.com',
      'equals',
      1,
    ],
    [
      'a regional name',
      names('logging.s3.amazonaws.com'),
      'logging.s3.eu-west-1.amazonaws.com',
      'equals',
      0,
    ],
    [
      'a name the other way round',
      names('s3.amazonaws.com'),
      'logging.s3.amazonaws.com',
      'equals',
      0,
    ],
    [
      'a name of another service',
      names('logging.s3.amazonaws.com'),
      'cloudtrail.amazonaws.com',
      'equals',
      -1,
    ],
    ['a pattern of names', names('logging.s3.amazonaws.com'), 'cloud*', 'like', 0],
    ['a name of no service that is written', names(null), 'cloudtrail.amazonaws.com', 'equals', -1],
    ['a pattern, and no service that is written', names(null), 'cloud*', 'like', 0],
  ])('%s', (_, value, want, test, truth) => {
    expect(compare(value, want, test)).toBe(truth);
  });

  it.each<[string, object, string, -1 | 0 | 1]>([
    [
      'all of the names are that one',
      { 'ForAllValues:StringEquals': 'a.amazonaws.com' },
      'a.amazonaws.com',
      0,
    ],
    [
      'any of the names is that one',
      { 'ForAnyValue:StringEquals': 'a.amazonaws.com' },
      'a.amazonaws.com',
      1,
    ],
    [
      'any of the names is not that one',
      { 'ForAnyValue:StringNotEquals': 'a.amazonaws.com' },
      'a.amazonaws.com',
      0,
    ],
    [
      'all of the names are others',
      { 'ForAllValues:StringNotEquals': 'a.amazonaws.com' },
      'a.amazonaws.com',
      -1,
    ],
    [
      'all of the names are another',
      { 'ForAllValues:StringEquals': 'b.amazonaws.com' },
      'a.amazonaws.com',
      -1,
    ],
  ])('of the names of a service %s', (_, block, service, truth) => {
    const [[operator, value]] = Object.entries(block) as [[string, string]];
    const condition = conditionIn({ [operator]: { 'aws:PrincipalServiceNamesList': value } });
    expect(holds(condition, { kind: 'serviceNames', service }, OWNER)).toBe(truth);
  });
});

/** Every real request has to fall under one of them. */
describe('the values that are told apart of', () => {
  const valuesIn = (key: string, ...conditions: object[]) => {
    const vocabulary = vocabularyOf(policyWith(...conditions), OWNER, null);
    return valuesOfKey(key, vocabulary, OWNER).map((value) =>
      value.kind === 'text' ? value.text : value.kind,
    );
  };
  it.each<[string, string, object[], readonly string[]]>([
    ['TLS', 'aws:securetransport', [], ['false', 'true']],
    ['the account of the bucket', 'aws:resourceaccount', [], [OWNER]],
    ['the same, as S3 names it', 's3:resourceaccount', [], [OWNER]],
    ['a list', 'aws:tagkeys', [{ StringEquals: { 'aws:TagKeys': 'a' } }], ['absent', 'any']],
    [
      'a key of another provider',
      'saml:aud',
      [{ StringEquals: { 'saml:aud': 'a' } }],
      ['absent', 'any'],
    ],
    [
      'a key that only ends like one of AWS',
      'x-aws:y',
      [{ StringEquals: { 'x-aws:y': 'a' } }],
      ['absent', 'any'],
    ],
    ['a key that no condition names', 'aws:useragent', [], ['absent', 'fresh']],
    [
      'texts',
      'aws:useragent',
      [{ StringEquals: { 'aws:UserAgent': ['a', 'b'] } }],
      ['absent', 'a', 'b', 'fresh'],
    ],
    [
      'texts of two statements',
      'aws:useragent',
      [{ StringEquals: { 'aws:UserAgent': 'a' } }, { StringLike: { 'aws:UserAgent': 'b' } }],
      ['absent', 'a', 'b', 'fresh'],
    ],
    ['patterns', 'aws:useragent', [{ StringLike: { 'aws:UserAgent': 'a*' } }], ['absent', 'fresh']],
    [
      'a star under StringEquals',
      'aws:useragent',
      [{ StringEquals: { 'aws:UserAgent': 'a*' } }],
      ['absent', 'a*', 'fresh'],
    ],
    [
      'set operators',
      'aws:useragent',
      [{ 'ForAnyValue:StringEquals': { 'aws:UserAgent': 'a' } }],
      ['absent', 'any'],
    ],
    [
      'a case that is ignored',
      'aws:useragent',
      [{ StringEqualsIgnoreCase: { 'aws:UserAgent': 'a' } }],
      ['absent', 'any'],
    ],
    [
      'addresses',
      'aws:sourceip',
      [{ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }],
      ['absent', 'any'],
    ],
    [
      'truths',
      'aws:viaawsservice',
      [{ Bool: { 'aws:ViaAWSService': 'true' } }],
      ['absent', 'false', 'true', 'fresh'],
    ],
    ['presence', 'aws:useragent', [{ Null: { 'aws:UserAgent': 'true' } }], ['absent', 'fresh']],
    [
      'dates',
      'aws:currenttime',
      [{ DateLessThan: { 'aws:CurrentTime': '2020-01-01' } }],
      ['absent', 'fresh'],
    ],
    [
      'operators that IAM does not know',
      'aws:useragent',
      [{ StringAlike: { 'aws:UserAgent': 'a' } }],
      ['absent', 'fresh'],
    ],
    [
      'one number',
      's3:signatureage',
      [{ NumericLessThan: { 's3:signatureAge': '10' } }],
      ['absent', '9', '10', '11'],
    ],
    [
      'several numbers',
      's3:signatureage',
      [
        { NumericLessThan: { 's3:signatureAge': ['600', '10'] } },
        { NumericEquals: { 's3:signatureAge': '20.5' } },
      ],
      ['absent', '9', '10', '15.25', '20.5', '310.25', '600', '601'],
    ],
    [
      'a number and its presence',
      's3:signatureage',
      [{ NumericLessThan: { 's3:signatureAge': '10' }, Null: { 's3:signatureAge': 'false' } }],
      ['absent', '9', '10', '11'],
    ],
    [
      'a number as text',
      's3:signatureage',
      [{ StringEquals: { 's3:signatureAge': '10' } }],
      ['absent', '10', 'fresh'],
    ],
    [
      'no number',
      's3:signatureage',
      [{ NumericLessThan: { 's3:signatureAge': 'ten' } }],
      ['absent', 'ten', 'fresh'],
    ],
    [
      'a number with two points',
      's3:tlsversion',
      [{ NumericLessThan: { 's3:TlsVersion': '1.2.3' } }],
      ['absent', '1.2.3', 'fresh'],
    ],
    [
      'a number of a key that may hold a text',
      'aws:useragent',
      [{ NumericLessThan: { 'aws:UserAgent': '10' } }],
      ['absent', '10', 'fresh'],
    ],
    [
      'variables that are known',
      'aws:useragent',
      [
        {
          StringEquals: {
            'aws:UserAgent': [variable('aws:ResourceAccount'), variable('aws:username')],
          },
        },
      ],
      ['absent', OWNER, 'fresh'],
    ],
    [
      'more texts than are looked at',
      'aws:useragent',
      [{ StringEquals: { 'aws:UserAgent': Array.from({ length: 33 }, (_, at) => `a${at}`) } }],
      ['absent', 'any'],
    ],
    [
      'as many texts as are looked at',
      'aws:useragent',
      [{ StringEquals: { 'aws:UserAgent': Array.from({ length: 32 }, (_, at) => `a${at}`) } }],
      ['absent', ...Array.from({ length: 32 }, (_, at) => `a${at}`), 'fresh'],
    ],
  ])('%s', (_, key, conditions, values) => {
    expect(valuesIn(key, ...conditions)).toEqual(values);
  });
});

describe('the names that are written out', () => {
  const A = '111122223333';
  const named = (statement: object, trust: object | null = null) => {
    const policy = parsePolicy(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...statement },
      }),
    );
    const all = { accounts: [], organizations: [], organizationPaths: [], services: [] };
    const whom =
      trust && ({ ...all, canonicalUsers: [], requireSourceGuard: true, ...trust } as never);
    const { accounts, organizations, services, entities } = vocabularyOf(policy, OWNER, whom);
    return [
      ...accounts,
      ...organizations,
      ...services,
      ...[...entities.values()].flatMap((arns) => [...arns]),
    ];
  };
  const when = (operator: string, key: string, value: string) => ({
    Condition: { [operator]: { [key]: value } },
  });
  it.each<[string, object, object | null, readonly string[]]>([
    ['of no one', {}, null, []],
    ['of a principal', { Principal: { AWS: A } }, null, [A]],
    [
      'of a role',
      { Principal: { AWS: `arn:aws:iam::${A}:role/r` } },
      null,
      [A, `arn:aws:iam::${A}:role/r`],
    ],
    ['of a service', { Principal: { Service: 's.amazonaws.com' } }, null, ['s.amazonaws.com']],
    ['of an account in a condition', when('StringEquals', 'aws:PrincipalAccount', A), null, [A]],
    [
      'of the account in an ARN',
      when('ArnLike', 'aws:SourceArn', `arn:aws:sns:*:${A}:t`),
      null,
      [A],
    ],
    [
      'of the account before a wildcard',
      when('StringLike', 'aws:PrincipalArn', `arn:aws:iam::${A}:role/*`),
      null,
      [A],
    ],
    [
      'of a role in a condition',
      when('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${A}:role/r`),
      null,
      [A, `arn:aws:iam::${A}:role/r`],
    ],
    [
      'of an ARN that is no principal',
      when('ArnEquals', 'aws:SourceArn', `arn:aws:iam::${A}:role/r`),
      null,
      [A],
    ],
    ['of an organization', when('StringEquals', 'aws:PrincipalOrgID', 'o-a'), null, ['o-a']],
    [
      'of the organization of a path',
      when('StringLike', 'aws:SourceOrgPaths', 'o-a/r-1/*'),
      null,
      ['o-a'],
    ],
    [
      'of no organization with a wildcard',
      when('StringLike', 'aws:PrincipalOrgID', 'o-*'),
      null,
      [],
    ],
    [
      'of no organization of the bucket',
      when('StringEquals', 'aws:ResourceOrgID', 'o-a'),
      null,
      [],
    ],
    [
      'of a service in a condition',
      when('StringEquals', 'aws:PrincipalServiceName', 's.amazonaws.com'),
      null,
      ['s.amazonaws.com'],
    ],
    [
      'of a service in a list',
      when('ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 's.amazonaws.com'),
      null,
      ['s.amazonaws.com'],
    ],
    [
      'of no services by a pattern',
      when('StringLike', 'aws:PrincipalServiceName', 's.*'),
      null,
      [],
    ],
    [
      'of no service in another key',
      when('StringEquals', 'aws:UserAgent', 's.amazonaws.com'),
      null,
      [],
    ],
    [
      'of the trusted',
      {},
      { accounts: [A], organizations: ['o-b'], services: ['t.amazonaws.com'] },
      [A, 'o-b', 't.amazonaws.com'],
    ],
    ['of a trusted path', {}, { organizationPaths: ['o-b/r-1/*', 'o-*/r-1/*'] }, ['o-b']],
    [
      'of who is granted something',
      {},
      {
        grants: [
          { principal: A },
          { principal: 'o-c' },
          { principal: `arn:aws:iam::${A}:role/g` },
          { principal: 'x-o-d' },
        ],
      },
      [A, 'o-c', `arn:aws:iam::${A}:role/g`],
    ],
    [
      'of a known variable',
      when('StringEquals', 'aws:SourceAccount', variable('aws:ResourceAccount')),
      null,
      [],
    ],
  ])('%s', (_, statement, trust, expected) => {
    expect(named(statement, trust)).toEqual([OWNER, ...expected]);
  });
});
