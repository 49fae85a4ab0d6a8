import { managedRules } from '../../conformance-pack/managed-rules.ts';
import type { Rule } from '../engine/rule.ts';
import { citationOf, type Framework, type Requirement } from '../frameworks/framework.ts';
import { howOf } from './link-words.ts';
import { table } from './table.ts';

/** How one rule serves one requirement. */
interface Served {
  /** As Markdown. */
  readonly rule: string;
  readonly strength: 'primary' | 'supporting';
  readonly how: string;
}

/** The rules that serve a requirement, the primary ones first. */
function servedBy(
  rules: readonly Rule[],
  framework: string,
  requirement: string,
): readonly Served[] {
  const id = `${framework} ${requirement}`;
  return rules
    .flatMap((rule) => {
      const link = Object.entries(rule.requirements).find(([served]) => served === id)?.[1];
      return link
        ? [
            {
              rule: `[${rule.id}](../rules/${rule.id}.md)`,
              strength: link.strength,
              how: howOf(rule, id, link),
            },
          ]
        : [];
    })
    .concat(carriedFor(id))
    .sort((a, b) => a.strength.localeCompare(b.strength));
}

/** The rules that AWS runs, and that the packs carry along. */
const carriedFor = (id: string): readonly Served[] =>
  managedRules.flatMap(({ name, requirements }) => {
    const link = Object.entries(requirements).find(([served]) => served === id)?.[1];
    return link
      ? [
          {
            rule: `${name} (run by AWS, off by default)`,
            strength: link.strength,
            how: link.reason,
          },
        ]
      : [];
  });

/** What is evaluated for each requirement of a framework, and what is not, with the reason. */
export function requirementPage(framework: Framework, rules: readonly Rule[]): string {
  const entries = Object.entries<Requirement>(framework.requirements);
  const isServed = ([id]: (typeof entries)[number]) => servedBy(rules, framework.id, id).length > 0;
  const served = entries.filter(isServed);
  const others = entries.filter((entry) => !isServed(entry));
  return [
    `# ${framework.name}`,
    '<!-- Generated from src/frameworks and rules/ by "npm run generate". -->',
    `${framework.citation}: [text](${framework.url}).`,
    'The rules support these requirements; none of them, nor all together, establishes compliance. *Primary*: the rule ' +
      'tests what the text asks, for S3. *Supporting*: it helps.',
    ...scopeOf(framework, entries.length),
    `## Served by rules (${served.length} of the ${entries.length} paragraphs that stored data touches)`,
    ...served.map((entry) => servedEntry(framework, entry, rules)),
    '## Not served by any rule',
    table(
      ['requirement', 'title', 'why'],
      others.map(([id, { title, unserved, ...rest }]) => [
        citationOf(framework, id),
        title + kindOf(rest),
        unserved ?? '',
      ]),
    ),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

/** How many paragraphs are listed and which are not, and which text was quoted. */
function scopeOf({ leftOut, asOf, source }: Framework, count: number): string[] {
  return [
    ...(leftOut
      ? [
          `${count} paragraphs are listed, as our choice: those that stored data touches. Left out: ${leftOut}.`,
        ]
      : []),
    ...(asOf
      ? [
          `The quotes were compared with the text of ${asOf}: ${source}. […] marks what a quote leaves out.`,
        ]
      : []),
  ];
}

function servedEntry(
  framework: Framework,
  [id, requirement]: readonly [string, Requirement],
  rules: readonly Rule[],
): string {
  const rows = servedBy(rules, framework.id, id).map(({ rule, strength, how }) => [
    rule,
    strength,
    how,
  ]);
  const heading = `### ${citationOf(framework, id)} ${requirement.title}${kindOf(requirement)}`;
  return `${heading}\n\n> ${requirement.text}\n\n${table(['rule', 'strength', 'how'], rows)}`;
}

const kindOf = ({ implementation }: Pick<Requirement, 'implementation'>) =>
  implementation ? ` (${implementation})` : '';
