import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type CoverageFacts,
  coverageOf,
  type Heard,
  type StackInstance,
} from '../../src/doctor/reach/coverage.ts';
import { mailOf } from '../../src/doctor/reach/mail.ts';
import { needsOf } from '../../src/facets/needs.ts';
import { heardIn } from '../../src/lambda/watching/heartbeats.ts';
import { createCoverage } from '../../src/lambda/watching/watch.ts';
import { openDataSet, type Run } from '../../src/results/index.ts';
import { missingIn } from '../../src/sources/gap.ts';
import { run as runCli } from '../cli/run.ts';
import type { Answers, Fields, Signer } from '../contract-server/asked.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { bucketItem } from '../contract-server/items.ts';
import { packRules } from '../pack-rules.ts';
import { CENTRAL, MEMBERS, REGIONS, world } from './world.ts';

const NOW = '2026-03-10T12:00:00.000Z';
const [account, region, contentHash] = [MEMBERS[0], 'eu-central-1', 'ab'.repeat(32)];
const instance: StackInstance = {
  ...{ account, region, stackSet: 's3-config-rules', status: 'CURRENT' },
  ...{ progress: 'SUCCEEDED', reason: null },
};
const voice: Heard = { account, region, at: '2026-03-10T08:00:00.000Z', contentHash, waiting: 0 };
const facts: CoverageFacts = {
  ...{ accounts: [account], regions: [region], instances: [instance], heard: [voice] },
  ...{ rolledOutAt: '2026-02-01T00:00:00.000Z', contentHash, silenceHours: 36, now: NOW },
};
const JUST_NOW = '2026-03-10T10:00:00.000Z';

