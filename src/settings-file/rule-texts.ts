import { rules } from '../../rules/index.ts';
import type { Finding } from '../engine/finding.ts';
import type { RuleWords } from '../engine/rule.ts';

/** What a rule says in findings, without what it does. */
export interface PublishedRule extends RuleWords {
  readonly requirements: Finding['requirements'];
}

/** Enough to publish findings: a function that judges nothing carries these instead of the rules. */
export const ruleTexts: readonly PublishedRule[] = rules.map(
  ({ id, title, rationale, remediation, severity, satisfies }) => ({
    ...{ id, title, rationale, remediation, severity },
    requirements: Object.keys(satisfies) as Finding['requirements'][number][],
  }),
);
