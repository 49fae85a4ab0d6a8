import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { FORMER_RULES } from '../../src/security-hub/daily/held.ts';
import { ARCHIVE_ALL } from '../../src/security-hub/subscriptions.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { type Simulation, simulate } from './simulation.ts';
import { findingId, waiver } from './world.ts';

const OPEN = 'FAILED ACTIVE NEW';
const NOTIFIED = 'FAILED ACTIVE NOTIFIED';
const ARCHIVED = 'NOT_AVAILABLE ARCHIVED NEW';

/** Two failing buckets, of which an analyst has told somebody. */
async function failing(): Promise<Simulation> {
  const sim = await simulate();
  for (const id of ['x', 'y']) await sim.event('FAIL', id);
  sim.analyst('NOTIFIED', undefined, 'x');
  return sim;
}

describe('no result, as long as the rule has not reported', () => {
  it.each([
    ['DELETING', 'deletes the rule'],
    ['DELETING_RESULTS', 'deletes the rule or its results'],
    ['ACTIVE', 'no results yet'],
    ['EVALUATING', 'no results yet'],
    [undefined, 'no results yet'],
  ])('is no evidence: the rule is %s', async (state, reason) => {
    const sim = await failing();
    sim.ruleState = state;
    sim.results.clear();
    for (let day = 0; day < 2; day++) expect(await sim.daily()).toContain(reason);
    expect([sim.stands('x'), sim.stands('y')]).toEqual([NOTIFIED, OPEN]);
    expect(sim.logs.at(-2)).toMatchObject({ level: 'error', task: 'reconcile', failed: 2 });
    sim.ruleState = 'ACTIVE';
    for (const id of ['x', 'y']) sim.judge('FAIL', id);
    expect(await sim.daily()).toBeUndefined();
    expect([sim.stands('x'), sim.stands('y')]).toEqual([NOTIFIED, OPEN]);
  });

  it('is none while the first evaluation may still go on, but for a resource that is gone', async () => {
    const sim = await failing();
    await sim.event('FAIL', 'z');
    sim.results.clear();
    sim.unrecord('z');
    sim.wait(86_400_000);
    sim.judge('FAIL', 'y');
    expect(await sim.daily(0)).toContain('first evaluation');
    expect(['x', 'y', 'z'].map((id) => sim.stands(id))).toEqual([NOTIFIED, OPEN, ARCHIVED]);
    expect(await sim.daily()).toBeUndefined();
    expect(sim.stands('x')).toMatch(/ARCHIVED/);
  });

  it('is none where AWS Config does not tell whether the resource is there', async () => {
    const sim = await failing();
    sim.results.delete('x');
    sim.state.recorder = false;
    expect(await sim.daily()).toContain('NoAvailableConfigurationRecorder');
    expect(sim.stands('x')).toBe(NOTIFIED);
  });
});

it('asks again for what AWS Config leaves unprocessed, and then keeps it', async () => {
  const sim = await failing();
  sim.results.delete('x');
  const unprocessed = { unprocessedKeys: () => true };
  sim.server.fail('BatchGetResourceConfig', unprocessed, 2);
  expect(await sim.daily()).toBeUndefined();
  expect(sim.stands('x')).toMatch(/ARCHIVED/);
  sim.results.delete('y');
  sim.server.fail('BatchGetResourceConfig', unprocessed, 99);
  expect(await sim.daily()).toContain('did not return the record');
  expect(sim.stands('y')).toBe(OPEN);
});

it('archives what is gone without what made it look like work', async () => {
  const sim = await failing();
  sim.judge('GONE', 'x');
  sim.results.delete('x');
  await sim.daily();
  const { Title, Description, Remediation, FindingProviderFields } = sim.found('x');
  expect([Title, Description]).toEqual([
    'S3 buckets refuse every request sent without TLS',
    'AWS Config no longer has this result.',
  ]);
  expect(Remediation?.Recommendation?.Text).toBe('There is nothing to fix.');
  expect(FindingProviderFields?.Severity?.Label).toBe('INFORMATIONAL');
  // A result from before is over; a later one is not.
  await sim.tell({ ...sim.judge('FAIL', 'x'), at: Date.parse('2026-03-02T13:00:00Z') });
  expect(sim.stands('x')).toBe('NOT_AVAILABLE ARCHIVED NOTIFIED');
  await sim.event('FAIL', 'x');
  expect(sim.stands('x')).toBe(OPEN);
});

it('goes on where one question of the daily comparison fails', async () => {
  const sim = await failing();
  const find = sim.state.answers['GetFindings'] as (input: object) => object;
  const answer = (input: { readonly Filters?: object }) => {
    if ('UpdatedAt' in (input.Filters ?? {}))
      throw new ServiceError('AccessDeniedException', 'no', 403);
    return find(input);
  };
  sim.state.answers = { ...sim.state.answers, GetFindings: answer as never };
  sim.judge('PASS', 'x');
  expect(await sim.daily()).toMatch(/^NotPublished: 1 findings or rules .*no$/);
  expect(sim.stands('x')).toBe('PASSED ACTIVE NOTIFIED');
  expect(sim.logs.at(-2)).toMatchObject({ task: 'reconcile', results: 2 });
});

