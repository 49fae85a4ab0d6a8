import { expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import {
  automationRuleFiles,
  resolvePassed,
  suppressNativeCopies,
} from '../../src/security-hub/automation-rules.ts';
import { problemsOf, structures } from '../contract-server/published-model.ts';

it('has automation rules that the API takes, with every rule of the pack in one of them', () => {
  const many = Array.from({ length: 120 }, (_, index) => ({ id: `s3-rule-${index}` }));
  const most = structures.get('AutomationRulesFindingFilters')?.get('Title')?.most;
  expect(most).toBe(100);
  for (const rule of [...suppressNativeCopies(many), resolvePassed]) {
    expect(problemsOf('CreateAutomationRuleRequest', rule)).toEqual([]);
  }
  const [, second] = suppressNativeCopies(many);
  const tooMany = [...(second?.Criteria['Title'] ?? []), { Value: 'x', Comparison: 'EQUALS' }];
  expect(
    problemsOf('CreateAutomationRuleRequest', {
      ...second,
      Criteria: { ...second?.Criteria, Title: tooMany },
    }),
  ).toHaveLength(1);
  const orders = [...suppressNativeCopies(many), resolvePassed].map((each) => each.RuleOrder);
  expect(new Set(orders).size).toBe(orders.length);
});

it.each([
  ['s3-tls-only', true],
  ['s3-tls-only-conformance-pack-ab12cd34e', true],
  ['s3-tls-only-of-team-blue', false],
  ['s3-encryption', false],
])('suppresses the copy titled %s: %s', (title, expected) => {
  const titles = suppressNativeCopies(rules).flatMap(({ Criteria }) => Criteria['Title'] ?? []);
  const isMet = titles.some(({ Value, Comparison }) =>
    Comparison === 'EQUALS' ? title === Value : title.startsWith(Value),
  );
  expect(isMet).toBe(expected);
});

it('is written as the input of create-automation-rule, one rule a file', () => {
  const files = automationRuleFiles(rules);
  expect([...files.keys()]).toEqual([
    's3-config-rules-native-copies-1.json',
    's3-config-rules-resolve-passed.json',
  ]);
  for (const text of files.values()) {
    expect(problemsOf('CreateAutomationRuleRequest', JSON.parse(text))).toEqual([]);
  }
});
