import type { RuleWords } from '../../engine/words.ts';
import { PRODUCT, STATE_FIELD, WAIVER_FIELD } from '../../formats/asff-fields.ts';
import type { Identity } from '../../records/reading.ts';
import { type Change, findingFrom, keyOf } from '../change.ts';
import type { Wanted } from '../settle.ts';
import type { Held, Settler } from '../settler.ts';
import { recordedSubjects } from '../subjects.ts';
import type { Deployed } from './deployed-rules.ts';
import type { Reader, Readings } from './readings.ts';

/**
 * AWS Lambda keeps an asynchronous event for at most six hours (Developer Guide, "Asynchronous invocation"): a rule with an older
 * result has been through its first evaluation, and so has a resource without one.
 */
const FIRST_EVALUATION_MILLISECONDS = 6 * 3_600_000;

/** What becomes of findings that Security Hub holds, of a rule that AWS Config lists no such result of. */
export interface Absent {
  /** To be archived. */
  readonly gone: ReadonlyMap<string, Held>;
  /** Waived ones, judged anew by their waivers: AWS Config does not promise to list results that are not applicable. */
  readonly waived: readonly Wanted[];
  /** Why it stays as it is, by the id of the finding. */
  readonly kept: ReadonlyMap<string, string>;
}

/**
 * No result is evidence only where the rule is active and has reported since it was made: after a pack was made anew, or results were
 * deleted, each result is missing until its resource is evaluated again. DescribeConfigRuleEvaluationStatus would tell, but not of
 * custom Lambda rules (API Reference); the results themselves do.
 * @param left findings of the rule that are active and not among its results.
 */
export async function absent(
  { settler, config, at }: Reader,
  rule: RuleWords,
  deployed: Deployed,
  read: Readings,
  left: ReadonlyMap<string, Held>,
): Promise<Absent> {
  const gone = new Map<string, Held>();
  const kept = new Map<string, string>();
  const waived: Wanted[] = [];
  if (deployed.names.length === 0) return { gone: left, waived, kept };
  const changes = new Map([...left].map(([id, held]) => [id, heldResult(held, rule, settler)]));
  const asked = [...changes.values()].filter((change) => change !== undefined);
  const { subjects, unread } = await recordedSubjects(config, asked, settler.wait);
  for (const [id, held] of left) {
    const change = changes.get(id);
    const subject = change && subjects.get(keyOf(change));
    const failure = change && unread.get(keyOf(change));
    if (failure !== undefined) kept.set(id, failure);
    if (change?.complianceType === 'NOT_APPLICABLE') {
      const again = judgedAgain(settler, rule, change, subject ?? identityOf(change, held), at);
      // Even where AWS Config does not tell whether the resource is there, a waiver that ended no longer hides it.
      if (subject !== undefined || (failure && again.finding.state !== 'WAIVED'))
        waived.push(again);
      else if (failure === undefined) gone.set(id, held);
    } else if (failure === undefined) {
      const reason = whyKept(deployed, read, subject !== undefined || change === undefined, at);
      if (reason === undefined) gone.set(id, held);
      else kept.set(id, reason);
    }
  }
  return { gone, waived, kept };
}

function whyKept(
  { isActive }: Deployed,
  { oldest }: Readings,
  isRecorded: boolean,
  at: string,
): string | undefined {
  if (!isActive) return 'AWS Config deletes the rule or its results.';
  if (oldest === undefined) return 'The rule has no results yet.';
  if (!isRecorded || Date.parse(at) - Date.parse(oldest) > FIRST_EVALUATION_MILLISECONDS)
    return undefined;
  return 'The first evaluation of the rule may not be over.';
}

const judgedAgain = (
  settler: Settler,
  rule: RuleWords,
  change: Change,
  subject: Identity,
  at: string,
): Wanted => {
  const finding = findingFrom(change, subject, settler, at);
  return { finding, rule, at, from: 'reading', replaces: false };
};

/** The resource as the finding names it. */
function identityOf({ type, id, account, region }: Change, { Resources }: Held): Identity {
  const named = Resources?.[0]?.Id ?? '';
  return { type, id, name: id, arn: named.startsWith('arn:') ? named : '', account, region };
}

/** The result that a finding was made of; of a waived one, as AWS Config was told. */
function heldResult(
  { ProductFields = {}, Compliance, UpdatedAt }: Held,
  rule: RuleWords,
  { place }: Settler,
): Change | undefined {
  const field = (name: string) => ProductFields[`${PRODUCT}/${name}`];
  const [type, id, evidenceAt] = ['resourceType', 'resourceId', 'evidenceAt'].map(field);
  if (!type || !id) return undefined;
  const waiver = ProductFields[STATE_FIELD] === 'WAIVED' ? ProductFields[WAIVER_FIELD] : undefined;
  const [{ ReasonCode = 'noReason', Description = '' } = {}] = Compliance?.StatusReasons ?? [];
  const { account, region } = place;
  return {
    ...{ configRuleName: rule.id, rule, account, region, type, id },
    ...{ replaces: true, recordedAt: evidenceAt ?? UpdatedAt ?? '' },
    complianceType: waiver ? 'NOT_APPLICABLE' : 'NON_COMPLIANT',
    annotation: `${waiver ? `waived ${waiver}, ` : ''}${ReasonCode}: ${Description}`,
  };
}
