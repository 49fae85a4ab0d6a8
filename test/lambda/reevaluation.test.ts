import { describe, expect, it } from 'vitest';
import { packOf } from '../../src/assessment/pack-of.ts';
import { needsOf } from '../../src/facets/needs.ts';
import { invocationOf } from '../../src/lambda/invocation.ts';
import { lookAfter, startEvaluations } from '../../src/lambda/judging/reevaluation.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import type { Waiver } from '../../src/settings/waiver.ts';
import { storedResult } from '../contract-server/items.ts';
import { createRule } from '../contract-server/state.ts';
import { packRules as rules } from '../pack-rules.ts';
import { NOW, scheduledEvent, startLambda } from './world.ts';

const ACCOUNT = '111122223333';
const SUFFIX = 'conformance-pack-ab12cd34e';
const named = (rule: string) => `${rule}-${SUFFIX}`;
const ON_CHANGE = rules.filter((rule) => needsOf(rule).onChange && !needsOf(rule).daily);
const TLS = 's3-tls-only';
const seconds = (time: string) => Date.parse(time) / 1000;
const [OLD, FRESH] = ['2026-02-01T00:00:00Z', '2026-03-02T11:00:00Z'];

/** As AWS Config describes the rules of the pack, and two of others that have the parameter as well. */
const ConfigRules = [
  ...rules.map((rule) => ({
    ConfigRuleName: named(rule.id),
    InputParameters: JSON.stringify({ rule: rule.id }),
    Source: {
      Owner: 'CUSTOM_LAMBDA',
      SourceIdentifier:
        'arn:aws:lambda:eu-central-1:111122223333:function:s3-config-rules-recorded',
      SourceDetails: [
        { EventSource: 'aws.config', MessageType: 'ConfigurationItemChangeNotification' },
        ...(needsOf(rule).daily
          ? [{ EventSource: 'aws.config', MessageType: 'ScheduledNotification' }]
          : []),
      ],
    },
  })),
  {
    ConfigRuleName: 'of-aws',
    InputParameters: JSON.stringify({ rule: TLS }),
    Source: { Owner: 'AWS', SourceIdentifier: 'S3_BUCKET_SSL_REQUESTS_ONLY' },
  },
  {
    ConfigRuleName: 'of-others',
    InputParameters: '{"rule":"s3-mine"}',
    Source: { Owner: 'CUSTOM_LAMBDA' },
  },
];

const waiver = (parts: Partial<Waiver>): Waiver => ({
  ...{ id: 'W', rule: TLS, subject: { account: ACCOUNT }, owner: 'a', approver: 'b', reason: 'c' },
  ...{ created: '2026-01-01', expires: '2026-12-31' },
  ...parts,
});

interface Given {
  readonly waivers?: readonly Waiver[];
  readonly accounts?: Readonly<Record<string, string>>;
  /** When the pack was last updated. */
  readonly updated?: string;
  /** When the results of each rule were recorded. */
  readonly recorded?: string | null;
}

async function start({ waivers = [], accounts = {}, updated = OLD, recorded = OLD }: Given) {
  const results = recorded ? [storedResult('b', 'COMPLIANT', seconds(recorded))] : [];
  let clock = seconds(NOW);
  const lambda = await startLambda({
    rules: Object.fromEntries(
      ConfigRules.map(({ ConfigRuleName }) => [ConfigRuleName, createRule(results)]),
    ),
    answers: {
      DescribeConfigRules: { ConfigRules },
      DescribeConformancePackStatus: {
        ConformancePackStatusDetails: [
          {
            ...{ ConformancePackName: 's3-config-rules', ConformancePackId: SUFFIX },
            ...{ ConformancePackArn: 'arn', ConformancePackState: 'UPDATE_COMPLETE' },
            ...{ StackArn: 'arn:stack', LastUpdateRequestedTime: seconds(updated) },
            LastUpdateCompletedTime: seconds(updated),
          },
        ],
      },
    },
    now: () => clock,
  });
  const waits: number[] = [];
  const api = {
    config: lambda.config,
    pack: packOf(rules),
    settings: { ...emptySettings, waivers, organization: { accounts, homeRegions: [] } },
    now: () => new Date(NOW),
    wait: async (milliseconds: number) => {
      waits.push(milliseconds);
      clock += milliseconds / 1000;
    },
    log: () => {},
  };
  const started = () => lambda.state.evaluationsStarted.map(({ names }) => names);
  return { ...lambda, api, waits, started, run: () => startEvaluations(api, { account: ACCOUNT }) };
}

