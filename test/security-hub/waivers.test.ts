import { describe, expect, it } from 'vitest';
import type { Waiver } from '../../src/settings/waiver.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { type Saying, simulate } from './simulation.ts';
import { ACCOUNT, eventOf, waiver } from './world.ts';

const OPEN = 'FAILED ACTIVE NEW';
const SUPPRESSED = 'FAILED ACTIVE SUPPRESSED';

/** A bucket waived by `legacy`, as Security Hub was told of it. */
async function waived(lists = true, saying: Saying = 'WAIVED') {
  const sim = await simulate();
  sim.waivers = [waiver()];
  sim.lists = lists;
  await sim.event('FAIL');
  await sim.event(saying);
  expect(sim.stands()).toMatch(/ACTIVE SUPPRESSED$/);
  return sim;
}

describe('a waiver that no longer covers the resource, while AWS Config repeats its result', () => {
  it.each<[string, Partial<Waiver>]>([
    ['was narrowed to another bucket', { subject: { arn: 'arn:aws:s3:::other-bucket' } }],
    ['was moved to another account', { subject: { account: '999999999999' } }],
    ['was moved to an OU that the account is not in', { subject: { ou: 'ou-ab12-11111111' } }],
    ['has not begun', { created: '2026-06-01' }],
    ['is of another rule', { rule: 's3-access-logging' }],
    ['has expired', { expires: '2026-03-01' }],
  ])('opens the finding: it %s', async (_, change) => {
    for (const lists of [true, false]) {
      const sim = await waived(lists);
      sim.waivers = [waiver(change)];
      expect(await sim.daily()).toBeUndefined();
      expect(sim.stands()).toBe(OPEN);
      expect(sim.note).toMatch(/^The waiver no longer applies\. In the settings, legacy is for /);
    }
  });

  it('opens it when the waiver was removed, with the reason that the rule gave', async () => {
    for (const lists of [true, false]) {
      const sim = await waived(lists);
      sim.waivers = [];
      await sim.daily();
      expect([sim.stands(), sim.said]).toEqual([OPEN, 'noPolicy: There is no bucket policy.']);
      expect(sim.note).toBe('The waiver no longer applies. legacy is not in the settings.');
    }
  });

  it('suppresses no other bucket whose result still names it', async () => {
    const sim = await waived();
    sim.judge('WAIVED', 'y');
    sim.waivers = [waiver({ subject: { arn: 'arn:aws:s3:::b' } })];
    await sim.daily();
    expect([sim.stands(), sim.stands('y')]).toEqual([SUPPRESSED, OPEN]);
    expect(sim.found('y').Note).toBeUndefined();
  });

  it('leaves missing evidence missing', async () => {
    const sim = await waived(true, 'WAIVED_UNKNOWN');
    sim.waivers = [waiver({ expires: '2026-03-01' })];
    await sim.daily();
    expect(sim.stands()).toBe('WARNING ACTIVE NEW');
    sim.waivers = [];
    await sim.daily();
    expect([sim.stands(), sim.said]).toEqual([
      'WARNING ACTIVE NEW',
      'evidenceUnavailable: The policy could not be assessed: access was denied.',
    ]);
  });
});

