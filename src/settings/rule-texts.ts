import { rules } from '../../rules/index.ts';
import type { RuleText } from '../core/rule.ts';

/**
 * What the rules say of themselves, without what they do: enough to publish findings. The bundle of a function that judges
 * nothing carries these words instead of the rules.
 */
export const ruleTexts: readonly RuleText[] = rules.map(
  ({ id, title, rationale, remediation, limits, severity, satisfies }) => ({
    ...{ id, title, rationale, remediation, limits, severity, satisfies },
  }),
);
