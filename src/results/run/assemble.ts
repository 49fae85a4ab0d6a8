import { byText } from '../canonical.ts';
import type { DataSetWriter } from '../files/writer.ts';
import { findingId, subjectKey } from '../identity.ts';
import type { Listed } from '../population/listed.ts';
import type { FindingRow, SubjectRow } from '../rows.ts';
import { type Between, changeOf, sinceOf } from './changes.ts';
import type { PreviousRun, PreviousSubject } from './previous.ts';
import type { Judged, JudgedSubject } from './rows-of.ts';

/** A subject with all its findings, as it is sorted. */
export interface Group {
  readonly subject: JudgedSubject;
  readonly findings: readonly Judged[];
}

export interface Comparison {
  readonly previous: PreviousRun | null;
  readonly between: Between;
  readonly listed: Listed;
  /** The time of this run (ISO, UTC). */
  readonly now: string;
}

/** Writes subjects and findings in their order, with what changed in them since the run before, which has the same order. */
export async function assemble(
  groups: AsyncIterable<Group>,
  { previous, between, listed, now }: Comparison,
  writer: DataSetWriter,
): Promise<void> {
  const { runId } = between;
  const earlier = previous?.subjects()[Symbol.asyncIterator]();
  let next = await earlier?.next();
  const writeChanges = async (
    before: readonly FindingRow[],
    after: readonly FindingRow[],
  ): Promise<void> => {
    for (const [one, other] of pairsOf(before, after)) {
      const change = changeOf(one, other, between);
      if (change !== null) await writer.add('changes', change);
    }
  };
  const passOver = async (key: string | null) => {
    while (next?.done === false && (key === null || byText(next.value.key, key) < 0)) {
      await writeChanges(next.value.findings, []);
      next = await earlier?.next();
    }
  };
  for await (const { subject, findings } of groups) {
    const key = subjectKey(subject.subject);
    await passOver(key);
    let before: PreviousSubject | undefined;
    if (next?.done === false && next.value.key === key) {
      before = next.value;
      next = await earlier?.next();
    }
    const { account, type, name } = subject.subject;
    const isListed = listed.holds(account, type, name) === true;
    const row: SubjectRow = {
      runId,
      ...subject,
      knownFrom: isListed
        ? [...new Set([...subject.knownFrom, 'services' as const])].sort()
        : subject.knownFrom,
      created: createdOf(subject, before),
    };
    await writer.add('subjects', row);
    const rows = findings
      .toSorted((one, other) => byText(one.rule, other.rule))
      .map((finding) => rowOf(finding, row, before, now));
    for (const each of rows) await writer.add('findings', each);
    if (previous !== null) await writeChanges(before?.findings ?? [], rows);
  }
  await passOver(null);
}

/** The record of a deletion does not say when the resource was created, so what was known of it counts. */
const createdOf = (subject: JudgedSubject, before: PreviousSubject | undefined) =>
  subject.created ?? (subject.deleted ? (before?.created ?? null) : null);

function rowOf(
  finding: Judged,
  { created }: SubjectRow,
  before: PreviousSubject | undefined,
  now: string,
): FindingRow {
  const id = findingId(finding.rule, finding.subject, created);
  const same = before?.findings.find((each) => each.id === id);
  return { ...finding, id, ...sinceOf(finding, same, now) };
}

/** Findings of the same id, before and after; those of one side only have none on the other. In the order of rules. */
function pairsOf(before: readonly FindingRow[], after: readonly FindingRow[]) {
  const later = new Map(after.map((each) => [each.id, each]));
  const earlier = new Set(before.map(({ id }) => id));
  return [
    ...before.map((each) => [each, later.get(each.id)] as const),
    ...after.filter(({ id }) => !earlier.has(id)).map((each) => [undefined, each] as const),
  ].toSorted(([one, other], [another, last]) => {
    const rules = byText((one ?? other)?.rule ?? '', (another ?? last)?.rule ?? '');
    return rules || Number(one === undefined) - Number(another === undefined);
  });
}
