import { createHmac } from 'node:crypto';
import type { Identity } from '../records/reading.ts';
import type {
  AccountRow,
  CatalogRow,
  FindingRow,
  RegionRow,
  RunRow,
  SettingsRow,
  SubjectRow,
} from '../results/index.ts';
import { canonicalJson, sha256 } from '../results/index.ts';
import type { Waiver } from '../settings/waiver.ts';
import { uuidOf } from './oscal/ids.ts';
import type { FullRun } from './runs.ts';

/** By whom something is waived, and until when. */
type Terms = Pick<Waiver, 'owner' | 'approver' | 'expires'>;

/**
 * Replaces names by pseudonyms that a secret key makes: the same name has the same one in every bundle, so that counts add up and
 * rows can be followed, and no one without the key can try names. Sentences lose the values that the data filled in, and records,
 * answers and settings are left out, so a redacted bundle cannot be judged again.
 */
export class Redaction {
  readonly #key: Buffer;
  readonly #names = new Map<string, string>();

  /** @param key at least 16 bytes. @throws RangeError for a shorter one. */
  constructor(key: Buffer) {
    if (key.length < 16) throw new RangeError('The key for pseudonyms has fewer than 16 bytes.');
    this.#key = key;
  }

  /** "account-1f2e3d4c5b": the pseudonym of a name of this kind. */
  name(kind: string, value: string): string {
    if (value === '') return '';
    const known = this.#names.get(`${kind}\n${value}`);
    if (known !== undefined) return known;
    const digest = createHmac('sha256', this.#key).update(`${kind}\n${value}`).digest('hex');
    const made = `${kind}-${digest.slice(0, 16)}`;
    // Bounded, because a large organization has more names than memory should hold.
    if (this.#names.size < 100_000) this.#names.set(`${kind}\n${value}`, made);
    return made;
  }

  subject({ type, id, name, arn, account, region }: Identity): Identity {
    return {
      ...{ type, region },
      id: this.name('id', id),
      name: this.name('name', name),
      arn: this.name('arn', arn),
      account: this.account(account),
    };
  }

  /** A UUID of version 5 in place of one that anybody could make from the names. */
  uuid(id: string): string {
    return uuidOf('redacted', this.name('id', id));
  }

  account(account: string): string {
    return this.name('account', account);
  }

  terms({ owner, approver, expires }: Terms): Terms {
    return {
      owner: this.name('person', owner),
      approver: this.name('person', approver),
      expires,
    };
  }

  waiver({ id, rule, subject: _, created, ...rest }: Waiver): Waiver {
    return {
      ...{ id: this.name('waiver', id), rule, created },
      ...this.terms(rest),
      subject: { arn: this.name('subject', canonicalJson(_)) },
      reason: 'redacted',
    };
  }
}

/** The tables of a run as they may be shown. Those that a history is made from keep their names, because they are merged in order. */
export function redactedRun(run: FullRun, redaction: Redaction): FullRun {
  const ou = (value: string | null) => (value === null ? null : redaction.name('ou', value));
  const because = (reason: string | null) => (reason === null ? null : 'redacted');
  return {
    ...run,
    run: redactedHead(run.run, redaction),
    unredacted: run,
    settings: () => redactedSettings(run, redaction),
    async *accounts() {
      for await (const row of run.accounts()) yield redactedAccount(row, redaction, ou, because);
    },
    async *regions() {
      for await (const row of run.regions()) yield redactedRegion(row, redaction, because);
    },
    async *subjects() {
      for await (const row of run.subjects()) yield redactedSubject(row, redaction, ou, because);
    },
    async *findings() {
      const words = await run.catalog();
      for await (const row of run.findings()) yield redactedFinding(row, redaction, words);
    },
    async *evidence() {},
  };
}

const redactedHead = (run: RunRow, redaction: Redaction): RunRow => ({
  ...run,
  inputs: run.inputs.map((input) => ({
    ...input,
    name: redaction.name('input', input.name),
    account: input.account === null ? null : redaction.account(input.account),
  })),
  rules: run.rules.map((rule) => ({ ...rule, parameters: '"redacted"' })),
  problems: run.problems.map(({ kind }) => ({ kind, message: 'redacted' })),
});

async function redactedSettings(run: FullRun, redaction: Redaction): Promise<SettingsRow> {
  const { runId, settings } = await run.settings();
  const { waivers } = JSON.parse(settings) as { readonly waivers: readonly Waiver[] };
  const left = canonicalJson({ waivers: waivers.map((waiver) => redaction.waiver(waiver)) });
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
