import { describe, expect, it } from 'vitest';
import type { Coverage } from '../../dashboard/data/tables.ts';
import type { ChangeRow, DifferenceRow, FindingRow } from '../../src/results/rows.ts';
import { organization } from './make/organization.ts';
import { opened } from './open.ts';

const data = organization({ accounts: 3, buckets: 4 });
const findings = [...(data.findings() as Iterable<FindingRow>)];
const failing = findings.filter(({ state }) => state === 'FAIL');

const standing = (state: FindingRow['state']) => ({
  ...{ state, messageId: 'noDenial', waiver: null, capturedAt: null },
});
const change = (
  at: number,
  own: Pick<ChangeRow, 'from' | 'to' | 'change' | 'cause'>,
): ChangeRow => {
  const { runId, id, rule, subject, severity } = findings[at] as FindingRow;
  return {
    ...{ runId, id, rule, subject, severity },
    ...own,
    causes: [own.cause],
    firstFailedAt: null,
  };
};
const fail = standing('FAIL');
const changes = [
  change(0, { from: fail, to: standing('UNKNOWN'), change: 'unknown', cause: 'evidence' }),
  change(1, { from: fail, to: null, change: 'gone', cause: 'population' }),
  change(2, { from: standing('PASS'), to: null, change: 'gone', cause: 'population' }),
  change(3, { from: fail, to: null, change: 'gone', cause: 'resource' }),
  change(4, { from: standing('UNKNOWN'), to: fail, change: 'known', cause: 'evidence' }),
  change(5, { from: null, to: fail, change: 'appeared', cause: 'population' }),
  change(6, { from: null, to: fail, change: 'appeared', cause: 'resource' }),
  change(7, { from: fail, to: standing('PASS'), change: 'fixed', cause: 'resource' }),
];

describe('what only one of two runs could judge', () => {
  it('is counted apart from what began and ended, and its account is not called a resource that is gone', async () => {
    const past = () => [{ at: data.run.evaluatedAt, changes }];
    const { index } = await opened({ ...data, changes, past });
    expect(index.history.at(-1)).toMatchObject({ lost: 2, found: 2 });
    expect(index.history.at(-2)).toMatchObject({ lost: 0, found: 0 });
    expect(index.changes.map(({ id, count }) => [id, count])).toEqual([
      ...[['unassessed', 2] as const, ['unknown', 1] as const, ['known', 1] as const],
      ...[
        ['fixed', 1] as const,
        ['gone', 1] as const,
        ['appeared', 1] as const,
        ['assessed', 1] as const,
      ],
    ]);
    expect(index.changes[0]?.words).toBe('no longer judged');
  });
});

describe('where a rule fails', () => {
  it('names the accounts of all its messages, not those of the most frequent one', async () => {
    const { index } = await opened(data);
    for (const { id, places } of index.rules) {
      const own = failing.filter(({ rule }) => rule === id);
      const accounts = new Set(own.map(({ subject }) => subject.account));
      expect([id, places.count]).toEqual([id, accounts.size]);
      expect(places.accounts.length).toBe(Math.min(2, accounts.size));
    }
    expect(index.rules.some(({ places }) => places.count > 1)).toBe(true);
  });

  it('counts Regions of accounts, where an account is judged in each', async () => {
    const ours = await opened(data);
    const nouns = (of: typeof ours) => of.index.rules.map(({ noun }) => noun);
    expect(nouns(ours)).toContain('account');
    expect(nouns(ours)).not.toContain('Region of an account');
    const rule = ours.index.rules.find(({ noun }) => noun === 'account')?.id;
    const twice = data.run.rules.map((each) =>
      each.rule === rule
        ? { ...each, states: { ...each.states, PASS: 2 * data.accounts.length } }
        : each,
    );
    const theirs = await opened({ ...data, run: { ...data.run, rules: twice } });
    expect(theirs.index.rules.find(({ id }) => id === rule)?.noun).toBe('Region of an account');
  });
});

describe('results of AWS Config that differ', () => {
  it('stand in the coverage with both results and the reason, what nobody can explain first', async () => {
    const [one, two] = failing as [FindingRow, FindingRow];
    const row = (
      { runId, id, rule, subject, ...ours }: FindingRow,
      own: Partial<DifferenceRow>,
    ) => ({
      ...{ runId, id, rule, subject, ours, theirs: null, recordedAt: null },
      ...{ reason: 'record' as const, ...own },
    });
    const differences = [
      row(one, {}),
      row(two, { theirs: 'COMPLIANT', recordedAt: '2026-11-01T07:00:00.000Z', reason: 'unknown' }),
    ];
    const { index, json } = await opened({ ...data, differences });
    const coverage = json<Coverage>(`${index.folder}/coverage.json.gz`);
    expect(coverage.differenceCount).toBe(2);
    expect(coverage.differences).toMatchObject([
      {
        ...{ name: two.subject.name, ours: `FAIL ${two.messageId}`, theirs: 'PASS ' },
        recorded: '2026-11-01T07:00:00.000Z',
        rule: index.rules.findIndex(({ id }) => id === two.rule),
      },
      { name: one.subject.name, theirs: '', recorded: null },
    ]);
  });
});
