import type { GetFindingsRequest } from '@aws-sdk/client-securityhub';
import { describe, expect, it, vi } from 'vitest';
import { rules } from '../../rules/index.ts';
import { FUNCTION } from '../../src/security-hub/subscriptions.ts';
import type { Waiver } from '../../src/settings/waiver.ts';
import { bucketItem } from '../contract-server/items.ts';
import { createHub, type HubState } from '../contract-server/security-hub.ts';
import { createRule, type StoredResult } from '../contract-server/state.ts';
import { startPublisher } from './bundle.ts';
import {
  ACCOUNT,
  configAnswers,
  decorated,
  eventOf,
  findingId,
  REGION,
  type Result,
  waiver,
} from './world.ts';

const RULES = ['s3-tls-only', 's3-access-logging'];
const AT = Date.parse('2026-03-01T00:00:00.000Z');
const FAILS = 'noPolicy: There is no bucket policy.';
const daily = {
  ...{ source: 'aws.events', 'detail-type': 'Scheduled Event', account: ACCOUNT, region: REGION },
  ...{ resources: [], detail: {} },
};

const bucket = (id: string, parts: Partial<Result> = {}): Result => ({
  ...{ rule: 's3-tls-only', type: 'AWS::S3::Bucket', id, verdict: 'NON_COMPLIANT' },
  ...{ annotation: FAILS, at: AT },
  ...parts,
});

/** Results as the contract server keeps them, by the decorated names of the rules. */
const kept = (results: readonly Result[], rules = RULES) =>
  Object.fromEntries(
    rules.map((rule) => [
      decorated(rule),
      createRule(
        results
          .filter((result) => result.rule === rule)
          .map(({ type, id, verdict, annotation, at }) => ({
            ...{ resourceType: type, resourceId: id, annotation, orderingTimestamp: at / 1000 },
            complianceType: verdict as StoredResult['complianceType'],
          })),
      ),
    ]),
  );

async function world(results: readonly Result[], waivers = [waiver()]) {
  const hub = createHub();
  const answers = configAnswers(() => results, RULES);
  const publisher = await startPublisher(hub, { answers, waivers, rules: kept(results) });
  const handler = publisher.start();
  const stands = (result: Result) => {
    const finding = hub.findings.get(findingId(result));
    return `${finding?.Compliance?.Status} ${finding?.RecordState} ${finding?.Workflow?.Status}`;
  };
  return { ...publisher, hub, handler, stands };
}

it('creates what no event told, from pages of results, and a second run changes nothing', async () => {
  const results = Array.from({ length: 230 }, (_, index) =>
    bucket(`b-${index}`, index % 2 ? {} : { verdict: 'COMPLIANT', annotation: 'ok: Fine.' }),
  );
  const { hub, handler, stands } = await world(results);
  await handler(daily);
  expect(results.map(stands)).toEqual(
    results.map((_, index) => (index % 2 ? 'FAILED ACTIVE NEW' : 'PASSED ACTIVE NEW')),
  );
  expect(hub.accepted).toHaveLength(230);
  await handler(daily);
  expect(hub.accepted).toHaveLength(230);
  expect(hub.throttled).toBe(0);
});

it('archives what vanished, and leaves alone what is not ours', async () => {
  const [gone, stays] = [bucket('gone'), bucket('stays')];
  const { hub, handler, stands, state } = await world([gone, stays]);
  await handler(daily);
  const strange = { ...hub.findings.get(findingId(stays)), Id: 'of-another-tool' };
  hub.findings.set('of-another-tool', strange as never);
  const before = structuredClone(hub.findings.get(findingId(gone)));
  state.rules = kept([stays]);
  await handler(daily);
  expect(stands(gone)).toBe('NOT_AVAILABLE ARCHIVED NEW');
  expect(stands(stays)).toBe('FAILED ACTIVE NEW');
  expect(hub.findings.get('of-another-tool')).toEqual(strange);
  const after = hub.findings.get(findingId(gone));
  expect(after?.CreatedAt).toBe(before?.CreatedAt);
  expect(after?.Resources).toEqual(before?.Resources);
  expect(Date.parse(after?.UpdatedAt ?? '')).toBeGreaterThan(Date.parse(before?.UpdatedAt ?? ''));
  // A result that comes back makes it active again.
  state.rules = kept([gone, stays]);
  await handler(daily);
  expect(stands(gone)).toBe('FAILED ACTIVE NEW');
});

