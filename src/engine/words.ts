import type { Settings } from '../settings/settings.ts';
import { engineMessages } from './evaluate.ts';
import type { Finding } from './finding.ts';
import type { Advice, Message } from './message.ts';
import { type Links, requirementsOf } from './requirement.ts';
import type { Rule } from './rule.ts';

/** The texts of a rule without its logic: enough to publish a finding. */
export interface RuleWords extends Pick<Rule, 'id' | 'title' | 'rationale' | 'severity'> {
  readonly requirements: Links;
  readonly messages: Readonly<Record<string, Omit<Message, 'verdict' | 'sentence'>>>;
  /** The defaults of the parameters that links depend on. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

export const wordsOf = ({
  id,
  title,
  rationale,
  severity,
  requirements,
  messages,
  parameters,
}: Rule): RuleWords => ({
  ...{ id, title, rationale, severity, requirements },
  defaults: Object.fromEntries(
    Object.values(requirements)
      .flatMap(({ atLeast = {} }) => Object.keys(atLeast))
      .map((name) => [name, parameters[name]?.default]),
  ),
  messages: Object.fromEntries(
    Object.entries(messages).map(([name, { verdict: _, sentence: __, ...words }]) => [name, words]),
  ),
});

/**
 * The texts of a rule under these settings: without the links that its parameters do not reach. Parameters given to one pack
 * by hand are not known here.
 */
export function underSettings(words: RuleWords, { rules }: Pick<Settings, 'rules'>): RuleWords {
  const own = Object.hasOwn(rules, words.id) ? rules[words.id] : {};
  const reached: readonly string[] = requirementsOf(words, '', { ...words.defaults, ...own });
  const links = Object.entries(words.requirements).filter(([id]) => reached.includes(id));
  return { ...words, requirements: Object.fromEntries(links) };
}

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
