import { createHash } from 'node:crypto';
import { rules } from '../../../rules/index.ts';
import type { RunData } from '../../../src/dashboard/run-data.ts';
import type { State } from '../../../src/engine/finding.ts';
import { requirementsOf, strengthsOf } from '../../../src/engine/requirement.ts';
import type { Rule } from '../../../src/engine/rule.ts';
import { typesOf } from '../../../src/records/kinds.ts';
import type {
  AccountRow,
  Assessed,
  ChangeRow,
  Counts,
  EvidenceRow,
  FindingRow,
  RegionRow,
  SubjectRow,
} from '../../../src/results/rows.ts';
import type { RunRow } from '../../../src/results/tables.ts';
import { catalogOf } from './catalog.ts';
import { Dice } from './dice.ts';
import { itemOf } from './item.ts';

export interface Size {
  readonly accounts: number;
  /** Buckets of each account. */
  readonly buckets: number;
  readonly runs?: number;
  readonly seed?: number;
  /** Names, tags and sentences that would do harm where they are not shown as text. */
  readonly hostile?: readonly string[];
  readonly withEvidence?: boolean;
}

const AT = '2026-11-02T12:00:00.000Z';
const DAY = 86_400_000;
const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1'];
const OUS = ['ou-exa1-security', 'ou-exa1-production', 'ou-exa1-analytics', 'ou-exa1-sandboxes'];
const TEAMS = [
  'claims',
  'imaging',
  'portal',
  'research',
  'billing',
  'platform',
  'partners',
  'archive',
];
const THINGS = [
  'raw',
  'processed',
  'exports',
  'letters',
  'uploads',
  'models',
  'logs',
  'backups',
  'inbox',
];
const ZERO: Counts = { FAIL: 0, UNKNOWN: 0, WAIVED: 0, PASS: 0, NOT_APPLICABLE: 0 };
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** An organization that does not exist, the same for the same size and seed; its findings are made while they are read. */
export function organization(size: Size): RunData {
  const { accounts: count, seed = 1, hostile = [], withEvidence = true } = size;
  const runId = `20261102T120000Z-${hashOf(JSON.stringify(size)).slice(0, 8)}`;
  const dice = new Dice(seed);
  const ids = Array.from({ length: count }, (_, index) => String(100_000_000_000 + index * 7919));
  const ouOf = (index: number) => `o-examplehealth/r-exa1/${OUS[index % OUS.length]}/`;
  const assessedOf = (index: number): Assessed =>
    index % 97 === 5 ? 'no' : index % 23 === 9 ? 'partly' : 'yes';
  const subjects: SubjectRow[] = [];
  for (const [index, account] of ids.entries()) {
    if (assessedOf(index) === 'no') continue;
    const own = Array.from({ length: size.buckets }, (_, each) => {
      const name = hostile[subjects.length + each] ?? bucketName(dice, index, each);
      return subjectOf('AWS::S3::Bucket', name, account, dice.one(REGIONS));
    });
    own.push(subjectOf('AWS::::Account', account, account, 'eu-central-1'));
    for (const subject of own) {
      const { name } = subject;
      const team = dice.one(TEAMS);
      const raw = withEvidence ? itemOf(subject) : null;
      subjects.push({
        ...{ runId, subject, ou: ouOf(index), created: '2024-03-01T09:00:00.000Z', deleted: false },
        knownFrom: ['snapshot'],
        tags: {
          Team: hostile.length > 0 ? `${team} ${hostile[subjects.length % hostile.length]}` : team,
          DataClassification: dice.one(['phi', 'internal', 'public', 'audit']),
        },
        itemHash: raw === null ? null : hashOf(raw),
        ...{ capturedAt: '2026-10-05T07:31:12.000Z', observedAt: '2026-11-02T06:05:12.000Z' },
        ...(name.endsWith('-logs-13')
          ? { assessed: 'partly' as const, reason: 'The policy could not be read' }
          : { assessed: 'yes' as const, reason: null }),
        states: ZERO,
      });
    }
  }
  const made = () => findingsOf(runId, subjects, seed, hostile);
  const bySubject = new Map<SubjectRow, Record<State, number>>();
  const byAccount = new Map<string, Record<State, number>>();
  const byRule = new Map<string, Record<State, number>>();
  const total: Record<State, number> = { ...ZERO };
  const changes: ChangeRow[] = [];
  let findings = 0;
  for (const [row, finding] of made()) {
    findings += 1;
    for (const [map, key] of [
      [bySubject, row],
      [byAccount, row.subject.account],
      [byRule, finding.rule],
    ] as const) {
      const counts = (map as Map<unknown, Record<State, number>>).get(key) ?? { ...ZERO };
      counts[finding.state] += 1;
      (map as Map<unknown, Record<State, number>>).set(key, counts);
    }
    total[finding.state] += 1;
    if (findings % 997 === 0) changes.push(changeOf(finding));
  }
  const counted = subjects.map((row) => ({ ...row, states: bySubject.get(row) ?? ZERO }));
  const accounts = ids.map(
    (account, index): AccountRow => ({
      ...{ runId, account, name: hostile[index] ?? `${dice.one(TEAMS)}-${index}`, ou: ouOf(index) },
      ...{ knownFrom: ['organizations'], assessed: assessedOf(index) },
      reason:
        assessedOf(index) === 'no'
          ? 'No snapshot was delivered for 9 days'
          : assessedOf(index) === 'partly'
            ? 'AWS Config is off in eu-west-1'
            : null,
      subjects: subjects.filter(({ subject }) => subject.account === account).length,
      states: byAccount.get(account) ?? ZERO,
    }),
  );
  const regions = ids.flatMap((account, index) =>
    REGIONS.map((region): RegionRow => {
      const off =
        assessedOf(index) === 'no' || (assessedOf(index) === 'partly' && region === 'eu-west-1');
      return {
        ...{ runId, account, region, knownFrom: ['organizations'], recorder: off ? 'off' : 'on' },
        ...{ snapshotId: null, observedAt: off ? null : '2026-11-02T06:05:12.000Z' },
        ...{ assessed: off ? 'no' : 'yes', reason: off ? 'AWS Config does not record' : null },
        subjects: 0,
      };
    }),
  );
  const run = runOf(runId, { total, byRule, findings, subjects: subjects.length, accounts });
  return {
    ...{ run, accounts, regions, subjects: counted, changes, catalog: catalogOf(runId) },
    differences: [],
    earlier: Array.from({ length: (size.runs ?? 13) - 1 }, (_, index) =>
      earlierRun(run, index, size.runs ?? 13, dice),
    ),
    settings: {
      runId,
      sha256: hashOf('{}'),
      settings: JSON.stringify({ waivers: waiversFor(hostile) }),
    },
    findings: function* () {
      for (const [, finding] of made()) yield finding;
    },
    hasEvidence: withEvidence,
    past: () => [{ at: AT, changes }],
    evidence: () => (withEvidence ? evidenceOf(runId, subjects) : []),
  };
}

