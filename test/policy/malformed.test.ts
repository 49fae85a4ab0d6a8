import { describe, expect, it } from 'vitest';
import { PolicySyntaxError, parsePolicy } from '../../src/policy/language/document.ts';
import { undenied } from '../../src/policy/questions/denials.ts';
import { orphanedPrincipals, unscopedGrants } from '../../src/policy/questions/grants.ts';
import { grantees } from '../../src/policy/questions/services.ts';
import { trust } from './trust.ts';
import { bucket } from './words.ts';

const open = {
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::example-bucket/*',
};
const secure = { keys: { 'aws:SecureTransport': 'false' } };
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('is refused, saying where', () => {
  it.each([
    ['', 'Policy: expected JSON'],
    ['{', 'Policy: expected JSON'],
    ['null', 'Policy: expected a JSON object'],
    ['[]', 'Policy: expected a JSON object'],
    ['"text"', 'Policy: expected a JSON object'],
    ['{}', 'Statement: expected'],
    ['{"Statement":null}', 'Statement[0]: expected an object'],
    ['{"Statement":[1]}', 'Statement[0]: expected an object'],
    ['{"Statement":[],"Rule":1}', 'Policy.Rule: expected'],
    ['{"Statement":[],"__proto__":{}}', 'Policy.__proto__: expected'],
    ['{"Version":"2012","Statement":[]}', 'Version: expected'],
    ['{"Statement":[],"Statement":[]}', '"Statement" appears twice'],
    ['{"Statement":[],"\\u0053tatement":[]}', '"Statement" appears twice'],
    [`{"Statement":${nested(40)}}`, 'levels of nesting'],
    [`{"Statement":${nested(20_000)}}`, 'Policy: expected'],
    [' '.repeat(70_000), 'at most 65536 characters'],
  ])('%#', (text, message) => {
    expect(() => parsePolicy(text)).toThrow(PolicySyntaxError);
    expect(() => parsePolicy(text)).toThrow(message);
  });

  it.each([
    [{ ...open, Effect: 'allow' }, 'Statement[0].Effect'],
    [{ ...open, Effect: undefined }, 'Statement[0].Effect'],
    [{ ...open, Principal: undefined }, 'Statement[0].Principal'],
    [{ ...open, NotPrincipal: '*' }, 'Statement[0].Principal'],
    [{ ...open, NotAction: '*' }, 'Statement[0].Action'],
    [{ ...open, Resource: undefined }, 'Statement[0].Resource'],
    [{ ...open, Condition: [] }, 'Statement[0].Condition'],
    [{ ...open, Condition: null }, 'Statement[0].Condition'],
  ])('%#', (statement, message) => {
    expect(() => parsePolicy(JSON.stringify({ Statement: [statement] }))).toThrow(message);
  });
});

describe('never looks safer', () => {
  const odd: readonly unknown[] = [
    0,
    1,
    true,
    false,
    null,
    [],
    {},
    [null],
    [[]],
    { a: null },
    '',
    'x',
  ];

  it.each(odd.map((value) => [JSON.stringify(value), value]))('%s', (_, value) => {
    const statements: readonly object[] = [
      { ...open, Principal: value },
      { ...open, Principal: { AWS: value } },
      { ...open, Principal: JSON.parse(`{"__proto__":${JSON.stringify(value)}}`) },
      { ...open, Sid: value },
      { ...open, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': value } } },
      { ...open, Condition: { [`${value}`]: value } },
    ];
    for (const statement of statements) {
      const policy = parsePolicy(JSON.stringify({ Statement: [statement] }));
      expect(unscopedGrants(policy, bucket, trust), JSON.stringify(statement)).toHaveLength(1);
      grantees(policy, 's3:GetObject');
      orphanedPrincipals(policy);
    }
  });

  it.each(odd.map((value) => [JSON.stringify(value), value]))('as a Deny: %s', (_, value) => {
    const deny = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::example-bucket', 'arn:aws:s3:::example-bucket/*'],
    };
    const statements: readonly object[] = [
      { ...deny, Principal: value },
      { ...deny, Action: value },
      { ...deny, Resource: value },
      { ...deny, Condition: { Bool: { 'aws:SecureTransport': value === false ? 'x' : value } } },
      { ...deny, Condition: { Bool: value === null || Array.isArray(value) ? {} : { x: value } } },
      { ...deny, [`${value}`]: value },
    ];
    for (const statement of statements) {
      const policy = parsePolicy(
        JSON.stringify({ Version: '2012-10-17', Statement: [open, statement] }),
      );
      expect(unscopedGrants(policy, bucket, trust), JSON.stringify(statement)).toHaveLength(1);
      expect(undenied(policy, bucket, secure), JSON.stringify(statement)).not.toBeNull();
    }
  });
});

describe('hostile policies end', () => {
  const many = (count: number, make: (n: number) => unknown): unknown[] =>
    Array.from({ length: count }, (_, n) => make(n));
  const everything = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' };
  const outsiders = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } };

  it.each<[string, unknown[]]>([
    ['wildcards', many(150, (n) => ({ ...open, Action: 's3:*G*e*t*', Resource: `*e*x*/*${n}*` }))],
    [
      'keys',
      many(60, (n) => [
        { ...open, Condition: { StringEquals: { [`s3:a${n}`]: 'a', [`s3:b${n}`]: 'b' } } },
        {
          ...everything,
          Condition: { StringLike: { [`s3:a${n}`]: ['a'], [`s3:b${n + 1}`]: '*b' } },
        },
      ]).flat(),
    ],
    [
      'accounts',
      [
        open,
        ...many(400, (n) => ({
          ...everything,
          Principal: { AWS: `${200000000000 + n}` },
          Condition: outsiders,
        })),
      ],
    ],
    ['one long glob', [{ ...open, Resource: `*${'a?'.repeat(9000)}b` }, everything]],
    ['long list', [{ ...open, Action: many(3000, (n) => `s3:Get${n}*`) }]],
  ])('%s', (_, Statement) => {
    const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }));
    expect(Array.isArray(unscopedGrants(policy, bucket, trust))).toBe(true);
    expect(undenied(policy, bucket, secure)).toBeDefined();
  });
});

it('what grows beyond the bound is open, never safe', () => {
  const condition = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`s3:key${n}`, ['a', 'b', 'c']]),
  );
  const policy = parsePolicy(
    JSON.stringify({
      Statement: [
        { ...open, Condition: { StringEquals: condition } },
        { ...open, Effect: 'Deny', Condition: { StringLike: condition } },
      ],
    }),
  );
  expect(unscopedGrants(policy, bucket, trust)).toHaveLength(1);
});
