import { expect, it } from 'vitest';
import { createHub, type HubState } from '../../contract-server/security-hub.ts';
import { createRule, type StoredResult } from '../../contract-server/state.ts';
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
    'Waiver legacy expired on 2026-02-28. There is no bucket policy.',
  );
  expect(open?.Note?.Text).toMatch(/open again/);
});

it('keeps a waived finding when AWS Config lists no results that are not applicable', async () => {
  const waived = bucket('b', {
    ...{ verdict: 'NOT_APPLICABLE', annotation: `waived legacy, ${FAILS}` },
    previous: bucket('b', { at: AT - 1 }),
  });
  const { handler, stands } = await world([]);
  await handler(eventOf(waived));
  await handler(daily);
  expect(stands(waived)).toBe('FAILED ACTIVE SUPPRESSED');
});

/** Another invocation publishes a result just before this call is answered. */
function meanwhile(hub: HubState, operation: string, call: number, result: Result, status: string) {
  let told = false;
  hub.fault = (name, number) => {
    const held = hub.findings.get(findingId(result));
    if (name === operation && number === call && held) {
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
  const told = meanwhile(hub, 'BatchImportFindings', 2, old, 'PASSED');
  await handler(daily);
  expect(told()).toBe(true);
  expect(stands(old)).toBe('PASSED ACTIVE NEW');
});

it('does not archive what a result brings back while it reads', async () => {
  const old = bucket('b');
  const { hub, handler, stands } = await world([]);
  await handler(eventOf(old));
  const told = meanwhile(hub, 'GetFindings', 3, old, 'FAILED');
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

it('throws when something could not be brought up to date, after doing the rest', async () => {
  const [bad, good] = [bucket('bad'), bucket('good')];
  const { hub, handler, stands } = await world([bad, good]);
  hub.fault = () => ({ fails: (id) => id === findingId(bad) });
  await expect(handler(daily)).rejects.toThrow(/^1 findings were not brought up to date: Internal/);
  expect(stands(good)).toBe('FAILED ACTIVE NEW');
});