describe('an account and Region', () => {
  it.each<[string, Partial<CoverageFacts>, string, RegExp | null]>([
    ['that judges with the release', {}, 'current', null],
    ['that nobody listens to', { heard: null }, 'current', null],
    ['that no stack set reached', { instances: [] }, 'missing', /no stack set/],
    [
      'whose stack failed, though the operation is called a success',
      { instances: [{ ...instance, status: 'OUTDATED', reason: 'No recorder' }] },
      'outdated',
      /OUTDATED: No recorder/,
    ],
    ...[true, false].map((isFirst): [string, Partial<CoverageFacts>, string, RegExp] => {
      const second = { ...instance, stackSet: 'other', status: 'OUTDATED', reason: 'exists' };
      return [
        'that has one stack, and a stack set that fails to make a second one',
        { instances: isFirst ? [second, instance] : [instance, second] },
        'outdated',
        /other is OUTDATED: exists/,
      ];
    }),
    [
      'whose stack cannot be changed',
      { instances: [{ ...instance, status: 'INOPERABLE' }] },
      'outdated',
      /INOPERABLE/,
    ],
    [
      'that is being deployed',
      { instances: [{ ...instance, status: 'OUTDATED', progress: 'RUNNING' }], rolledOutAt: NOW },
      'starting',
      /at work/,
    ],
    [
      'that waits for an operation that there is not',
      { instances: [{ ...instance, status: 'OUTDATED', progress: 'PENDING' }] },
      'outdated',
      /PENDING, though no operation .* since 2026-02-01/,
    ],
    [
      'that waits, where operations are not known',
      {
        instances: [{ ...instance, status: 'OUTDATED', progress: 'PENDING' }],
        ...{ rolledOutAt: null, heard: null },
      },
      'starting',
      /at work/,
    ],
    [
      'that speaks from the future, and would never fall silent',
      { heard: [{ ...voice, at: '2027-03-10T08:00:00.000Z' }] },
      'tampered',
      /dated 2027-03-10T08:00:00\.000Z, later than now/,
    ],
    [
      'whose clock is ahead by minutes',
      { heard: [{ ...voice, at: '2026-03-10T12:30:00.000Z' }] },
      'current',
      null,
    ],
    ['that never spoke', { heard: [] }, 'missing', /never spoke/],
    [
      'that has not spoken since it is there',
      { heard: [], rolledOutAt: JUST_NOW },
      'starting',
      /not spoken yet/,
    ],
    [
      'that fell silent',
      { heard: [{ ...voice, at: '2026-03-08T23:59:59.000Z' }] },
      'missing',
      /silent since 2026-03-08/,
    ],
    [
      'that runs something else',
      { heard: [{ ...voice, contentHash: 'cd'.repeat(32) }] },
      'tampered',
      /cdcdcdcdcdcd$/,
    ],
    [
      'that spoke before the roll-out',
      { heard: [{ ...voice, contentHash: 'cd'.repeat(32) }], rolledOutAt: JUST_NOW },
      'starting',
      /since the last roll-out/,
    ],
    [
      'that runs something else after the roll-out',
      {
        heard: [{ ...voice, at: '2026-03-10T11:00:00.000Z', contentHash: 'cd' }],
        rolledOutAt: JUST_NOW,
      },
      'tampered',
      /cd$/,
    ],
    [
      'with what failed in the end',
      { heard: [{ ...voice, waiting: 3 }] },
      'current',
      /^3 events failed/,
    ],
  ])('%s', (_, more, coverage, reason) => {
    const [row] = coverageOf({ ...facts, ...more });
    expect(row).toMatchObject({ account, region, coverage });
    if (reason === null) expect(row?.reason).toBeNull();
    else expect(row?.reason).toMatch(reason);
  });

  it('of fifty that a green roll-out left out, each is named, and one mail is sent', () => {
    const accounts = Array.from({ length: 1000 }, (_, n) => String(100_000_000_000 + n));
    const instances = accounts.slice(50).map((id) => ({ ...instance, account: id }));
    const heard = accounts.slice(50).map((id) => ({ ...voice, account: id }));
    const rows = coverageOf({ ...facts, accounts, instances, heard });
    expect(rows.filter(({ coverage }) => coverage === 'missing')).toHaveLength(50);
    const mail = mailOf(rows, 's3://bucket/key') ?? '';
    expect(mail).toContain('50 missing, 950 current');
    expect(mail).toContain('30 more.');
    expect(mail.length).toBeLessThan(4000);
    expect(mailOf(coverageOf({ ...facts, heard: [], rolledOutAt: JUST_NOW }), '')).toBeNull();
  });

  it('cannot speak for another, nor into the mail', () => {
    const line = (detail: object, more: object = {}) =>
      JSON.stringify({ account, time: '2026-03-10T08:00:00Z', detail, ...more });
    const hostile = '\u001b[2J\nALL IS WELL\u202e';
    const found = heardIn([
      line({ region, contentHash: hostile, account: CENTRAL, failures: { waiting: -1 } }),
      line({ region, contentHash }, { time: '2026-03-09T08:00:00Z' }),
      ...['', '{', '[]', line([]), line({ region: 5 }), line({ region }, { time: 'now' })],
    ]);
    expect(found).toEqual([{ ...voice, contentHash: hostile }]);
    const mail = mailOf(coverageOf({ ...facts, heard: found }), '') ?? '';
    expect(mail).toMatch(/^tampered/m);
    expect(mail).not.toMatch(/\p{Cc}(?<!\n)|\u202e|^ALL/mu);
  });
});

const summaries = (stackSet: string, ...accounts: readonly string[]) => ({
  Summaries: accounts.flatMap((Account) =>
    REGIONS.map((Region) => ({ Account, Region, Status: 'CURRENT', StackSetId: stackSet })),
  ),
});
const CANARIES = 's3-config-rules-canary';
/** The stack instances of the two sets. */
const stacks = (canaries: readonly string[], members: readonly string[]) => ({
  ListStackInstances: ({ StackSetName }: { StackSetName?: unknown }) =>
    StackSetName === CANARIES
      ? summaries(CANARIES, ...canaries)
      : summaries('s3-config-rules', ...members),
});
const others = [CENTRAL, MEMBERS[1]];

