import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FindingRow, RuleHead } from '../../src/results/index.ts';
import { type Compared, changeOf, sinceOf } from '../../src/results/run/changes.ts';
import type { Settings } from '../../src/settings/settings.ts';
import type { Waiver } from '../../src/settings/waiver.ts';
import { bucketItem, deletedItem } from '../contract-server/items.ts';
import {
  ACCOUNT,
  bucketIn,
  fewRules,
  judge,
  putSnapshot,
  rowsOf,
  snapshotName,
  temporaryFolder,
} from './organization.ts';

const day = (at: number) => `2026-03-0${at}T06:00:00Z`;
const nowOf = (at: number) => `2026-03-0${at}T12:00:00.000Z`;
const waiver: Waiver = {
  ...{ id: 'w', rule: 's3-tls-only', subject: { account: ACCOUNT }, owner: 'a', approver: 'b' },
  ...{ reason: 'c', created: '2026-03-02', expires: '2026-03-02' },
};

const tls = (name: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      ...{ Effect: 'Deny', Principal: '*', Action: 's3:*' },
      Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  });
const withPolicy = (name: string, policyText: string | null, at: number, more: object = {}) =>
  bucketItem(name, {
    configurationItemCaptureTime: `2026-03-0${at}T01:00:00.000Z`,
    supplementaryConfiguration: {
      ...bucketItem(name).supplementaryConfiguration,
      BucketPolicy: { policyText },
    },
    ...more,
  });
const open = (at: number, more: object = {}) => withPolicy('b', null, at, more);
const closed = (at: number) => withPolicy('b', tls('b'), at);
const broken = (at: number) => withPolicy('b', 'no JSON', at);
const gone = (at: number) => deletedItem('b', `2026-03-0${at}T01:00:00.000Z`);
const other = bucketIn('z');

interface Day {
  readonly items: Parameters<typeof putSnapshot>[2];
  readonly with?: Partial<Settings>;
  readonly rules?: typeof fewRules;
  /** The snapshot ends within the record of bucket b. */
  readonly isCut?: true;
}

/** Of the rule on TLS and bucket b: what each day changes, after the first. */
const stories: readonly [string, readonly Day[], readonly (string | null)[]][] = [
  ['nothing changes', [{ items: [open(1)] }, { items: [open(1)] }], [null]],
  ['fixed', [{ items: [open(1)] }, { items: [closed(2)] }], ['fixed resource']],
  [
    'comes back',
    [{ items: [open(1)] }, { items: [closed(2)] }, { items: [open(3)] }],
    ['fixed resource', 'reopened resource'],
  ],
  ['begins', [{ items: [closed(1)] }, { items: [open(2)] }], ['new resource']],
  [
    'waived for a day',
    [
      { items: [open(1)] },
      { items: [open(1)], with: { waivers: [waiver] } },
      { items: [open(1)], with: { waivers: [waiver] } },
    ],
    ['waived waiver', 'unwaived waiver'],
  ],
  [
    'fixed under a waiver',
    [
      { items: [open(1)] },
      { items: [open(1)], with: { waivers: [waiver] } },
      { items: [closed(3)] },
    ],
    ['waived waiver', 'fixed resource'],
  ],
  [
    'not readable for a day',
    [{ items: [open(1)] }, { items: [broken(2)] }, { items: [open(3)] }],
    ['unknown evidence', 'known evidence'],
  ],
  [
    'fixed while it was not readable',
    [{ items: [open(1)] }, { items: [broken(2)] }, { items: [closed(3)] }],
    ['unknown evidence', 'fixed evidence'],
  ],
  ['deleted while it fails', [{ items: [open(1)] }, { items: [gone(2)] }], ['deleted resource']],
  ['no longer there', [{ items: [open(1), other] }, { items: [other] }], ['gone resource']],
  [
    'made anew under its name',
    [
      { items: [open(1)] },
      { items: [open(2, { resourceCreationTime: '2026-03-02T00:00:00.000Z' })] },
    ],
    ['gone resource,appeared resource'],
  ],
  [
    'there for the first time',
    [{ items: [other] }, { items: [other, open(2)] }],
    ['appeared resource'],
  ],
  [
    'with its whole account for the first time',
    [{ items: [bucketIn('z', '444455556666')] }, { items: [open(2)] }],
    ['appeared population'],
  ],
  [
    'with its whole account no longer there',
    [{ items: [open(1)] }, { items: [bucketIn('z', '444455556666')] }],
    ['gone population'],
  ],
  [
    'not read the day before, and not new',
    [{ items: [other, open(1)], isCut: true }, { items: [other, open(2)] }],
    ['appeared population'],
  ],
  [
    'not read, and not gone',
    [{ items: [other, open(1)] }, { items: [other, open(2)], isCut: true }],
    ['gone population'],
  ],
  [
    'a rule is new',
    [{ items: [open(1)], rules: fewRules.slice(0, 1) }, { items: [open(1)] }],
    ['appeared rule'],
  ],
  [
    'a rule is left out',
    [{ items: [open(1)] }, { items: [open(1)], rules: fewRules.slice(0, 1) }],
    ['gone rule'],
  ],
];

function cutWithin(word: string, file: string): void {
  const whole = gunzipSync(readFileSync(file)).toString();
  writeFileSync(file, gzipSync(whole.slice(0, whole.indexOf(word))));
}

