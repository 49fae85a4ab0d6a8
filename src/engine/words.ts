import { engineMessages } from './evaluate.ts';
import type { Finding } from './finding.ts';
import type { Advice, Message } from './message.ts';
import type { Links } from './requirement.ts';
import type { Rule } from './rule.ts';

/** The texts of a rule without its logic: enough to publish a finding. */
export interface RuleWords extends Pick<Rule, 'id' | 'title' | 'rationale' | 'severity'> {
  readonly requirements: Links;
  readonly messages: Readonly<Record<string, Omit<Message, 'verdict' | 'sentence'>>>;
}

export const wordsOf = ({
  id,
  title,
  rationale,
  severity,
  requirements,
  messages,
}: Rule): RuleWords => ({
  ...{ id, title, rationale, severity, requirements },
  messages: Object.fromEntries(
    Object.entries(messages).map(([name, { verdict: _, sentence: __, ...words }]) => [name, words]),
  ),
});

/** What to do about a finding; null where there is nothing to fix. Rules without texts have no advice. */
export function adviceFor(
  { rule, verdict, messageId }: Pick<Finding, 'rule' | 'verdict' | 'messageId'>,
  words: readonly Pick<RuleWords, 'id' | 'messages'>[],
): Advice | null {
  if (verdict !== 'NON_COMPLIANT') return null;
  const own = words.find(({ id }) => id === rule);
  const fromRule = own ? adviceOn(own, messageId) : null;
  return fromRule ?? adviceOn({ messages: engineMessages }, messageId);
}

function adviceOn({ messages }: Pick<RuleWords, 'messages'>, messageId: string): Advice | null {
  const message = Object.hasOwn(messages, messageId) ? messages[messageId] : undefined;
  if (message?.fix === undefined) return null;
  const { fix, caution } = message;
  return caution === undefined ? { fix } : { fix, caution };
}
