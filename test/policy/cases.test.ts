import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { undenied } from '../../src/policy/questions/denials.ts';
import { unscopedGrants } from '../../src/policy/questions/grants.ts';
import type { Trust } from '../../src/policy/requests/trust.ts';

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
