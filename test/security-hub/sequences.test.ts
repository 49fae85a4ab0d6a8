import { expect, it } from 'vitest';
import { ServiceError } from '../contract-server/faults.ts';
import { type Simulation, simulate } from './simulation.ts';
import { ACCOUNT, eventOf, waiver } from './world.ts';

const OPEN = 'FAILED ACTIVE NEW';
const SUPPRESSED = 'FAILED ACTIVE SUPPRESSED';
const UNIT = 'ou-ab12-11111111';
const inUnit = (unit: string) => ({ [ACCOUNT]: `o-a1b2c3d4e5/r-ab12/${unit}/` });
const bucketOnly = { subject: { arn: 'arn:aws:s3:::b' } };
const HOUR = 3_600_000;

/** Fails, and is then waived by `legacy`, as Security Hub hears of it. */
async function waived(sim: Simulation, parts: Parameters<typeof waiver>[0] = {}): Promise<void> {
  sim.waivers = [waiver(parts)];
  await sim.event('FAIL');
  await sim.event('WAIVED');
}

const refused = () => {
  throw new ServiceError('AccessDeniedException', 'no', 403);
};

async function refusing(sim: Simulation, operation: string, then: () => Promise<void>) {
  const answer = sim.state.answers[operation];
  sim.state.answers = { ...sim.state.answers, [operation]: refused };
  await then();
  sim.state.answers = { ...sim.state.answers, [operation]: answer as never };
}

