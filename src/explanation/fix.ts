import type { Finding } from '../engine/finding.ts';
import type { Rule } from '../engine/rule.ts';
import { adviceFor, wordsOf } from '../engine/words.ts';
import type { Change, Render } from '../remedies/change.ts';
import { cli } from '../remedies/render/cli.ts';
import { cloudformation } from '../remedies/render/cloudformation.ts';
import { terraform } from '../remedies/render/terraform.ts';
import type { Explained } from './explained.ts';

/** What changes can be written for. */
export const TOOLS = { cli, cloudformation, terraform } as const satisfies Record<string, Render>;
export type Tool = keyof typeof TOOLS;

export const TITLES: Readonly<Record<Tool, string>> = {
  cli: 'AWS CLI',
  cloudformation: 'CloudFormation',
  terraform: 'Terraform',
};

/** A change as a tool takes it. */
export interface Snippet {
  readonly tool: Tool;
  readonly text: string;
}

/** One change of those that fix a finding together. */
export interface FixStep {
  /** The message that it answers: of the finding, or one that shows only when that is fixed. */
  readonly messageId: string;
  /** What it may break, where that is not said of the finding itself. */
  readonly caution?: string;
  readonly snippets: readonly Snippet[];
}

/** The change to paste, in the words that stand next to it. */
export interface Fix {
  readonly steps: readonly FixStep[];
  /** What the rule says of the resource after the change, or why there is nothing to paste: a sentence. */
  readonly result: string;
}

/** What a reader must know before pasting. */
export const BASIS =
  'Computed from the record: if the resource was changed since, compare before you paste. In CloudFormation and Terraform, ' +
  'merge it into the resource that is there.';

const NOT_COMPUTED =
  'No change can be computed from the record: the fix takes a decision, such as who may have access or which key is approved.';
const NO_NAME = 'None of these tools takes the name of the resource.';
const NOT_SHOWN =
  'The record of AWS Config does not show this setting, so the change was not judged again.';

/** How a policy of which nothing is left is removed where a resource stands for it: a comment in the language of the tool. */
const REMOVALS: Readonly<Partial<Record<Tool, string>>> = {
  cloudformation:
    '# Nothing is left of the policy: remove the AWS::S3::BucketPolicy of the bucket.',
  terraform: '# Nothing is left of the policy: remove the aws_s3_bucket_policy of the bucket.',
};

/** A change as every tool writes it that can make it. */
export const snippetsOf = (
  change: Change,
  { subject }: Pick<Finding, 'subject'>,
  tools: readonly Tool[],
): readonly Snippet[] =>
  tools.flatMap((tool) => {
    const isRemoval = change.kind === 'policy' && change.document === null;
    const text = TOOLS[tool](change, subject) ?? (isRemoval ? REMOVALS[tool] : null) ?? null;
    return text === null ? [] : [{ tool, text }];
  });

/** The changes of an explanation as text, for these tools. */
export function fixOf(
  { finding, changes, after }: Explained,
  rule: Rule,
  tools: readonly Tool[],
): Fix {
  const steps = changes.map(({ change, fixes }, index): FixStep => {
    const caution = index > 0 ? adviceFor(fixes, [wordsOf(rule)])?.caution : undefined;
    return {
      messageId: fixes.messageId,
      ...(caution ? { caution } : {}),
      snippets: snippetsOf(change, finding, tools),
    };
  });
  if (steps.length === 0) return { steps, result: NOT_COMPUTED };
  if (steps.every(({ snippets }) => snippets.length === 0)) return { steps: [], result: NO_NAME };
  const judged = after && `Judged again with this change: ${after.state}, ${after.message}`;
  return { steps, result: judged ?? NOT_SHOWN };
}
