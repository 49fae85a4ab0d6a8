import type { AwsSecurityFinding, AwsSecurityFindingFilters } from '@aws-sdk/client-securityhub';
import { idPrefix } from '../../formats/asff.ts';
import { chunks, FILTER_VALUES } from '../batches.ts';
import { FORGOTTEN_DAYS, REFRESH_DAYS } from '../settle.ts';
import { type Held, type Place, productOf, type Settler } from '../settler.ts';

/**
 * The ids of rules that an earlier release had: their findings are archived by the first run of this one. A release that drops a
 * rule adds it here, and test/security-hub/absence.test.ts compares the list with the records of the releases.
 */
export const FORMER_RULES: readonly string[] = [];

const ours = ({ partition, region, account }: Place): AwsSecurityFindingFilters => ({
  Id: [{ Value: idPrefix(partition, region, account), Comparison: 'PREFIX' }],
});

export const ofRule = (place: Place, ...ids: readonly string[]): AwsSecurityFindingFilters => ({
  ...ours(place),
  GeneratorId: ids.map((Value) => ({ Value, Comparison: 'EQUALS' })),
});

export const ofFormerRules = (place: Place): readonly AwsSecurityFindingFilters[] =>
  [...chunks(FORMER_RULES, FILTER_VALUES)].map((some) => ofRule(place, ...some));

/**
 * Active findings that would have been refreshed were they current: this finds those of rules that are in no list, because to list them
 * by their rules would be to list everything.
 */
export function oldOnes(place: Place, now: number): AwsSecurityFindingFilters {
  const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString();
  return {
    ...ours(place),
    RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }],
    UpdatedAt: [{ Start: daysAgo(FORGOTTEN_DAYS), End: daysAgo(REFRESH_DAYS + 5) }],
  };
}

/** A list could not be read to its end in time, and what is not in it may be there all the same. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** The findings that Security Hub holds, by their ids. @throws OutOfTime */
export async function heldOf(
  { hub, place }: Pick<Settler, 'hub' | 'place'>,
  filters: AwsSecurityFindingFilters,
  isOver: () => boolean,
): Promise<Map<string, Held>> {
  const held = new Map<string, Held>();
  const findings = hub.find({
    ProductArn: [{ Value: productOf(place), Comparison: 'EQUALS' }],
    ...filters,
  });
  for await (const finding of findings) {
    if (isOver()) throw new OutOfTime();
    if (finding.Id) held.set(finding.Id, decisiveOf(finding));
  }
  return held;
}

/** Only what decides is kept: a rule may have tens of thousands of findings. */
function decisiveOf(finding: AwsSecurityFinding): Held {
  const { GeneratorId, CreatedAt, UpdatedAt, Compliance, Resources } = finding;
  const { RecordState, Workflow, Note, ProductFields } = finding;
  const said = { RecordState, ProductFields, Compliance, Resources };
  return { GeneratorId, CreatedAt, UpdatedAt, Workflow, Note, ...said };
}

/** How many findings that a list lacks are asked for by their ids: five calls a rule, and none on most days. */
const ASKED = 100;

/**
 * Adds to a list what Security Hub holds of these findings all the same: a list is read page by page while findings change, and
 * GetFindings does not say that it is whole. Taken for new, a finding would lose the time at which it was created. Of many that are
 * lacking some are asked for; where one of them is there, the list is read once more.
 * @throws OutOfTime
 */
export async function addMissed(
  settler: Pick<Settler, 'hub' | 'place'>,
  wanted: readonly string[],
  held: Map<string, Held>,
  filters: AwsSecurityFindingFilters,
  isOver: () => boolean,
): Promise<void> {
  const lacking = wanted.filter((id) => !held.has(id));
  if (lacking.length === 0) return;
  const step = Math.max(1, lacking.length / ASKED);
  const asked = lacking.filter(
    (_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step),
  );
  const found = await settler.hub.named(productOf(settler.place), asked);
  const again =
    found.size > 0 && asked.length < lacking.length
      ? await heldOf(settler, filters, isOver)
      : new Map<string, Held>();
  for (const [id, finding] of found) again.set(id, decisiveOf(finding));
  for (const [id, each] of again) if (!held.has(id)) held.set(id, each);
}