it('archives the findings of a rule that is no longer deployed', async () => {
  const result = bucket('b', { rule: 's3-access-logging' });
  const { handler, stands, state } = await world([result]);
  await handler(daily);
  state.answers = { ...state.answers, ...configAnswers(() => [], ['s3-tls-only']) };
  await handler(daily);
  expect(stands(result)).toBe('NOT_AVAILABLE ARCHIVED NEW');
});

it('opens a finding again when its waiver ends, though AWS Config repeats the old result', async () => {
  const waived = bucket('b', {
    ...{ verdict: 'NOT_APPLICABLE', annotation: `waived legacy, ${FAILS}` },
    previous: bucket('b', { at: AT - 1 }),
  });
  const still = await world([waived]);
  await still.handler(eventOf(waived));
  expect(still.stands(waived)).toBe('FAILED ACTIVE SUPPRESSED');
  expect(still.hub.findings.get(findingId(waived))?.Note).toMatchObject({
    UpdatedBy: 's3-config-rules',
    Text: 'Waiver legacy until 2026-12-31 (owner Team, approved by Security officer): An old client.',
  });
  await still.handler(daily);
  expect(still.stands(waived)).toBe('FAILED ACTIVE SUPPRESSED');

  const ended = await world([waived], [waiver({ expires: '2026-02-28' })]);
  ended.hub.findings.set(findingId(waived), still.hub.findings.get(findingId(waived)) as never);
  await ended.handler(daily);
  const open = ended.hub.findings.get(findingId(waived));
  expect(ended.stands(waived)).toBe('FAILED ACTIVE NEW');
  expect(open?.Compliance?.StatusReasons?.[0]?.Description).toBe(
    'Waiver legacy expired on 2026-02-28 (noPolicy). There is no bucket policy.',
  );
  expect(open?.Note?.Text).toMatch(/no longer applies/);
});

describe('when AWS Config lists no results that are not applicable', () => {
  const waived = bucket('b', {
    ...{ verdict: 'NOT_APPLICABLE', annotation: `waived legacy, ${FAILS}` },
    previous: bucket('b', { at: AT - 1 }),
  });
  const dayAfter = async (
    waivers: readonly Waiver[],
    items: readonly object[],
    deployed: readonly string[] = RULES,
  ) => {
    const before = await world([]);
    await before.handler(eventOf(waived));
    const later = await world([], [...waivers]);
    later.state.items = items as never;
    later.state.answers = { ...later.state.answers, ...configAnswers(() => [], deployed) };
    later.hub.findings.set(findingId(waived), before.hub.findings.get(findingId(waived)) as never);
    await later.handler(daily);
    return later;
  };

  it('keeps a waived finding as it is', async () => {
    const { hub, stands } = await dayAfter([waiver()], [bucketItem('b')]);
    expect(stands(waived)).toBe('FAILED ACTIVE SUPPRESSED');
    expect(hub.accepted).toEqual([]);
  });

  it('archives it when its rule is not deployed', async () => {
    const { hub, stands } = await dayAfter([waiver()], [bucketItem('b')], ['s3-access-logging']);
    expect(stands(waived)).toMatch(/^NOT_AVAILABLE ARCHIVED/);
    expect(hub.findings.size).toBe(1);
  });

  it('takes what failed since for no waived finding, whatever is left of its waiver', async () => {
    const { hub, handler, stands, state } = await world([bucket('other')]);
    await handler(eventOf(bucket('b')));
    const { ProductFields } = hub.findings.get(findingId(waived)) ?? {};
    if (ProductFields) ProductFields['s3-config-rules/waiver'] = 'legacy';
    state.items = [bucketItem('b')];
    await handler(daily);
    expect(stands(waived)).toBe('NOT_AVAILABLE ARCHIVED NEW');
  });

  it('opens it when its waiver ends', async () => {
    const { hub, stands } = await dayAfter([waiver({ expires: '2026-02-28' })], [bucketItem('b')]);
    expect(stands(waived)).toBe('FAILED ACTIVE NEW');
    expect(hub.findings.get(findingId(waived))?.Compliance?.StatusReasons).toEqual([
      {
        ReasonCode: 'waiverExpired',
        Description: 'Waiver legacy expired on 2026-02-28 (noPolicy). There is no bucket policy.',
      },
    ]);
  });

  it.each([
    [waiver()],
    [waiver({ expires: '2026-02-28' })],
  ])('archives it when its resource is gone, waived until $expires', async (each) => {
    const { stands } = await dayAfter([each], [bucketItem('other')]);
    expect(stands(waived)).toMatch(/^NOT_AVAILABLE ARCHIVED/);
  });
});

