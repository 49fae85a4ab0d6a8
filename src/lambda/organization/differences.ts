import type { Assessed } from '../../assessment/assessment.ts';
import { type Finding, verdictForConfig } from '../../engine/finding.ts';
import type { Differing, Problem } from '../../results/index.ts';
import { counted, list, printable } from '../../values/text.ts';
import type { Coverage } from './coverage.ts';
import type { Reported } from './reported.ts';

const DAY = 86_400_000;
/** Examples that a sentence names. */
const EXAMPLES = 3;

interface Difference {
  count: number;
  readonly examples: string[];
}

/**
 * Where AWS Config holds another result than this run. A resource that changed within the last day, or of which AWS Config recorded a
 * result after the snapshot, may have been judged from another record, and is in no sentence: the rules of its account run once a day.
 */
export class Differences {
  readonly #reported: Reported;
  readonly #coverage: Coverage;
  readonly #before: string;
  readonly #observed: ReadonlyMap<string, string>;
  readonly #found = new Map<string, Difference>();

  /**
   * @param observed when the snapshot of each `account Region` was taken. @param now the time of the run (ISO, UTC).
   */
  constructor(
    reported: Reported,
    coverage: Coverage,
    observed: ReadonlyMap<string, string>,
    now: string,
  ) {
    this.#reported = reported;
    this.#coverage = coverage;
    this.#observed = observed;
    this.#before = new Date(Date.parse(now) - DAY).toISOString();
  }

  readonly meet = ({ item, findings }: Assessed): readonly Differing[] => {
    if (!this.#reported.isThere(item)) return [];
    return findings.flatMap((finding) => this.#compared(finding) ?? []);
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

  #compared(finding: Finding): Differing | undefined {
    const { rule, subject, state, messageId } = finding;
    // Evidence that is missing here may be there, and the other way round.
    if (messageId === 'evidenceUnavailable' || state === 'UNKNOWN') return undefined;
    const verdict = verdictForConfig(finding);
    const ours = verdict === 'NOT_APPLICABLE' ? null : verdict;
    const theirs = this.#reported.of(rule, subject);
    if (ours === theirs) return undefined;
    const recordedAt = this.#reported.recordedAt(subject);
    const reason = this.#reasonFor(finding, recordedAt);
    if (reason !== 'record') this.#count(finding, `${theirs ?? 'no result'}, this run ${verdict}`);
    return { rule, theirs, recordedAt, reason };
  }

  #reasonFor(
    { subject: { account, region }, capturedAt }: Finding,
    recordedAt: string | null,
  ): Differing['reason'] {
    const place = `${account} ${region}`;
    if (this.#coverage.otherRelease.has(place)) return 'release';
    const observedAt = this.#observed.get(place);
    const isNewer = recordedAt !== null && observedAt !== undefined && recordedAt > observedAt;
    return isNewer || capturedAt === null || capturedAt > this.#before ? 'record' : 'unknown';
  }

  #count({ rule, subject }: Finding, what: string): void {
    const key = `${rule}: AWS Config holds ${what},`;
    const known = this.#found.get(key) ?? { count: 0, examples: [] };
    known.count++;
    if (known.examples.length < EXAMPLES) {
      known.examples.push(printable(`${subject.account} ${subject.region} ${subject.id}`));
    }
    this.#found.set(key, known);
  }
}
