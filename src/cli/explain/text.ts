import type { Rule } from '../../engine/rule.ts';
import { adviceFor, wordsOf } from '../../engine/words.ts';
import type { Explained } from '../../explanation/explained.ts';
import { BASIS, fixOf, TITLES, type Tool } from '../../explanation/fix.ts';
import type { Style } from '../../formats/format.ts';
import { jsonLine } from '../../formats/json.ts';
import { labelsOf } from '../../formats/requirement-labels.ts';
import { printable } from '../../values/text.ts';
import { wrapped } from '../reading.ts';

interface Page {
  readonly rule: Rule;
  readonly tools: readonly Tool[];
  readonly paint: (style: Style, text: string) => string;
  readonly width: number;
}

/** A finding from what was found to what to do: the verdict, the proof, the fix, and the change to paste. */
export function explanation(found: Explained, page: Page): string {
  const { finding, statement } = found;
  const { rule, paint, width } = page;
  const { subject, state, messageId, message, evidence, capturedAt, requirements } = finding;
  const advice = adviceFor(finding, [wordsOf(rule)]);
  const say = (text: string) => wrapped(text, width, 0);
  const section = (heading: string, body: string) => `\n${paint('bold', heading)}\n${body}\n`;
  const where = [subject.arn || subject.id, subject.account, subject.region]
    .map(printable)
    .join('  ');
  return [
    `${paint(state === 'PASS' ? 'green' : 'red', state)}  ${paint('bold', rule.id)} (${rule.severity})\n${where}\n`,
    capturedAt ? `Recorded ${capturedAt}.\n` : '',
    section('What was found', say(printable(`${messageId}: ${message}`))),
    section('Why it matters', say(`${rule.title}. ${rule.rationale}`)),
    statement ? section('Statement', indented(pretty(statement))) : '',
    evidence ? section('Evidence', indented(pretty(evidence))) : '',
    advice ? section('How to fix', say(advice.fix)) : '',
    advice?.caution ? `${paint('yellow', 'Caution:')} ${say(advice.caution)}\n` : '',
    advice || found.changes.length > 0 ? changeSection(found, page) : '',
    requirements.length > 0 ? section('Requirements', say(labelsOf(requirements).join(', '))) : '',
    section(
      'What the rule does not judge',
      rule.limits.map((limit) => wrapped(`- ${limit}`, width, 2)).join('\n'),
    ),
  ].join('');
}

function changeSection(found: Explained, { rule, tools, paint, width }: Page): string {
  const { steps, result } = fixOf(found, rule, tools);
  const end = `\n${wrapped(printable(result), width, 0)}\n`;
  if (steps.length === 0) return end;
  const texts = steps.flatMap(({ messageId, caution, snippets }, index) => [
    ...(steps.length > 1 ? [`\n${paint('bold', `${index + 1}. ${messageId}`)}\n`] : []),
    ...(caution ? [`${paint('yellow', 'Caution:')} ${wrapped(caution, width - 9, 0)}\n`] : []),
    ...snippets.map(({ tool, text }) => `\n${paint('cyan', TITLES[tool])}\n${text}\n`),
  ]);
  return `\n${paint('bold', 'Change')}\n${wrapped(BASIS, width, 0)}\n${texts.join('')}${end}`;
}

const pretty = (evidence: object) => JSON.stringify(JSON.parse(jsonLine(evidence)), null, 2);
const indented = (text: string) =>
  text
    .split('\n')
    .map((line) => `  ${printable(line)}`)
    .join('\n');
