import type { Assessed } from '../../assessment/assessment.ts';
import { type Finding, verdictForConfig } from '../../engine/finding.ts';
import type { Problem } from '../../results/index.ts';
import { counted, list, printable } from '../../values/text.ts';
import type { Reported } from './reported.ts';

const DAY = 86_400_000;
/** Examples that a sentence names. */
const EXAMPLES = 3;

interface Difference {
  count: number;
  readonly examples: string[];
}

/**
 * Where AWS Config holds another result than this run. What was recorded within the last day is left out: the rules of its account
 * run once a day, and need not have seen it yet.
 */
export class Differences {
  readonly #reported: Reported;
  readonly #before: string;
  readonly #found = new Map<string, Difference>();

  /** @param now the time of the run (ISO, UTC). */
  constructor(reported: Reported, now: string) {
    this.#reported = reported;
    this.#before = new Date(Date.parse(now) - DAY).toISOString();
  }

  readonly meet = ({ item, findings }: Assessed): void => {
    if (item.captureTime === null || item.captureTime > this.#before) return;
    if (!this.#reported.isThere(item)) return;
    for (const finding of findings) this.#compare(finding);
  };

  /** One sentence for each rule and kind of difference, by rule. */
  problems(): readonly Problem[] {
    return [...this.#found]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([what, { count, examples }]) => {
        const more = count > examples.length ? [`${count - examples.length} more`] : [];
        const message = `${what} of ${counted(count, 'resource')}: ${list([...examples, ...more])}.`;
        return { kind: 'difference', message };
      });
  }

  #compare(finding: Finding): void {
    const { rule, subject, state, messageId } = finding;
    // Evidence that is missing here may be there, and the other way round.
    if (messageId === 'evidenceUnavailable' || state === 'UNKNOWN') return;
    const verdict = verdictForConfig(finding);
    const ours = verdict === 'NOT_APPLICABLE' ? null : verdict;
    const theirs = this.#reported.of(rule, subject);
    if (ours === theirs) return;
    const what = `${rule}: AWS Config holds ${theirs ?? 'no result'}, this run ${verdict},`;
    const known = this.#found.get(what) ?? { count: 0, examples: [] };
    known.count++;
    if (known.examples.length < EXAMPLES) {
      known.examples.push(printable(`${subject.account} ${subject.region} ${subject.id}`));
    }
    this.#found.set(what, known);
  }
}
