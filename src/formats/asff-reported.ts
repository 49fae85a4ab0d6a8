import { messageBehind } from '../engine/evaluate.ts';
import { annotationHeadOf, type Finding } from '../engine/finding.ts';
import type { RuleWords } from '../engine/words.ts';
import type { RequirementId } from '../frameworks/index.ts';
import { ANNOTATION_LIMIT, cut, isBlank, printable } from '../values/text.ts';

/**
 * A finding as far as AWS Config can tell it: the command line, which judged it, and the publisher, which reads it back from an
 * annotation, must make the same finding of it in Security Hub, or each would overwrite the other.
 */
export function reported(finding: Finding, { messages }: Pick<RuleWords, 'messages'>): Finding {
  const head = `${annotationHeadOf(finding)}: `;
  const message = cut(printable(head + finding.message), ANNOTATION_LIMIT).slice(head.length);
  const messageId = isBlank(finding.messageId) ? 'noReason' : finding.messageId;
  return {
    ...finding,
    messageId,
    message: isBlank(message) ? NO_REASON : message,
    requirements:
      messageBehind({ messageId, message }) === null
        ? keptByAll(finding.requirements, messages)
        : finding.requirements,
  };
}

/** What a finding says where no reason was given. */
export const NO_REASON = 'AWS Config gave no reason.';

/**
 * The requirements that no failing message withdraws from. Where the annotation of an expired waiver does not say which message
 * is under it, the finding must not be evidence for any other.
 */
function keptByAll(requirements: readonly RequirementId[], messages: RuleWords['messages']) {
  const failing = Object.values(messages).filter(({ fix }) => fix !== undefined);
  return requirements.filter((id) =>
    failing.every(({ except, only }) => !except?.includes(id) && only?.includes(id) !== false),
  );
}
