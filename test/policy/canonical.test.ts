import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalPolicy } from '../../src/policy/language/canonical.ts';

const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Büro ☃',
      Effect: 'Allow',
      Principal: {
        AWS: ['arn:aws:iam::111122223333:role/b', 'arn:aws:iam::111122223333:role/a'],
      },
      Action: ['s3:GetObject'],
      Resource: 'arn:aws:s3:::full/*',
      Condition: {
        NumericLessThan: { 's3:signatureAge': 600_000 },
        Bool: { 'aws:SecureTransport': ['true'] },
      },
    },
  ],
};

describe('the canonical form of a policy', () => {
  it('has the hash that the jq of docs/policy-reviews.md gives', () => {
    const form = canonicalPolicy(JSON.stringify(policy, null, 2));
    expect(form).toBe(
      '{"Statement":{"Action":"s3:GetObject","Condition":{"Bool":{"aws:SecureTransport":"true"},"NumericLessThan":{"s3:signatureAge":600000}},"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:role/a","arn:aws:iam::111122223333:role/b"]},"Resource":"arn:aws:s3:::full/*","Sid":"Büro ☃"},"Version":"2012-10-17"}',
    );
    expect(createHash('sha256').update(form).digest('hex')).toBe(
      'dac6727489b5cd661abb36e9871b6139a9dd9f8e4fb67c2f9af1b1e8fbe95a05',
    );
  });

  it.each([
    ['{"b":1,"a":2}', '{"a":2,"b":1}'],
    ['{"10":1,"9":2,"__proto__":3}', '{"10":1,"9":2,"__proto__":3}'],
    ['["\\u0062","a"]', '["a","b"]'],
    ['["\\n","\\u0001"]', '["\\u0001","\\n"]'],
    ['[["a"]]', '"a"'],
    ['[["b"],"a"]', '["a","b"]'],
    ['[]', '[]'],
    ['["b",1,"a"]', '["b",1,"a"]'],
    ['[{"b":["y","x"]},{"a":null}]', '[{"b":["x","y"]},{"a":null}]'],
  ])('of %s is %s', (text, form) => {
    expect(canonicalPolicy(text)).toBe(form);
  });

  it('does not depend on the order of keys and of texts, nor on white space', () => {
    const texts = fc.array(fc.string(), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(
        fc
          .dictionary(fc.string(), texts, { noNullPrototype: true })
          .chain((object) =>
            fc
              .shuffledSubarray(Object.keys(object), { minLength: Object.keys(object).length })
              .map(
                (keys) =>
                  [
                    object,
                    Object.fromEntries(
                      keys.map((key) => [key, [...(object[key] ?? [])].reverse()]),
                    ),
                  ] as const,
              ),
          ),
        ([one, other]) => {
          expect(canonicalPolicy(JSON.stringify(other, null, 3))).toBe(
            canonicalPolicy(JSON.stringify(one)),
          );
        },
      ),
    );
  });

  it('says all that the policy says: it is its own canonical form, and differs where the value does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const form = canonicalPolicy(JSON.stringify(one));
        expect(canonicalPolicy(form)).toBe(form);
        const same = canonicalPolicy(JSON.stringify(other)) === form;
        if (same) expect(plain(other)).toEqual(plain(one));
      }),
    );
  });
});

/** The value with what has no meaning taken out, by another way: sets, and single entries unwrapped. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    const entries = value.map(plain);
    if (entries.length === 1) return entries[0];
    return isTexts(entries) ? count(entries) : entries;
  }
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  return new Map(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

const isTexts = (entries: readonly unknown[]): entries is string[] =>
  entries.every((entry) => typeof entry === 'string');

function count(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
