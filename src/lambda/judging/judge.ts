import type { ConfigServiceClient, Evaluation } from '@aws-sdk/client-config-service';
import type { ParametrisedRule } from '../../assessment/assessment.ts';
import type { Finding } from '../../engine/finding.ts';
import { needsOf } from '../../facets/needs.ts';
import { kinds } from '../../records/kinds.ts';
import { reasonOf } from '../../services/failures.ts';
import { printable } from '../../values/text.ts';
import type { Invocation } from '../invocation.ts';
import { labelsOf } from '../log-entries.ts';
import { evaluationOf, isTest, keyOf, Report } from '../put-evaluations.ts';
import type { World } from '../world.ts';
import { type HeldResults, heldResults, isHeld, reportedAt, vanished } from './held-results.ts';
import { type Judged, judgedSubjects } from './subjects.ts';

/** Some subjects have no new result, although the others have. Lambda tries the invocation again. */
export class SubjectsNotJudged extends Error {
  override readonly name = 'SubjectsNotJudged';
}

/**
 * Lambda invokes again after one minute, and after two more (Developer Guide, "How Lambda handles errors and retries with
 * asynchronous invocation"), and does not say which attempt it is. An invocation that begins this long, in milliseconds, after
 * AWS Config asked is a retry, or may be the last one.
 */
const RETRY_AFTER = 50_000;
const LAST_AFTER = 170_000;

/**
 * Judges what an invocation is about and reports it, page by page. What goes wrong on one subject costs no other its verdict.
 * The subject itself keeps the result that it has while a retry may bring a better one; in what may be the last attempt,
 * missing evidence is reported for it, so that no old COMPLIANT stands for what was not seen.
 * @param hasTime whether there is time to judge one more subject.
 * @throws EvaluationsNotStored, SubjectsNotJudged, and what AWS Config answers instead of records; after all was reported.
 */
export async function judge(
  world: World,
  invocation: Invocation,
  rule: ParametrisedRule,
  hasTime: () => boolean,
): Promise<readonly Evaluation[]> {
  const { task, resultToken, configRuleName: name, askedAt } = invocation;
  const { config, wait } = world;
  const age = askedAt === null ? 0 : world.now().getTime() - Date.parse(askedAt);
  const isPopulation = task.kind === 'population' && !isTest(resultToken);
  const listing = isPopulation ? await heldOr(config, name) : NOTHING_HELD;
  const { held } = listing;
  // What has no record of its own is always judged by what is so now.
  const isToldOfChanges =
    needsOf(rule.rule).onChange && kinds[rule.rule.subject].isRecorded && !invocation.isOnlyDaily;
  const done = age > RETRY_AFTER ? reportedAt(held, task.at) : new Set<string>();
  const progress = new Progress(new Report(config, resultToken, wait), {
    at: task.at,
    isLast: age > LAST_AFTER,
    // The event of a change is answered in any case: AWS Config waits for it.
    isKnown: (evaluation, { capturedAt }) =>
      listing.isComplete && isHeld(held, evaluation, isToldOfChanges ? capturedAt : null),
  });
  const subjects = judgedSubjects(world, invocation, rule, ({ resourceType, resourceId }) =>
    done.has(`${resourceType} ${resourceId}`),
  );
  const isWhole = await progress.over(subjects, hasTime);
  const { evaluations, known, failed } = progress;
  if (isPopulation && isWhole && listing.isComplete) {
    const retired = vanished(held, new Set([...known, ...done]), task.at);
    const retiring = new Report(config, resultToken, wait);
    for (const each of retired) await retiring.add(each);
    await retiring.end(false);
    evaluations.push(...retired);
  }
  if (isPopulation && failed !== null) {
    world.log({ level: 'warn', ...labelsOf(invocation), message: failed });
  }
  progress.end();
  if (listing.error !== undefined) throw listing.error;
  return evaluations;
}

interface Listing {
  readonly held: HeldResults;
  /** Whether these are all results that AWS Config holds. */
  readonly isComplete: boolean;
  readonly error?: unknown;
}

const NOTHING_HELD: Listing = { held: new Map(), isComplete: false };

/** Without the results that are held everything is judged and reported, and what is gone is retired by another attempt. */
async function heldOr(client: ConfigServiceClient, name: string): Promise<Listing> {
  try {
    return { held: await heldResults(client, name), isComplete: true };
  } catch (error) {
    return { ...NOTHING_HELD, error };
  }
}

const OUT_OF_TIME = new SubjectsNotJudged('the time was over');

interface Terms {
  readonly at: string;
  /** Whether failures are reported, too. */
  readonly isLast: boolean;
  /** Whether AWS Config has the result already. */
  readonly isKnown: (evaluation: Evaluation, finding: Finding) => boolean;
}

/** What came of an invocation so far. */
class Progress {
  /** What was found. */
  readonly evaluations: Evaluation[] = [];
  /** Keys of all subjects that there are, judged or not. */
  readonly known = new Set<string>();
  readonly #failures: string[] = [];
  readonly #report: Report;
  readonly #terms: Terms;
  readonly #causes = new Set<unknown>();

  constructor(report: Report, terms: Terms) {
    this.#report = report;
    this.#terms = terms;
  }

  /** Reports what is judged while there is time. Answers whether everything was. @throws what the subjects end in. */
  async over(subjects: AsyncIterable<Judged>, hasTime: () => boolean): Promise<boolean> {
    let isWhole = true;
    try {
      for await (const judged of subjects) {
        isWhole = hasTime();
        if (!isWhole) break;
        await this.#add(judged);
      }
    } catch (error) {
      await this.#report.end(false);
      throw error;
    }
    if (!isWhole) this.#fail('the time was over before all subjects were judged', OUT_OF_TIME);
    await this.#report.end(this.#failures.length === 0);
    return isWhole;
  }

  async #add({ finding, error }: Judged): Promise<void> {
    const { at, isLast, isKnown } = this.#terms;
    const evaluation = evaluationOf(finding, at);
    this.known.add(keyOf(evaluation));
    if (error !== undefined) {
      this.#fail(`${printable(keyOf(evaluation))}: ${reasonOf(error)}`, error);
      if (!isLast) return;
    }
    this.evaluations.push(evaluation);
    if (!isKnown(evaluation, finding)) await this.#report.add(evaluation);
  }

  #fail(sentence: string, cause: unknown): void {
    this.#failures.push(sentence);
    this.#causes.add(cause);
  }

  /** What failed, in one line for the log; null when nothing did. */
  get failed(): string | null {
    const failures = this.#failures;
    if (failures.length === 0) return null;
    const named = [...failures.slice(0, 3), ...(failures.length > 3 ? ['…'] : [])];
    return `${failures.length} could not be judged: ${named.join('; ')}.`;
  }

  /** @throws the one error that there was, or SubjectsNotJudged, when another attempt may bring more. */
  end(): void {
    if (this.failed === null) return;
    const [cause] = this.#causes;
    throw this.#causes.size === 1 && cause !== OUT_OF_TIME
      ? cause
      : new SubjectsNotJudged(this.failed, { cause });
  }
}
