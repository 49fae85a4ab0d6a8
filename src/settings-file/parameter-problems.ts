import type { ValidateFunction } from 'ajv';
import { expectationOf } from '../engine/parameter-schema.ts';
import type { Rule } from '../engine/rule.ts';
import { frameworks } from '../frameworks/index.ts';
import { lackingIn } from '../settings/addressable.ts';
import type { ParameterValues } from '../settings/entry.ts';
import type { Settings } from '../settings/settings.ts';
import { printable } from '../values/text.ts';
import { didYouMean } from './nearest.ts';
import type { Path } from './yaml-file.ts';

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

/** The specifications that the law calls addressable, "hipaa 164.312(a)(2)(iv)". */
const ADDRESSABLE: readonly string[] = frameworks.flatMap(({ id, requirements }) =>
  Object.entries(requirements).flatMap(([own, requirement]) =>
    'implementation' in requirement && requirement.implementation === 'addressable'
      ? [`${id} ${own}`]
      : [],
  ),
);

/** A decision that is on nothing addressable, is there twice, or lacks what the law asks to document. */
export function addressableProblems(
  { addressable = [] }: Settings,
  place: (path: Path) => string,
): string[] {
  const seen = new Set<string>();
  return addressable.flatMap((decision, index) => {
    const { requirement } = decision;
    const where = (key: string) => `${place(['addressable', index, key])}: `;
    const problems: string[] = [];
    if (!ADDRESSABLE.includes(requirement)) {
      problems.push(
        `${where('requirement')}requirement is ${requirement}, expected an addressable specification of the Security Rule.` +
          didYouMean(requirement, ADDRESSABLE),
      );
    }
    if (seen.has(requirement))
      problems.push(
        `${where('requirement')}there are two decisions on ${requirement}, expected one.`,
      );
    seen.add(requirement);
    const lacking = lackingIn(decision);
    if (lacking !== null) {
      problems.push(
        `${where('decision')}${lacking} is missing, expected with the decision ${decision.decision} (45 CFR 164.306(d)(3)(ii)(B)).`,
      );
    }
    return problems;
  });
}
