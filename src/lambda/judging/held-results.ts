import {
  type ConfigServiceClient,
  type Evaluation,
  paginateGetComplianceDetailsByConfigRule,
} from '@aws-sdk/client-config-service';
import { isUnknown } from '../../engine/evaluate.ts';
import { keyOf } from '../put-evaluations.ts';

/** A result that AWS Config holds of a rule. */
interface Held {
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly verdict: string | undefined;
  readonly annotation: string;
  /** What orders it among the results of its resource. */
  readonly at: Date | undefined;
}

/** By type and id of the resource, as {@link keyOf} writes them. */
export type HeldResults = ReadonlyMap<string, Held>;

/** All results of a rule but those that do not apply, which AWS Config does not list. */
export async function heldResults(
  client: ConfigServiceClient,
  configRuleName: string,
): Promise<HeldResults> {
  const held = new Map<string, Held>();
  const pages = paginateGetComplianceDetailsByConfigRule(
    { client, pageSize: 100 },
    { ConfigRuleName: configRuleName, ComplianceTypes: ['COMPLIANT', 'NON_COMPLIANT'] },
  );
  for await (const { EvaluationResults = [] } of pages) {
    for (const { EvaluationResultIdentifier: identifier, ...result } of EvaluationResults) {
      const { ResourceType: type, ResourceId: id } = identifier?.EvaluationResultQualifier ?? {};
      const key = keyOf({ ComplianceResourceType: type, ComplianceResourceId: id } as Evaluation);
      const { ComplianceType: verdict, Annotation: annotation = '' } = result;
      held.set(key, { type, id, verdict, annotation, at: identifier?.OrderingTimestamp });
    }
  }
  return held;
}

/** Results of resources that are no longer there, as evaluations that retire them. They are identified by type and id. */
export const vanished = (held: HeldResults, known: ReadonlySet<string>, at: string): Evaluation[] =>
  [...held]
    .filter(([key]) => !known.has(key))
    .map(([, { type, id }]) => ({
      ComplianceResourceType: type,
      ComplianceResourceId: id,
      ComplianceType: 'NOT_APPLICABLE',
      Annotation: 'resourceDeleted: The resource no longer exists.',
      OrderingTimestamp: new Date(at),
    }));

/**
 * What an earlier attempt of the same notification has reported already, so that a retry goes on where that attempt ended. What
 * was missing evidence is judged again.
 * @param at the time of the notification, which orders its results (ISO).
 */
export function reportedAt(held: HeldResults, at: string): ReadonlySet<string> {
  const time = new Date(at).getTime();
  const reported = [...held].filter(([, { at: ordered, annotation }]) => {
    const [id = ''] = annotation.split(':');
    return ordered?.getTime() === time && !isUnknown(id);
  });
  return new Set(reported.map(([key]) => key));
}

/**
 * Whether AWS Config holds the same result already, so that a daily run need not report it again: AWS bills each evaluation
 * that is recorded.
 *
 * A result that is older than the record it was judged from may be about to be replaced: the event of that change is on its
 * way, and what it reports could be of before whatever else decides has changed. So such a result is always reported anew,
 * with the time of the run, which is later than the change.
 * @param changedAt when the record was captured that a change of would be reported (ISO); null when no change is.
 */
export function isHeld(held: HeldResults, evaluation: Evaluation, changedAt: string | null) {
  const result = held.get(keyOf(evaluation));
  if (result === undefined) return evaluation.ComplianceType === 'NOT_APPLICABLE';
  const isSame =
    result.verdict === evaluation.ComplianceType && result.annotation === evaluation.Annotation;
  return isSame && (changedAt === null || secondsOf(result.at) >= secondsOf(new Date(changedAt)));
}

/** Whether AWS Config keeps milliseconds of a time is not documented. */
const secondsOf = (time: Date | undefined) => Math.floor((time?.getTime() ?? 0) / 1000);