describe('a waiver that is renewed', () => {
  const renewal = waiver({
    id: 'legacy-2',
    owner: 'New team',
    created: '2026-03-01',
    expires: '2027-02-28',
  });

  it.each<[string, readonly Waiver[]]>([
    ['in place of the old one', [renewal]],
    ['beside the old one, which expired', [waiver({ expires: '2026-02-28' }), renewal]],
    ['beside the old one, and both hold', [waiver(), renewal]],
  ])('under another id keeps the finding suppressed: %s', async (_, waivers) => {
    for (const lists of [true, false]) {
      const sim = await waived(lists);
      sim.waivers = waivers;
      await sim.daily();
      expect(sim.stands()).toBe(SUPPRESSED);
      expect(sim.note).toMatch(/^Waiver legacy-2 until 2027-02-28 \(owner New team, approved by /);
      expect(sim.found().ProductFields).toMatchObject({
        's3-config-rules/waiver': 'legacy-2',
        's3-config-rules/waivedUntil': '2027-02-28',
        's3-config-rules/waiverOwner': 'New team',
        's3-config-rules/waiverApprover': 'Security officer',
      });
    }
  });

  it('under the same id has the note follow, once', async () => {
    const sim = await waived();
    sim.waivers = [waiver({ expires: '2027-01-01', owner: 'New team', reason: 'Another client.' })];
    await sim.daily();
    expect([sim.stands(), sim.note]).toEqual([
      SUPPRESSED,
      'Waiver legacy until 2027-01-01 (owner New team, approved by Security officer): Another client.',
    ]);
    const updates = () =>
      sim.server.calls.filter(({ operation }) => operation === 'BatchUpdateFindings');
    const before = updates().length;
    await sim.daily();
    expect(updates()).toHaveLength(before);
  });
});

describe('what an analyst decided', () => {
  it('stays: a suppression after the end of a waiver', async () => {
    const sim = await waived();
    await sim.event('FAIL');
    expect([sim.stands(), sim.note]).toEqual([OPEN, expect.stringMatching(/no longer applies/)]);
    sim.analyst('SUPPRESSED');
    for (let day = 0; day < 3; day++) await sim.daily();
    expect(sim.stands()).toBe(SUPPRESSED);
    await sim.event('OTHER_FAIL');
    expect(sim.stands()).toBe(SUPPRESSED);
  });

  it('stays: a finding that was opened in spite of its waiver', async () => {
    const sim = await waived();
    sim.analyst('NOTIFIED');
    for (let day = 0; day < 2; day++) await sim.daily();
    expect(sim.stands()).toBe('FAILED ACTIVE NOTIFIED');
  });

  it.each([
    'NOTIFIED',
    'RESOLVED',
  ] as const)('stays, also with the note of a waiver that ended: %s', async (status) => {
    const sim = await waived();
    sim.analyst(status);
    sim.waivers = [];
    await sim.daily();
    expect(sim.stands()).toBe(`FAILED ACTIVE ${status}`);
    expect(sim.note).toMatch(/^The waiver no longer applies/);
  });
});

describe('an update of the workflow that takes minutes', () => {
  it('hides no failure that comes before it', async () => {
    const sim = await simulate();
    sim.waivers = [waiver()];
    await sim.event('FAIL');
    sim.hub.updateDelay = 180_000;
    await sim.event('WAIVED');
    await sim.event('FAIL');
    sim.wait(600_000);
    expect(sim.stands()).toBe(OPEN);
  });

  it('leaves a new waiver suppressed', async () => {
    const sim = await waived();
    sim.hub.updateDelay = 180_000;
    await sim.event('FAIL');
    await sim.event('WAIVED');
    sim.wait(600_000);
    expect(sim.stands()).toBe(SUPPRESSED);
    expect(sim.note).toMatch(/^Waiver legacy until/);
  });
});

describe('the note', () => {
  it('tells what ended the suppression', async () => {
    const passed = await waived();
    await passed.event('PASS');
    expect([passed.stands(), passed.note]).toEqual([
      'PASSED ACTIVE NEW',
      'No longer suppressed: the rule was met.',
    ]);
    const gone = await waived();
    await gone.event('GONE');
    expect([gone.stands(), gone.note]).toEqual([
      'NOT_AVAILABLE ARCHIVED NEW',
      'No longer suppressed: the rule did not apply any more.',
    ]);
  });
});

describe('one bad result of a batch', () => {
  const why = ['NON_COMPLIANT', 'noPolicy: None.'] as const;

  it.each([
    'AccessDeniedException',
    'InvalidParameterValueException',
    'InternalFailure',
  ])('costs the other 99 nothing when its look-up ends in %s', async (name) => {
    const sim = await simulate();
    sim.state.answers = {
      ...sim.state.answers,
      GetComplianceDetailsByResource: () => {
        throw new ServiceError(name, 'no');
      },
    };
    const results = Array.from({ length: 100 }, (_, index) => sim.judge(why, `b-${index}`));
    const failed = await sim.batch(results.map((result, index) => eventOf(result, index < 99)));
    // What may pass comes back; a refusal is published without its reason.
    expect(failed).toEqual(name === 'InternalFailure' ? ['m99'] : []);
    expect(sim.hub.findings.size).toBe(100 - failed.length);
    if (failed.length === 0) expect(sim.stands('b-99')).toBe(OPEN);
  });

  it.each([
    ' ',
    ': ',
    'noPolicy:  ',
    '\u200b',
    '\u200b: \u200b',
  ])('is published with the annotation %j', async (annotation) => {
    const sim = await simulate();
    const result = sim.judge(['NON_COMPLIANT', annotation]);
    expect(await sim.batch([eventOf(result)])).toEqual([]);
    expect(sim.stands()).toBe(OPEN);
    expect(sim.said).toMatch(/^(noReason|noPolicy): \S/);
    expect(await sim.daily()).toBeUndefined();
  });

  it('is not asked of Security Hub again when no retry helps', async () => {
    const sim = await simulate();
    for (let index = 0; index < 300; index++) sim.judge('FAIL', `b-${index}`);
    const refuse = ({ Findings }: { readonly Findings?: readonly { readonly Id: string }[] }) => ({
      ...{ FailedCount: Findings?.length, SuccessCount: 0 },
      FailedFindings: Findings?.map(({ Id }) => ({
        Id,
        ErrorCode: 'InvalidAccess',
        ErrorMessage: 'off',
      })),
    });
    sim.state.answers = { ...sim.state.answers, BatchImportFindings: refuse as never };
    expect(await sim.daily()).toMatch(/300 findings .* InvalidAccess: off/);
    const imports = sim.server.calls.filter(({ operation }) => operation === 'BatchImportFindings');
    expect(imports).toHaveLength(3);
  });
});

it('takes of two results of the same millisecond the one that fails, in either order', async () => {
  for (const order of [
    ['PASS', 'FAIL'],
    ['FAIL', 'PASS'],
  ] as const) {
    const sim = await simulate();
    const at = Date.now();
    for (const saying of order) await sim.event(saying, 'b', at);
    expect(sim.stands()).toBe(OPEN);
  }
});

it('keeps waivers of the account for what AWS Config says without a reason', async () => {
  const sim = await simulate();
  sim.waivers = [waiver({ subject: { account: ACCOUNT } })];
  await sim.event('FAIL');
  await sim.event(['NOT_APPLICABLE', ' ']);
  expect(sim.stands()).toBe(SUPPRESSED);
});

it('sees what Security Hub does to the workflow by itself', async () => {
  const sim = await simulate();
  const after = async (
    from: Saying,
    to: Saying,
    status: 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED',
  ) => {
    await sim.event(from);
    sim.analyst(status);
    await sim.event(to);
    return sim.stands();
  };
  for (const status of ['NOTIFIED', 'RESOLVED'] as const) {
    expect(await after('PASS', 'FAIL', status)).toBe(OPEN);
    expect(await after('PASS', 'UNKNOWN', status)).toBe('WARNING ACTIVE NEW');
    expect(await after('PASS', 'GONE', status)).toBe('NOT_AVAILABLE ARCHIVED NEW');
    expect(await after('GONE', 'FAIL', status)).toBe(OPEN);
    expect(await after('FAIL', 'UNKNOWN', status)).toBe(`WARNING ACTIVE ${status}`);
    expect(await after('FAIL', 'PASS', status)).toBe(`PASSED ACTIVE ${status}`);
  }
  expect(await after('PASS', 'FAIL', 'SUPPRESSED')).toBe(SUPPRESSED);
  expect(await after('GONE', 'FAIL', 'SUPPRESSED')).toBe(SUPPRESSED);
});
