import type { Assessed } from '../../results/index.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../values/csv.ts';
import type { BundleWriter } from '../bundle/writer.ts';
import type { FullRun } from '../runs.ts';

export type Coverage = Readonly<Record<Assessed, number>>;

/** How much of what is there was assessed. */
export interface PopulationSummary {
  readonly accounts: Coverage;
  readonly regions: Coverage;
  readonly subjects: Coverage;
  /** What was not assessed, or not whole, with the reason; at most {@link NAMED} of each kind, accounts first. */
  readonly gaps: readonly { readonly what: string; readonly reason: string }[];
}

export const NAMED = 100;

/** Writes the three files of the population: what is there, where it is known from, and whether it was assessed. */
export async function writePopulation(
  run: FullRun,
  writer: BundleWriter,
): Promise<PopulationSummary> {
  const gaps: { what: string; reason: string }[] = [];
  const about = async <T extends { readonly assessed: Assessed; readonly reason: string | null }>(
    name: string,
    rows: AsyncIterable<T>,
    columns: Readonly<
      Record<
        string,
        (row: T) => Parameters<typeof csvLine>[0] extends Iterable<infer C> ? C : never
      >
    >,
    what: (row: T) => string,
  ): Promise<Coverage> => {
    const coverage = { yes: 0, partly: 0, no: 0 };
    const lines = await writer.stream(`population/${name}.csv`);
    await lines.add(BYTE_ORDER_MARK + csvLine([...Object.keys(columns), 'assessed', 'reason']));
    let named = 0;
    for await (const row of rows) {
      coverage[row.assessed]++;
      await lines.add(
        csvLine([...Object.values(columns).map((read) => read(row)), row.assessed, row.reason]),
      );
      if (row.assessed !== 'yes' && named++ < NAMED)
        gaps.push({ what: what(row), reason: row.reason ?? 'no reason is known' });
    }
    await lines.end();
    return coverage;
  };
  const accounts = await about(
    'accounts',
    run.accounts(),
    {
      account: ({ account }) => account,
      name: ({ name }) => name,
      ou: ({ ou }) => ou,
      known_from: ({ knownFrom }) => knownFrom.join(' '),
      subjects: ({ subjects }) => subjects,
    },
    ({ account }) => `account ${account}`,
  );
  const regions = await about(
    'regions',
    run.regions(),
    {
      account: ({ account }) => account,
      region: ({ region }) => region,
      known_from: ({ knownFrom }) => knownFrom.join(' '),
      recorder: ({ recorder }) => recorder,
      snapshot_id: ({ snapshotId }) => snapshotId,
      observed_at: ({ observedAt }) => observedAt,
      subjects: ({ subjects }) => subjects,
    },
    ({ account, region }) => `${region} in account ${account}`,
  );
  const subjects = await about(
    'subjects',
    run.subjects(),
    {
      account: ({ subject }) => subject.account,
      region: ({ subject }) => subject.region,
      ou: ({ ou }) => ou,
      type: ({ subject }) => subject.type,
      name: ({ subject }) => subject.name,
      arn: ({ subject }) => subject.arn,
      created: ({ created }) => created,
      deleted: ({ deleted }) => (deleted ? 'yes' : 'no'),
      captured_at: ({ capturedAt }) => capturedAt,
      observed_at: ({ observedAt }) => observedAt,
      item_sha256: ({ itemHash }) => itemHash,
      item_path: ({ itemHash }) => pathOfItem(itemHash),
    },
    ({ subject }) =>
      `${subject.name || subject.id} (${subject.type}, ${subject.region}, account ${subject.account})`,
  );
  return { accounts, regions, subjects, gaps };
}

/** Where the record of a resource stands in the bundle. */
export const pathOfItem = (hash: string | null): string | null =>
  hash === null ? null : `items/${hash.slice(0, 2)}/${hash}.json`;

/** Where an answer of a service stands. */
export const pathOfAnswer = (hash: string): string => `answers/${hash.slice(0, 2)}/${hash}.json`;
