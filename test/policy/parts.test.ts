import { describe, expect, it } from 'vitest';
import { inBlock } from '../../src/policy/language/addresses.ts';
import { PolicySyntaxError, parsePolicy } from '../../src/policy/language/document.ts';
import { effort, inOrder, isCostly } from '../../src/policy/language/glob.ts';
import { jsonFault } from '../../src/policy/language/json.ts';
import { parseOperator } from '../../src/policy/language/operators.ts';
import { unscopedGrants } from '../../src/policy/questions/grants.ts';
import { openUse } from '../../src/policy/questions/key-policy.ts';
import { publicStatements } from '../../src/policy/questions/public.ts';
import { Budget } from '../../src/policy/reach/budget.ts';
import { keysReached, namesKeys, resourceOf } from '../../src/policy/reach/places.ts';
import { isTrustedUser, type Trust } from '../../src/policy/requests/trust.ts';

const OWNER = '123456789012';
const [TRUSTED, STRANGER] = ['111122223333', '999988887777'];
const nobody: Trust = {
  ...{ accounts: [], organizations: [], organizationPaths: [], services: [], canonicalUsers: [] },
  requireSourceGuard: true,
};
const bucket = { arn: 'arn:aws:s3:::example-bucket', account: OWNER };
const objects = `${bucket.arn}/*`;
const policy = (...statements: object[]) =>
  parsePolicy(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: statements.map((each) => ({
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: objects,
        ...each,
      })),
    }),
  );

it('a budget is spent down, never up, and renewed by half for an explanation', () => {
  const budget = new Budget();
  const before = Budget.exhausted;
  expect([budget.spend(150_000), budget.spent]).toEqual([true, 150_000]);
  budget.renew();
  expect(budget.spent).toBe(100_000);
  budget.renew();
  expect(budget.spent).toBe(100_000);
  expect([budget.spend(100_000), budget.spend(1), budget.spend(1)]).toEqual([true, false, false]);
  expect(Budget.exhausted).toBe(before + 1);
});

describe('the keys that a resource reaches', () => {
  it.each<[string, string, readonly string[]]>([
    ['objects', objects, ['*']],
    ['a folder', `${bucket.arn}/a/*`, ['a/*']],
    ['the bucket and its objects', `${bucket.arn}*`, ['*']],
    ['the bucket', bucket.arn, []],
    ['an empty key', `${bucket.arn}/`, []],
    ['another bucket', 'arn:aws:s3:::other/*', []],
    ['a key that is too long', `${bucket.arn}/${'k'.repeat(1025)}`, []],
    ['the longest key', `${bucket.arn}/${'k'.repeat(1024)}*`, [`${'k'.repeat(1024)}*`]],
  ])('%s', (_, resource, keys) => {
    expect(keysReached(resource, bucket.arn)).toEqual(keys);
  });
  it.each<[string, boolean]>([
    ['*', false],
    ['*.*', false],
    ['??*', false],
    ['*e*', false],
    ['a*', true],
    ['*ab*', true],
    ['*é1*', true],
    ['*--*', false],
  ])('%s names some: %s', (keys, isNamed) => {
    expect(namesKeys(keys)).toBe(isNamed);
  });
  it('and the other way round', () => {
    const point = `arn:aws:s3:eu-west-1:${OWNER}:accesspoint/ap`;
    expect(resourceOf(bucket.arn, { keys: null })).toBe(bucket.arn);
    expect(resourceOf(bucket.arn, { keys: '?*' })).toBe(objects);
    expect(resourceOf(bucket.arn, { keys: 'a/*' })).toBe(`${bucket.arn}/a/*`);
    expect(resourceOf(point, { keys: '?*' })).toBe(`${point}/object/*`);
    expect(keysReached(`${point}/object/a*`, point)).toEqual(['a*']);
  });
});

