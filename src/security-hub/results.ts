import {
  type ConfigServiceClient,
  paginateGetComplianceDetailsByResource,
} from '@aws-sdk/client-config-service';
import { asffId, productArn } from '../formats/asff.ts';
import type { Identity } from '../records/reading.ts';
import { type Change, changeIn, findingFrom, keyOf } from './change.ts';
import type { Failures } from './security-hub.ts';
import { type Settler, settle, type Wanted } from './settle.ts';
import { subjectsOf } from './subjects.ts';

/**
 * Publishes results, in any order and even if they are repeated.
 * @returns why a change could not be published, by {@link keyOf}.
 */
export async function publishResults(
  settler: Settler,
  config: ConfigServiceClient,
  changes: readonly Change[],
  now: Date,
): Promise<Failures> {
  const { hub, place } = settler;
  const complete: Change[] = [];
  for (const change of newest(changes)) complete.push(await withReason(config, change));
  const subjects = await subjectsOf(config, complete);
  const wanted = complete.map((change): Wanted => {
    const finding = findingFrom(
      change,
      subjects.get(keyOf(change)) as Identity,
      settler,
      now.toISOString(),
    );
    const { rule, recordedAt: at, replaces } = change;
    return { finding, rule, at, from: 'result', replaces };
  });
  const ids = wanted.map(({ finding }) => asffId(finding, place.partition, place.region));
  const product = productArn(place.partition, place.region, place.account);
  const failures = await settle(settler, wanted, await hub.named(product, ids));
  return new Map(
    complete.flatMap((change, index) => {
      const reason = failures.get(ids[index] ?? '');
      return reason === undefined ? [] : [[keyOf(change), reason] as const];
    }),
  );
}

/** Of the changes of one finding only the newest counts. */
function newest(changes: readonly Change[]): readonly Change[] {
  const byKey = new Map<string, Change>();
  for (const change of changes) {
    const other = byKey.get(keyOf(change));
    const replaces = change.replaces || (other?.replaces ?? false) || other !== undefined;
    const winner = other && other.recordedAt > change.recordedAt ? other : change;
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
