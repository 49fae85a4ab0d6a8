import type { AwsSecurityFindingFilters } from '@aws-sdk/client-securityhub';
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
    // Only what decides is kept: a rule may have tens of thousands of findings.
    const { Id, GeneratorId, CreatedAt, UpdatedAt, Compliance, Resources } = finding;
    const { RecordState, Workflow, Note, ProductFields } = finding;
    const said = { RecordState, ProductFields, Compliance, Resources };
    if (Id) held.set(Id, { GeneratorId, CreatedAt, UpdatedAt, Workflow, Note, ...said });
  }
  return held;
}
