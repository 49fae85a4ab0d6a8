import {
  type ConfigServiceClient,
  type Evaluation,
  paginateGetComplianceDetailsByConfigRule,
} from '@aws-sdk/client-config-service';
import { isUnknown } from '../../engine/evaluate.ts';
import { keyOf } from '../put-evaluations.ts';

/** A result that AWS Config holds of a rule. */
interface Held {
  /** Type and id of the resource, as {@link keyOf} writes them. */
  readonly key: string;
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly at: Date | undefined;
  /** When AWS Config recorded it. */
  readonly recordedAt: Date | undefined;
  readonly annotation: string;
}

/** All results but those that do not apply, which AWS Config does not list. */
export async function* heldResults(
  client: ConfigServiceClient,
  configRuleName: string,
): AsyncGenerator<Held> {
  const pages = paginateGetComplianceDetailsByConfigRule(
    { client, pageSize: 100 },
    { ConfigRuleName: configRuleName, ComplianceTypes: ['COMPLIANT', 'NON_COMPLIANT'] },
  );
  for await (const { EvaluationResults = [] } of pages) {
    for (const { EvaluationResultIdentifier: identifier, ...result } of EvaluationResults) {
      const { ResourceType: type, ResourceId: id } = identifier?.EvaluationResultQualifier ?? {};
      const key = keyOf({ ComplianceResourceType: type, ComplianceResourceId: id } as Evaluation);
      const { ResultRecordedTime: recordedAt, Annotation: annotation = '' } = result;
      yield { key, type, id, at: identifier?.OrderingTimestamp, recordedAt, annotation };
    }
  }
}

/** Results of resources that are no longer there, as evaluations that retire them. They are identified by type and id. */
export async function vanished(
  client: ConfigServiceClient,
  configRuleName: string,
  known: ReadonlySet<string>,
  at: string,
): Promise<Evaluation[]> {
  const retired: Evaluation[] = [];
  for await (const { key, type, id } of heldResults(client, configRuleName)) {
    if (known.has(key)) continue;
    retired.push({
      ComplianceResourceType: type,
      ComplianceResourceId: id,
      ComplianceType: 'NOT_APPLICABLE',
      Annotation: 'resourceDeleted: The resource no longer exists.',
      OrderingTimestamp: new Date(at),
    });
  }
  return retired;
}

/**
 * What an earlier attempt of the same notification has reported already, so that a retry goes on where that attempt ended. What
 * was missing evidence is judged again.
 * @param at the time of the notification, which orders its results (ISO).
 */
export async function reportedAt(
  client: ConfigServiceClient,
  configRuleName: string,
  at: string,
): Promise<ReadonlySet<string>> {
  const reported = new Set<string>();
  const time = new Date(at).getTime();
  for await (const held of heldResults(client, configRuleName)) {
    const [id = ''] = held.annotation.split(':');
    if (held.at?.getTime() === time && !isUnknown(id)) reported.add(held.key);
  }
  return reported;
}
