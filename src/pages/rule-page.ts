import { expectationOf } from '../engine/parameter-schema.ts';
import type { Parameter } from '../engine/parameters.ts';
import type { Judgement, Rule } from '../engine/rule.ts';
import { citationFor, placeOf } from '../frameworks/index.ts';
import { kinds } from '../records/kinds.ts';
import { howOf } from './link-words.ts';
import { bullets, table } from './table.ts';

/** What a page says of a rule beyond the rule itself. */
export interface PageFacts {
  readonly triggers: string;
  readonly permissions: readonly string[];
}

export interface PageExamples {
  /** What is not default about the bucket and the parameters, as JSON; null when nothing is. */
  readonly given: string | null;
  /** Bucket policies with what the rule says of them. */
  readonly examples: readonly PageExample[];
}

export interface PageExample {
  /** "compliant-one-statement", "non-compliant-objects-forgotten". */
  readonly name: string;
  readonly policy: string;
  readonly judgement: Judgement;
}

/** The page of a rule: everything in it is from the rule file, but for the policies of its examples. */
export function rulePage(
  rule: Rule,
  { triggers, permissions }: PageFacts,
  examples: PageExamples = { given: null, examples: [] },
): string {
  const section = (heading: string, body: string) =>
    body === '' ? '' : `## ${heading}\n\n${body}\n\n`;
  return [
    `# ${rule.id}\n\n`,
    `<!-- Generated from rules/${rule.id}.ts by "npm run generate". -->\n\n`,
    `**${rule.title}.** Severity: ${rule.severity}.\n\n${rule.rationale}\n\n`,
    section('What it does not judge', bullets(rule.limits)),
    section('Parameters', parameterTable(rule)),
    section('Messages', messageTable(rule)),
    section('How to fix', fixTable(rule)),
    section('Examples', exampleList(rule, examples)),
    section('Requirements it serves', requirementTable(rule)),
    section(
      'How it runs',
      `Reads ${rule.reads.map((name) => `\`${name}\``).join(', ')}. ${triggers} ${permissionSentence(permissions)}\n\n${tryIt(rule)}`,
    ),
  ]
    .join('')
    .trimEnd()
    .concat('\n');
}

function parameterTable(rule: Rule): string {
  const rows = Object.entries(rule.parameters).map(([name, parameter]) => [
    `\`${name}\``,
    parameter.description,
    expectationOf(parameter),
    defaultOf(parameter),
  ]);
  return table(['parameter', 'meaning', 'value', 'default'], rows);
}

function defaultOf(parameter: Parameter): string {
  if ('setting' in parameter && parameter.setting) return `\`${parameter.setting}\``;
  if (parameter.type === 'array') {
    return parameter.default.length === 0 ? 'empty' : parameter.default.map(code).join(', ');
  }
  return `\`${parameter.default}\``;
}

const code = (text: unknown) => `\`${text}\``;

function messageTable(rule: Rule): string {
  const rows = Object.entries(rule.messages).map(([id, { verdict, sentence }]) => [
    `\`${id}\``,
    verdict,
    sentence,
  ]);
  return table(['message', 'verdict', 'sentence'], rows);
}

/** One fix may serve several messages. */
function fixTable(rule: Rule): string {
  const messagesOf = new Map<string, string[]>();
  for (const [id, { fix, caution }] of Object.entries(rule.messages)) {
    if (fix === undefined) continue;
    const advice = caution === undefined ? fix : `${fix} **Caution:** ${caution}`;
    messagesOf.set(advice, [...(messagesOf.get(advice) ?? []), code(id)]);
  }
  return table(
    ['message', 'fix'],
    [...messagesOf].map(([advice, ids]) => [ids.join(', '), advice]),
  );
}

function exampleList({ subject }: Rule, { examples, given }: PageExamples): string {
  if (examples.length === 0) return '';
  const { noun, example } = kinds[subject];
  const policies = `Policies of ${noun} \`${example.name}\` in account ${example.account}`;
  const intro =
    given === null ? `${policies}.` : `${policies}, where this is given:\n\n${fenced(given)}`;
  const shown = examples.map(({ name, policy, judgement }) => {
    const [, kind = '', words = ''] = /^(compliant|non-compliant)-(.*)$/.exec(name) ?? [];
    const said = `\`${judgement.messageId}\`: ${judgement.message}`;
    return `**${kind}, ${words.replaceAll('-', ' ')}** · ${said}\n\n${fenced(policy)}`;
  });
  return [intro, ...shown].join('\n\n');
}

const fenced = (json: string) => `\`\`\`json\n${json}\n\`\`\``;

function requirementTable(rule: Rule): string {
  const rows = Object.entries(rule.requirements).map(([id, link]) => {
    const { title, implementation } = requirementOf(id);
    const kind = implementation ? ` (${implementation})` : '';
    return [citationFor(id), `${title}${kind}`, link.strength, howOf(rule, id, link)];
  });
  const caution =
    'The rule supports these requirements; by itself it establishes compliance with none.';
  return `${table(['requirement', 'title', 'strength', 'how'], rows)}\n\n${caution}`;
}

function requirementOf(id: string) {
  const { framework, requirement } = placeOf(id);
  const found = framework.requirements[requirement];
  if (!found) throw new Error(`There is no requirement ${id}.`);
  return found;
}

function permissionSentence(permissions: readonly string[]): string {
  if (permissions.length === 0) return 'Needs no permission beyond those of every rule.';
  return `Needs ${permissions.map((action) => `\`${action}\``).join(', ')}.`;
}

function tryIt({ id }: Rule): string {
  return `Try it: \`npx s3-config-rules evaluate snapshot.json.gz --rules ${id}\`.`;
}