describe('doctor', () => {
  it.each<
    [string, object | undefined, readonly string[], readonly string[], string, string | null]
  >([
    ['a canary as it was rolled out', { accounts: [MEMBERS[0]] }, [MEMBERS[0]], others, 'OK', null],
    ['a new canary', { accounts: [MEMBERS[0]] }, [], [...MEMBERS, CENTRAL], 'FIX', MEMBERS[0]],
    ['a canary less', { accounts: [MEMBERS[0]] }, [...MEMBERS], [CENTRAL], 'WARN', MEMBERS[1]],
    ['no canary any more', undefined, [MEMBERS[0]], others, 'WARN', MEMBERS[0]],
    [
      'a canary on its way',
      { accounts: [], moving: [MEMBERS[0]] },
      [MEMBERS[0]],
      others,
      'OK',
      null,
    ],
    [
      'one that has arrived nowhere',
      { accounts: [], moving: [MEMBERS[0]] },
      [],
      others,
      'WARN',
      MEMBERS[0],
    ],
  ])('says of %s what would happen', async (_, canary, canaries, members, state, about) => {
    const { told } = await world(stacks(canaries, members), { deployment: { canary } });
    const { diagnoses } = await told();
    const found = diagnoses.filter(({ examined }) => examined === 'canary-move');
    expect(found).toContainEqual(expect.objectContaining({ state, account: about }));
    if (state === 'FIX')
      expect(found.find((each) => each.state === state)?.fix).toContain('canary.moving');
    const [bad] = found.filter((each) => each.state !== 'OK' && each.state !== state);
    expect(bad).toBeUndefined();
  });

  it('says how to take away the second stack of a canary that was moved between units', async () => {
    const { told } = await world(stacks([MEMBERS[0]], [...MEMBERS, CENTRAL]));
    const { code, diagnoses } = await told();
    const moves = diagnoses.filter(({ examined }) => examined === 'canary-move');
    expect(moves).toMatchObject([
      {
        ...{ state: 'FIX', account: MEMBERS[0] },
        fix: expect.stringMatching(
          /^aws cloudformation delete-stack-instances .*--stack-set-name s3-config-rules --no-retain-stacks /,
        ),
      },
    ]);
    expect(code).toBe(1);
  });

  it('names what a roll-out left out', async () => {
    const { told } = await world(stacks([MEMBERS[0]], [CENTRAL]));
    const { code, diagnoses } = await told();
    const missing = diagnoses.filter(
      ({ examined, state }) => examined === 'coverage' && state === 'FIX',
    );
    expect(missing.map((each) => `${each.account} ${each.region}`)).toEqual(
      REGIONS.map((each) => `${MEMBERS[1]} ${each}`),
    );
    expect(code).toBe(1);
  });
});