/** Another invocation publishes a result just before such a call is answered. */
function meanwhile(
  hub: HubState,
  isCall: (operation: string, call: number, input: object) => boolean,
  result: Result,
  status: string,
) {
  let told = false;
  hub.fault = (name, number, input) => {
    const held = hub.findings.get(findingId(result));
    if (!told && isCall(name, number, input) && held) {
      held.UpdatedAt = new Date(Date.now() - 1000).toISOString();
      held.Compliance = { ...held.Compliance, Status: status as 'PASSED' };
      told = true;
    }
    return undefined;
  };
  return () => told;
}

it('does not undo a newer result that is published while it reads', async () => {
  const old = bucket('b');
  const { hub, handler, stands } = await world([old]);
  await handler(daily);
  const drifted = hub.findings.get(findingId(old));
  if (drifted?.ProductFields)
    drifted.ProductFields['s3-config-rules/digest'] = 'of another release';
  const isSecondImport = (name: string, call: number) =>
    name === 'BatchImportFindings' && call === 2;
  const told = meanwhile(hub, isSecondImport, old, 'PASSED');
  await handler(daily);
  expect(told()).toBe(true);
  expect(stands(old)).toBe('PASSED ACTIVE NEW');
});

it('does not archive what a result brings back while it reads', async () => {
  const old = bucket('b');
  const { hub, handler, stands } = await world([bucket('other')]);
  await handler(eventOf(old));
  const isSecondLook = (_: string, __: number, input: GetFindingsRequest) =>
    input.Filters?.Id?.[0]?.Value === findingId(old);
  const told = meanwhile(hub, isSecondLook, old, 'FAILED');
  await handler(daily);
  expect(told()).toBe(true);
  expect(stands(old)).toBe('FAILED ACTIVE NEW');
});

it('refreshes a finding before Security Hub forgets it', async () => {
  const result = bucket('b');
  const { hub, handler } = await world([result]);
  await handler(eventOf(result));
  const held = hub.findings.get(findingId(result));
  if (held) held.UpdatedAt = '2026-01-01T00:00:00.000Z';
  await handler(daily);
  expect(hub.accepted).toHaveLength(2);
  expect(hub.findings.get(findingId(result))?.CreatedAt).toBe(held?.CreatedAt);
});

it.each([
  ['few findings', 30],
  ['so many that only some are asked for by id', 350],
])('keeps when a finding was created although a page of the list lacks it: %s', async (_, count) => {
  const results = Array.from({ length: count }, (_, index) => bucket(`b-${index}`));
  const { hub, handler } = await world(results);
  await handler(daily);
  for (const finding of hub.findings.values()) finding.CreatedAt = '2026-02-01T00:00:00.000Z';
  const accepted = hub.accepted.length;
  let lacking = Math.ceil(count / 100);
  hub.fault = (operation, _, input) => {
    const isList = operation === 'GetFindings' && JSON.stringify(input).includes('s3-tls-only"');
    return isList && lacking-- > 0 ? 'emptyPage' : undefined;
  };
  await handler(daily);
  const times = new Set([...hub.findings.values()].map(({ CreatedAt }) => CreatedAt));
  expect([...times]).toEqual(['2026-02-01T00:00:00.000Z']);
  expect(hub.findings.size).toBe(count);
  expect(hub.accepted).toHaveLength(accepted);
});

