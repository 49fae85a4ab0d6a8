import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { examplesOf } from '../../src/pages/policy-examples.ts';

const folder = new URL('../../docs/examples/', import.meta.url);
const ofPolicies = rules.filter(
  ({ reads }) => reads.includes('policy') || reads.includes('accessPointPolicy'),
);

describe.each(
  ofPolicies.map((rule) => [rule.id, rule] as const),
)('the examples of %s', (_id, rule) => {
  const { examples } = examplesOf(rule);

  it('show a policy that complies and one that does not', () => {
    const kinds = examples.map(({ name }) => /^(non-)?compliant(?=-)/.exec(name)?.[0]);
    expect([...new Set(kinds)].sort()).toEqual(['compliant', 'non-compliant']);
  });

  it.each(examples)('$name is what it says', ({ name, judgement }) => {
    const expected = name.startsWith('compliant') ? 'COMPLIANT' : 'NON_COMPLIANT';
    expect(judgement.verdict).toBe(expected);
  });
});

it('are of rules that there are', () => {
  expect(existsSync(folder)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(ofPolicies.map(({ id }) => id).sort());
});