describe('where the pack is there, doctor', () => {
  const named = packRules.filter(({ reads }) => !reads.includes('pack'));
  const rule = (
    id: string,
    account: string,
    region: string,
    name = `s3-config-rules-${functionOf(id)}`,
  ) => ({
    ...{ ConfigRuleName: `${id}-conformance-pack-ab12`, ConfigRuleState: 'ACTIVE' },
    InputParameters: JSON.stringify({ rule: id }),
    Source: {
      Owner: 'CUSTOM_LAMBDA',
      SourceIdentifier: `arn:aws:lambda:${region}:${account}:function:${name}`,
    },
  });
  const functionOf = (id: string) => {
    const found = packRules.find((each) => each.id === id);
    return found ? needsOf(found).function : '';
  };
  const answers = (
    change: (
      account: string,
      region: string,
    ) => { rules?: object[]; code?: string; without?: string } = () => ({}),
  ) => ({
    DescribeConformancePacks: {
      ConformancePackDetails: [{ ConformancePackName: 's3-config-rules' }],
    },
    DescribeConfigRuleEvaluationStatus: { ConfigRulesEvaluationStatus: [] },
    DescribeConfigRules: (_: object, { accessKeyId = '', region: at = '' }: Signer) => {
      const ours = packRules.map(({ id }) => rule(id, accessKeyId, at));
      return { ConfigRules: change(accessKeyId, at).rules ?? ours };
    },
    GetFunctionConfiguration: (
      { FunctionName }: Fields,
      { accessKeyId = '', region: at = '' }: Signer,
    ) => {
      const { code = 'hash', without } = change(accessKeyId, at);
      if (FunctionName === without)
        throw new ServiceError('ResourceNotFoundException', 'gone', 404);
      return {
        FunctionName,
        CodeSha256: `${code} of ${FunctionName}`,
        Description: 's3-config-rules 1.0.0',
      };
    },
  });
  const [other] = [MEMBERS[1]];
  const at = (change: (account: string, region: string) => object) =>
    answers((id, where) => (id === other && where === region ? change(id, where) : {}));

  it.each<[string, Answers, string, string | null, RegExp]>([
    [
      'finds all as it should be',
      answers(),
      'deployed-rules',
      null,
      /invoke the functions of the account/,
    ],
    [
      'counts what is missing',
      at((id, where) => ({ rules: named.slice(1).map((each) => rule(each.id, id, where)) })),
      'deployed-rules',
      'FIX',
      /lacks 2 of/,
    ],
    [
      'sees a function of others behind our name',
      at((id, where) => ({
        rules: packRules.map((each) =>
          rule(each.id, id, where, each.id === 's3-tls-only' ? 'mine' : undefined),
        ),
      })),
      'deployed-rules',
      'FIX',
      /s3-tls-only-conformance-pack-ab12 was changed: it invokes the function mine/,
    ],
    [
      'sees that all of them invoke another account',
      at((_, where) => ({ rules: packRules.map((each) => rule(each.id, '999999999999', where)) })),
      'deployed-rules',
      'FIX',
      /in account 999999999999/,
    ],
    [
      'sees other code',
      at(() => ({ code: 'another' })),
      'deployed-functions',
      'WARN',
      /is not that of the other accounts/,
    ],
    [
      'sees a function that is gone',
      at(() => ({ without: 's3-config-rules-live' })),
      'deployed-functions',
      'FIX',
      /live is missing/,
    ],
    [
      'concludes nothing from hashes that all differ',
      answers((id, where) => ({ code: `${id} ${where}` })),
      'deployed-functions',
      null,
      /are there/,
    ],
  ])('%s', async (_, given, examined, state, what) => {
    const { told } = await world(given as Answers);
    const found = (await told()).diagnoses.filter((each) => each.examined === examined);
    expect(found).toHaveLength(6);
    const odd = found.filter((each) => each.state !== 'OK');
    expect(odd.map((each) => [each.state, each.account, each.region])).toEqual(
      state === null ? [] : [[state, other, region]],
    );
    expect((odd[0] ?? found[0])?.what).toMatch(what);
  });
});

