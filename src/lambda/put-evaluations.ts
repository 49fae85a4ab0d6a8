import {
  type ComplianceType,
  type ConfigServiceClient,
  type Evaluation,
  PutEvaluationsCommand,
  paginateGetComplianceDetailsByConfigRule,
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

/**
 * Reports evaluations, 100 a call and at least one call, so that Config knows the invocation is over. Those that Config
 * fails are retried by themselves; a call that fails does not stop the next ones.
 * @throws EvaluationsNotStored at the end, when some could not be stored.
 */
export async function putEvaluations(
  client: ConfigServiceClient,
  resultToken: string,
  evaluations: readonly Evaluation[],
  wait: Wait,
): Promise<void> {
  const lost: string[] = [];
  const causes: unknown[] = [];
  for (let start = 0; start === 0 || start < evaluations.length; start += EVALUATIONS_PER_CALL) {
    const batch = evaluations.slice(start, start + EVALUATIONS_PER_CALL);
    const { left, error } = await putBatch(client, resultToken, batch, wait);
    lost.push(...left.map(keyOf));
    if (error !== undefined) causes.push(error);
  }
  if (lost.length === 0 && causes.length === 0) return;
  const named = [...lost.slice(0, 3), ...(lost.length > 3 ? ['…'] : [])].join(', ');
  const names = lost.length > 0 ? ` (${named})` : '';
  const because = causes.length > 0 ? String(causes[0]) : 'AWS Config rejected them';
  throw new EvaluationsNotStored(
    `${lost.length} of ${evaluations.length} evaluations were not stored${names}: ${because}.`,
    { cause: causes[0] },
  );
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

/** Results of resources that are no longer there, as evaluations that retire them. They are identified by type and id. */
export async function vanished(
  client: ConfigServiceClient,
  configRuleName: string,
  current: readonly Evaluation[],
  at: string,
): Promise<Evaluation[]> {
  const known = new Set(current.map(keyOf));
  const retired: Evaluation[] = [];
  const pages = paginateGetComplianceDetailsByConfigRule(
    { client, pageSize: 100 },
    { ConfigRuleName: configRuleName, ComplianceTypes: ['COMPLIANT', 'NON_COMPLIANT'] },
  );
  for await (const { EvaluationResults = [] } of pages) {
    for (const { EvaluationResultIdentifier: identifier } of EvaluationResults) {
      const { ResourceType, ResourceId } = identifier?.EvaluationResultQualifier ?? {};
      const evaluation: Evaluation = {
        ComplianceResourceType: ResourceType,
        ComplianceResourceId: ResourceId,
        ComplianceType: 'NOT_APPLICABLE',
        Annotation: 'resourceDeleted: The resource no longer exists.',
        OrderingTimestamp: new Date(at),
      };
      if (!known.has(keyOf(evaluation))) retired.push(evaluation);
    }
  }
  return retired;
}

const keyOf = ({ ComplianceResourceType: type, ComplianceResourceId: id }: Evaluation) =>
  `${type} ${id}`;
