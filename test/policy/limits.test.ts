import { describe, expect, it } from 'vitest';
import { policies } from '../../bench/policies.ts';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { undenied } from '../../src/policy/questions/denials.ts';
import { unscopedGrants } from '../../src/policy/questions/grants.ts';
import { publicStatements } from '../../src/policy/questions/public.ts';
import { trust as base } from './trust.ts';
import { bucket } from './words.ts';

const trust = { ...base, grants: [{ principal: '111122223333', actions: ['s3:Get*'] }] };
const open = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' };
const everything = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' };
const isOpen = (...Statement: object[]): boolean => {
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }));
  return unscopedGrants(policy, bucket, trust).length > 0;
};

describe('beyond a limit the answer is open', () => {
  const marks = `*${'a?'.repeat(400)}*`;
  const long = 'a'.repeat(900);

  it('for question marks against long keys', () => {
    const object = { ...open, Resource: `${bucket.arn}/${long}`, Action: 's3:GetObject' };
    expect(isOpen(object, { ...everything, Resource: `${bucket.arn}/${marks}` })).toBe(true);
    const { Resource: _, ...rest } = everything;
    expect(isOpen(object, { ...rest, NotResource: `${bucket.arn}/${marks}b` })).toBe(true);
    expect(isOpen(object, { ...everything, Resource: `${bucket.arn}/${long}` })).toBe(false);
  });

  it('for question marks against long values', () => {
    const Condition = { StringEquals: { 'aws:UserAgent': long } };
    const denied = { ...everything, Condition: { StringLike: { 'aws:UserAgent': marks } } };
    expect(isOpen({ ...open, Condition }, denied)).toBe(true);
    expect(isOpen({ ...open, Condition }, { ...everything, Condition })).toBe(false);
  });

  it('for many globs of keys', () => {
    const globs = (count: number) =>
      Array.from({ length: count }, (_, n) => `${bucket.arn}/p${n}/*`);
    expect(isOpen({ ...open, Resource: globs(128) }, { ...everything, Resource: globs(128) })).toBe(
      false,
    );
    expect(isOpen({ ...open, Resource: globs(129) }, { ...everything, Resource: globs(129) })).toBe(
      true,
    );
  });
});

describe('numbers', () => {
  const age = (operator: string, value: string) => ({
    Condition: { [operator]: { 's3:signatureAge': value } },
  });

  it('are told apart between those written out', () => {
    const young = { ...everything, ...age('NumericLessThan', '10') };
    const old = { ...everything, ...age('NumericGreaterThan', '10') };
    const exact = { ...everything, ...age('NumericEquals', '10.0') };
    const none = { ...everything, Condition: { Null: { 's3:signatureAge': 'true' } } };
    expect(isOpen(open, young, old, exact, none)).toBe(false);
    expect(isOpen(open, young, old, exact)).toBe(true);
    expect(isOpen(open, young, old, none)).toBe(true);
    expect(
      isOpen(open, young, { ...everything, ...age('NumericGreaterThan', '11') }, exact, none),
    ).toBe(true);
  });

  it('are texts as soon as a condition takes them as texts', () => {
    const young = { ...everything, ...age('NumericLessThan', '1.2') };
    expect(isOpen({ ...open, ...age('StringLike', '1.3*') }, young)).toBe(true);
  });
});

describe('hostile policies of 20 KB', () => {
  // The benchmark measures; this only makes sure that each of them ends, and that what is left open is found.
  it.each(policies)('%s ends', (_, text) => {
    const policy = parsePolicy(text);
    const answers = [
      unscopedGrants(policy, bucket, trust),
      [undenied(policy, bucket, { keys: { 'aws:SecureTransport': 'false' } })],
      publicStatements(policy, bucket),
    ];
    expect(answers.flat().length).toBeGreaterThan(0);
  });
});
