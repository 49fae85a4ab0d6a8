import { describe, expect, it } from 'vitest';
import { describeCondition, parseConditions } from '../../src/policy/language/conditions.ts';
import { parseOperator } from '../../src/policy/language/operators.ts';
import type { Tri } from '../../src/policy/language/tri.ts';
import { holds } from '../../src/policy/requests/keys.ts';
import type { Value } from '../../src/policy/requests/values.ts';

const absent: Value = { kind: 'absent' };
const text = (value: string): Value => ({ kind: 'text', text: value });

function judge(operator: string, key: string, values: unknown, value: Value): Tri {
  const [condition] = parseConditions({ [operator]: { [key]: values } }, true);
  if (condition === undefined) throw new Error('no condition');
  return holds(condition, value, '123456789012');
}

describe('a missing key', () => {
  it.each<[string, Tri]>([
    ['StringEquals', -1],
    ['StringNotEquals', 1],
    ['StringEqualsIgnoreCase', -1],
    ['StringNotEqualsIgnoreCase', 1],
    ['StringLike', -1],
    ['StringNotLike', 1],
    ['ArnEquals', -1],
    ['ArnNotEquals', 1],
    ['ArnLike', -1],
    ['ArnNotLike', 1],
    ['Bool', -1],
    ['IpAddress', -1],
    ['NotIpAddress', 1],
    ['NumericEquals', -1],
    ['NumericNotEquals', 1],
    ['NumericLessThan', -1],
    ['DateLessThan', -1],
    ['DateNotEquals', 1],
    ['BinaryEquals', -1],
    ['StringEqualsIfExists', 1],
    ['StringNotEqualsIfExists', 1],
    ['BoolIfExists', 1],
    ['ForAllValues:StringEquals', 1],
    ['ForAllValues:StringNotEquals', 1],
    ['ForAllValues:StringEqualsIfExists', 1],
    ['ForAnyValue:StringEquals', -1],
    ['ForAnyValue:StringNotEquals', -1],
    ['ForAnyValue:StringEqualsIfExists', 0],
    ['ForAnyValues:StringEquals', 0],
    ['stringequals', 0],
    ['NullIfExists', 0],
    ['ForAnyValue:Null', 0],
  ])('%s is %i', (operator, expected) => {
    expect(judge(operator, 'aws:PrincipalOrgID', 'x', absent)).toBe(expected);
  });

  it('answers Null', () => {
    expect(judge('Null', 'aws:PrincipalArn', 'true', absent)).toBe(1);
    expect(judge('Null', 'aws:PrincipalArn', false, absent)).toBe(-1);
    expect(judge('Null', 'aws:PrincipalArn', true, text('x'))).toBe(-1);
    expect(judge('Null', 'aws:PrincipalArn', ['true', 'false'], absent)).toBe(1);
    expect(judge('Null', 'aws:PrincipalArn', 'yes', absent)).toBe(0);
  });

  it('is not decided for a plain operator on a list key', () => {
    expect(judge('StringLike', 'aws:PrincipalOrgPaths', 'o-a/*', absent)).toBe(0);
    expect(judge('StringNotLike', 'aws:PrincipalOrgPaths', 'o-a/*', absent)).toBe(0);
  });
});