/** RFC 4291, IPv6; IAM User Guide, "IP address condition operators". */
describe('an address in a block', () => {
  it.each<[string, string, -1 | 0 | 1]>([
    ['192.0.2.1', '192.0.2.0/24', 1],
    ['192.0.3.1', '192.0.2.0/24', -1],
    ['192.0.2.1', '192.0.2.1', 1],
    ['192.0.2.1', '0.0.0.0/0', 1],
    ['2001:db8::1', '2001:db8::/32', 1],
    ['2001:db9::1', '2001:db8::/32', -1],
    ['2001:db8:0:0:0:0:0:1', '2001:db8::1', 1],
    ['::1', '::/0', 1],
    ['2001:db8::1', '192.0.2.0/24', -1],
    ['::ffff:192.0.2.1', '192.0.2.0/24', 0],
    ['192.0.2.1', '::ffff:0:0/96', 0],
    ['192.0.2.1', '192.0.2.0/33', 0],
    ['192.0.2.1', '192.0.2.0/24/1', 0],
    ['192.0.2.1', 'office', 0],
    ['192.0.2.1', '192.0.2.1x', 0],
    ['192.0.2.1', '192.0.2.x1/24', 0],
    ['192.0.2.1', '192.0.2.1/2x', 0],
    ['192.0.2.256', '192.0.2.0/24', 0],
    ['192.0.2.1', '', 0],
    ['2001:db8::1', '2001:db8::g/32', 0],
    ['2001:db8::1', '2001:db8::00001/32', 0],
    ['2001:db8::1', '2001::db8::/32', 0],
    ['2001:db8::1', '', 0],
  ])('%s in %s', (address, block, truth) => {
    expect(inBlock(address, block)).toBe(truth);
  });
});

