import { expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { type Told, tellingOf, toldKey } from '../../src/lambda/organization/history.ts';
import { LiveResults } from '../../src/lambda/organization/live-results.ts';
import { Reported } from '../../src/lambda/organization/reported.ts';
import { normalise } from '../../src/records/normalise.ts';
import { heldRow } from '../../src/results/held/rows.ts';
import { OF_THE_PAST } from '../../src/results/index.ts';
import { emptySettings, type Settings } from '../../src/settings/settings.ts';

const ACCOUNT = '111122223333';
const REGION = 'eu-central-1';
const RULE = 's3-sse-c-blocked';
const NOW = '2026-11-02T12:00:00.000Z';
const [OLD, NEW] = ['2026-10-01T00:00:00.000Z', '2026-11-02T11:00:00.000Z'];
const HERE = `${ACCOUNT} ${REGION}`;
const live = rules.filter(({ id }) => id === RULE);

const bucket = (name = 'b', more: object = {}) =>
  normalise({
    ...{ resourceType: 'AWS::S3::Bucket', resourceId: name, resourceName: name },
    ...{ ARN: `arn:aws:s3:::${name}`, awsAccountId: ACCOUNT, awsRegion: REGION },
    ...{ configurationItemStatus: 'OK', configurationItemCaptureTime: OLD, ...more },
  });

interface Given {
  /** What the aggregator holds, and when AWS Config recorded it. */
  readonly held?: string;
  readonly at?: string;
  readonly told?: Partial<Told>;
  readonly waivers?: Settings['waivers'];
  /** Where the rules are current. */
  readonly current?: readonly string[];
  /** The name of the rule in AWS Config. */
  readonly name?: string;
}

async function liveResults(given: Given) {
  const { held, at = OLD, told, waivers = [], current = [HERE] } = given;
  const { name = `${RULE}-conformance-pack-ab12` } = given;
  const row = {
    ...{ accountId: ACCOUNT, awsRegion: REGION, configurationItemCaptureTime: at },
    configuration: {
      ...{ targetResourceType: 'AWS::S3::Bucket', targetResourceId: 'b' },
      configRuleList: [{ configRuleName: name, complianceType: held }],
    },
  };
  const select = async () => ({ rows: held ? [JSON.stringify(row)] : [], next: undefined });
  const settings = { ...emptySettings, waivers };
  const telling = new Map<string, Told>();
  const item = bucket();
  const subject = { type: item.resourceType, id: 'b', account: ACCOUNT, region: REGION };
  if (told)
    telling.set(toldKey(RULE, subject), {
      ...{ complianceType: 'COMPLIANT', annotation: undefined, recordedAt: OLD, ...told },
    });
  return new LiveResults({
    live: live.map((rule) => ({ rule, params: parametersOf(rule, settings) })),
    judged: [],
    reported: await Reported.read([RULE], select, () => true),
    ...{ telling, settings, now: NOW, current: new Set(current) },
  });
}

const waiver = {
  ...{ id: 'w', rule: RULE, subject: { arn: 'arn:aws:s3:::b' }, owner: 'o', approver: 'a' },
  ...{ reason: 'r', created: '2026-10-01', expires: '2026-12-01' },
};
const [passing = ''] =
  Object.entries(live[0]?.messages ?? {}).find(([, { verdict }]) => verdict === 'COMPLIANT') ?? [];
const [failing = ''] =
  Object.entries(live[0]?.messages ?? {}).find(([, { verdict }]) => verdict === 'NON_COMPLIANT') ??
  [];
const skipping = 'resourceOutOfScope';
const says = (id: string) => `${id}: A sentence.`;

it.each<
  readonly [string, Given, readonly [state: string, messageId: string, supports: boolean] | null]
>([
  [
    'agreed on a pass',
    { held: 'COMPLIANT', told: { annotation: says(passing) } },
    ['PASS', passing, true],
  ],
  [
    'agreed on a failure',
    { held: 'NON_COMPLIANT', told: { complianceType: 'NON_COMPLIANT', annotation: says(failing) } },
    ['FAIL', failing, true],
  ],
  ['a pass of which nobody says why', { held: 'COMPLIANT' }, ['PASS', 'noReason', false]],
  ['nothing at all', {}, null],
  ['a pass only the history tells', { told: { annotation: says(passing), recordedAt: NEW } }, null],
  [
    'a failure that was retired',
    { told: { complianceType: 'NON_COMPLIANT', annotation: says(failing) } },
    null,
  ],
  [
    'a failure that the aggregator does not have yet',
    { told: { complianceType: 'NON_COMPLIANT', annotation: says(failing), recordedAt: NEW } },
    ['FAIL', failing, true],
  ],
  [
    'not applicable',
    { told: { complianceType: 'NOT_APPLICABLE', annotation: says(skipping) } },
    ['NOT_APPLICABLE', skipping, true],
  ],
  [
    'a failure of which the event was lost',
    { held: 'NON_COMPLIANT', at: NEW, told: { annotation: says(passing) } },
    ['FAIL', 'noReason', false],
  ],
  [
    'an event that is newer than the aggregator',
    {
      held: 'COMPLIANT',
      told: { complianceType: 'NON_COMPLIANT', annotation: says(failing), recordedAt: NEW },
    },
    ['FAIL', failing, true],
  ],
  [
    'a failure of today, after which another rule was recorded',
    {
      ...{ held: 'COMPLIANT', at: '2026-11-02T11:30:00.000Z' },
      told: { complianceType: 'NON_COMPLIANT', annotation: says(failing), recordedAt: NEW },
    },
    ['FAIL', failing, true],
  ],
  [
    'a pass with the reason of a failure',
    { held: 'COMPLIANT', told: { annotation: says(failing) } },
    ['UNKNOWN', failing, false],
  ],
  [
    'a reason that the rule does not have',
    { held: 'COMPLIANT', told: { annotation: says('constructor') } },
    ['PASS', 'constructor', false],
  ],
  [
    'missing evidence',
    {
      held: 'NON_COMPLIANT',
      told: { complianceType: 'NON_COMPLIANT', annotation: says('evidenceUnavailable') },
    },
    ['UNKNOWN', 'evidenceUnavailable', true],
  ],
  [
    'a waiver of the account that the settings do not have',
    { told: { complianceType: 'NOT_APPLICABLE', annotation: `waived w, ${says(failing)}` } },
    ['FAIL', failing, true],
  ],
  [
    'a waiver of both',
    {
      told: { complianceType: 'NOT_APPLICABLE', annotation: `waived w, ${says(failing)}` },
      waivers: [waiver],
    },
    ['WAIVED', failing, true],
  ],
  [
    'a waiver that the account does not know yet',
    {
      held: 'NON_COMPLIANT',
      told: { complianceType: 'NON_COMPLIANT', annotation: says(failing) },
      waivers: [waiver],
    },
    ['WAIVED', failing, true],
  ],
  [
    'an expired waiver',
    {
      held: 'NON_COMPLIANT',
      told: { complianceType: 'NON_COMPLIANT', annotation: says(failing) },
      waivers: [{ ...waiver, expires: '2026-10-02' }],
    },
    ['FAIL', 'waiverExpired', true],
  ],
  [
    'what comes from where the rules are not known to be current',
    { held: 'COMPLIANT', told: { annotation: says(passing) }, current: [] },
    null,
  ],
  [
    'a pass that a later event has and the aggregator has not',
    {
      held: 'NON_COMPLIANT',
      told: { annotation: says(passing), recordedAt: NEW },
    },
    ['FAIL', 'noReason', false],
  ],
  [
    'a pass that a later event took back',
    { held: 'COMPLIANT', told: { complianceType: 'INSUFFICIENT_DATA', recordedAt: NEW } },
    null,
  ],
  ['a pass of a rule that has only the name of ours', { held: 'COMPLIANT', name: RULE }, null],
  [
    'a result that was taken back',
    { told: { complianceType: 'INSUFFICIENT_DATA', recordedAt: NEW } },
    null,
  ],
])('takes over %s', async (_, given, expected) => {
  const [held] = (await liveResults(given)).of(bucket());
  const { finding } = held ?? {};
  const found = finding && [finding.state, finding.messageId, finding.requirements.length > 0];
  expect(found ?? null).toEqual(expected);
  if (finding?.state === 'PASS') expect(held?.verdict).toBe('COMPLIANT');
});

it('gives nothing to what was deleted, or was made again after the result', async () => {
  const results = await liveResults({
    told: { complianceType: 'NOT_APPLICABLE', annotation: says(skipping) },
  });
  expect(results.of(bucket('b', { configurationItemStatus: 'ResourceDeleted' }))).toEqual([]);
  expect(results.of(bucket('b', { resourceCreationTime: NEW }))).toEqual([]);
});

it.each<readonly [string, Given, string | null]>([
  ['a pass', { held: 'COMPLIANT' }, null],
  ['a pass with its reason', { held: 'COMPLIANT', told: { annotation: says(passing) } }, null],
  [
    'a pass, and only other results since then',
    { held: 'COMPLIANT', at: NEW, told: { annotation: says(passing) } },
    null,
  ],
  ['a failure', { held: 'NON_COMPLIANT' }, null],
  ['a failure, and results since then', { held: 'NON_COMPLIANT', at: NEW }, 'FAIL'],
  ['a pass since then', { held: 'COMPLIANT', at: NEW }, 'PASS'],
])('takes of a bucket that was made again: before it %s', async (_, given, state) => {
  const [held] = (await liveResults(given)).of(
    bucket('b', { resourceCreationTime: '2026-10-15T00:00:00.000Z' }),
  );
  expect(held?.finding.state ?? null).toBe(state);
});

it.each<readonly [string, Given, string | null]>([
  ['a pass that may be of the one before', { held: 'COMPLIANT', at: NEW }, null],
  [
    'a pass that an event tells of this one',
    { held: 'COMPLIANT', at: NEW, told: { annotation: says(passing), recordedAt: NEW } },
    'PASS',
  ],
  ['a failure', { held: 'NON_COMPLIANT', at: NEW }, 'FAIL'],
])('takes of a bucket that was made yesterday %s', async (_, given, state) => {
  const [held] = (await liveResults(given)).of(
    bucket('b', { resourceCreationTime: '2026-11-01T20:00:00.000Z' }),
  );
  expect(held?.finding.state ?? null).toBe(state);
});

it('counts an account once, whoever writes a record of one', async () => {
  const health = rules.filter(({ id }) => id === 'config-recorder-health');
  const settings = emptySettings;
  const results = new LiveResults({
    live: health.map((rule) => ({ rule, params: parametersOf(rule, settings) })),
    judged: [],
    reported: await Reported.read(
      [],
      async () => ({ rows: ['null', '7'], next: undefined }),
      () => true,
    ),
    ...{ telling: new Map(), settings, now: NOW, current: new Set([HERE]) },
  });
  results.meet(bucket());
  results.meet(bucket(ACCOUNT, { resourceType: 'AWS::::Account' }));
  expect([...results.others()].map(({ resourceId }) => resourceId)).toEqual([ACCOUNT]);
});

it('carries to the next day what the history told, and reads it again where nothing was taken', async () => {
  const [told, HERE_NOW] = [new Map<string, Told>(), new Set([HERE])];
  const subject = { type: 'AWS::S3::Bucket', id: 'b', account: ACCOUNT, region: REGION };
  const waived = { complianceType: 'NOT_APPLICABLE', annotation: `waived w, ${says(failing)}` };
  const rowsFor = async (given: Given) =>
    (await liveResults(given))
      .of(bucket())
      .map((each) => heldRow(each, bucket(), {} as never, 'run'));
  const run = (findings: readonly object[], reason: string | null = null) =>
    ({
      row: { rules: [{ judgedBy: 'aws-config' }], evaluatedAt: OLD, problems: [] },
      async *rows(table: string) {
        if (table === 'findings') yield* findings;
        else yield { account: ACCOUNT, region: REGION, reason };
      },
    }) as unknown as Parameters<typeof tellingOf>[0];
  // A failure that only the account waived is one on the second day too.
  expect(await tellingOf(run(await rowsFor({ told: waived })), told, HERE_NOW)).toBe(OLD);
  const [next] = (await liveResults({ told: told.get(toldKey(RULE, subject)) ?? {} })).of(bucket());
  expect([next?.finding.state, next?.finding.messageId]).toEqual(['FAIL', failing]);
  expect(next?.finding.requirements.length).toBeGreaterThan(0);
  // What had no reason is of no event, which may still come.
  told.clear();
  await tellingOf(run(await rowsFor({ held: 'NON_COMPLIANT' })), told, HERE_NOW);
  expect([...told]).toEqual([]);
  expect(await tellingOf(run([], OF_THE_PAST), told, HERE_NOW)).toBeNull();
  expect(await tellingOf(run([], OF_THE_PAST), told, new Set())).toBe(OLD);
});

it('names rules without any result in a place, and counts resources without one', async () => {
  const EAST = `${ACCOUNT} us-east-1`;
  const results = await liveResults({ held: 'COMPLIANT', current: [HERE, EAST] });
  for (const name of ['b', 'c', 'd']) results.of(bucket(name));
  expect(results.lacking()).toEqual([]);
  expect(results.unreported()).toEqual(new Map([[RULE, 2]]));
  results.of(bucket('e', { awsRegion: 'us-east-1' }));
  results.of(bucket('f', { awsRegion: 'eu-west-1' }));
  const lacking = { account: ACCOUNT, rules: [RULE] };
  expect(results.lacking()).toEqual([
    { ...lacking, region: 'us-east-1', isPast: false },
    { ...lacking, region: 'eu-west-1', isPast: true },
  ]);
  expect(results.unreported()).toEqual(new Map([[RULE, 2]]));
});
