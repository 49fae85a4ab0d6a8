import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../dashboard/data/tables.ts';
import { rules } from '../../rules/index.ts';
import { HELD_BACK, PUBLIC_RULE, SHARED_RULE } from '../../src/dashboard/causes.ts';
import type { FindingRow } from '../../src/results/rows.ts';
import { HOSTILE } from './make/hostile.ts';
import { organization } from './make/organization.ts';
import { opened } from './open.ts';

const data = organization({ accounts: 12, buckets: 9 });
const findings = [...(data.findings() as Iterable<FindingRow>)];
const { files, index, columns, judgements, details, json } = await opened(data);

describe('the files of a dashboard', () => {
  it('hold one cell for each finding, and nothing where there is none', () => {
    const positions = new Map(
      data.subjects
        .toSorted((one, other) => (order(one.subject) < order(other.subject) ? -1 : 1))
        .map(({ subject }, at) => [subject.arn, at]),
    );
    for (const { rule, subject, state, messageId, waiver } of findings) {
      const at = index.rules.findIndex(({ id }) => id === rule);
      const cell = judgements.cells[at * judgements.size + (positions.get(subject.arn) ?? -1)] ?? 0;
      expect(index.rules[at]?.outcomes[cell - 1]).toMatchObject({
        ...{ state, message: messageId },
        ...(waiver === undefined ? {} : { waiver }),
      });
    }
    expect(judgements.cells.filter((cell) => cell > 0).length).toBe(findings.length);
    expect(columns.names.length).toBe(data.subjects.length);
  });

  it('count every finding once, and say the sentence of each', () => {
    const outcomes = index.rules.flatMap((rule) => rule.outcomes);
    expect(outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(findings.length);
    const all = index.accounts.flatMap(({ detail, size }) => (size > 0 ? details(detail) : []));
    const said = all.flatMap(({ arn, findings: own }) =>
      own.map(({ rule, text }) => `${arn} ${index.rules[rule]?.id} ${text ?? ''}`),
    );
    for (const { rule, subject, message } of findings) {
      const sentences = [`${subject.arn} ${rule} ${message}`, `${subject.arn} ${rule} `];
      expect(sentences.some((sentence) => said.includes(sentence))).toBe(true);
    }
  });

  it('never count what is unknown, waived or not assessed as passing', () => {
    const passing = findings.filter(({ state }) => state === 'PASS').length;
    expect(index.counts[3]).toBe(passing);
    expect(index.counts.reduce((a, b) => a + b, 0)).toBe(findings.length);
    const missing = index.accounts.filter(({ assessed }) => assessed === 'no');
    expect(missing.length).toBe(data.accounts.filter(({ assessed }) => assessed === 'no').length);
    expect(missing.length).toBeGreaterThan(0);
    for (const { counts, reason } of missing) {
      expect(counts).toEqual([0, 0, 0, 0, 0]);
      expect(reason).toMatch(/\w/);
    }
    expect(index.coverage.accounts.no).toBe(missing.length);
  });

  it('tell the requirements that each message is evidence for', () => {
    for (const { rule, messageId, requirements } of findings) {
      const found = index.rules.find(({ id }) => id === rule);
      const outcome = found?.outcomes.find(({ message }) => message === messageId);
      const ids = outcome?.supports.map((at) => index.requirements[at]?.id);
      expect(ids).toEqual(requirements);
    }
  });

  it('show a Region and an account in which nothing was found', () => {
    const coverage = json<{ account: number[]; assessed: string[] }>(
      `${index.folder}/coverage.json.gz`,
    );
    expect(coverage.account.length).toBe(data.regions.length);
    const empty = index.accounts.findIndex(({ assessed }) => assessed === 'no');
    expect(coverage.account).toContain(empty);
  });

  it('hold each raw input under its hash', () => {
    const digits = index.evidenceDigits ?? 0;
    for (const { itemHash } of data.subjects) {
      const texts = json<Evidence>(
        `${index.folder}/evidence/${itemHash?.slice(0, digits)}.json.gz`,
      );
      const { raw = '' } = texts[itemHash ?? ''] ?? {};
      expect(createHash('sha256').update(raw).digest('hex')).toBe(itemHash);
    }
  });

  it('are the same bytes for the same run, in whatever order its findings come', async () => {
    const reversed = { ...data, findings: () => findings.toReversed() };
    const again = await opened({ ...data });
    expect([...again.files]).toEqual([...files]);
    const other = await opened(reversed);
    expect(other.index.counts).toEqual(index.counts);
    expect(other.index.causes.map(({ subjects }) => subjects)).toEqual(
      index.causes.map(({ subjects }) => subjects),
    );
    expect([...other.files.keys()].toSorted()).toEqual([...files.keys()].toSorted());
  });

  it('are refused for a finding of a subject that no table lists', async () => {
    const [first] = findings;
    const stray = {
      ...first,
      subject: { ...first?.subject, id: 'stray', name: 'stray' },
    } as FindingRow;
    await expect(opened({ ...data, findings: () => [stray] })).rejects.toThrow('not whole');
  });

  it('keep the worse of two findings of one rule on one subject', async () => {
    const fails = findings.find(({ state }) => state === 'FAIL') as FindingRow;
    const passes: FindingRow = { ...fails, state: 'PASS', verdict: 'COMPLIANT', messageId: 'fine' };
    for (const pair of [
      [fails, passes],
      [passes, fails],
    ]) {
      const { index: twice, judgements: both } = await opened({ ...data, findings: () => pair });
      const at = twice.rules.findIndex(({ id }) => id === fails.rule);
      const cells = both.cells
        .slice(at * both.size, (at + 1) * both.size)
        .filter((cell) => cell > 0);
      expect(cells.length).toBe(1);
      expect(twice.rules[at]?.outcomes[(cells[0] ?? 1) - 1]?.state).toBe('FAIL');
    }
  });

  it('carry hostile names as data, whatever they are called', async () => {
    const nasty = await opened(
      organization({ accounts: 3, buckets: HOSTILE.length, hostile: HOSTILE }),
    );
    for (const name of HOSTILE) expect(nasty.columns.names).toContain(name);
    for (const file of nasty.files.keys()) expect(file).toMatch(/^data\/[\w/-]+\.(json|bin)\.gz$/);
  });
});

describe('who can reach a bucket', () => {
  const of = (messageId: string, more: Partial<FindingRow> = {}) => {
    const [first] = findings.filter(({ rule }) => rule === PUBLIC_RULE);
    return { ...first, state: 'FAIL', verdict: 'NON_COMPLIANT', messageId, ...more } as FindingRow;
  };
  const exposure = async (finding: FindingRow) =>
    (await opened({ ...data, findings: () => [finding] })).index.exposure.public;

  it.each([
    ['the public may read', of('publicAcl'), { reached: 1, unknown: 0, of: 1 }],
    [
      'a waiver accepts that',
      of('publicAcl', { state: 'WAIVED', waiver: 'w' }),
      { reached: 1, unknown: 0, of: 1 },
    ],
    [
      'the waiver has expired',
      of('waiverExpired', { waiver: 'w' }),
      { reached: 1, unknown: 0, of: 1 },
    ],
    ['Block Public Access holds it back', of('latent'), { reached: 0, unknown: 0, of: 1 }],
    [
      'evidence is missing',
      of('evidenceUnavailable', { state: 'UNKNOWN' }),
      { reached: 0, unknown: 1, of: 1 },
    ],
    [
      'missing evidence is waived',
      of('evidenceUnavailable', { state: 'WAIVED', waiver: 'w' }),
      { reached: 0, unknown: 1, of: 1 },
    ],
    [
      'it is closed',
      of('notPublic', { state: 'PASS', verdict: 'COMPLIANT' }),
      { reached: 0, unknown: 0, of: 1 },
    ],
    [
      'it is gone',
      of('resourceDeleted', { state: 'NOT_APPLICABLE', verdict: 'NOT_APPLICABLE' }),
      { reached: 0, unknown: 0, of: 0 },
    ],
  ])('counts when %s', async (_, finding, expected) => {
    expect(await exposure(finding)).toMatchObject(expected);
  });

  it('is not said where the rule did not run', async () => {
    const without = {
      ...data.run,
      rules: data.run.rules.filter(({ rule }) => rule !== SHARED_RULE),
    };
    const partial = await opened({ ...data, run: without });
    expect(partial.index.exposure.shared).toBeNull();
    expect(partial.index.rules.find(({ id }) => id === SHARED_RULE)?.leftOut).toBe(true);
  });

  it('asks rules and messages that there are', () => {
    const rule = rules.find(({ id }) => id === PUBLIC_RULE);
    expect(Object.keys(rule?.messages ?? {})).toEqual(expect.arrayContaining(HELD_BACK));
    expect(rules.map(({ id }) => id)).toContain(SHARED_RULE);
  });
});

const order = ({ account, region, type, id }: FindingRow['subject']) =>
  [account, region, type, id].join('\u0000');