describe('the function of the central account', () => {
  const run = async (heard: readonly Heard[], answers: object = {}, refuses = false) => {
    const [mails, files]: [string[], Map<string, string>] = [[], new Map()];
    const known = {
      ...stacks([], [MEMBERS[0]]),
      ListStackSetOperations: { Summaries: [] },
      ...answers,
    };
    const ask = async (operation: string, input: object) => {
      const given = answers[operation as keyof typeof answers] as unknown;
      if (typeof given === 'function') return given(input);
      if (operation === 'DescribeOrganizationalUnit') return { OrganizationalUnit: input };
      if (operation === 'ListOrganizationalUnitsForParent') return { OrganizationalUnits: [] };
      if (operation === 'ListAccountsForParent')
        return {
          Accounts: [...MEMBERS, '999999999999'].map((Id) => ({
            Id,
            State: Id.startsWith('9') ? 'SUSPENDED' : 'ACTIVE',
          })),
        };
      const answer = known[operation as keyof typeof known] as unknown;
      return typeof answer === 'function' ? answer(input) : answer;
    };
    const handler = createCoverage({
      deployment: {
        units: ['ou-exa1-workload', 'ou-exa1-security'],
        managementAccount: '333344445555',
        regions: [region],
        silenceHours: 36,
      },
      ...{
        contentHash,
        region,
        access: { ask: ask as never },
        heard: async () => heard,
        now: () => new Date(NOW),
        log: () => {},
      },
      publish: async (subject, message) => void mails.push(`${subject}\n${message}`),
      keep: async (key, body) => {
        if (refuses) throw new Error('AccessDenied');
        files.set(key, body);
        return `s3://bucket/${key}`;
      },
    });
    const result = await handler().catch((error) => String(error));
    return { result, mails, files };
  };

  it('sends one mail of all that is wrong, and keeps a row for each', async () => {
    const { result, mails, files } = await run([voice]);
    expect(result).toEqual({ rows: 2 });
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain(`missing: ${MEMBERS[1]} ${region}`);
    const [body = ''] = files.values();
    expect(
      body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).coverage),
    ).toEqual(['current', 'missing']);
    expect([...files.keys()]).toEqual(['coverage/2026/03/10.ndjson']);
  });

  it('keeps what the data set names, and with it the dashboard', async () => {
    const { files } = await run([{ ...voice, contentHash: 'cd'.repeat(32) }]);
    const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [rows, records, results] = ['rows.ndjson', 'items.json', 'results'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    writeFileSync(rows, [...files.values()].join(''));
    writeFileSync(records, JSON.stringify({ configurationItems: [bucketItem('one')] }));
    const ran = await runCli(['evaluate', records, rows, '--output-dir', results]);
    expect(ran.code).toBe(4);
    const [{ row }] = (await openDataSet(results)).runs as [Run];
    const told = row.problems.map(({ message }) => message);
    expect(told.filter((each) => each.includes('the rules are'))).toEqual([
      `Account ${MEMBERS[0]}, ${region}: the rules are tampered: its functions say that they run cdcdcdcdcdcd.`,
      `Account ${MEMBERS[1]}, ${region}: the rules are missing: no stack set has a stack here.`,
    ]);
    expect(missingIn({ account, region, coverage: 'current', reason: null })).toBeNull();
  });

  it('sends none when all is well', async () => {
    const { mails } = await run(
      [voice, { ...voice, account: MEMBERS[1] }],
      stacks([MEMBERS[0]], [MEMBERS[1]]),
    );
    expect(mails).toEqual([]);
  });

  it('fails rather than overlook a unit that it cannot read', async () => {
    const refuse = () => {
      throw Object.assign(new Error('no'), { name: 'TooManyRequestsException' });
    };
    expect((await run([voice], { ListStackInstances: refuse })).result).toMatch(/: no$/);
  });

  it.each([
    [
      'DescribeOrganizationalUnit',
      'OrganizationalUnitNotFoundException',
      'The unit ou-exa1-security does not exist.',
    ],
    [
      'ListAccountsForParent',
      'AccessDeniedException',
      'The accounts of ou-exa1-security could not be listed.',
    ],
  ])('tells of the accounts of one unit where %s answers %s of another', async (...given) => {
    const [operation, name, sentence] = given;
    const answer = (input: { OrganizationalUnitId?: string; ParentId?: string }) => {
      if ((input.OrganizationalUnitId ?? input.ParentId) === 'ou-exa1-security')
        throw Object.assign(new Error('no'), { name });
      return {
        OrganizationalUnit: input,
        Accounts: MEMBERS.map((Id) => ({ Id, State: 'ACTIVE' })),
      };
    };
    const { result, mails, files } = await run([voice], { [operation]: answer });
    expect(result).toBe(`UnitNotRead: ${sentence}`);
    expect(mails[0]).toContain(`\n${sentence}\nmissing: ${MEMBERS[1]} ${region}`);
    expect([...files.values()][0]?.split('\n')).toHaveLength(3);
  });

  it('sends the mail though its bucket refuses the rows', async () => {
    const { result, mails } = await run([voice], {}, true);
    expect([result, mails.length]).toEqual(['Error: AccessDenied', 1]);
  });
});