describe('JSON that a parser accepts and a policy must not be', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  it.each<[string, string, string | null]>([
    ['an object', '{"a":1,"b":[{"a":1},{"a":2}],"c":"{,\\"a\\":"}', null],
    ['texts in a list', '["a","a",["a","a"]]', null],
    ['the same texts in a list', '["a","a","a",{"b":["a","a","a"]},"a"]', null],
    ['a text in a list in an object', '{"a":["a","b"],"b":"a"}', null],
    ['a key twice', '{"a":1,"a":2}', 'every key once, but "a" appears twice'],
    ['a key twice, escaped', '{"a":1,"\\u0061":2}', 'every key once, but "a" appears twice'],
    ['a key twice behind a list', '{"a":[1],"a":2}', 'every key once, but "a" appears twice'],
    ['a key twice inside', '{"x":{"a":1,"b":{},"a":2}}', 'every key once, but "a" appears twice'],
    ['as deep as it may be', nested(32), null],
    ['too deep', nested(33), 'at most 32 levels of nesting'],
  ])('%s', (_, text, fault) => {
    expect(jsonFault(text)).toBe(fault);
  });

  it.each<[string, object, RegExp]>([
    ['another effect', { Effect: 'Permit' }, /Effect: expected "Allow" or "Deny"/],
    ['a condition that is a text', { Condition: 'x' }, /Condition: expected an object/],
  ])('%s', (_, change, message) => {
    expect(() => policy({ Principal: '*', ...change })).toThrow(message);
  });
  it('another version, and a policy that is too long', () => {
    expect(() => parsePolicy('{"Version":"2020-01-01","Statement":[]}')).toThrow(
      /Version: expected "2012-10-17" or "2008-10-17"/,
    );
    expect(() => parsePolicy(JSON.stringify({ Id: 'x'.repeat(200_000) }))).toThrow(
      /^Policy: expected at most \d+ characters/,
    );
    expect(() => parsePolicy('[]')).toThrow(PolicySyntaxError);
  });
  it('an empty name of a statement is none', () => {
    expect(
      policy({ Principal: '*', Sid: '' }, { Principal: '*', Sid: 'S' }).statements.map(
        ({ sid }) => sid,
      ),
    ).toEqual([null, 'S']);
  });
  it('in the old version a variable is text', () => {
    const isVariable = (Version?: string) =>
      parsePolicy(
        JSON.stringify({
          ...(Version ? { Version } : {}),
          Statement: {
            Effect: 'Allow',
            Principal: '*',
            Action: '*',
            Resource: '*',
            Condition: { StringEquals: { 'aws:UserAgent': `$${'{'}aws:username}` } },
          },
        }),
      ).statements[0]?.conditions[0]?.variables;
    expect([isVariable('2012-10-17'), isVariable('2008-10-17'), isVariable()]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('an operator', () => {
  it.each<[string, object | null]>([
    ['StringEquals', { test: 'equals', negated: false, ifExists: false, set: 'none' }],
    [
      'ForAllValues:StringNotLikeIfExists',
      { test: 'like', negated: true, ifExists: true, set: 'ForAllValues' },
    ],
    ['ForAnyValue:ArnLike', { test: 'arn', negated: false, ifExists: false, set: 'ForAnyValue' }],
    ['Null', { test: 'null', negated: false, ifExists: false, set: 'none' }],
    ['NullIfExists', null],
    ['ForAllValues:Null', null],
    ['ForAnyValues:StringEquals', null],
    ['forallvalues:StringEquals', null],
    ['stringequals', null],
    ['', null],
  ])('%s', (name, operator) => {
    expect(parseOperator(name)).toEqual(operator);
  });
});

describe('who is called open', () => {
  const open = (trust: Partial<Trust>, ...statements: object[]) =>
    unscopedGrants(policy(...statements), bucket, { ...nobody, ...trust }).map(
      ({ statement, reason, caller }) => `${statement} ${reason} ${caller}`,
    );
  const OAI = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1';
  const canonical = 'a'.repeat(64);
  it.each<[string, Partial<Trust>, object[], readonly string[]]>([
    ['the owner', {}, [{ Principal: { AWS: OWNER } }], []],
    ['a role of the owner', {}, [{ Principal: { AWS: `arn:aws:iam::${OWNER}:role/r` } }], []],
    [
      'a stranger',
      {},
      [{ Principal: { AWS: STRANGER } }],
      [`0 foreignAccount account ${STRANGER}`],
    ],
    [
      'a role of a stranger',
      {},
      [{ Principal: { AWS: `arn:aws:iam::${STRANGER}:role/r` } }],
      [`0 foreignAccount account ${STRANGER}`],
    ],
    [
      'the owner and a stranger',
      {},
      [{ Principal: { AWS: [OWNER, STRANGER] } }],
      [`0 foreignAccount account ${STRANGER}`],
    ],
    ['a trusted account', { accounts: [TRUSTED] }, [{ Principal: { AWS: TRUSTED } }], []],
    [
      'a canonical user',
      {},
      [{ Principal: { CanonicalUser: canonical } }],
      [expect.stringContaining('0 canonicalUser') as never],
    ],
    [
      'a trusted canonical user',
      { canonicalUsers: [canonical] },
      [{ Principal: { CanonicalUser: canonical } }],
      [],
    ],
    [
      'another canonical user',
      { canonicalUsers: [canonical] },
      [{ Principal: { CanonicalUser: 'b'.repeat(64) } }],
      [expect.stringContaining('0 canonicalUser') as never],
    ],
    [
      'a trusted origin access identity',
      { canonicalUsers: ['E1'] },
      [{ Principal: { AWS: OAI } }],
      [],
    ],
    [
      'another origin access identity',
      { canonicalUsers: ['E2'] },
      [{ Principal: { AWS: OAI } }],
      [expect.stringContaining('0 ') as never],
    ],
    [
      'everyone but the owner',
      {},
      [{ NotPrincipal: { AWS: OWNER }, Principal: undefined }],
      [expect.stringContaining('0 notPrincipal') as never],
    ],
    [
      'a federated caller',
      {},
      [{ Principal: { Federated: 'accounts.google.com' } }],
      [expect.stringContaining('0 ') as never],
    ],
    [
      'nothing, because all is denied',
      {},
      [{ Principal: '*' }, { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }],
      [],
    ],
    [
      'what a denial of another action leaves',
      {},
      [{ Principal: '*' }, { Effect: 'Deny', Principal: '*', Action: 's3:PutObject' }],
      ['0 anonymous anyone'],
    ],
    [
      'who a denial spares by NotPrincipal',
      {},
      [
        { Principal: { AWS: STRANGER } },
        {
          Effect: 'Deny',
          Principal: undefined,
          NotPrincipal: { AWS: `arn:aws:iam::${STRANGER}:role/r` },
        },
      ],
      [`0 foreignAccount account ${STRANGER}`],
    ],
    [
      'not who a denial means by NotPrincipal',
      {},
      [
        { Principal: { AWS: STRANGER } },
        { Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: OWNER } },
      ],
      [],
    ],
    [
      'the account of a denied role',
      {},
      [
        { Principal: { AWS: STRANGER } },
        { Effect: 'Deny', Principal: { AWS: `arn:aws:iam::${STRANGER}:role/r` } },
      ],
      [`0 foreignAccount account ${STRANGER}`],
    ],
    [
      'not a role that is denied',
      {},
      [
        { Principal: { AWS: `arn:aws:iam::${STRANGER}:role/r` } },
        { Effect: 'Deny', Principal: { AWS: `arn:aws:iam::${STRANGER}:role/r` } },
      ],
      [],
    ],
    [
      'another role than the one denied',
      {},
      [
        { Principal: { AWS: `arn:aws:iam::${STRANGER}:role/a` } },
        { Effect: 'Deny', Principal: { AWS: `arn:aws:iam::${STRANGER}:role/r` } },
      ],
      [`0 foreignAccount account ${STRANGER}`],
    ],
    [
      'not a service that is denied',
      {},
      [
        { Principal: { Service: 'a.amazonaws.com' } },
        { Effect: 'Deny', Principal: { Service: 'a.amazonaws.com' } },
      ],
      [],
    ],
    [
      'another service than the one denied',
      {},
      [
        { Principal: { Service: 'a.amazonaws.com' } },
        { Effect: 'Deny', Principal: { Service: 'b.amazonaws.com' } },
      ],
      [expect.stringContaining('0 untrustedService a.amazonaws.com') as never],
    ],
    [
      'not a service outside of NotPrincipal',
      {},
      [
        { Principal: { Service: 'a.amazonaws.com' } },
        { Effect: 'Deny', Principal: undefined, NotPrincipal: { Service: 'b.amazonaws.com' } },
      ],
      [],
    ],
    [
      'a service that NotPrincipal spares',
      {},
      [
        { Principal: { Service: 'a.amazonaws.com' } },
        { Effect: 'Deny', Principal: undefined, NotPrincipal: { Service: 'a.amazonaws.com' } },
      ],
      [expect.stringContaining('0 untrustedService a.amazonaws.com') as never],
    ],
    [
      'not an action that no other account may have',
      { accounts: [TRUSTED], forbiddenActions: ['s3:PutBucketPolicy'] },
      [{ Principal: { AWS: TRUSTED } }],
      [],
    ],
    [
      'an action that no other account may have',
      { accounts: [TRUSTED], forbiddenActions: ['s3:Get*'] },
      [{ Principal: { AWS: TRUSTED } }],
      [expect.stringContaining('0 forbiddenAction') as never],
    ],
    [
      'the owner with such an action',
      { forbiddenActions: ['s3:Get*'] },
      [{ Principal: { AWS: OWNER } }],
      [],
    ],
    [
      'more than was granted',
      { accounts: [TRUSTED], grants: [{ principal: TRUSTED, actions: ['s3:PutObject'] }] },
      [{ Principal: { AWS: TRUSTED } }],
      [expect.stringContaining('0 beyondGrant') as never],
    ],
    [
      'what was granted',
      { accounts: [TRUSTED], grants: [{ principal: TRUSTED, actions: ['s3:Get*'] }] },
      [{ Principal: { AWS: TRUSTED } }],
      [],
    ],
    [
      'another prefix than was granted',
      { accounts: [TRUSTED], grants: [{ principal: TRUSTED, prefixes: ['a/'] }] },
      [{ Principal: { AWS: TRUSTED }, Resource: `${bucket.arn}/b/*` }],
      [expect.stringContaining('0 beyondGrant') as never],
    ],
    [
      'the prefix that was granted',
      { accounts: [TRUSTED], grants: [{ principal: TRUSTED, prefixes: ['a/'] }] },
      [{ Principal: { AWS: TRUSTED }, Resource: `${bucket.arn}/a/*` }],
      [],
    ],
  ])('%s', (_, trust, statements, expected) => {
    expect(open(trust, ...statements)).toEqual(expected);
  });

  it('an approved id is that of a whole canonical user or identity', () => {
    const trust = (...canonicalUsers: string[]) => ({ ...nobody, canonicalUsers });
    expect(isTrustedUser(canonical, trust(canonical))).toBe(true);
    expect(isTrustedUser(canonical, trust('', canonical.slice(1)))).toBe(false);
    expect(isTrustedUser(OAI, trust('E1'))).toBe(true);
    expect(isTrustedUser(OAI, trust(OAI))).toBe(true);
    expect(isTrustedUser(OAI, trust('1', ''))).toBe(false);
    expect(isTrustedUser(OAI, null)).toBe(false);
  });
});

/** KMS Developer Guide, "Key policies in AWS KMS" and "AWS KMS permissions". */
describe('a use of a key that is open', () => {
  const key = { arn: `arn:aws:kms:eu-west-1:${OWNER}:key/1`, account: OWNER };
  const use = (...statements: object[]) => {
    const written = statements.map((each) => ({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'kms:Decrypt',
      Resource: '*',
      ...each,
    }));
    return (
      openUse(parsePolicy(JSON.stringify({ Statement: written })), key, {
        ...nobody,
        accounts: [TRUSTED],
      })?.action ?? null
    );
  };
  const callers = (account: string) => ({
    Condition: { StringEquals: { 'kms:CallerAccount': account } },
  });
  it.each<[string, object[], string | null]>([
    ['none', [], null],
    ['by everyone', [{}], 'kms:Decrypt'],
    ['by everyone, all at once', [{ Action: 'kms:*' }], 'kms:Decrypt'],
    ['of encrypting', [{ Action: 'kms:Encrypt' }], 'kms:Encrypt'],
    ['of handing over', [{ Action: 'kms:ReEncryptTo' }], 'kms:ReEncryptTo'],
    ['of the policy', [{ Action: 'kms:PutKeyPolicy' }], 'kms:PutKeyPolicy'],
    ['not of looking', [{ Action: ['kms:DescribeKey', 'kms:ListGrants'] }], null],
    ['of all but looking', [{ Action: undefined, NotAction: 'kms:DescribeKey' }], 'kms:Decrypt'],
    ['not by the owner', [{ Principal: { AWS: OWNER } }], null],
    ['not by a trusted account', [{ Principal: { AWS: TRUSTED } }], null],
    ['by a stranger', [{ Principal: { AWS: STRANGER } }], 'kms:Decrypt'],
    ['not by a service', [{ Principal: { Service: 'delivery.logs.amazonaws.com' } }], null],
    [
      'by a stranger next to a service',
      [{ Principal: { Service: 'delivery.logs.amazonaws.com', AWS: STRANGER } }],
      'kms:Decrypt',
    ],
    [
      'by everyone but a service',
      [{ Principal: undefined, NotPrincipal: { Service: 'delivery.logs.amazonaws.com' } }],
      'kms:Decrypt',
    ],
    ['not from the account', [callers(OWNER)], null],
    ['from another account', [callers(STRANGER)], 'kms:Decrypt'],
    ['not of another key', [{ Resource: `arn:aws:kms:eu-west-1:${OWNER}:key/2` }], null],
    ['of the key by its ARN', [{ Resource: key.arn }], 'kms:Decrypt'],
    ['not of all keys but this one', [{ Resource: undefined, NotResource: key.arn }], null],
    [
      'of all keys but another',
      [{ Resource: undefined, NotResource: 'arn:aws:kms:*:*:key/2' }],
      'kms:Decrypt',
    ],
    ['not when denied', [{}, { Effect: 'Deny', Action: 'kms:*' }], null],
    ['when another use is denied', [{}, { Effect: 'Deny', Action: 'kms:Encrypt' }], 'kms:Decrypt'],
    [
      'when it is denied outside of an account that is not trusted',
      [{}, { Effect: 'Deny', Condition: { StringNotEquals: { 'kms:CallerAccount': STRANGER } } }],
      'kms:Decrypt',
    ],
    [
      'not when it is denied outside of the account',
      [{}, { Effect: 'Deny', Condition: { StringNotEquals: { 'kms:CallerAccount': OWNER } } }],
      null,
    ],
    [
      'when the denial cannot be read',
      [{}, { Effect: 'Deny', Action: { Ref: 'X' } }],
      'kms:Decrypt',
    ],
    ['when the action cannot be read', [{ Action: { Ref: 'X' } }], 'kms:Decrypt'],
    ['when the resource cannot be read', [{ Resource: { Ref: 'X' } }], 'kms:Decrypt'],
    [
      'by another condition',
      [{ Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } }],
      'kms:Decrypt',
    ],
  ])('%s', (_, statements, action) => {
    expect(use(...statements)).toBe(action);
  });
});

/** Amazon S3 User Guide, "Blocking public access": the meaning of public. */
describe('why a statement is public', () => {
  const why = (...statements: object[]) =>
    publicStatements(policy(...statements), bucket).map((each) => each.why);
  const when = (operator: string, key: string, value: unknown) => ({
    Principal: '*',
    Condition: { [operator]: { [key]: value } },
  });
  it.each<[string, object, RegExp | null]>([
    ['everyone', { Principal: '*' }, /./],
    [
      'a federated caller',
      { Principal: { Federated: 'accounts.google.com' } },
      /federated|identity provider/i,
    ],
    [
      'everyone else',
      { Principal: undefined, NotPrincipal: { AWS: OWNER } },
      /NotPrincipal allows everyone else/,
    ],
    ['an account', { Principal: { AWS: STRANGER } }, null],
    [
      'if the key exists',
      when('StringEqualsIfExists', 'aws:SourceVpc', 'vpc-1'),
      /is also true for a request without the key/,
    ],
    [
      'a list with a plain operator',
      when('StringEquals', 'aws:PrincipalOrgPaths', 'o-a/r-1/'),
      /needs ForAnyValue in front/,
    ],
    [
      'a value that cannot be read',
      when('StringEquals', 'aws:SourceVpc', [null]),
      /cannot be read/,
    ],
    ['a fixed network', when('StringEquals', 'aws:SourceVpc', 'vpc-1'), null],
    ['an organization', when('StringEquals', 'aws:PrincipalOrgID', 'o-a1'), null],
    ['a network, its case ignored', when('StringEqualsIgnoreCase', 'aws:SourceVpc', 'vpc-1'), null],
    [
      'an access point, which only its own policy must not trust',
      when('StringEquals', 's3:DataAccessPointArn', `arn:aws:s3:eu-west-1:${OWNER}:accesspoint/a`),
      null,
    ],
  ])('%s', (_, statement, reason) => {
    const found = why(statement);
    if (reason === null) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringMatching(reason)]);
  });
});

it('a run of wildcards is written with one star at its end', () => {
  expect(['**', '*?*', '??', '?*?', 'a**b', 'a?b*', 'a*?b?'].map(inOrder)).toEqual([
    '*',
    '?*',
    '??',
    '??*',
    'a*b',
    'a?b*',
    'a?*b?',
  ]);
});

it('the work of comparing grows with both lengths, and most with question marks', () => {
  const [long, text] = ['a'.repeat(300), 'b'.repeat(300)];
  expect([effort('a', 'b'), effort(long, text), effort(`?${long}`, text)]).toEqual([1, 10, 362]);
  expect([isCostly(`?${long}`, text), isCostly(long, text), isCostly('?', text)]).toEqual([
    true,
    false,
    false,
  ]);
});