/** What happens, and how the finding has to stand in the end: written down before it was tried. */
const SEQUENCES: readonly [string, string, (sim: Simulation) => Promise<unknown>][] = [
  // Waivers that move, narrow, renew and expire.
  [
    'its account moves out of the unit that is waived',
    OPEN,
    async (sim) => {
      sim.accounts = inUnit(UNIT);
      await waived(sim, { subject: { ou: UNIT } });
      sim.accounts = inUnit('ou-ab12-22222222');
      await sim.daily();
    },
  ],
  [
    'its account stays in the unit that is waived',
    SUPPRESSED,
    async (sim) => {
      sim.accounts = inUnit(UNIT);
      await waived(sim, { subject: { ou: UNIT } });
      await sim.daily();
    },
  ],
  [
    'its account is no longer placed',
    OPEN,
    async (sim) => {
      sim.accounts = inUnit(UNIT);
      await waived(sim, { subject: { ou: UNIT } });
      sim.accounts = {};
      await sim.daily();
    },
  ],
  [
    'the waiver is narrowed to another bucket and widened again',
    SUPPRESSED,
    async (sim) => {
      await waived(sim);
      sim.waivers = [waiver({ subject: { arn: 'arn:aws:s3:::c' } })];
      await sim.daily();
      sim.waivers = [waiver()];
      await sim.daily();
    },
  ],
  [
    'the waiver is narrowed to this bucket',
    SUPPRESSED,
    async (sim) => {
      await waived(sim);
      sim.waivers = [waiver(bucketOnly)];
      await sim.daily();
    },
  ],
  [
    'the last day of the waiver',
    SUPPRESSED,
    async (sim) => {
      await waived(sim, { expires: '2026-03-03' });
      await sim.daily();
    },
  ],
  [
    'the day after the last',
    OPEN,
    async (sim) => {
      await waived(sim, { expires: '2026-03-03' });
      await sim.daily(2);
    },
  ],
  [
    'it expires and is extended two days later',
    SUPPRESSED,
    async (sim) => {
      await waived(sim, { expires: '2026-03-03' });
      await sim.daily(2);
      sim.waivers = [waiver()];
      await sim.daily();
    },
  ],
  [
    'it expires, somebody is notified, it is extended',
    SUPPRESSED,
    async (sim) => {
      await waived(sim, { expires: '2026-03-03' });
      await sim.daily(2);
      sim.analyst('NOTIFIED');
      sim.waivers = [waiver()];
      await sim.daily();
    },
  ],
  [
    'it expires, an analyst resolves the finding, it is extended',
    'FAILED ACTIVE RESOLVED',
    async (sim) => {
      await waived(sim, { expires: '2026-03-03' });
      await sim.daily(2);
      sim.analyst('RESOLVED');
      sim.waivers = [waiver()];
      await sim.daily();
    },
  ],
  [
    'it expires, an analyst writes a note, it is extended',
    OPEN,
    async (sim) => {
      await waived(sim, { expires: '2026-03-03' });
      await sim.daily(2);
      sim.analyst(undefined, 'Fixed on Friday.');
      sim.waivers = [waiver()];
      await sim.daily();
    },
  ],
  [
    'it begins tomorrow, and AWS Config already says waived',
    OPEN,
    async (sim) => {
      await waived(sim, { created: '2026-03-03' });
    },
  ],
  [
    'it begins, and AWS Config evaluates again',
    SUPPRESSED,
    async (sim) => {
      sim.waivers = [waiver({ created: '2026-03-03' })];
      await sim.event('FAIL');
      await sim.daily();
      await sim.event('WAIVED');
    },
  ],
  [
    'it is new, and AWS Config has not evaluated since',
    OPEN,
    async (sim) => {
      await sim.event('FAIL');
      sim.waivers = [waiver()];
      await sim.daily();
    },
  ],
  [
    'AWS Config names a waiver that no settings have',
    OPEN,
    async (sim) => {
      await sim.event('FAIL');
      await sim.event('WAIVED');
    },
  ],
  [
    'a narrow waiver ends under a wide one',
    SUPPRESSED,
    async (sim) => {
      await waived(sim, { ...bucketOnly, expires: '2026-03-03' });
      sim.waivers = [...sim.waivers, waiver({ id: 'wide' })];
      await sim.daily(2);
      expect(sim.note).toMatch(/^Waiver wide until/);
    },
  ],
  [
    'a wide waiver ends under a narrow one that expired before',
    OPEN,
    async (sim) => {
      await waived(sim, { expires: '2026-03-03' });
      sim.waivers = [
        ...sim.waivers,
        waiver({ id: 'narrow', ...bucketOnly, expires: '2026-02-01' }),
      ];
      await sim.daily(2);
    },
  ],
  [
    'a refresh after a month',
    SUPPRESSED,
    async (sim) => {
      await waived(sim);
      await sim.daily(40);
      expect(sim.found().UpdatedAt).toMatch(/^2026-04-11/);
    },
  ],
  [
    'missing evidence was waived, and the waiver ends',
    'WARNING ACTIVE NEW',
    async (sim) => {
      sim.waivers = [waiver()];
      await sim.event('WAIVED_UNKNOWN');
      sim.waivers = [];
      await sim.daily();
    },
  ],
  [
    'the evidence of a waived finding goes missing without its waiver',
    'WARNING ACTIVE NEW',
    async (sim) => {
      await waived(sim);
      sim.waivers = [];
      await sim.event('UNKNOWN');
    },
  ],
  // Analysts.
  [
    'an analyst suppressed it before its waiver, which ends',
    SUPPRESSED,
    async (sim) => {
      await sim.event('FAIL');
      sim.analyst('SUPPRESSED');
      sim.waivers = [waiver()];
      await sim.event('WAIVED');
      sim.waivers = [];
      await sim.daily();
    },
  ],
  [
    'an analyst takes the suppression over with a note, and the waiver ends',
    SUPPRESSED,
    async (sim) => {
      await waived(sim);
      sim.analyst(undefined, 'We accept this in any case.');
      sim.waivers = [];
      await sim.daily();
    },
  ],
  [
    'an analyst opens a waived finding',
    OPEN,
    async (sim) => {
      await waived(sim);
      sim.analyst('NEW');
      await sim.daily();
      await sim.tell(sim.judge('WAIVED'));
    },
  ],
  [
    'an analyst opened it; it passes, fails, and is waived once more',
    SUPPRESSED,
    async (sim) => {
      await waived(sim);
      sim.analyst('NEW');
      for (const saying of ['PASS', 'FAIL', 'WAIVED'] as const) await sim.event(saying);
    },
  ],
  [
    'an analyst resolved what fails, and it fails for another reason',
    'FAILED ACTIVE RESOLVED',
    async (sim) => {
      await sim.event('FAIL');
      sim.analyst('RESOLVED');
      await sim.event('OTHER_FAIL');
      await sim.daily();
    },
  ],
  [
    'an analyst resolved it; it passes, and fails again',
    OPEN,
    async (sim) => {
      await sim.event('FAIL');
      sim.analyst('RESOLVED');
      await sim.event('PASS');
      expect(sim.stands()).toBe('PASSED ACTIVE RESOLVED');
      await sim.event('FAIL');
    },
  ],
  [
    'an analyst suppressed what passes, and it fails',
    SUPPRESSED,
    async (sim) => {
      await sim.event('PASS');
      sim.analyst('SUPPRESSED');
      await sim.event('FAIL');
      await sim.daily();
    },
  ],
  // Deletions.
  [
    'a waived bucket is deleted without an event',
    'NOT_AVAILABLE ARCHIVED SUPPRESSED',
    async (sim) => {
      sim.lists = false;
      await waived(sim);
      sim.judge('GONE');
      await sim.daily();
    },
  ],
  [
    'a waived bucket is deleted without an event, made anew, and fails',
    OPEN,
    async (sim) => {
      sim.lists = false;
      await waived(sim);
      sim.judge('GONE');
      await sim.daily();
      sim.waivers = [];
      await sim.event('FAIL');
    },
  ],
  [
    'deleted, made anew, failing: the end is heard of last',
    OPEN,
    async (sim) => {
      await sim.event('FAIL');
      const gone = sim.judge('GONE');
      await sim.event('FAIL');
      await sim.tell(gone);
    },
  ],
  [
    'the end is heard of before the beginning',
    'NOT_AVAILABLE ARCHIVED NEW',
    async (sim) => {
      const begun = sim.judge('FAIL');
      await sim.event('GONE');
      await sim.tell(begun);
    },
  ],
  [
    'its pack goes and comes back',
    OPEN,
    async (sim) => {
      await sim.event('FAIL');
      sim.isDeployed = false;
      await sim.daily();
      expect(sim.stands()).toBe('NOT_AVAILABLE ARCHIVED NEW');
      sim.isDeployed = true;
      await sim.daily();
    },
  ],
  [
    'its pack goes and comes back while it is waived',
    SUPPRESSED,
    async (sim) => {
      await waived(sim);
      sim.isDeployed = false;
      await sim.daily();
      sim.isDeployed = true;
      await sim.daily();
    },
  ],
  [
    'its pack is being deleted while it is waived and not listed',
    SUPPRESSED,
    async (sim) => {
      sim.lists = false;
      await waived(sim);
      sim.ruleState = 'DELETING';
      await sim.daily();
    },
  ],
  // Refusals.
  [
    'Security Hub refuses to suppress, and the message comes back',
    SUPPRESSED,
    async (sim) => {
      sim.waivers = [waiver()];
      await sim.event('FAIL');
      const result = sim.judge('WAIVED');
      await refusing(sim, 'BatchUpdateFindings', async () => {
        expect(await sim.batch([eventOf(result)])).toEqual(['m0']);
      });
      await sim.batch([eventOf(result)]);
    },
  ],
  [
    'Security Hub refuses to open it for a day',
    OPEN,
    async (sim) => {
      await waived(sim);
      sim.waivers = [];
      await refusing(sim, 'BatchUpdateFindings', async () => {
        expect(await sim.daily()).toMatch(/not updated/);
      });
      await sim.daily();
    },
  ],
  [
    'its waiver ends while AWS Config does not tell whether the bucket is there',
    OPEN,
    async (sim) => {
      sim.lists = false;
      await waived(sim);
      sim.waivers = [];
      sim.state.recorder = false;
      expect(await sim.daily()).toMatch(/NoAvailableConfigurationRecorder/);
    },
  ],
  [
    'AWS Config does not tell whether a waived bucket is there',
    SUPPRESSED,
    async (sim) => {
      sim.lists = false;
      await waived(sim);
      sim.state.recorder = false;
      expect(await sim.daily()).toMatch(/NoAvailableConfigurationRecorder/);
    },
  ],
  [
    'Security Hub does not take its neighbour',
    OPEN,
    async (sim) => {
      const results = [sim.judge('FAIL'), sim.judge('FAIL', 'bad')];
      sim.hub.fault = () => ({ fails: (id) => id.endsWith('/bad') });
      expect(await sim.batch(results.map((each) => eventOf(each)))).toEqual(['m1']);
    },
  ],
  [
    'its batch holds what nobody can read',
    OPEN,
    async (sim) => {
      const good = eventOf(sim.judge('FAIL'));
      expect(
        await sim.batch(['no JSON', good, { detail: { configRuleName: 's3-tls-only' } }]),
      ).toEqual(['m0', 'm2']);
    },
  ],
  // Clocks.
  [
    'AWS Config is an hour ahead, and two results follow',
    'PASSED ACTIVE NEW',
    async (sim) => {
      await sim.event('FAIL', 'b', Date.now() + HOUR);
      await sim.event('PASS', 'b', Date.now() + HOUR);
    },
  ],
  [
    'a result of an hour ahead, and the daily comparison finds another',
    'PASSED ACTIVE NEW',
    async (sim) => {
      await sim.event('FAIL', 'b', Date.now() + 40 * HOUR);
      sim.judge('PASS');
      await sim.daily();
    },
  ],
  [
    'a machine whose clock is a year ahead published it',
    'PASSED ACTIVE NEW',
    async (sim) => {
      await sim.event('FAIL');
      sim.found().UpdatedAt = '2027-03-02T00:00:00.000Z';
      await sim.event('PASS');
    },
  ],
  [
    'an earlier release stored it later than a late event',
    OPEN,
    async (sim) => {
      const late = sim.judge('PASS');
      await sim.event('FAIL');
      delete sim.found().ProductFields?.['s3-config-rules/evidenceAt'];
      await sim.tell(late);
    },
  ],
  // Told twice, late, or in another order.
  [
    'the waived result is told again after its waiver ended',
    OPEN,
    async (sim) => {
      sim.waivers = [waiver()];
      await sim.event('FAIL');
      const result = await sim.event('WAIVED');
      sim.waivers = [];
      await sim.daily();
      for (let time = 0; time < 3; time++) await sim.tell(result);
    },
  ],
  [
    'a failure is told again after it passed',
    'PASSED ACTIVE NEW',
    async (sim) => {
      const failure = await sim.event('FAIL');
      await sim.event('PASS');
      await sim.tell(failure);
      await sim.daily();
      await sim.tell(failure);
    },
  ],
  [
    'one batch has its whole life, backwards and twice',
    SUPPRESSED,
    async (sim) => {
      sim.waivers = [waiver()];
      const life = (['FAIL', 'PASS', 'UNKNOWN', 'WAIVED'] as const).map((each) => sim.judge(each));
      await sim.batch([...life, ...life].reverse().map((each) => eventOf(each)));
    },
  ],
  [
    'the waiver is heard of before the failure',
    SUPPRESSED,
    async (sim) => {
      sim.waivers = [waiver()];
      const failure = sim.judge('FAIL');
      await sim.event('WAIVED');
      await sim.tell(failure);
    },
  ],
  [
    'the waiver is heard of after it passed',
    'PASSED ACTIVE NEW',
    async (sim) => {
      sim.waivers = [waiver()];
      await sim.event('FAIL');
      const late = sim.judge('WAIVED');
      await sim.event('PASS');
      await sim.tell(late);
    },
  ],
  [
    'AWS Config has no data after it passed',
    'WARNING ACTIVE NEW',
    async (sim) => {
      await sim.event('PASS');
      sim.analyst('RESOLVED');
      await sim.event(['INSUFFICIENT_DATA' as 'COMPLIANT', undefined]);
    },
  ],
  // Updates that take minutes.
  [
    'its waiver is removed before the suppression is carried out',
    OPEN,
    async (sim) => {
      sim.waivers = [waiver()];
      await sim.event('FAIL');
      sim.hub.updateDelay = HOUR;
      await sim.event('WAIVED');
      sim.waivers = [];
      await sim.daily(0);
      sim.wait(2 * HOUR);
    },
  ],
  [
    'it is waived, fails and is waived while nothing is carried out',
    SUPPRESSED,
    async (sim) => {
      sim.waivers = [waiver()];
      sim.hub.updateDelay = HOUR;
      for (const saying of ['FAIL', 'WAIVED', 'FAIL', 'WAIVED'] as const) await sim.event(saying);
      sim.wait(2 * HOUR);
    },
  ],
  [
    'an analyst suppresses it after its waiver ended, for good',
    SUPPRESSED,
    async (sim) => {
      await waived(sim);
      await sim.event('FAIL');
      sim.analyst('SUPPRESSED');
      for (let day = 0; day < 3; day++) await sim.daily();
      sim.waivers = [];
      await sim.event('OTHER_FAIL');
      await sim.daily(40);
    },
  ],
];

it.each(SEQUENCES)('%s: %s', async (_, expected, happens) => {
  const sim = await simulate();
  await happens(sim);
  sim.hub.fault = () => undefined;
  expect(sim.stands()).toBe(expected);
  // Another run on the same day changes nothing more.
  sim.state.recorder = true;
  await sim.daily(0);
  expect(sim.stands()).toBe(expected);
});
