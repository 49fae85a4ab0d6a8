import type { Rule } from '../engine/rule.ts';
import { type Area, areas } from '../frameworks/areas.ts';
import { bullets, table } from './table.ts';

/** A rule that AWS runs and that the packs carry along. */
interface Carried {
  readonly name: string;
  readonly title: string;
}

/**
 * For each area of practice the rules that answer it, and what AWS Config cannot see.
 * @throws Error when a managed rule is in no area, or an area names one that is not carried along.
 */
export function coveragePage(rules: readonly Rule[], managedRules: readonly Carried[]): string {
  const named = new Set<string>(areas.flatMap((area) => area.managedRules));
  const forgotten = managedRules.filter(({ name }) => !named.has(name)).map(({ name }) => name);
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
  const own = rules
    .filter(({ areas: answered }) => answered.some((id) => id === area.id))
    .map(({ id, title, severity }) => [`[${id}](rules/${id}.md)`, title, severity]);
  const carried = area.managedRules.map((name) => [
    name,
    titleOf(name, managedRules),
    'run by AWS, off by default',
  ]);
  return [
    `## ${number} ${area.title}`,
    table(['rule', 'what is true where it passes', 'severity'], [...own, ...carried]),
    `Not seen:\n\n${bullets(area.unseen)}`,
  ].join('\n\n');
}

function titleOf(name: string, managedRules: readonly Carried[]): string {
  const rule = managedRules.find((each) => each.name === name);
  if (rule === undefined) throw new Error(`An area names ${name}, which the packs do not carry.`);
  return rule.title;
}
