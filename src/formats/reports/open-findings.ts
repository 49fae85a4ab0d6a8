import type { RuleWords } from '../../engine/words.ts';
import type { Reported } from '../reported.ts';
import { rank, SEVERITIES } from '../summary.ts';

/** The findings of one rule, with the words of the rule. */
export interface RuleFindings {
  readonly rule: RuleWords;
  readonly findings: readonly Reported[];
}

/**
 * The findings that someone has to look at: FAIL, UNKNOWN and WAIVED. Of more than a report can hold, it keeps the most severe, so
 * that its size does not depend on the number of resources.
 */
export class OpenFindings {
  readonly #most: number;
  readonly #bySeverity: readonly Reported[][] = SEVERITIES.map(() => []);
  #kept = 0;
  /** How many there were besides those that are kept. */
  left = 0;

  /** @param most how many are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  add(finding: Reported): void {
    if (finding.state === 'PASS' || finding.state === 'NOT_APPLICABLE') return;
    this.#bySeverity[rank(finding.severity)]?.push(finding);
    this.#kept++;
    if (this.#kept <= this.#most) return;
    this.#bySeverity.findLast((findings) => findings.length > 0)?.pop();
    this.#kept--;
    this.left++;
  }

  /** The most severe first, and otherwise as they came. */
  get all(): readonly Reported[] {
    return this.#bySeverity.flat();
  }

  /** By rule, the most severe rules first. */
  byRule(words: readonly RuleWords[]): readonly RuleFindings[] {
    const groups = new Map<string, Reported[]>();
    for (const finding of this.all) {
      const group = groups.get(finding.rule);
      if (group) group.push(finding);
      else groups.set(finding.rule, [finding]);
    }
    return [...groups]
      .map(([id, findings]) => ({ rule: wordsFor(id, words), findings }))
      .sort(
        (one, other) =>
          rank(one.rule.severity) - rank(other.rule.severity) ||
          (one.rule.id < other.rule.id ? -1 : 1),
      );
  }
}

/** @throws Error for a finding of a rule that there is not. */
export function wordsFor(id: string, words: readonly RuleWords[]): RuleWords {
  const rule = words.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`There is no rule ${id}.`);
  return rule;
}

/** "444455556666 (production)". */
export const accountOf = ({ subject: { account }, accountName }: Reported) =>
  accountName === undefined ? account : `${account} (${accountName})`;

/** "Workload / Production"; empty where the settings do not place the account. */
export const unitOf = ({ units = [] }: Reported) => units.join(' / ');
