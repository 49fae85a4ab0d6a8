import type { Identity } from '../../records/reading.ts';
import type { ChangeRow, FindingRow, RegionRow, RunRow } from '../../results/index.ts';
import { GLOBAL_REGION } from '../../values/region.ts';
import { type Interval, intervalsOf, type Period, type Seen } from './intervals.ts';
import { mergeSorted } from './merge.ts';

/** The tables of one run, as the data set gives them. */
export interface RunTables {
  readonly run: RunRow;
  regions(): AsyncIterable<RegionRow>;
  findings(): AsyncIterable<FindingRow>;
  changes(): AsyncIterable<ChangeRow>;
}

/** One finding over a period. */
export interface Course {
  readonly id: string;
  readonly rule: string;
  readonly subject: Identity;
  readonly intervals: readonly Interval[];
  /** Since when it failed when the period began, as far as is known; null where it did not fail then. */
  readonly failedSince: string | null;
  /** Whether the last run says the same as the changes that lead to it. */
  readonly reconciles: boolean;
  /** Whether the last run has it. */
  readonly isThere: boolean;
}

/**
 * Every finding over a period: the findings of the first run, and what later runs say has changed, compared with the findings of the
 * last one.
 * @param runs in the order of time, the first at or before the beginning of the period where there is one. Not empty.
 */
export async function* coursesOf(
  runs: readonly RunTables[],
  period: Period,
): AsyncGenerator<Course> {
  const [first, ...later] = runs;
  const last = runs.at(-1);
  if (first === undefined || last === undefined) return;
  const observed = await Promise.all(runs.map(observedIn));
  const streams: AsyncIterable<FindingRow | ChangeRow>[] = [
    first.findings(),
    ...later.map((each) => each.changes()),
    last.findings(),
  ];
  for await (const group of mergeSorted(streams)) {
    const any = group.find((row) => row !== undefined);
    if (any === undefined) continue;
    const [opening, ...rest] = group;
    const closing = rest.pop() as FindingRow | undefined;
    const seen = seenBy(
      runs,
      observed,
      any,
      opening as FindingRow | undefined,
      rest as (ChangeRow | undefined)[],
    );
    const end = seen.at(-1)?.standing ?? 'GONE';
    yield {
      ...{ id: any.id, rule: any.rule, subject: any.subject },
      intervals: intervalsOf(seen, period),
      failedSince: (opening as FindingRow | undefined)?.firstFailedAt ?? null,
      reconciles: isSameEnd(end, closing),
      isThere: closing !== undefined,
    };
  }
}

/** Where the last run has no row, the resource is gone or out of sight. */
const isSameEnd = (end: Seen['standing'], closing: FindingRow | undefined) =>
  closing === undefined ? end === 'GONE' || end === 'UNKNOWN' : end === stateOf(closing).standing;

/** When each Region of each account was observed for a run, by "account Region". */
type Observed = ReadonlyMap<string, string>;

async function observedIn({ regions }: RunTables): Promise<Observed> {
  const observed = new Map<string, string>();
  for await (const { account, region, observedAt, assessed } of regions()) {
    if (observedAt === null || assessed === 'no') continue;
    observed.set(`${account} ${region}`, observedAt);
    // IAM is recorded by the home Region, so the newest observation of the account counts.
    const known = observed.get(`${account} ${GLOBAL_REGION}`);
    if (known === undefined || known < observedAt)
      observed.set(`${account} ${GLOBAL_REGION}`, observedAt);
  }
  return observed;
}

function seenBy(
  runs: readonly RunTables[],
  observed: readonly Observed[],
  { rule, subject }: FindingRow | ChangeRow,
  opening: FindingRow | undefined,
  changes: readonly (ChangeRow | undefined)[],
): readonly Seen[] {
  const seen: Seen[] = [];
  const place = `${subject.account} ${subject.region}`;
  runs.forEach(({ run }, index) => {
    const before = seen.at(-1);
    const judgedBy = run.rules.find((each) => each.rule === rule);
    const around = {
      at: run.evaluatedAt,
      observedAt: observed[index]?.get(place) ?? before?.observedAt ?? null,
      rulesHash: judgedBy?.codeHash ?? '',
      parametersHash: judgedBy?.parametersHash ?? null,
    };
    const change = changes[index - 1];
    if (index === 0) {
      if (opening)
        seen.push({ ...around, ...stateOf(opening), capturedAt: opening.capturedAt, cause: null });
      else if (isNew(changes)) seen.push({ ...around, ...ABSENT });
    } else if (change) {
      seen.push({ ...around, ...afterChange(change), cause: change.cause });
    } else if (before) seen.push({ ...before, ...around, cause: null });
  });
  return seen;
}

const ABSENT = {
  standing: 'GONE',
  messageId: null,
  waiver: null,
  capturedAt: null,
  cause: null,
} as const;

/** The resource was made within the period; where only our view of it is new, nothing is known of the time before. */
const isNew = (changes: readonly (ChangeRow | undefined)[]) => {
  const first = changes.find((change) => change !== undefined);
  return first !== undefined && first.from === null && first.cause === 'resource';
};

/** A record that says that the resource was deleted is one of a resource that is gone. */
const stateOf = ({
  state,
  messageId,
  waiver = null,
}: Pick<FindingRow, 'state' | 'messageId'> & { waiver?: string | null }) => ({
  standing: messageId === 'resourceDeleted' ? ('GONE' as const) : state,
  ...{ messageId, waiver: waiver ?? null },
});

function afterChange({ to, cause }: ChangeRow) {
  if (to !== null) return { ...stateOf(to), capturedAt: to.capturedAt };
  // Out of sight is not gone: an account that was not assessed may still have the resource.
  return cause === 'population' ? { ...ABSENT, standing: 'UNKNOWN' as const } : ABSENT;
}