async function played(days: readonly Day[]) {
  const folder = temporaryFolder();
  const target = join(folder, 'out');
  for (const [index, each] of days.entries()) {
    const source = join(folder, `in-${index + 1}`);
    const [first] = each.items;
    putSnapshot(source, day(index + 1), each.items, [
      first?.awsAccountId ?? ACCOUNT,
      'eu-central-1',
    ]);
    if (each.isCut) cutWithin('"b"', join(source, snapshotName(day(index + 1))));
    await judge(target, [source], nowOf(index + 1), {
      ...(each.with ? { with: each.with } : {}),
      rules: each.rules ?? fewRules,
    });
  }
  return target;
}
const ofB = (rows: readonly Pick<FindingRow, 'rule' | 'subject'>[]) =>
  rows.filter(({ rule, subject }) => rule === 's3-tls-only' && subject.name === 'b');

describe('changes since the run before', () => {
  it.each(stories)('%s', async (_, days, expected) => {
    const target = await played(days);
    for (const [index, change] of expected.entries()) {
      const rows = ofB(await rowsOf(target, 'changes', index + 1)) as Awaited<
        ReturnType<typeof rowsOf<'changes'>>
      >;
      const told = rows.map((row) => `${row.change} ${row.cause}`).join();
      expect(told || null, `day ${index + 2}`).toBe(change);
    }
    expect(await rowsOf(target, 'changes', 0)).toEqual([]);
  });
});

describe('a cause', () => {
  const finding = (more: Partial<Compared>): Compared => ({
    ...{ id: 'i', rule: 'r', severity: 'high', verdict: 'NON_COMPLIANT', state: 'FAIL' },
    subject: { type: 't', id: 'i', name: 'n', arn: 'a', account: ACCOUNT, region: 'eu-central-1' },
    ...{ messageId: 'm', capturedAt: null, itemHash: 'one', answerHashes: [], stateSince: 's' },
    ...{ firstFailedAt: 'f', lastFailedAt: 'f' },
    ...more,
  });
  const passing = (more: Partial<Compared> = {}) =>
    finding({ verdict: 'COMPLIANT', state: 'PASS', messageId: 'p', firstFailedAt: null, ...more });
  const rule: RuleHead = { rule: 'r', codeHash: 'c', parametersHash: 'p', parameters: '{}' };
  const causes = (after: Compared, more: Partial<RuleHead> = {}) =>
    changeOf(finding({}), after, {
      ...{ runId: 'x', wasThere: () => true, isThere: () => true },
      rulesBefore: new Map([['r', rule]]),
      rulesAfter: new Map([['r', { ...rule, ...more }]]),
    })?.causes.join();

  it.each([
    ['only the parameters', passing(), { parametersHash: 'q' }, 'parameter'],
    ['only the code', passing(), { codeHash: 'd' }, 'rule'],
    ['only the record', passing({ itemHash: 'two' }), {}, 'resource'],
    ['only what a service answered', passing({ answerHashes: ['a'] }), {}, 'resource'],
    ['none of them, so the record of another resource', passing(), {}, 'resource'],
    [
      'a parameter was relaxed while the record changed',
      passing({ itemHash: 'two' }),
      { parametersHash: 'q' },
      'parameter,resource',
    ],
    [
      'a release came while the record changed',
      passing({ itemHash: 'two' }),
      { codeHash: 'd' },
      'resource,rule',
    ],
    [
      'all',
      finding({ state: 'WAIVED', waiver: 'w', itemHash: 'two' }),
      { codeHash: 'd', parametersHash: 'q' },
      'waiver,parameter,resource,rule',
    ],
  ] as const)('is named where this differs: %s', (_, after, more, expected) => {
    expect(causes(after, more)).toBe(expected);
  });

  it('of nothing is none', () => {
    expect(
      causes(finding({ stateSince: 't', itemHash: 'two' }), { codeHash: 'd' }),
    ).toBeUndefined();
  });
});

describe('since when', () => {
  const walk = (states: readonly string[]) => {
    let before: Compared | undefined;
    return states.map((each, day) => {
      const [state, messageId = 'm'] = each.split(' ') as [FindingRow['state'], string?];
      const since = sinceOf({ state, messageId }, before, `${day}`);
      before = { ...({} as Compared), state, messageId, ...since };
      return [since.stateSince, since.firstFailedAt ?? '-', since.lastFailedAt ?? '-'].join(' ');
    });
  };
  it.each([
    [
      ['FAIL', 'FAIL'],
      ['0 0 0', '0 0 1'],
    ],
    [
      ['PASS', 'FAIL', 'PASS', 'FAIL'],
      ['0 - -', '1 1 1', '2 - 1', '3 3 3'],
    ],
    [
      ['FAIL', 'WAIVED', 'FAIL'],
      ['0 0 0', '1 0 1', '2 0 2'],
    ],
    [
      ['FAIL', 'UNKNOWN evidenceUnavailable', 'FAIL'],
      ['0 0 0', '1 0 0', '2 0 2'],
    ],
    [
      ['PASS', 'UNKNOWN evidenceUnavailable', 'FAIL'],
      ['0 - -', '1 - -', '2 2 2'],
    ],
    [
      ['FAIL', 'WAIVED evidenceUnavailable', 'PASS'],
      ['0 0 0', '1 0 0', '2 - 0'],
    ],
    [
      ['FAIL', 'NOT_APPLICABLE', 'FAIL'],
      ['0 0 0', '1 - 0', '2 2 2'],
    ],
  ])('%j', (states, expected) => {
    expect(walk(states)).toEqual(expected);
  });
});