describe('a present key', () => {
  it.each<[string, unknown, string, Tri]>([
    ['StringEquals', ['a', 'b'], 'b', 1],
    ['StringEquals', 'a*', 'ab', -1],
    ['StringNotEquals', ['a', 'b'], 'b', -1],
    ['StringNotEquals', ['a', 'b'], 'c', 1],
    ['StringEquals', 'B', 'b', -1],
    ['StringEqualsIgnoreCase', 'B', 'b', 1],
    ['StringLike', 'a?c', 'abc', 1],
    ['StringNotLike', 'a*', 'abc', -1],
    ['StringEquals', 'False', 'false', 0],
    ['Bool', 'FALSE', 'false', 1],
    ['Bool', true, 'false', -1],
    ['Bool', 'no', 'false', 0],
    ['NumericLessThan', '1.2', '1.1', 1],
    ['NumericLessThan', 1.2, '1.2', -1],
    ['NumericLessThanEquals', '1.20', '1.2', 1],
    ['NumericGreaterThan', '600000', '600001', 1],
    ['NumericGreaterThanEquals', '5', '4', -1],
    ['NumericEquals', '10', '10.0', 1],
    ['NumericNotEquals', '10', '10.0', -1],
    ['NumericEquals', 'ten', '10', 0],
    ['DateLessThan', '2026-01-01T00:00:00Z', '2025-01-01T00:00:00Z', 0],
    ['StringEquals', [], 'a', 0],
    ['StringEquals', null, 'a', 0],
    ['StringEquals', [null, 'a'], 'a', 1],
    ['StringNotEquals', [null, 'a'], 'a', -1],
    ['ForAllValues:StringEquals', 'a', 'a', 0],
    ['ForAnyValue:StringEquals', 'a', 'a', 1],
    ['StringEqualsIfExists', 'a', 'b', -1],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    ['StringEquals', '${aws:ResourceAccount}', '123456789012', 1],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    ['StringEquals', '${aws:username}', 'x', 0],
  ])('%s %j against %s is %i', (operator, values, value, expected) => {
    expect(judge(operator, 'aws:Something', values, text(value))).toBe(expected);
  });

  it('of which nothing is known matches only the star', () => {
    expect(judge('StringLike', 'aws:Something', '*', { kind: 'any' })).toBe(1);
    expect(judge('StringLike', 'aws:Something', 'a*', { kind: 'any' })).toBe(0);
    expect(judge('StringEquals', 'aws:Something', 'a', { kind: 'any' })).toBe(0);
    expect(judge('StringEquals', 'aws:Something', 'a', { kind: 'fresh' })).toBe(-1);
    expect(judge('StringLike', 'aws:Something', 'a*', { kind: 'fresh' })).toBe(0);
  });

  it('is compared in field five when it is an ARN of an account', () => {
    const arn: Value = { kind: 'arn', account: '444455556666', fresh: true };
    const judgeArn = (operator: string, value: string) =>
      judge(operator, 'aws:PrincipalArn', value, arn);
    expect(judgeArn('ArnLike', 'arn:aws:iam::111122223333:role/*')).toBe(-1);
    expect(judgeArn('ArnNotLike', 'arn:aws:iam::111122223333:role/*')).toBe(1);
    expect(judgeArn('ArnLike', 'arn:aws:iam::444455556666:role/*')).toBe(0);
    expect(judgeArn('ArnLike', 'arn:aws:iam::*:role/111122223333')).toBe(0);
    expect(judgeArn('StringLike', 'arn:*:111122223333:role/*')).toBe(0);
    expect(judgeArn('StringLike', 'arn:aws:iam::111122223333:*')).toBe(-1);
    expect(judgeArn('StringLike', 'arn:aws:iam::1111222233*')).toBe(0);
    expect(judgeArn('StringEquals', 'arn:aws:iam::111122223333:root')).toBe(-1);
  });

  it('is compared by its first segment when it is a path', () => {
    const path: Value = { kind: 'path', organization: 'o-a', outside: ['o-a/r-1/ou-1/*'] };
    const judgePath = (operator: string, value: string) =>
      judge(`ForAnyValue:${operator}`, 'aws:PrincipalOrgPaths', value, path);
    expect(judgePath('StringLike', 'o-a/*')).toBe(1);
    expect(judgePath('StringLike', 'o-b/*')).toBe(-1);
    expect(judgePath('StringNotLike', 'o-b/*')).toBe(1);
    expect(judgePath('StringLike', 'o-a*')).toBe(1);
    expect(judgePath('StringLike', 'o-a/r-1/*')).toBe(0);
    expect(judgePath('StringLike', 'o-a/r-1/ou-1/ou-2/*')).toBe(-1);
    expect(judgePath('StringEquals', 'o-a/r-1/ou-1/')).toBe(-1);
  });
});

it('operators are read in parts', () => {
  expect(parseOperator('ForAllValues:StringNotLikeIfExists')).toEqual({
    test: 'like',
    negated: true,
    ifExists: true,
    set: 'ForAllValues',
  });
  expect(parseOperator('IfExists')).toBe(null);
  expect(parseOperator('')).toBe(null);
  expect(parseOperator('__proto__')).toBe(null);
});

it('a condition is described as written', () => {
  const [condition] = parseConditions({ StringLike: { 'AWS:PrincipalOrgID': ['o-*', 1] } }, true);
  expect(condition && describeCondition(condition)).toBe(
    'StringLike AWS:PrincipalOrgID "o-*", "1"',
  );
});
