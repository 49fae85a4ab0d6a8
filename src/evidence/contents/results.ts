import type { State } from '../../engine/finding.ts';
import type { FindingRow } from '../../results/index.ts';
import { canonicalJson } from '../../results/index.ts';
import type { BundleWriter, Lines } from '../bundle/writer.ts';
import { type Columns, headOf, lineOf } from './columns.ts';
import { pathOfItem } from './population.ts';

/** Where all results stand, one in a line. */
export const RESULTS = 'results/results.ndjson';

export const COLUMNS: Columns<FindingRow> = {
  account: ({ subject }) => subject.account,
  region: ({ subject }) => subject.region,
  type: ({ subject }) => subject.type,
  name: ({ subject }) => subject.name,
  arn: ({ subject }) => subject.arn,
  rule: ({ rule }) => rule,
  state: ({ state }) => state,
  told_to_aws_config: ({ verdictForConfig }) => verdictForConfig,
  severity: ({ severity }) => severity,
  message_id: ({ messageId }) => messageId,
  message: ({ message }) => message,
  waiver: ({ waiver }) => waiver ?? null,
  requirements: ({ strengths }) =>
    Object.entries(strengths)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, strength]) => `${id} (${strength})`)
      .join('; '),
  captured_at: ({ capturedAt }) => capturedAt,
  observed_at: ({ observedAt }) => observedAt,
  state_since: ({ stateSince }) => stateSince,
  first_failed_at: ({ firstFailedAt }) => firstFailedAt,
  item_sha256: ({ itemHash }) => itemHash,
  item_path: ({ itemHash }) => pathOfItem(itemHash),
  answers_sha256: ({ answerHashes }) => answerHashes.join(' '),
  id: ({ id }) => id,
  judged_by: ({ judgedBy }) => judgedBy ?? 's3-config-rules',
};

/** CSV of findings, as every table of a bundle has it. */
export class FindingTable {
  readonly #lines: Lines;

  private constructor(lines: Lines) {
    this.#lines = lines;
  }

  static async open(writer: BundleWriter, path: string): Promise<FindingTable> {
    const lines = await writer.stream(path);
    await lines.add(headOf(COLUMNS));
    return new FindingTable(lines);
  }

  add(row: FindingRow): Promise<void> {
    return this.#lines.add(lineOf(COLUMNS, row));
  }

  end(): Promise<void> {
    return this.#lines.end();
  }
}

/** What the rows of one rule say together. */
export type States = Record<State, number>;
export const noStates = (): States => ({
  FAIL: 0,
  UNKNOWN: 0,
  WAIVED: 0,
  PASS: 0,
  NOT_APPLICABLE: 0,
});

/** Writes all results, and those of each rule as a table. @returns the states of each rule, as counted. */
export async function writeResults(
  rows: AsyncIterable<FindingRow>,
  rules: readonly string[],
  writer: BundleWriter,
): Promise<ReadonlyMap<string, States>> {
  const counts = new Map<string, States>();
  const all = await writer.stream(RESULTS);
  const tables = new Map<string, FindingTable>();
  for (const rule of [...rules].sort())
    tables.set(rule, await FindingTable.open(writer, tableOfRule(rule)));
  for await (const row of rows) {
    const table = tables.get(row.rule);
    if (table === undefined) continue;
    const states = counts.get(row.rule) ?? noStates();
    states[row.state]++;
    counts.set(row.rule, states);
    await all.add(`${canonicalJson(row)}\n`);
    await table.add(row);
  }
  await all.end();
  for (const table of tables.values()) await table.end();
  return counts;
}

export const tableOfRule = (rule: string): string => `results/${rule}.csv`;
