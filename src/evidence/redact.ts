import type {
  AccountRow,
  CatalogRow,
  FindingRow,
  RegionRow,
  RunRow,
  SettingsRow,
  SubjectRow,
} from '../results/index.ts';
import { canonicalJson, sha256, subjectKey } from '../results/index.ts';
import type { Settings } from '../settings/settings.ts';
import { orderOf } from './period/merge.ts';
import type { Redaction } from './redaction.ts';
import type { FullRun } from './runs.ts';

export { Redaction } from './redaction.ts';

/** The tables of a run as they may be shown. Those that a history is made from keep their names, because they are merged in order. */
export function redactedRun(run: FullRun, redaction: Redaction): FullRun {
  const ou = (value: string | null) => (value === null ? null : redaction.name('ou', value));
  const because = (reason: string | null) => (reason === null ? null : 'redacted');
  return {
    ...run,
    run: redactedHead(run.run, redaction),
    unredacted: run,
    settings: () => redactedSettings(run, redaction),
    accounts: () =>
      inOrder(
        redaction,
        run.accounts(),
        (row) => redactedAccount(row, redaction, ou, because),
        accountOf,
      ),
    regions: () =>
      inOrder(
        redaction,
        run.regions(),
        (row) => redactedRegion(row, redaction, because),
        (row) => `${row.account} ${row.region}`,
      ),
    subjects: () =>
      inOrder(
        redaction,
        run.subjects(),
        (row) => redactedSubject(row, redaction, ou, because),
        ({ subject }) => subjectKey(subject),
      ),
    async *findings() {
      const words = await run.catalog();
      const shown = (row: FindingRow) => redactedFinding(row, redaction, words);
      yield* inOrder(redaction, run.findings(), shown, orderOf);
    },
    async *evidence() {},
  };
}

const accountOf = ({ account }: AccountRow) => account;

async function* inOrder<T extends object>(
  redaction: Redaction,
  rows: AsyncIterable<T>,
  shown: (row: T) => T,
  keyOf: (row: T) => string,
): AsyncGenerator<T> {
  const sorting = redaction.sorting();
  for await (const row of rows) {
    const each = shown(row);
    await sorting.add(keyOf(each), JSON.stringify(each));
  }
  for await (const { line } of sorting.rows()) yield JSON.parse(line) as T;
}

const redactedHead = (run: RunRow, redaction: Redaction): RunRow => ({
  ...run,
  inputs: run.inputs
    .map((input) => ({
      ...input,
      name: redaction.name('input', input.name),
      account: input.account === null ? null : redaction.account(input.account),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1)),
  rules: run.rules.map((rule) => ({ ...rule, parameters: '"redacted"' })),
  problems: run.problems.map(({ kind }) => ({ kind, message: 'redacted' })),
});

async function redactedSettings(run: FullRun, redaction: Redaction): Promise<SettingsRow> {
  const { runId, settings } = await run.settings();
  const { waivers, addressable = [] } = JSON.parse(settings) as Pick<
    Settings,
    'waivers' | 'addressable'
  >;
  const left = canonicalJson({
    waivers: waivers.map((waiver) => redaction.waiver(waiver)),
    addressable: addressable.map((decision) => redaction.decision(decision)),
  });
  return { runId, settings: left, sha256: sha256(left) };
}

type Words = (value: string | null) => string | null;

const redactedAccount = (
  row: AccountRow,
  redaction: Redaction,
  ou: Words,
  because: Words,
): AccountRow => ({
  ...row,
  account: redaction.account(row.account),
  name: row.name === null ? null : redaction.name('name', row.name),
  ou: ou(row.ou),
  reason: because(row.reason),
});

const redactedRegion = (row: RegionRow, redaction: Redaction, because: Words): RegionRow => ({
  ...row,
  account: redaction.account(row.account),
  reason: because(row.reason),
});

const redactedSubject = (
  row: SubjectRow,
  redaction: Redaction,
  ou: Words,
  because: Words,
): SubjectRow => ({
  ...row,
  subject: redaction.subject(row.subject),
  ou: ou(row.ou),
  ...{ tags: {}, itemHash: null },
  reason: because(row.reason),
});

/** The sentence of the rule with its placeholders open, because its values are names of strangers. */
function redactedFinding(row: FindingRow, redaction: Redaction, { rules }: CatalogRow): FindingRow {
  const { evidence: _, waiver, waiverTerms: terms, ...rest } = row;
  const sentence = rules.find(({ id }) => id === row.rule)?.messages[row.messageId]?.sentence;
  return {
    ...rest,
    ...{ id: redaction.uuid(row.id), itemHash: null, answerHashes: [] },
    subject: redaction.subject(row.subject),
    message: sentence ?? `${row.messageId} (redacted)`,
    ...(waiver === undefined ? {} : { waiver: redaction.name('waiver', waiver) }),
    ...(terms === undefined ? {} : { waiverTerms: redaction.terms(terms) }),
  };
}
