import type { Finding } from '../../engine/finding.ts';
import type { Rule } from '../../engine/rule.ts';
import { adviceFor, wordsOf } from '../../engine/words.ts';
import type { Style } from '../../formats/format.ts';
import { jsonLine } from '../../formats/json.ts';
import { labelsOf } from '../../formats/requirement-labels.ts';
import type { Change, Render } from '../../remedies/change.ts';
import { cli } from '../../remedies/render/cli.ts';
import { cloudformation } from '../../remedies/render/cloudformation.ts';
import { terraform } from '../../remedies/render/terraform.ts';
import { printable } from '../../values/text.ts';
import { wrapped } from '../reading.ts';
import type { Explained, Step } from './judged.ts';

/** What changes can be written for. */
export const TOOLS = { cli, cloudformation, terraform } as const satisfies Record<string, Render>;
export type Tool = keyof typeof TOOLS;

export const TITLES: Readonly<Record<Tool, string>> = {
  cli: 'AWS CLI',
  cloudformation: 'CloudFormation',
  terraform: 'Terraform',
};

/** What a policy is removed by where a resource stands for it. */
const REMOVALS: Readonly<Partial<Record<Tool, string>>> = {
  cloudformation:
    'CloudFormation: nothing is left of the policy. Remove the AWS::S3::BucketPolicy of the bucket.',
  terraform:
    'Terraform: nothing is left of the policy. Remove the aws_s3_bucket_policy of the bucket.',
};

/** A change as every tool writes it that can make it. */
export const snippetsOf = (
  change: Change,
  { subject }: Pick<Finding, 'subject'>,
  tools: readonly Tool[],
) =>
  tools.flatMap((tool) => {
    const text = TOOLS[tool](change, subject);
    return text === null ? [] : [{ tool, text }];
  });

interface Page {
  readonly rule: Rule;
  readonly tools: readonly Tool[];
  readonly paint: (style: Style, text: string) => string;
  readonly width: number;
}

/** A finding from what was found to what to do: the verdict, the proof, the fix, and the change to paste. */
export function explanation({ finding, statement, changes, after }: Explained, page: Page): string {
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
    changes.length > 0 ? changeSection(finding, changes, after, page) : '',
    advice && changes.length === 0 ? `\n${say(NOT_COMPUTED)}\n` : '',
    requirements.length > 0 ? section('Requirements', say(labelsOf(requirements).join(', '))) : '',
    section(
      'What the rule does not judge',
      rule.limits.map((limit) => wrapped(`- ${limit}`, width, 2)).join('\n'),
    ),
  ].join('');
}

const NOT_COMPUTED =
  'No change can be computed from the record: the fix takes a decision, such as who may have access or which key is approved.';

function changeSection(
  finding: Finding,
  changes: readonly Step[],
  after: Finding | null,
  { rule, tools, paint, width }: Page,
): string {
  const steps = changes.flatMap(({ change, fixes }, index) => {
    const caution = index > 0 ? adviceFor(fixes, [wordsOf(rule)])?.caution : undefined;
    return [
      ...(changes.length > 1 ? [`\n${paint('bold', `${index + 1}. ${fixes.messageId}`)}\n`] : []),
      ...(caution ? [`${paint('yellow', 'Caution:')} ${wrapped(caution, width - 9, 0)}\n`] : []),
      ...snippetsOf(change, finding, tools).map(
        ({ tool, text }) => `\n${paint('cyan', TITLES[tool])}\n${text}\n`,
      ),
    ];
  });
  const removed = changes.some(
    ({ change }) => change.kind === 'policy' && change.document === null,
  );
  const removals = removed ? tools.flatMap((tool) => REMOVALS[tool] ?? []) : [];
  const none =
    steps.length + removals.length === 0
      ? ['\nNone of these tools takes the name of the resource.\n']
      : removals.map((sentence) => `\n${wrapped(sentence, width, 0)}\n`);
  const result =
    after === null
      ? 'The record of AWS Config does not show this setting, so the change was not judged again.'
      : `Judged again with this change: ${after.state}, ${printable(after.message)}`;
  const basis =
    'Computed from the record: if the resource was changed since, compare before you paste. In CloudFormation and Terraform, ' +
    'merge it into the resource that is there.';
  return `\n${paint('bold', 'Change')}\n${wrapped(basis, width, 0)}\n${[...steps, ...none].join('')}\n${wrapped(result, width, 0)}\n`;
}

const pretty = (evidence: object) => JSON.stringify(JSON.parse(jsonLine(evidence)), null, 2);
const indented = (text: string) =>
  text
    .split('\n')
    .map((line) => `  ${printable(line)}`)
    .join('\n');
