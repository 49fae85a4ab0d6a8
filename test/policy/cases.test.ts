import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { undenied } from '../../src/policy/questions/denials.ts';
import { unscopedGrants } from '../../src/policy/questions/grants.ts';
import type { Trust } from '../../src/policy/requests/trust.ts';
import type { Statement } from './arbitraries.ts';
import { applies, compile } from './evaluator.ts';
import { replays } from './replay.ts';

interface Case {
  readonly description: string;
  readonly policy: object;
  readonly trust: Trust;
  readonly expected: {
    readonly scoped: boolean;
    /** Of the first witness. */
    readonly reason: string | null;
    /** What the denials of HTTP miss; null when every HTTP request is denied. */
    readonly tls: readonly string[] | null;
  };
  readonly why: string;
}

const bucket = { arn: 'arn:aws:s3:::example-bucket', account: '123456789012' };
const folder = new URL('cases/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({
    name,
    cases: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as readonly Case[],
  }));

it('there are at least 150 cases, each with its reason', () => {
  const cases = files.flatMap((file) => file.cases);
  expect(cases.length).toBeGreaterThanOrEqual(150);
  expect(cases.filter(({ why, description }) => why.length < 8 || description.length < 4)).toEqual(
    [],
  );
  expect(new Set(cases.map(({ description }) => description)).size).toBe(cases.length);
});

for (const { name, cases } of files) {
  describe(name, () => {
    for (const { description, policy: document, trust, expected } of cases) {
      it(description, () => {
        const policy = parsePolicy(JSON.stringify(document));
        const witnesses = unscopedGrants(policy, bucket, trust);
        const gap = undenied(policy, bucket, { keys: { 'aws:SecureTransport': 'false' } });
        expect({
          scoped: witnesses.length === 0,
          reason: witnesses[0]?.reason ?? null,
          tls: gap?.missing ?? null,
        }).toEqual(expected);
      });
    }
  });
}

/** Grants that are called open although no request that was tried gets in: what is not documented, or not read, may let in. */
const STRICT = [
  'empty list of values',
  'null as value',
  'variable that compares the caller with himself',
  'variable with a default value',
  'organization paths with a plain operator',
  'Deny by ArnNotLike in any account',
  '"*" against {"AWS":"*"}',
  'Deny by an address',
  'Deny with NotPrincipal that cannot be read',
  'one key in two spellings',
  'Deny that names the entity in our own notation',
  'unknown element in a Deny',
  'variable in the resource narrows keys, not callers',
  'unresolved resource in an Allow',
  'question mark in the account',
  'ArnLike pattern that is no ARN',
  'principal with a wildcard in the account',
  'principal that is an unresolved template value',
  'principal of an unknown type',
  'empty principal list',
  'service principal with a wildcard',
  'Deny by {"AWS":"*"} does not reach services',
];

/** The evaluator knows no operators but those of IAM. */
function understood<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

it('each witness is a request that gets in, which another evaluator confirms', () => {
  const strict: string[] = [];
  let replayed = 0;
  for (const { description, policy: document, trust } of files.flatMap(({ cases }) => cases)) {
    const { Statement: written } = document as { readonly Statement: unknown };
    const statements = (Array.isArray(written) ? written : [written]) as readonly Statement[];
    const policy = parsePolicy(JSON.stringify(document));
    const denies = understood(() =>
      statements.filter((each) => each['Effect'] === 'Deny').map((each) => compile(each)),
    );
    if (denies === null) continue;
    for (const witness of unscopedGrants(policy, bucket, trust)) {
      const allow = understood(() => compile(statements[witness.statement] as Statement));
      if (allow === null) continue;
      const isLetIn = replays(witness).some(
        (request) => applies(allow, request) && !denies.some((deny) => applies(deny, request)),
      );
      if (isLetIn) replayed++;
      else strict.push(description);
    }
  }
  expect(strict).toEqual(STRICT);
  expect(replayed).toBeGreaterThan(100);
});