const bucketName = (dice: Dice, account: number, index: number) =>
  `${dice.one(TEAMS)}-${dice.one(THINGS)}-${account}-${index}`;

const subjectOf = (type: string, name: string, account: string, region: string) => ({
  ...{ type, id: name, name, account, region },
  arn: type === 'AWS::S3::Bucket' ? `arn:aws:s3:::${name}` : `arn:aws:iam::${account}:root`,
});

/** Each rule fails on a share of the subjects of its own, from 1 to 30 %, and more often in some accounts. */
function* findingsOf(
  runId: string,
  subjects: readonly SubjectRow[],
  seed: number,
  hostile: readonly string[],
): Generator<readonly [SubjectRow, FindingRow]> {
  const dice = new Dice(seed + 1);
  const kinds = rules.map((rule) => [rule, typesOf(rule.subject)] as const);
  const plans = new Map(rules.map((rule) => [rule, planOf(rule)]));
  for (const row of subjects) {
    const bad = (Number(row.subject.account.slice(-4)) % 10) / 10;
    for (const [index, [rule, types]] of kinds.entries()) {
      if (!types.includes(row.subject.type)) continue;
      const roll = dice.next();
      const share = (0.01 + (index % 9) / 40) * (0.4 + bad);
      const { failing, passing, skipped } = plans.get(rule) ?? planOf(rule);
      const state: State =
        roll < share
          ? 'FAIL'
          : roll < share + 0.006
            ? 'UNKNOWN'
            : roll < share + 0.012
              ? 'WAIVED'
              : roll < 0.9 || skipped.length === 0
                ? 'PASS'
                : 'NOT_APPLICABLE';
      const said =
        state === 'UNKNOWN'
          ? 'evidenceUnavailable'
          : state === 'PASS'
            ? dice.one(passing)
            : state === 'NOT_APPLICABLE'
              ? dice.one(skipped)
              : dice.one(failing);
      yield [row, findingOf(runId, row, rule, { state, messageId: said, hostile, dice })];
    }
  }
}

const planOf = ({ messages }: Rule) => {
  const of = (verdict: string) =>
    Object.keys(messages).filter((id) => messages[id]?.verdict === verdict);
  return { failing: of('NON_COMPLIANT'), passing: of('COMPLIANT'), skipped: of('NOT_APPLICABLE') };
};

interface Said {
  readonly state: State;
  readonly messageId: string;
  readonly hostile: readonly string[];
  readonly dice: Dice;
}

