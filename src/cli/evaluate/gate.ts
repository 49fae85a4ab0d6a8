import { rules as allRules } from '../../../rules/index.ts';
import type { Rule, Severity } from '../../engine/rule.ts';
import type { Reported } from '../../formats/reported.ts';
import { rank, SEVERITIES } from '../../formats/summary.ts';
import { didYouMean } from '../../settings-file/nearest.ts';
import { UsageError } from '../io.ts';
import { idsIn, wordsIn } from './chosen-rules.ts';

/**
 * Which findings fail a run: those at or above a severity, those of some rules, and no failure that the baseline knows. What could
 * not be assessed counts in any case: the baseline says that it was known, and nobody knows what it is.
 */
export class Gate {
  readonly #failOn: FailOn;
  /** How many findings fail the run. */
  count = 0;
  /** How many findings could not be assessed. */
  unknown = 0;

  constructor(failOn: FailOn) {
    this.#failOn = failOn;
  }

  /** No finding fails the run. */
  get isOff(): boolean {
    return this.#failOn.severity === null && this.#failOn.rules.length === 0;
  }

  add({
    state,
    rule,
    severity,
    baseline,
  }: Pick<Reported, 'state' | 'rule' | 'severity' | 'baseline'>): void {
    if (state === 'UNKNOWN') this.unknown++;
    if (state !== 'FAIL' || baseline === 'known') return;
    const { severity: least, rules } = this.#failOn;
    const isSevere = least !== null && rank(severity) <= rank(least);
    if (isSevere || rules.includes(rule)) this.count++;
  }
}

interface FailOn {
  /** null: no severity fails a run. */
  readonly severity: Severity | null;
  readonly rules: readonly Rule['id'][];
}

/**
 * What --fail-on says: `never`, or a severity, or rules (with * and ?), or several of them with commas between. A severity stands
 * for itself and those above it. Upper and lower case are the same.
 * @throws UsageError for what is neither.
 */
export function failOnOf(text: string): FailOn {
  const words = wordsIn(text);
  const rules: string[] = [];
  let severity: Severity | null = null;
  for (const word of words) {
    const lower = word.toLowerCase();
    const known = SEVERITIES.find((each) => each === lower);
    if (known) severity = severity === null || rank(known) > rank(severity) ? known : severity;
    else if (lower !== 'never') rules.push(...idsIn([word], '--fail-on', NAMES));
    else if (words.length > 1) throw new UsageError('--fail-on: never stands by itself.');
  }
  if (words.length === 0) {
    throw new UsageError(
      `--fail-on: expected a severity, rules or never.${didYouMean(text, NAMES)}`,
    );
  }
  return { severity, rules };
}

const NAMES = [...SEVERITIES, 'never', ...allRules.map(({ id }) => id)];