describe('a rule that runs on a change alone is evaluated again', () => {
  it.each<[string, Given]>([
    ['a waiver began today', { waivers: [waiver({ created: '2026-03-02' })] }],
    [
      'a waiver began yesterday, and nothing ran since',
      { waivers: [waiver({ created: '2026-03-01' })] },
    ],
    ['a waiver ended with yesterday', { waivers: [waiver({ expires: '2026-03-01' })] }],
    [
      'a waiver ended of a bucket, whose ARN names no account',
      { waivers: [waiver({ expires: '2026-03-01', subject: { arn: 'arn:aws:s3:::b' } })] },
    ],
    [
      'a waiver ended of the unit that the account is in',
      {
        waivers: [waiver({ expires: '2026-03-01', subject: { ou: 'ou-ab12-11111111' } })],
        accounts: { [ACCOUNT]: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/' },
      },
    ],
    [
      'a waiver ended and only what was waived is there',
      { waivers: [waiver({ expires: '2026-03-01' })], recorded: null },
    ],
  ])('when %s', async (_, given) => {
    const { run, started } = await start(given);
    await run();
    expect(started()).toEqual([[named(TLS)]]);
  });

  it.each<[string, Given]>([
    ['nothing changed', { waivers: [waiver({})] }],
    ['a waiver is to begin tomorrow', { waivers: [waiver({ created: '2026-03-03' })] }],
    ['a waiver ends with today', { waivers: [waiver({ expires: '2026-03-02' })] }],
    ['it was evaluated since', { waivers: [waiver({ created: '2026-03-02' })], recorded: FRESH }],
    ['a waiver ended last week', { waivers: [waiver({ expires: '2026-02-20' })] }],
    [
      'a waiver of another account began',
      { waivers: [waiver({ created: '2026-03-02', subject: { account: '444455556666' } })] },
    ],
    [
      'a waiver of another unit began',
      {
        waivers: [waiver({ created: '2026-03-02', subject: { ou: 'ou-ab12-22222222' } })],
        accounts: { [ACCOUNT]: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/' },
      },
    ],
    [
      'the waiver is of a rule that runs daily',
      { waivers: [waiver({ created: '2026-03-02', rule: 's3-log-retention' })] },
    ],
    ['AWS Config evaluated all after the pack was updated', { updated: OLD, recorded: FRESH }],
  ])('but not when %s', async (_, given) => {
    const { run, started } = await start(given);
    expect(await run()).toEqual([]);
    expect(started()).toEqual([]);
  });

  it('when the pack was updated and AWS Config left the results as they were: all of them, and no other', async () => {
    const { run, started } = await start({ updated: '2026-03-02T01:00:00Z' });
    await run();
    expect(started().flat().sort()).toEqual(ON_CHANGE.map(({ id }) => named(id)).sort());
    expect(ON_CHANGE.length).toBeGreaterThan(5);
  });

  it('unless the rule is gone in the meantime', async () => {
    const { run, started, state } = await start({ updated: '2026-03-02T01:00:00Z' });
    delete state.rules[named(TLS)];
    await run();
    expect(started().flat()).toHaveLength(ON_CHANGE.length - 1);
  });

  it('25 rules a call, one call a minute', async () => {
    const { run, started, waits, state } = await start({ updated: '2026-03-02T01:00:00Z' });
    const more = Array.from({ length: 30 }, (_, index) => ({
      ...ConfigRules.find(({ ConfigRuleName }) => ConfigRuleName === named(TLS)),
      ConfigRuleName: `more-${index}-${SUFFIX}`,
    }));
    state.answers = { ...state.answers, DescribeConfigRules: { ConfigRules: more } };
    for (const { ConfigRuleName } of more) state.rules[ConfigRuleName] = createRule();
    await run();
    expect(started().map((names) => names.length)).toEqual([25, 5]);
    expect(waits).toEqual([61_000]);
  });

  it('and waits while another evaluation runs', async () => {
    const { run, started, waits, server } = await start({ updated: '2026-03-02T01:00:00Z' });
    server.fail('StartConfigRulesEvaluation', 'LimitExceededException', 2);
    await run();
    expect(started()).toHaveLength(1);
    expect(waits).toEqual([61_000, 61_000]);
  });

  it('with the daily run of one rule, and without the permission the log says so', async () => {
    const { api, started, server } = await start({ updated: '2026-03-02T01:00:00Z' });
    const logs: unknown[] = [];
    const world = { ...api, log: (entry: unknown) => void logs.push(entry) };
    await lookAfter(world, invocationOf(scheduledEvent(TLS)));
    expect(started()).toEqual([]);
    const daily = invocationOf(scheduledEvent('config-recorder-health'));
    server.fail('StartConfigRulesEvaluation', 'AccessDeniedException');
    await lookAfter(world, daily);
    expect(logs).toMatchObject([{ level: 'warn', message: expect.stringContaining('denied') }]);
    await lookAfter(world, daily);
    expect(started()).toHaveLength(1);
    server.fail('StartConfigRulesEvaluation', 'InternalFailure');
    await expect(lookAfter(world, daily)).rejects.toThrow();
  });
});
