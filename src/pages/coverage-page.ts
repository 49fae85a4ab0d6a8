import type { Rule } from '../engine/rule.ts';
import type { Area } from '../frameworks/areas.ts';

/** A rule that AWS runs and that the packs carry along. */
interface Carried {
  readonly name: string;
  readonly title: string;
}

/**
 * For each area of practice the rules that answer it, and what AWS Config cannot see.
 * @throws Error when an area names a rule that there is not, or when a rule is in no area.
 */
export function coveragePage(
  areas: readonly Area[],
  rules: readonly Rule[],
  managedRules: readonly Carried[],
): string {
  const named = new Set(areas.flatMap((area) => [...area.rules, ...area.managedRules]));
  const forgotten = [...rules.map(({ id }) => id), ...managedRules.map(({ name }) => name)].filter(
    (name) => !named.has(name),
  );
  if (forgotten.length > 0) throw new Error(`No area names ${forgotten.join(', ')}.`);
  return [
    '# Coverage',
    '<!-- Generated from src/frameworks/areas.ts and rules/ by "npm run generate". -->',
    'The areas in which S3 is secured, the rules that answer each, and what no rule on AWS Config can see there.',
    ...areas.map((area, index) => section(index + 1, area, rules, managedRules)),
  ]
    .join('\n\n')
    .concat('\n');
}

function section(
  number: number,
  area: Area,
  rules: readonly Rule[],
  managedRules: readonly Carried[],
): string {
  const own = area.rules.map((id) => {
    const { title, severity } = found(rules, (rule) => rule.id === id, id);
    return `| [${id}](rules/${id}.md) | ${title} | ${severity} |`;
  });
  const carried = area.managedRules.map((name) => {
    const { title } = found(managedRules, (rule) => rule.name === name, name);
    return `| ${name} | ${title} | run by AWS |`;
  });
  return [
    `## ${number} ${area.title}`,
    [
      '| rule | what is true where it passes | severity |',
      '| --- | --- | --- |',
      ...own,
      ...carried,
    ].join('\n'),
    ['Not seen:', '', ...area.unseen.map((sentence) => `- ${sentence}`)].join('\n'),
  ].join('\n\n');
}

function found<T>(all: readonly T[], isMeant: (one: T) => boolean, name: string): T {
  const one = all.find(isMeant);
  if (one === undefined) throw new Error(`An area names ${name}, which is no rule.`);
  return one;
}