it('throws when something could not be brought up to date, after doing the rest', async () => {
  const [bad, good] = [bucket('bad'), bucket('good')];
  const { hub, handler, stands } = await world([bad, good]);
  hub.fault = () => ({ fails: (id) => id === findingId(bad) });
  await expect(handler(daily)).rejects.toThrow(/^1 findings or rules were not updated: Internal/);
  expect(stands(good)).toBe('FAILED ACTIVE NEW');
});

it('fixes what is wrong though Security Hub was told just now', async () => {
  const told = bucket('b', { at: Date.parse('2026-03-02T11:59:50.000Z') });
  const is = { ...told, verdict: 'COMPLIANT', annotation: 'compliant: Fine.' } as const;
  const { handler, stands } = await world([is]);
  await handler(eventOf(told));
  await handler(daily);
  expect(stands(told)).toBe('PASSED ACTIVE NEW');
});

it('has one finding of a rule that two packs deploy: that of the later result', async () => {
  const [old, late] = [bucket('b'), bucket('b', { at: AT + 1000, verdict: 'COMPLIANT' })];
  const second = 's3-tls-only-conformance-pack-zz99zz99z';
  const { hub, handler, stands, state } = await world([old]);
  const rule = (ConfigRuleName: string) => ({
    ...{ ConfigRuleName, InputParameters: '{"rule":"s3-tls-only"}' },
    Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: 'arn:aws:lambda:x' },
  });
  const both = kept([late])[decorated('s3-tls-only')];
  for (const names of [
    [decorated('s3-tls-only'), second],
    [second, decorated('s3-tls-only')],
  ]) {
    hub.findings.clear();
    state.answers = { ...state.answers, DescribeConfigRules: { ConfigRules: names.map(rule) } };
    state.rules = { ...kept([old]), [second]: both as never };
    await handler(daily);
    expect(stands(old)).toBe('PASSED ACTIVE NEW');
    expect(hub.findings.size).toBe(1);
  }
  // Of results of the same millisecond the one that fails counts, in either order.
  state.rules = {
    ...kept([old]),
    [second]: kept([bucket('b', { verdict: 'COMPLIANT' })])[decorated('s3-tls-only')] as never,
  };
  for (const names of [
    [decorated('s3-tls-only'), second],
    [second, decorated('s3-tls-only')],
  ]) {
    hub.findings.clear();
    state.answers = { ...state.answers, DescribeConfigRules: { ConfigRules: names.map(rule) } };
    await handler(daily);
    expect(stands(old)).toBe('FAILED ACTIVE NEW');
  }
  // One of them goes: the other has the word.
  state.answers = {
    ...state.answers,
    DescribeConfigRules: { ConfigRules: [rule(decorated('s3-tls-only'))] },
  };
  await handler(daily);
  expect(stands(old)).toBe('FAILED ACTIVE NEW');
});

it('goes on naming a resource that is gone as it was called', async () => {
  const user = bucket('AIDA1', { type: 'AWS::IAM::User' });
  const gone = {
    ...user,
    verdict: 'NOT_APPLICABLE',
    annotation: 'resourceDeleted: Gone.',
  } as const;
  const { hub, handler, stands, state } = await world([user]);
  const named = { resourceType: user.type, resourceId: user.id, resourceName: 'ana' };
  state.items = [
    {
      ...bucketItem('x'),
      ...named,
      ARN: 'arn:aws:iam::111122223333:user/ana',
      awsRegion: 'global',
    },
  ] as never;
  await handler(daily);
  const before = hub.findings.get(findingId(user))?.Resources;
  expect(before).toMatchObject([{ Details: { AwsIamUser: { UserName: 'ana' } } }]);
  state.items = [];
  state.rules = kept([gone]);
  await handler(daily);
  expect(stands(user)).toBe('NOT_AVAILABLE ARCHIVED NEW');
  expect(hub.findings.get(findingId(user))?.Resources).toEqual(before);
});

