import type { ValidateFunction } from 'ajv';
import { expectationOf } from '../../engine/parameter-schema.ts';
import type { Rule } from '../../engine/rule.ts';
import type { ParameterValues } from '../../settings/entry.ts';
import { printable } from '../../values/text.ts';

/** One sentence for each parameter that the rule cannot run with; empty when all are valid. */
export function parameterProblems(
  rule: Rule,
  values: ParameterValues,
  validate: ValidateFunction,
): readonly string[] {
  if (validate(values)) return [];
  const problems = (validate.errors ?? []).map(({ keyword, instancePath, params }) => {
    if (keyword === 'additionalProperties') {
      const names = Object.keys(rule.parameters).join(', ') || 'none';
      return `${rule.id}: there is no parameter ${shown(params['additionalProperty'])}; it has ${names}.`;
    }
    const [name = '', index] = instancePath.slice(1).split('/');
    const parameter = rule.parameters[name];
    const value = index === undefined ? values[name] : (values[name] as unknown[])[Number(index)];
    return `${rule.id}: ${name} must be ${parameter && expectationOf(parameter)}, got ${shown(value)}.`;
  });
  return [...new Set(problems)];
}

function shown(value: unknown): string {
  return printable(JSON.stringify(value)?.slice(0, 80) ?? 'nothing');
}
