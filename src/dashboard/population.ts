import { type Account, DETAIL_SIZE } from '../../dashboard/data/shape.ts';
import type { Columns } from '../../dashboard/data/tables.ts';
import type { Identity } from '../records/reading.ts';
import type { AccountRow, SubjectRow } from '../results/rows.ts';
import { countsOf, NONE } from './counts.ts';
import type { RunData } from './run-data.ts';

/** At most so many tags can be filtered by; those that fewer subjects carry are left to the details. */
const TAGS_AT_MOST = 3000;

/** Who and what was there: accounts and subjects in the order that all files of a run refer to. */
export interface Population {
  readonly accounts: readonly Account[];
  readonly subjects: readonly SubjectRow[];
  readonly regions: readonly string[];
  readonly types: readonly string[];
  readonly columns: Columns;
  /** Position of a subject; undefined for one that the table `subjects` does not list. */
  positionOf(subject: Identity): number | undefined;
}

/** An account or a Region has its place also where nothing was found in it: what was not assessed must be seen. */
export function populationOf(data: Pick<RunData, 'accounts' | 'regions' | 'subjects'>): Population {
  const subjects = data.subjects.toSorted(bySubject);
  const places = data.regions;
  const accounts = accountsWith(
    data.accounts,
    subjects,
    places.map(({ account }) => account),
  );
  const regions = distinct([
    ...subjects.map(({ subject }) => subject.region),
    ...places.map(({ region }) => region),
  ]);
  const types = distinct(subjects.map(({ subject }) => subject.type));
  const positions = new Map(subjects.map(({ subject }, position) => [keyOf(subject), position]));
  return {
    ...{ accounts, subjects, regions, types },
    columns: columnsOf(subjects, regions, types),
    positionOf: (subject) => positions.get(keyOf(subject)),
  };
}

const keyOf = ({ type, id, name, account, region }: Identity) =>
  JSON.stringify([account, type, region, id, name]);

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** The order of the data set. */
const bySubject = ({ subject: one }: SubjectRow, { subject: other }: SubjectRow) =>
  compare(one.account, other.account) ||
  compare(one.region, other.region) ||
  compare(one.type, other.type) ||
  compare(one.id, other.id);

const distinct = (words: readonly string[]) => [...new Set(words)].toSorted(compare);

/** Every account that is named by any row, with the place of its subjects. */
function accountsWith(
  rows: readonly AccountRow[],
  subjects: readonly SubjectRow[],
  named: readonly string[],
): Account[] {
  const first = new Map<string, number>();
  const size = new Map<string, number>();
  for (const [position, { subject }] of subjects.entries()) {
    if (!first.has(subject.account)) first.set(subject.account, position);
    size.set(subject.account, (size.get(subject.account) ?? 0) + 1);
  }
  const byId = new Map(rows.map((row) => [row.account, row]));
  let detail = 0;
  return distinct([...byId.keys(), ...first.keys(), ...named]).map((id) => {
    const row = byId.get(id);
    const own = size.get(id) ?? 0;
    const account = {
      ...{ id, name: row?.name ?? null, ou: row?.ou ?? null },
      ...{ assessed: row?.assessed ?? ('partly' as const), reason: row?.reason ?? null },
      counts: row ? countsOf(row.states) : NONE,
      ...{ first: first.get(id) ?? 0, size: own, detail },
    };
    detail += Math.ceil(own / DETAIL_SIZE);
    return account;
  });
}

function columnsOf(
  subjects: readonly SubjectRow[],
  regions: readonly string[],
  types: readonly string[],
): Columns {
  const pairs = subjects.map(({ tags }) =>
    Object.entries(tags).map(([key, value]) => `${key}=${value}`),
  );
  const carried = new Map<string, number>();
  for (const pair of pairs.flat()) carried.set(pair, (carried.get(pair) ?? 0) + 1);
  const shared = [...carried].filter(([, count]) => count > 1 || subjects.length < TAGS_AT_MOST);
  const tags = shared
    .toSorted((one, other) => other[1] - one[1] || compare(one[0], other[0]))
    .slice(0, TAGS_AT_MOST)
    .map(([pair]) => pair);
  const tagAt = new Map(tags.map((pair, position) => [pair, position]));
  const at = (words: readonly string[]) => new Map(words.map((word, index) => [word, index]));
  const [regionAt, typeAt] = [at(regions), at(types)];
  return {
    names: subjects.map(({ subject }) => subject.name),
    ids: byPosition(subjects, ({ subject: { id, name } }) => (id === name ? undefined : id)),
    regions: subjects.map(({ subject }) => regionAt.get(subject.region) ?? 0),
    types: subjects.map(({ subject }) => typeAt.get(subject.type) ?? 0),
    gaps: byPosition(subjects, ({ assessed, reason }) =>
      assessed === 'yes' ? undefined : ([assessed, reason ?? ''] as const),
    ),
    tags,
    tagsOf: pairs.map((own) =>
      own.flatMap((pair) => tagAt.get(pair) ?? []).toSorted((a, b) => a - b),
    ),
  };
}

function byPosition<T>(
  subjects: readonly SubjectRow[],
  chosen: (row: SubjectRow) => T | undefined,
): Record<string, T> {
  const entries: [string, T][] = [];
  for (const [position, row] of subjects.entries()) {
    const value = chosen(row);
    if (value !== undefined) entries.push([String(position), value]);
  }
  return Object.fromEntries(entries);
}