function findingOf(
  runId: string,
  row: SubjectRow,
  rule: Rule,
  { state, messageId, hostile, dice }: Said,
): FindingRow {
  const { messages, requirements: links, id, severity } = rule;
  const sentence =
    messages[messageId]?.sentence ?? 'The policy could not be assessed: AccessDenied.';
  const filler = hostile.length > 0 ? dice.one(hostile) : 'AllowPartner';
  const requirements = requirementsOf({ requirements: links, messages }, messageId, null);
  const verdict =
    state === 'PASS'
      ? 'COMPLIANT'
      : state === 'NOT_APPLICABLE'
        ? 'NOT_APPLICABLE'
        : 'NON_COMPLIANT';
  const fails = state === 'FAIL' && sentence.includes('{sid}');
  return {
    ...{ runId, rule: id, severity, verdict, verdictForConfig: verdict, state, messageId },
    id: `${row.subject.name}/${id}`,
    message: sentence.replace(/\{\w+\}/g, filler),
    ...{ subject: row.subject, requirements, strengths: strengthsOf(links, requirements) },
    ...(state === 'WAIVED' ? { waiver: 'legacy-import' } : {}),
    ...{ capturedAt: row.capturedAt, observedAt: row.observedAt, itemHash: row.itemHash },
    ...{ answerHashes: [], stateSince: '2026-06-01T12:00:00.000Z' },
    lastFailedAt: null,
    firstFailedAt: state === 'FAIL' ? '2026-06-01T12:00:00.000Z' : null,
    ...(fails
      ? {
          evidence: {
            statement: 1,
            sid: JSON.stringify(filler),
            principal: '*',
            action: 's3:GetObject',
            resource: `${row.subject.arn}/*`,
            why: 'no condition limits who gets access',
            fix: 'name the principals',
          },
        }
      : {}),
  };
}

const changeOf = ({
  runId,
  id,
  rule,
  subject,
  severity,
  state,
  messageId,
}: FindingRow): ChangeRow => {
  const fails = state === 'FAIL';
  return {
    ...{ runId, id, rule, subject, severity },
    from: { ...{ state: fails ? 'PASS' : 'FAIL', messageId }, waiver: null, capturedAt: null },
    to: { state, messageId, waiver: null, capturedAt: null },
    ...{
      change: fails ? 'new' : 'fixed',
      cause: 'resource',
      causes: ['resource'],
      firstFailedAt: null,
    },
  };
};

interface Totals {
  readonly total: Counts;
  readonly byRule: ReadonlyMap<string, Counts>;
  readonly findings: number;
  readonly subjects: number;
  readonly accounts: readonly AccountRow[];
}

function runOf(runId: string, { total, byRule, findings, subjects, accounts }: Totals): RunRow {
  return {
    ...{ runId, schemaVersion: 1, evaluatedAt: AT, inputs: [] },
    tool: {
      name: 's3-config-rules',
      version: '0.1.0',
      commit: 'unknown',
      rulesHash: hashOf('rules'),
    },
    settingsHash: hashOf('{}'),
    rules: rules.map(({ id }) => ({
      ...{
        rule: id,
        codeHash: hashOf(id),
        parametersHash: hashOf('{}'),
        parameters: '{}',
        subjects,
      },
      states: byRule.get(id) ?? ZERO,
    })),
    notAssessed: {
      accounts: accounts.filter(({ assessed }) => assessed === 'no').length,
      regions: 0,
      subjects: 0,
    },
    ...{ subjects, findings, states: total, previousRun: '20261026T120000Z-00000000' },
    ...{
      problems: [],
      rows: {
        accounts: 0,
        regions: 0,
        subjects: 0,
        findings: 0,
        changes: 0,
        evidence: 0,
        settings: 1,
        catalog: 1,
      },
    },
  };
}

/** A week earlier for each run before this one, with a few more failures. */
function earlierRun(run: RunRow, index: number, runs: number, dice: Dice): RunRow {
  const weeks = runs - 1 - index;
  const factor = 1 + weeks * 0.012 + (dice.next() - 0.5) * 0.04;
  const more = (states: Counts): Counts => ({ ...states, FAIL: Math.round(states.FAIL * factor) });
  const at = new Date(Date.parse(AT) - weeks * 7 * DAY).toISOString();
  return {
    ...run,
    ...{ runId: `${at.slice(0, 10).replaceAll('-', '')}T120000Z-00000000`, evaluatedAt: at },
    ...{
      states: more(run.states),
      rules: run.rules.map((rule) => ({ ...rule, states: more(rule.states) })),
    },
  };
}

const waiversFor = (hostile: readonly string[]) => [
  {
    ...{ id: 'legacy-import', rule: 's3-tls-only', subject: { ou: 'ou-exa1-production' } },
    ...{
      owner: hostile[0] ?? 'Lead of the data platform',
      approver: 'Chief information security officer',
    },
    reason: `The partner moves to TLS in November. ${hostile[1] ?? ''}`,
    ...{ created: '2026-05-01', expires: '2026-11-14' },
  },
];

function* evidenceOf(runId: string, subjects: readonly SubjectRow[]): Generator<EvidenceRow> {
  const rows = subjects.flatMap(({ subject, itemHash }) =>
    itemHash === null ? [] : [{ subject, itemHash }],
  );
  for (const { subject, itemHash } of rows.toSorted((a, b) => (a.itemHash < b.itemHash ? -1 : 1))) {
    yield { runId, sha256: itemHash, kind: 'item', raw: itemOf(subject) };
  }
}
