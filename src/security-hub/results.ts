import {
  type ConfigServiceClient,
  paginateGetComplianceDetailsByResource,
} from '@aws-sdk/client-config-service';
import { lasts } from '../services/failures.ts';
import { type Change, changeIn, decisive, findingFrom, keyOf } from './change.ts';
import type { Failures } from './security-hub.ts';
import { idOf, settle, type Wanted } from './settle.ts';
import { productOf, type Settler } from './settler.ts';
import { subjectsOf } from './subjects.ts';

/**
 * Publishes results, in any order and even if they are repeated. One that cannot be published costs no other.
 * @returns why a change could not be published, by {@link keyOf}.
 */
export async function publishResults(
  settler: Settler,
  config: ConfigServiceClient,
  changes: readonly Change[],
  now: Date,
): Promise<Failures> {
  const { hub, place, wait } = settler;
  const failures: Failures = new Map();
  const complete: Change[] = [];
  for (const change of newest(changes)) {
    try {
      complete.push(await withReason(config, change));
    } catch (error) {
      // A refusal stays one: better the verdict without its reason, which the daily comparison may add, than nothing.
      if (lasts(error)) complete.push(change);
      else failures.set(keyOf(change), String(error));
    }
  }
  const { subjects, unread } = await subjectsOf(config, complete, wait);
  const wanted = new Map<string, Wanted>();
  for (const change of complete) {
    const subject = subjects.get(keyOf(change));
    if (subject === undefined) {
      failures.set(keyOf(change), unread.get(keyOf(change)) ?? 'The resource is not known.');
      continue;
    }
    const finding = findingFrom(change, subject, settler, now.toISOString());
    const { rule, recordedAt: at, replaces } = change;
    wanted.set(keyOf(change), { finding, rule, at, from: 'result', replaces });
  }
  const ids = new Map([...wanted].map(([key, each]) => [key, idOf(each, place)]));
  const held = await hub.named(productOf(place), [...ids.values()]);
  const settled = await settle(settler, [...wanted.values()], held);
  for (const [key, id] of ids) {
    const reason = settled.failures.get(id);
    if (reason !== undefined) failures.set(key, reason);
  }
  return failures;
}

/** Of the changes of one finding only the newest counts. */
function newest(changes: readonly Change[]): readonly Change[] {
  const byKey = new Map<string, Change>();
  for (const change of changes) {
    const other = byKey.get(keyOf(change));
    const replaces = change.replaces || (other?.replaces ?? false) || other !== undefined;
    const winner = other ? decisive(other, change) : change;
    byKey.set(keyOf(change), { ...winner, replaces });
  }
  return [...byKey.values()];
}

/** An event may lack the annotation, which says why. AWS Config is asked, and its answer taken whole where it is newer. */
async function withReason(config: ConfigServiceClient, change: Change): Promise<Change> {
  if (change.annotation !== undefined) return change;
  const { configRuleName, rule, account, region, type, id } = change;
  const pages = paginateGetComplianceDetailsByResource(
    { client: config },
    {
      ...{ ResourceType: type, ResourceId: id },
      ComplianceTypes: ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'],
    },
  );
  for await (const { EvaluationResults = [] } of pages) {
    for (const result of EvaluationResults) {
      const qualifier = result.EvaluationResultIdentifier?.EvaluationResultQualifier;
      if (qualifier?.ConfigRuleName !== configRuleName) continue;
      const answer = changeIn(result, { configRuleName, rule, account, region });
      return answer.recordedAt >= change.recordedAt ? answer : change;
    }
  }
  return change;
}