it('knows a rule by its parameters, whatever it is called', async () => {
  const result = bucket('b');
  const { handler, stands, state } = await world([]);
  const [name, InputParameters] = ['baseline-tls', '{"rule":"s3-tls-only"}'];
  const Source = { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: 'arn:aws:lambda:x' };
  state.answers = {
    ...state.answers,
    DescribeConfigRules: { ConfigRules: [{ ConfigRuleName: name, InputParameters, Source }] },
  };
  state.rules = { [name]: kept([result])[decorated('s3-tls-only')] as never };
  await handler(daily);
  expect(stands(result)).toBe('FAILED ACTIVE NEW');
});

it('asks once more before it takes a rule for gone', async () => {
  const old = bucket('b');
  const { handler, stands, state } = await world([old]);
  await handler(eventOf(old));
  let asked = 0;
  const { DescribeConfigRules } = configAnswers(() => [old], RULES);
  state.answers = {
    ...state.answers,
    DescribeConfigRules: () => (asked++ === 0 ? { ConfigRules: [] } : DescribeConfigRules),
  };
  await handler(daily);
  expect(stands(old)).toBe('FAILED ACTIVE NEW');
  expect(asked).toBe(2);
});

it('goes on with the other rules where one cannot be read', async () => {
  const results = RULES.map((rule) => bucket('b', { rule }));
  const { hub, handler, state } = await world(results);
  // It went between two questions.
  state.rules = kept(results, ['s3-access-logging']);
  await expect(handler(daily)).rejects.toThrow(/^1 findings or rules .* NoSuchConfigRule/);
  expect([...hub.findings.keys()]).toEqual([
    findingId({ ...bucket('b'), rule: 's3-access-logging' }),
  ]);
});

it('leaves what it has no time for to other days, and gets to every rule', async () => {
  const ids = rules.map(({ id }) => id);
  const results = ids.map((rule) => bucket('b', { rule }));
  const { hub, handler, state } = await world([]);
  state.answers = { ...state.answers, ...configAnswers(() => results, ids) };
  state.rules = kept(results, ids);
  hub.fault = (operation) => {
    if (operation === 'GetFindings') vi.setSystemTime(Date.now() + 60_000);
    return undefined;
  };
  const seen: number[] = [];
  // At least five a day, however many rules there are.
  for (let day = 0; day < ids.length / 5; day++) {
    const start = Date.now();
    await handler(daily);
    expect(Date.now() - start).toBeLessThan(FUNCTION.timeoutSeconds * 1000);
    seen.push(hub.findings.size);
    vi.setSystemTime(start + 86_400_000);
  }
  expect(seen[0]).toBeLessThan(15);
  expect(seen.at(-1)).toBe(ids.length);
  expect(vi.mocked(process.stdout.write).mock.calls.join()).toMatch(/"level":"warn".*"left":\d+/);
});

it('archives, when they would have been refreshed, findings of a rule that a release no longer has', async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const of = bucket('b');
  const { hub, handler } = await world([of]);
  await handler(eventOf(of));
  const held = hub.findings.get(findingId(of));
  const add = (rule: string, days: number) => {
    const Id = findingId({ ...of, rule });
    hub.findings.set(Id, { ...held, Id, GeneratorId: rule, UpdatedAt: daysAgo(days) } as never);
    return () => hub.findings.get(Id)?.RecordState;
  };
  const [former, recent] = [add('s3-former', 36), add('s3-recent', 34)];
  const strange = { ...held, Id: 'x', GeneratorId: 'of-another-tool', UpdatedAt: daysAgo(36) };
  hub.findings.set('x', strange as never);
  await handler(daily);
  expect(hub.findings.get('x')).toEqual(strange);
  expect([former(), recent()]).toEqual(['ARCHIVED', 'ACTIVE']);
});