it('brings the hash of the bundle back that the command line does not know', async () => {
  const sim = await failing();
  delete sim.found('x').ProductFields?.['s3-config-rules/contentHash'];
  await sim.daily();
  expect(sim.found('x').ProductFields).toHaveProperty('s3-config-rules/contentHash', 'c0de');
  const before = sim.hub.accepted.length;
  await sim.daily();
  expect(sim.hub.accepted).toHaveLength(before);
});

it('archives everything when it is told to, before it is removed', async () => {
  const sim = await failing();
  sim.waivers = [waiver()];
  await sim.event('WAIVED', 'y');
  const former = { ...sim.found('x'), Id: findingId({ rule: 's3-old', type: 'T', id: 'x' }) };
  Object.assign(former, { GeneratorId: 's3-old', UpdatedAt: '2026-01-20T00:00:00.000Z' });
  sim.hub.findings.set(former.Id, former);
  expect(await sim.daily(0, ARCHIVE_ALL)).toBeUndefined();
  expect([...sim.hub.findings.values()].map(({ RecordState }) => RecordState)).toEqual([
    'ARCHIVED',
    'ARCHIVED',
    'ARCHIVED',
  ]);
  expect(sim.logs.at(-1)).toMatchObject({ level: 'info', task: 'archive', archived: 3, left: 0 });
});

it('knows every rule that a release had', () => {
  const now: readonly string[] = rules.map(({ id }) => id);
  const folder = 'test/infra/releases';
  const records = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
  const then = records.flatMap((record) =>
    Object.keys((JSON.parse(record) as { readonly contract: object }).contract).flatMap(
      (name) => /^rule (\S+)$/.exec(name)?.[1] ?? [],
    ),
  );
  expect(then.length).toBeGreaterThan(30);
  expect(then.filter((id) => !now.includes(id) && !FORMER_RULES.includes(id))).toEqual([]);
});

it('compares the others where AWS Config lists what names no resource', async () => {
  const sim = await failing();
  sim.judge('PASS', 'x');
  sim.results.set('', { ...sim.judge('FAIL', 'z'), type: '', id: '' });
  expect(await sim.daily()).toMatch(/^NotPublished: 1 findings or rules were not updated/);
  expect([sim.stands('x'), sim.stands('z')]).toEqual(['PASSED ACTIVE NOTIFIED', OPEN]);
});

it('compares the others where Security Hub holds what nobody sane imported', async () => {
  const POISONS: readonly ((held: Record<string, unknown>) => void)[] = [
    (held) => set(held, { evidenceAt: 'yesterday' }),
    (held) => set(held, { evidenceAt: '' }),
    (held) => set(held, { resourceType: '', resourceId: '' }),
    (held) => set(held, { resourceType: 'AWS::S3::Bucket\u0000', resourceId: 'x'.repeat(2000) }),
    (held) => set(held, { state: 'WAIVED', waiver: 'legacy', evidenceAt: 'never' }),
    (held) => void Object.assign(held, { UpdatedAt: 'no time', CreatedAt: 'no time' }),
    (held) => void delete held['ProductFields'],
    (held) => void Object.assign(held, { Compliance: undefined, Resources: undefined }),
    (held) =>
      void Object.assign(held, { Note: { Text: 'Waiver x.', UpdatedBy: 's3-config-rules' } }),
    (held) => void Object.assign(held, { Title: undefined, FindingProviderFields: undefined }),
  ];
  const set = (held: Record<string, unknown>, fields: Record<string, string>) => {
    const named = Object.entries(fields).map(([key, value]) => [`s3-config-rules/${key}`, value]);
    held['ProductFields'] = { ...(held['ProductFields'] as object), ...Object.fromEntries(named) };
  };
  for (const [index, poison] of POISONS.entries()) {
    const sim = await failing();
    await sim.event('FAIL', 'poisoned');
    sim.wait(7 * 3_600_000);
    sim.unrecord('y');
    sim.results.delete('y');
    sim.results.delete('poisoned');
    poison(sim.found('poisoned') as unknown as Record<string, unknown>);
    const told = await sim.daily(0);
    expect([index, sim.stands('x'), sim.stands('y')]).toEqual([index, NOTIFIED, ARCHIVED]);
    expect(told ?? '', `${index}`).not.toMatch(/s3-tls-only: /);
    sim.judge('PASS', 'x');
    await sim.daily(0);
    expect(sim.stands('x')).toBe('PASSED ACTIVE NOTIFIED');
  }
});
