import { expect, it } from 'vitest';
import type { CompositeAlarm } from '../../src/facts/alarm.ts';
import { readAlarmRule } from '../../src/knowledge/watching/alarm-rule.ts';
import { soundingWith } from '../../src/knowledge/watching/composite.ts';

const arnOf = (name: string) => `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${name}`;
const errors = { name: 'errors', arn: arnOf('errors') };
const composite = (rule: string, parts: Partial<CompositeAlarm> = {}): CompositeAlarm => ({
  name: 'all',
  arn: arnOf('all'),
  rule,
  actionsEnabled: true,
  isSuppressible: false,
  receivers: [],
  ...parts,
});
const verdictOn = (...composites: readonly CompositeAlarm[]) => {
  const found = soundingWith(errors, composites).find(({ composite: { name } }) => name === 'all');
  if (found === undefined) return 'never';
  return found.isSure ? 'always' : 'perhaps';
};

it.each<[string, 'always' | 'perhaps' | 'never']>([
  ['ALARM(errors)', 'always'],
  ['ALARM("errors")', 'always'],
  [`ALARM("${arnOf('errors')}")`, 'always'],
  [`ALARM(${arnOf('errors')})`, 'always'],
  ['ALARM( errors ) or ALARM(other)', 'always'],
  ['ALARM(other) OR (ALARM(third) OR ALARM(errors))', 'always'],
  ['NOT OK(errors)', 'always'],
  ['NOT (OK(errors) AND OK(other))', 'always'],
  ['(ALARM(errors) AND TRUE) OR FALSE', 'always'],
  ['ALARM(errors) OR ALARM(other) AND ALARM(third)', 'always'],
  ['ALARM(errors) AND NOT ALARM(deployment)', 'perhaps'],
  ['ALARM(errors) AND OK(deployment)', 'perhaps'],
  ['AT_LEAST(2, ALARM, (errors, other))', 'perhaps'],
  ['ALARM(errors) XOR ALARM(other)', 'perhaps'],
  ['ALARM(errors', 'perhaps'],
  [`${'('.repeat(100)}ALARM(errors)${')'.repeat(100)}`, 'perhaps'],
  [`ALARM(errors)${' OR ALARM(x)'.repeat(1000)}`, 'perhaps'],
  ['ALARM(errors) AND ALARM(other)', 'never'],
  ['ALARM(errors) AND FALSE', 'never'],
  ['ALARM(other)', 'never'],
  ['ALARM(errors-2)', 'never'],
  ['OK(errors)', 'never'],
  ['INSUFFICIENT_DATA(errors)', 'never'],
  ['NOT ALARM(errors)', 'never'],
  ['FALSE', 'never'],
  ['TRUE', 'never'],
  ['ALARM(errors) OR TRUE', 'never'],
  ['ALARM(errors) OR OK(other)', 'never'],
  ['ALARM(errors) OR NOT ALARM(other)', 'never'],
  ['NOT INSUFFICIENT_DATA(errors)', 'never'],
  ['ALARM(errors) OR INSUFFICIENT_DATA(errors)', 'always'],
  ['AT_LEAST(2, ALARM, (other, third))', 'never'],
])('%s sounds with one of its alarms', (rule, expected) => {
  expect(verdictOn(composite(rule))).toBe(expected);
});

it('is not sure where another alarm may suppress it', () => {
  expect(verdictOn(composite('ALARM(errors)', { isSuppressible: true }))).toBe('perhaps');
});

it.each<[string, string, 'always' | 'perhaps' | 'never']>([
  ['ALARM(errors) OR ALARM(other)', 'ALARM(part)', 'always'],
  ['ALARM(errors) AND NOT ALARM(other)', 'ALARM(part)', 'perhaps'],
  ['ALARM(errors) AND ALARM(other)', 'ALARM(part) OR ALARM(third)', 'never'],
  ['ALARM(errors)', 'NOT ALARM(part)', 'never'],
  ['ALARM(all)', 'ALARM(part)', 'never'],
  ['ALARM(errors) OR ALARM(all)', 'ALARM(errors) OR ALARM(part)', 'never'],
  ['ALARM(errors)', 'ALARM(errors) OR ALARM(all)', 'never'],
])('of one on another, %s within %s', (inner, outer, expected) => {
  const part = composite(inner, { name: 'part', arn: arnOf('part') });
  expect(verdictOn(composite(outer), part)).toBe(expected);
  expect(verdictOn(part, composite(outer))).toBe(expected);
});

it('no text takes long to read', () => {
  for (const part of ['(', 'NOT ', 'ALARM(', '"', 'A ', ' ']) {
    const start = performance.now();
    readAlarmRule(part.repeat(Math.floor(10_000 / part.length)));
    expect(performance.now() - start).toBeLessThan(200);
  }
});

it('many composite alarms on other alarms take no time', () => {
  const many = Array.from({ length: 1000 }, (_, index) =>
    composite(`ALARM(x${index})${' OR ALARM(y)'.repeat(500)}`, { name: `c${index}` }),
  );
  const start = performance.now();
  expect(soundingWith(errors, [...many, composite('ALARM(errors)')])).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(500);
});
