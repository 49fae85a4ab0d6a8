import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { undenied } from '../../src/policy/questions/denials.ts';
import { unscopedGrants } from '../../src/policy/questions/grants.ts';
import { denialsIn, sharingIn } from '../../src/policy/questions/parts.ts';
import { openIn, publicStatements } from '../../src/policy/questions/public.ts';
import { randomCase, randomNumbers } from './random.ts';
import { bucket } from './words.ts';

const POLICIES = 200;
const seed = Number(process.env['PARTS_SEED'] ?? Date.now() % 1_000_000);
const next = randomNumbers(seed);

/** Roles of the owner's account, which no other policy names: among what parts leave out. */
const team = () => ({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${bucket.account}:role/team-${next()}` },
  Action: 's3:GetObject',
  Resource: `${bucket.arn}/*`,
});

const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
const equals = (key: string, value: unknown, operator = 'StringEquals') => ({
  [operator]: { [key]: value },
});
const tls = { Bool: { 'aws:SecureTransport': 'false' } };

/** Conditions of denials that together leave nothing open, or do so for one account only. */
const both = (key: string, value: unknown) => [
  equals(key, value),
  equals(key, value, 'StringNotEquals'),
];
const ARN = `arn:aws:iam::${bucket.account}:root`;
const conditions: readonly (readonly object[])[] = [
  [{}],
  [equals('aws:ResourceAccount', bucket.account)],
  [equals('s3:ResourceAccount', '444455556666')],
  [equals('aws:ResourceAccount', `$${'{'}aws:ResourceAccount}`)],
  both('aws:SourceVpce', 'vpce-1'),
  both('aws:SourceVpce', `$${'{'}aws:ResourceAccount}`),
  [
    equals('aws:SourceVpce', `$${'{'}aws:ResourceAccount}`),
    equals('aws:SourceVpce', bucket.account, 'StringNotEquals'),
  ],
  both('aws:SourceVpce', [{}, 'vpce-1']),
  [equals('aws:PrincipalArn', ARN, 'ArnLike'), equals('aws:PrincipalArn', ARN, 'ArnNotLike')],
  both('aws:userid', bucket.account),
  [{ StringEquals: {} }],
];
/** The rest of a denial: most often for everyone and everything. */
const Resource = [bucket.arn, `${bucket.arn}/*`];
const whole = { Principal: '*', Action: 's3:*', Resource };
const rests: readonly object[] = [
  ...[whole, whole, whole, whole, { ...whole, Principal: { AWS: '*' } }],
  { ...whole, Principal: { AWS: bucket.account } },
  { ...whole, Principal: { Service: 's3.amazonaws.com', CanonicalUser: 'f00d' } },
  { ...whole, Action: 's3:GetObject' },
  { Principal: '*', NotAction: 's3:GetObject', Resource },
  { ...whole, Resource: bucket.arn },
  { Principal: '*', Action: 's3:*', NotResource: `${bucket.arn}/public/*` },
];
/** Other statements, some of which ask for what denials ask for in a way that makes it harder to decide. */
const others = [
  {},
  { Condition: equals('aws:SourceVpce', 'vpce-2') },
  { Condition: equals('aws:SourceVpce', 'VPCE-1', 'StringEqualsIgnoreCase') },
  { Condition: equals('aws:UserAgent', 'x', 'StringEqualsIgnoreCase') },
  { Condition: equals('aws:PrincipalAccount', ['444455556666', '111122223333']) },
  {
    Condition: equals(
      'aws:SourceVpce',
      Array.from({ length: 40 }, (_, n) => `vpce-${n}`),
    ),
  },
];

function alike() {
  const denials = pick(conditions).map((Condition) => ({
    ...{ Effect: 'Deny', ...pick(rests) },
    Condition: { ...tls, ...Condition },
  }));
  const allows = Array.from({ length: Math.floor(next() * 3) }, () => ({
    ...team(),
    ...pick(others),
  }));
  return parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [...allows, ...denials] }));
}

const cases = Array.from({ length: POLICIES }, (_, number) => {
  const { statements, trust } = randomCase(seed * 1000 + number);
  const Statement = [team(), ...statements, team()];
  return { policy: parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement })), trust };
});

