import { describe, expect, it } from 'vitest';
import { managedRules } from '../../conformance-pack/managed-rules.ts';
import { rules } from '../../rules/index.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { areas } from '../../src/frameworks/areas.ts';
import { coveragePage } from '../../src/pages/coverage-page.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { parameterProblems } from '../../src/settings-file/problems/parameters.ts';
import { validatorOf } from '../../src/settings-file/validators.ts';
import { list } from './tree.ts';

describe('rules', () => {
  it('are one for each file, with a test of the same name', () => {
    const names = list('rules', '.ts').filter((name) => name !== 'index.ts');
    expect(names.map((name) => name.replace('.ts', ''))).toEqual(rules.map(({ id }) => id));
    const tests = list('test/rules', '.test.ts').map((name) => name.replace('.test.ts', ''));
    expect(tests.sort()).toEqual(rules.map(({ id }) => id));
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s is well written', (id, rule) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(id.length).toBeLessThanOrEqual(37);
    expect(rule.title.length).toBeLessThanOrEqual(90);
    expect(rule.title).not.toMatch(/\.$|^Ensure|should|must/);
    expect(rule.areas.length).toBeGreaterThan(0);
    for (const text of [rule.rationale, ...rule.limits]) expect(text).toMatch(/^[A-Z].*\.$/s);
    for (const { sentence, fix, caution, verdict } of Object.values(rule.messages)) {
      expect(sentence).toMatch(/\.$/);
      expect(fix !== undefined, sentence).toBe(verdict === 'NON_COMPLIANT');
      for (const text of [fix, caution])
        if (text !== undefined) expect(text).toMatch(/^[A-Z].*\.$/s);
    }
    const isLinked = Object.keys(rule.requirements).length > 0 || rule.draft === true;
    expect(isLinked, 'link a requirement of src/frameworks, or keep draft: true').toBe(true);
    for (const { reason } of Object.values(rule.requirements))
      expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  it.each(
    rules.map((rule) => [rule.id, rule] as const),
  )('%s is valid with its defaults', (id, rule) => {
    expect(parameterProblems(rule, parametersOf(rule, emptySettings), validatorOf(id))).toEqual([]);
  });

  const finished = rules.filter(({ draft }) => !draft);
  it.each(
    finished.map((rule) => [rule.id, rule] as const),
  )('%s is written to the end', (_, rule) => {
    const left = [rule.rationale, ...rule.limits].filter((text) => text.startsWith('Say what'));
    expect(left, 'write these texts before you remove draft: true').toEqual([]);
  });
});

describe('the areas of practice', () => {
  it.each(areas)('are answered and bounded: $title', (area) => {
    expect(rules.some((rule) => rule.areas.some((id) => id === area.id))).toBe(true);
    expect(area.unseen.length).toBeGreaterThan(0);
    for (const sentence of [...area.unseen]) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('are the eleven that are to be answered, and forget no managed rule', () => {
    expect(areas.length).toBe(11);
    const unknown = { name: 's3-forgotten', title: 'Forgotten' };
    expect(() => coveragePage(rules, [...managedRules, unknown])).toThrow('s3-forgotten');
    expect(() => coveragePage(rules, managedRules.slice(1))).toThrow('do not carry');
  });
});
