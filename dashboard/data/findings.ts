import { signal } from '@preact/signals';
import { STATE_WORDS } from '../parts/mark.tsx';
import { readKept } from './files.ts';
import type { Judgements } from './judgements.ts';
import { DETAIL_SIZE } from './shape.ts';
import { detailFile } from './store.ts';
import { identityOf } from './subject.ts';
import type { Details } from './tables.ts';
import { typeName } from './words.ts';

/** A judgement as a row of a table. */
export function rowOf(judgements: Judgements, cell: number) {
  const { size, index, cells } = judgements;
  const subject = cell % size;
  const at = Math.floor(cell / size);
  const rule = index.rules[at];
  const outcome = rule?.outcomes[(cells[cell] ?? 1) - 1];
  if (!rule || !outcome) throw new Error(`Cell ${cell} is no judgement.`);
  return { subject, at, rule, outcome, ...identityOf(judgements, subject) };
}
export type Row = ReturnType<typeof rowOf>;

/** Files of details that have come, so that a table can show sentences without waiting for them. */
const here = new Map<string, Details>();
const arrivals = signal(0);
const KEPT = 48;

/** The sentence of a finding if its details are here, else the sentence of its message with its placeholders. */
export function sentenceOf(judgements: Judgements, { subject, at, rule, outcome }: Row): string {
  arrivals.value;
  const details = here.get(detailFile(judgements, subject));
  return (
    spoken(judgements, details, subject, at) ??
    rule.messages[outcome.message]?.sentence ??
    outcome.message
  );
}

function spoken(
  { index, accounts }: Judgements,
  details: Details | undefined,
  subject: number,
  at: number,
) {
  const first = index.accounts[accounts[subject] ?? 0]?.first ?? 0;
  return details?.[(subject - first) % DETAIL_SIZE]?.findings.find(({ rule }) => rule === at)?.text;
}

/** Asks for the details of these rows, a few files at a time. */
export async function fetchSentences(judgements: Judgements, rows: readonly Row[]): Promise<void> {
  const files = new Set(rows.map(({ subject }) => detailFile(judgements, subject)));
  for (const file of [...files].filter((each) => !here.has(each)).slice(0, 12)) {
    here.set(file, await readKept<Details>(file));
    const [oldest] = here.keys();
    if (here.size > KEPT && oldest !== undefined) here.delete(oldest);
    arrivals.value += 1;
  }
}

/** A table is exported with the sentences of at most so many files: each takes about a tenth of a second. */
export const FILES_AT_MOST = 400;

export const COLUMNS = {
  name: 'Resource',
  rule: 'Rule',
  message: 'What it says',
  account: 'Account',
  region: 'Region',
  tags: 'Tags',
} as const;
export type ColumnName = keyof typeof COLUMNS;
export const columnNames = Object.keys(COLUMNS) as ColumnName[];

const HEADS: Readonly<Record<ColumnName, readonly string[]>> = {
  name: ['resource', 'type'],
  rule: ['rule', 'title'],
  message: ['message id', 'message'],
  account: ['account', 'account name', 'ou'],
  region: ['region'],
  tags: ['tags'],
};

/**
 * The rows of a table for a spreadsheet: the columns that are on the screen, and the state and severity of each.
 * @param onFile is told how many files are read, and of how many.
 */
export async function exportRows(
  judgements: Judgements,
  cells: Uint32Array,
  columns: readonly ColumnName[],
  onFile: (done: number, of: number) => void,
): Promise<string[][]> {
  const rows = Array.from(cells, (cell) => rowOf(judgements, cell));
  const sentences = new Map<number, string>();
  const byFile = Map.groupBy(rows.keys(), (at) => detailFile(judgements, rows[at]?.subject ?? 0));
  const isFull = columns.includes('message') && byFile.size <= FILES_AT_MOST;
  let done = 0;
  for (const [file, own] of isFull ? byFile : []) {
    const details = here.get(file) ?? (await readKept<Details>(file));
    for (const at of own) {
      const text = spoken(judgements, details, rows[at]?.subject ?? 0, rows[at]?.at ?? 0);
      if (text !== undefined) sentences.set(at, text);
    }
    onFile(++done, byFile.size);
  }
  const { columns: data } = judgements;
  const valuesOf = (row: Row, at: number): Readonly<Record<ColumnName, readonly string[]>> => ({
    name: [row.name, typeName(row.type)],
    rule: [row.rule.id, row.rule.title],
    message: [
      row.outcome.message,
      sentences.get(at) ?? row.rule.messages[row.outcome.message]?.sentence ?? '',
    ],
    account: [row.account?.id ?? '', row.account?.name ?? '', row.account?.ou ?? ''],
    region: [row.region],
    tags: [(data.tagsOf[row.subject] ?? []).map((tag) => data.tags[tag] ?? '').join('; ')],
  });
  return [
    ['state', 'severity', ...columns.flatMap((name) => HEADS[name])],
    ...rows.map((row, at) => {
      const values = valuesOf(row, at);
      return [
        STATE_WORDS[row.outcome.state],
        row.rule.severity,
        ...columns.flatMap((name) => values[name]),
      ];
    }),
  ];
}
