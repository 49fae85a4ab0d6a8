import {
  type ComplianceType,
  type ConfigServiceClient,
  type Evaluation,
  PutEvaluationsCommand,
} from '@aws-sdk/client-config-service';
import { annotationOf, type Finding, verdictForConfig } from '../engine/finding.ts';
import type { Wait } from '../sources/config-api/recorded-items.ts';

/** Config API reference, PutEvaluations. */
const EVALUATIONS_PER_CALL = 100;
const ATTEMPTS = 4;

/** The convention of the AWS Config RDK: with this token nothing is stored. */
const TEST_TOKEN = 'TESTMODE';

export const isTest = (resultToken: string) => resultToken === TEST_TOKEN;

/** Some evaluations were not stored, although the others were. Lambda tries the invocation again. */
export class EvaluationsNotStored extends Error {
  override readonly name = 'EvaluationsNotStored';
}

/** @param at the ordering timestamp: the capture time of the item, or the time of the notification (ISO). */
export function evaluationOf(finding: Finding, at: string): Evaluation {
  return {
    ComplianceResourceType: finding.subject.type,
    ComplianceResourceId: finding.subject.id,
    ComplianceType: verdictForConfig(finding) as ComplianceType,
    Annotation: annotationOf(finding),
    OrderingTimestamp: new Date(at),
  };
}

/** Reports the evaluations of one invocation, 100 a call. What was reported once stays, whatever comes after it. */
export class Report {
  readonly #client: ConfigServiceClient;
  readonly #resultToken: string;
  readonly #wait: Wait;
  readonly #lost: string[] = [];
  readonly #causes: unknown[] = [];
  #waiting: Evaluation[] = [];
  #calls = 0;
  #count = 0;

  constructor(client: ConfigServiceClient, resultToken: string, wait: Wait) {
    this.#client = client;
    this.#resultToken = resultToken;
    this.#wait = wait;
  }

  async add(evaluation: Evaluation): Promise<void> {
    this.#count++;
    this.#waiting.push(evaluation);
    if (this.#waiting.length === EVALUATIONS_PER_CALL) await this.#put();
  }

  /**
   * Reports what is left. Those that Config fails are retried by themselves; a call that fails does not stop the next ones.
   * @param isOver calls at least once, so that Config knows the invocation is over.
   * @throws EvaluationsNotStored when some could not be stored.
   */
  async end(isOver: boolean): Promise<void> {
    if (this.#waiting.length > 0 || (isOver && this.#calls === 0)) await this.#put();
    const [lost, causes] = [this.#lost, this.#causes];
    if (lost.length === 0 && causes.length === 0) return;
    const named = [...lost.slice(0, 3), ...(lost.length > 3 ? ['…'] : [])].join(', ');
    const names = lost.length > 0 ? ` (${named})` : '';
    const because = causes.length > 0 ? String(causes[0]) : 'AWS Config rejected them';
    throw new EvaluationsNotStored(
      `${lost.length} of ${this.#count} evaluations were not stored${names}: ${because}.`,
      { cause: causes[0] },
    );
  }

  async #put(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#calls++;
    const { left, error } = await putBatch(this.#client, this.#resultToken, batch, this.#wait);
    this.#lost.push(...left.map(keyOf));
    if (error !== undefined) this.#causes.push(error);
  }
}

/** What could not be stored of a batch, and the error that ended the tries, where one did. */
interface Stored {
  readonly left: readonly Evaluation[];
  readonly error?: unknown;
}

async function putBatch(
  client: ConfigServiceClient,
  resultToken: string,
  batch: readonly Evaluation[],
  wait: Wait,
): Promise<Stored> {
  const TestMode = isTest(resultToken);
  let left = batch;
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await client.send(
        new PutEvaluationsCommand({ ResultToken: resultToken, Evaluations: [...left], TestMode }),
      );
      const failed = new Set((answer.FailedEvaluations ?? []).map(keyOf));
      left = left.filter((evaluation) => failed.has(keyOf(evaluation)));
    } catch (error) {
      return { left, error };
    }
    if (left.length === 0 || attempt === ATTEMPTS) return { left };
    await wait(200 * 2 ** attempt);
  }
}

export const keyOf = ({ ComplianceResourceType: type, ComplianceResourceId: id }: Evaluation) =>
  `${type} ${id}`;