describe(`the part of a policy that decides a question (seed ${seed})`, () => {
  it('leaves open what the denials of the whole policy leave open', () => {
    const requests = [
      { keys: { 'aws:SecureTransport': 'false' } },
      { keys: { 's3:TlsVersion': '1.1', 'aws:SecureTransport': 'true' } },
      { actions: ['s3:DeleteObject'], objects: ['data/*'] },
    ];
    for (const { policy } of cases) {
      for (const request of requests)
        expect(undenied(denialsIn(policy), bucket, request)).toEqual(
          undenied(policy, bucket, request),
        );
    }
  });

  it('grants strangers what the whole policy grants them, with the same witnesses', () => {
    for (const { policy, trust } of cases) {
      const part = sharingIn(policy, bucket.account);
      expect(unscopedGrants(part, bucket, trust)).toEqual(unscopedGrants(policy, bucket, trust));
    }
  });

  it('is as public as the whole policy', () => {
    for (const { policy } of cases)
      expect(publicStatements(openIn(policy), bucket)).toEqual(publicStatements(policy, bucket));
  });

  it('is answered for each bucket and account as if no one had asked before', () => {
    const policies = Array.from({ length: 200 }, alike);
    const request = { keys: { 'aws:SecureTransport': 'false' } };
    for (const account of [bucket.account, '444455556666']) {
      for (const [number, policy] of policies.entries()) {
        const direct = undenied(policy, { arn: bucket.arn, account }, request);
        const arn = `arn:aws:s3:::another-${number % 3}`;
        expect(undenied(policy, { arn, account, writtenAs: bucket.arn }, request)).toEqual(direct);
        expect(undenied(denialsIn(policy), { arn: bucket.arn, account }, request)).toEqual(direct);
      }
    }
  });

  it('is not shared where another statement makes a key harder to decide', () => {
    const denials = both('aws:SourceVpce', 'vpce-1').map((Condition) => ({
      ...{ ...whole, Effect: 'Deny', Condition },
    }));
    const ask = (Condition: object) => {
      const Statement = [...denials, { ...team(), Condition }];
      const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }));
      return undenied(policy, { ...bucket, writtenAs: bucket.arn }, {})?.missing ?? [];
    };
    const ignoringCase = equals('aws:SourceVpce', 'VPCE-1', 'StringEqualsIgnoreCase');
    expect(ask({})).toEqual([]);
    expect(ask(equals('aws:UserAgent', 'x', 'StringEqualsIgnoreCase'))).toEqual([]);
    expect(ask(ignoringCase)).toEqual(['condition']);
    expect(ask(equals('aws:SourceVpce', 'vpce-2'))).toEqual([]);
  });

  // Policies with the same denials share their answers; each of these has something besides that decides.
  const exempts = 'requests that another condition exempts';
  const denies = (Condition: object) => ({ Condition });
  it.each<[string, object, object, string[]]>([
    [
      'callers of an account',
      { Principal: { AWS: bucket.account } },
      {},
      ['callers that the Deny does not name', 'callers that the Deny does not name'],
    ],
    [
      'the account of the bucket',
      denies({ StringEquals: { 'aws:ResourceAccount': bucket.account } }),
      {},
      ['', exempts],
    ],
    [
      'the account of the bucket and something else',
      denies({
        Bool: { 'aws:SecureTransport': ['true', 'false'] },
        StringEquals: { 'aws:ResourceAccount': bucket.account },
      }),
      {},
      ['', exempts],
    ],
    ['nothing', {}, {}, ['', '']],
  ])('asks for %s', (_, denial, other, texts) => {
    const statements = [
      { ...team(), Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', ...denial },
      { ...team(), ...other },
    ];
    const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
    const found = [bucket.account, '444455556666'].map(
      (account) =>
        undenied(policy, { arn: 'arn:aws:s3:::b', account, writtenAs: bucket.arn }, {})?.text ?? '',
    );
    expect(found).toEqual(texts);
  });

  it('is one object for all policies that differ in what the question is not about', () => {
    const [deny, other] = [1, 2]
      .map(() =>
        parsePolicy(
          JSON.stringify({ Statement: [{ ...team(), Effect: 'Deny', Principal: '*' }, team()] }),
        ),
      )
      .map((policy) => ({
        denials: denialsIn(policy),
        sharing: sharingIn(policy, bucket.account),
      }));
    expect(deny?.denials).toBe(other?.denials);
    expect(deny?.sharing).toBe(other?.sharing);
    expect(deny?.denials.statements).toHaveLength(1);
  });

  it('leaves out what is for fixed principals, where public access is asked about', () => {
    const all = [team(), { ...team(), Principal: '*' }, { ...team(), Effect: 'Deny' }];
    const policy = parsePolicy(JSON.stringify({ Statement: all }));
    expect(openIn(policy).statements).toEqual([policy.statements[1]]);
    const { Principal, ...rest } = team();
    const spared = parsePolicy(
      JSON.stringify({ Statement: [{ ...rest, NotPrincipal: Principal }] }),
    );
    expect(openIn(spared).statements).toHaveLength(1);
  });

  it('has few names, those of principals and the values of conditions together', () => {
    const names = (roles: number, values: number) => {
      const of = (count: number) => Array.from({ length: count }, (_, n) => `v${n}`);
      const AWS = of(roles).map((name) => `arn:aws:iam::111122223333:role/${name}`);
      const Condition = { StringLike: { 'aws:userid': of(values) } };
      const statement = { ...team(), Principal: { AWS }, Condition };
      const denial = { ...team(), Effect: 'Deny' };
      return parsePolicy(JSON.stringify({ Statement: [statement, denial] }));
    };
    const [few, many] = [names(12, 12), names(12, 13)];
    expect(denialsIn(few).statements).toEqual([few.statements[1]]);
    expect(denialsIn(many)).toBe(many);
  });

  it('is the whole policy where so many names are written out that a limit may be near', () => {
    const AWS = Array.from({ length: 25 }, (_, n) => `arn:aws:iam::111122223333:role/r${n}`);
    const policy = parsePolicy(JSON.stringify({ Statement: [{ ...team(), Principal: { AWS } }] }));
    expect(denialsIn(policy)).toBe(policy);
  });

  it('keeps a number that JSON cannot write apart from a value that cannot be read', () => {
    const texts = ['1e400', 'null'].map(
      (value) =>
        `{"Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:userid":${value}}}}}`,
    );
    const values = texts.map((text) => parsePolicy(text).statements[0]?.conditions[0]?.values);
    expect(values).toEqual([['Infinity'], [null]]);
  });
});
