import {
  type ConfigServiceClient,
  paginateGetComplianceDetailsByConfigRule,
} from '@aws-sdk/client-config-service';
import type { RuleWords } from '../engine/words.ts';
import { PRODUCT, STATE_FIELD, WAIVER_FIELD } from '../formats/asff.ts';
import { type Change, changeIn, findingFrom, keyOf } from './change.ts';
import { type Held, idOf, type Settler, type Wanted } from './settle.ts';
import { recordedSubjects, subjectsOf } from './subjects.ts';

/**
 * The current state of the findings of a rule in AWS Config, by their ids.
 * @param names what the rule is called here.
 */
export async function readings(
  settler: Settler,
  config: ConfigServiceClient,
  rule: RuleWords,
  names: readonly string[],
  at: string,
): Promise<Map<string, Wanted>> {
  const { place } = settler;
  const { account, region } = place;
  const changes = new Map<string, Change>();
  for (const configRuleName of names) {
    const pages = paginateGetComplianceDetailsByConfigRule(
      { client: config, pageSize: 100 },
      {
        ConfigRuleName: configRuleName,
        ComplianceTypes: ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'],
      },
    );
    for await (const { EvaluationResults = [] } of pages) {
      for (const result of EvaluationResults) {
        const change = changeIn(result, { configRuleName, rule, account, region });
        const other = changes.get(keyOf(change));
        // A rule deployed twice has one finding: that of the later result, as with events.
        if (!other || other.recordedAt <= change.recordedAt) changes.set(keyOf(change), change);
      }
    }
  }
  const subjects = await subjectsOf(config, [...changes.values()]);
  const wanted = new Map<string, Wanted>();
  for (const [key, change] of changes) {
    const subject = subjects.get(key);
    if (subject === undefined) continue;
    const finding = findingFrom(change, subject, settler, at);
    const each: Wanted = { finding, rule, at, from: 'reading', replaces: false };
    wanted.set(idOf(each, place), each);
  }
  return wanted;
}

/**
 * Waived findings that AWS Config does not list, because it does not promise to list results that are not applicable: a waiver in
 * force keeps them, and one that has ended opens them. One whose resource is no longer recorded is left out.
 */
export async function unlistedWaivers(
  settler: Settler,
  config: ConfigServiceClient,
  rule: RuleWords,
  held: readonly (readonly [id: string, finding: Held])[],
  at: string,
): Promise<readonly Wanted[]> {
  const changes = held.flatMap(([, finding]) => waivedResult(finding, rule, settler) ?? []);
  const subjects = await recordedSubjects(config, changes);
  return changes.flatMap((change) => {
    const subject = subjects.get(keyOf(change));
    if (subject === undefined) return [];
    const finding = findingFrom(change, subject, settler, at);
    return { finding, rule, at, from: 'reading', replaces: false };
  });
}

/** The result that a waived finding was made of. */
function waivedResult(
  { ProductFields = {}, Compliance, UpdatedAt }: Held,
  rule: RuleWords,
  { place }: Settler,
): Change | undefined {
  const field = (name: string) => ProductFields[`${PRODUCT}/${name}`];
  const [type, id, waiver] = [
    field('resourceType'),
    field('resourceId'),
    ProductFields[WAIVER_FIELD],
  ];
  if (ProductFields[STATE_FIELD] !== 'WAIVED' || !type || !id || !waiver) return undefined;
  const [{ ReasonCode = 'noReason', Description = '' } = {}] = Compliance?.StatusReasons ?? [];
  const { account, region } = place;
  return {
    ...{ configRuleName: rule.id, rule, account, region, type, id },
    ...{ complianceType: 'NOT_APPLICABLE', replaces: true, recordedAt: UpdatedAt ?? '' },
    annotation: `waived ${waiver}, ${ReasonCode}: ${Description}`,
  };
}
