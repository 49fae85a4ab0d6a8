import type { Evaluation } from '@aws-sdk/client-config-service';
import type { ParametrisedRule } from '../../assessment/assessment.ts';
import { reasonOf } from '../../services/failures.ts';
import { printable } from '../../values/text.ts';
import type { Invocation } from '../invocation.ts';
import { labelsOf } from '../log-entries.ts';
import { evaluationOf, isTest, keyOf, Report } from '../put-evaluations.ts';
import type { World } from '../world.ts';
import { reportedAt, vanished } from './held-results.ts';
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
  const isRetry = isPopulation && age > RETRY_AFTER;
  const done = isRetry ? await reportedAt(config, name, task.at) : new Set<string>();
  const progress = new Progress(new Report(config, resultToken, wait), task.at, age > LAST_AFTER);
  const subjects = judgedSubjects(world, invocation, rule, ({ resourceType, resourceId }) =>
    done.has(`${resourceType} ${resourceId}`),
  );
  const isWhole = await progress.over(subjects, hasTime);
  const { evaluations, known, failed } = progress;
  if (isPopulation && isWhole) {
    const retired = await vanished(config, name, new Set([...known, ...done]), task.at);
    const retiring = new Report(config, resultToken, wait);
    for (const each of retired) await retiring.add(each);
    await retiring.end(false);
    evaluations.push(...retired);
  }
  if (isPopulation && failed !== null) {
    world.log({ level: 'warn', ...labelsOf(invocation), message: failed });
  }
  progress.end();
  return evaluations;
}

const OUT_OF_TIME = new SubjectsNotJudged('the time was over');

/** What came of an invocation so far. */
class Progress {
  /** What was reported. */
  readonly evaluations: Evaluation[] = [];
  /** Keys of all subjects that there are, judged or not. */
  readonly known = new Set<string>();
  readonly #failures: string[] = [];
  readonly #report: Report;
  readonly #at: string;
  readonly #isLast: boolean;
  readonly #causes = new Set<unknown>();

  /** @param isLast whether failures are reported, too. */
  constructor(report: Report, at: string, isLast: boolean) {
    this.#report = report;
    this.#at = at;
    this.#isLast = isLast;
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
    const evaluation = evaluationOf(finding, this.#at);
    this.known.add(keyOf(evaluation));
    if (error !== undefined) {
      this.#fail(`${printable(keyOf(evaluation))}: ${reasonOf(error)}`, error);
      if (!this.#isLast) return;
    }
    this.evaluations.push(evaluation);
    await this.#report.add(evaluation);
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
