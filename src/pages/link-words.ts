import { type Link, requirementsOf } from '../engine/requirement.ts';
import type { Rule } from '../engine/rule.ts';

/**
 * How a rule serves a requirement, as a page says it: the reason, what the parameters must be, and which messages that pass
 * are no evidence for it.
 * @param id of the requirement, such as "gdpr 32(1)(a)".
 */
export function howOf(rule: Rule, id: string, { reason, atLeast = {} }: Link): string {
  const conditions = Object.entries(atLeast).map(([name, least = 0]) =>
    conditionOf(rule.parameters[name]?.type, name, least),
  );
  const silent = Object.entries(rule.messages).flatMap(([name, { verdict }]) => {
    const speaks = requirementsOf(rule, name, null).some((each) => each === id);
    return verdict === 'COMPLIANT' && !speaks ? [`\`${name}\``] : [];
  });
  return [
    reason,
    ...(conditions.length > 0 ? [`Only if ${conditions.join(' and ')}.`] : []),
    ...(silent.length > 0 ? [`Not shown by ${silent.join(', ')}.`] : []),
  ].join(' ');
}

function conditionOf(type: string | undefined, name: string, least: number): string {
  if (type === 'boolean') return `\`${name}\` is true`;
  if (type === 'array') return `\`${name}\` is not empty`;
  return `\`${name}\` is at least ${least}`;
}
