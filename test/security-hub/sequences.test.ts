import { expect, it } from 'vitest';
import { ARCHIVE_ALL } from '../../src/security-hub/subscriptions.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { type Simulation, simulate } from './simulation.ts';
import { ACCOUNT, eventOf, waiver } from './world.ts';

const OPEN = 'FAILED ACTIVE NEW';
const SUPPRESSED = 'FAILED ACTIVE SUPPRESSED';
const ARCHIVED = 'NOT_AVAILABLE ARCHIVED NEW';
const UNIT = 'ou-ab12-11111111';
const BELOW = 'ou-ab12-22222222';
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

/** The calls of this operation with these numbers, counted from now, are answered in another way. */
function faults(
  sim: Simulation,
  operation: string,
  plan: readonly ('throttle' | 'lostAnswer' | 'half' | 'none')[],
) {
  const rest = [...plan];
  sim.hub.fault = (name) => {
    if (name !== operation) return undefined;
    const next = rest.shift();
    if (next === 'half') return { fails: (_, index) => index % 2 === 0 };
    if (next === 'none') return { fails: () => true };
    return next;
  };
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
  // What came to an outsider's mind.
  [
    'expires while archived by an event, then fails',
    OPEN,
    async (sim) => {
      await waived(sim, { expires: '2026-03-04' });
      await sim.event('GONE');
      await sim.daily(5);
      expect(sim.stands()).toBe(ARCHIVED);
      await sim.event('FAIL');
    },
  ],
  [
    'expires while archived because it vanished, then fails',
    OPEN,
    async (sim) => {
      sim.lists = false;
      await waived(sim, { expires: '2026-03-04' });
      sim.judge('GONE');
      await sim.daily();
      expect(sim.stands()).toBe('NOT_AVAILABLE ARCHIVED SUPPRESSED');
      await sim.daily(5);
      await sim.event('WAIVED');
    },
  ],
  [
    'its rule is off while its waiver expires, and comes back with old results',
    OPEN,
    async (sim) => {
      await waived(sim, { expires: '2026-03-04' });
      sim.isDeployed = false;
      await sim.daily();
      await sim.daily(4);
      sim.isDeployed = true;
      await sim.daily();
    },
  ],
  [
    'its pack is renamed: the old one is deleted, the new one has no results',
    OPEN,
    async (sim) => {
      await sim.event('FAIL');
      const answer = sim.state.answers['DescribeConfigRules'] as () => { ConfigRules: object[] };
      sim.state.answers = {
        ...sim.state.answers,
        DescribeConfigRules: (() => {
          const {
            ConfigRules: [ours, ...others],
          } = answer();
          return {
            ConfigRules: [
              { ...ours, ConfigRuleState: 'DELETING' },
              { ...ours, ConfigRuleName: 's3-tls-only-conformance-pack-new' },
              ...others,
            ],
          };
        }) as never,
      };
      sim.results.clear();
      await sim.daily();
      expect(sim.logs.at(-1)).toMatchObject({ level: 'error' });
    },
  ],
  [
    'poison in the middle of a batch that has it twice',
    OPEN,
    async (sim) => {
      const failed = eventOf(sim.judge('FAIL'));
      const bodies = [
        failed,
        '{"detail":',
        failed,
        'null',
        '[]',
        '7',
        eventOf(sim.judge('FAIL', 'c')),
      ];
      expect(await sim.batch(bodies)).toEqual(['m1', 'm3', 'm4', 'm5']);
      expect(sim.stands('c')).toBe(OPEN);
    },
  ],
  [
    'imports are throttled, half fail, an answer is lost',
    OPEN,
    async (sim) => {
      const results = ['b', ...Array.from({ length: 30 }, (_, n) => `n${n}`)].map((id) =>
        sim.judge('FAIL', id),
      );
      faults(sim, 'BatchImportFindings', ['throttle', 'half', 'lostAnswer', 'half', 'throttle']);
      expect(await sim.batch(results.map((each) => eventOf(each)))).toEqual([]);
      expect(sim.hub.findings.size).toBe(31);
    },
  ],
  [
    'all attempts fail on one day, none on the next',
    OPEN,
    async (sim) => {
      await sim.event('PASS');
      sim.judge('FAIL');
      faults(
        sim,
        'BatchImportFindings',
        Array.from({ length: 6 }, () => 'none' as const),
      );
      expect(await sim.daily()).toMatch(/not updated/);
      expect(sim.stands()).toBe('PASSED ACTIVE NEW');
      await sim.daily();
    },
  ],
  [
    'deleted and made anew in one batch, backwards',
    'PASSED ACTIVE NEW',
    async (sim) => {
      const life = (['FAIL', 'GONE', 'PASS'] as const).map((each) => eventOf(sim.judge(each)));
      await sim.batch(life.reverse());
    },
  ],
  [
    'suppressed by an analyst with a note, deleted, made anew, failing',
    SUPPRESSED,
    async (sim) => {
      await sim.event('FAIL');
      sim.analyst('SUPPRESSED', 'Accepted.');
      await sim.event('GONE');
      await sim.event('FAIL');
      await sim.daily();
    },
  ],
  [
    'account-wide becomes that of a unit above the account',
    SUPPRESSED,
    async (sim) => {
      sim.accounts = { [ACCOUNT]: `o-a1b2c3d4e5/r-ab12/${UNIT}/${BELOW}/` };
      await waived(sim);
      sim.waivers = [waiver({ id: 'unit', subject: { ou: UNIT } })];
      await sim.daily();
      expect(sim.note).toMatch(/^Waiver unit until/);
    },
  ],
  [
    'the wide waiver expires under a narrow one in force',
    SUPPRESSED,
    async (sim) => {
      await waived(sim, { expires: '2026-03-03' });
      sim.waivers = [...sim.waivers, waiver({ id: 'narrow', subject: { arn: 'arn:aws:s3:::b' } })];
      await sim.daily(3);
      expect(sim.note).toMatch(/^Waiver narrow until/);
    },
  ],
  [
    'the renewal begins a day after the end',
    OPEN,
    async (sim) => {
      await waived(sim, { expires: '2026-03-03' });
      sim.waivers = [...sim.waivers, waiver({ id: 'next', created: '2026-03-06' })];
      await sim.daily(3);
    },
  ],
  [
    'the renewal begins a day after the end, and that day has come',
    SUPPRESSED,
    async (sim) => {
      await waived(sim, { expires: '2026-03-03' });
      sim.waivers = [...sim.waivers, waiver({ id: 'next', created: '2026-03-06' })];
      await sim.daily(3);
      await sim.daily(2);
    },
  ],
  [
    'archived by hand, and the publisher stays',
    OPEN,
    async (sim) => {
      await sim.event('FAIL');
      await sim.daily(0, ARCHIVE_ALL);
      expect(sim.stands()).toBe(ARCHIVED);
      await sim.daily();
    },
  ],
  [
    'archived by hand while waived, and the publisher stays',
    SUPPRESSED,
    async (sim) => {
      await waived(sim);
      await sim.daily(0, ARCHIVE_ALL);
      await sim.daily();
    },
  ],
  [
    'archived by hand while waived; the waiver ends; the publisher stays',
    OPEN,
    async (sim) => {
      await waived(sim);
      await sim.daily(0, ARCHIVE_ALL);
      sim.waivers = [];
      await sim.daily();
    },
  ],
  [
    'fails and passes in the same millisecond, in one batch',
    OPEN,
    async (sim) => {
      const at = Date.now();
      const both = [sim.judge('FAIL', 'b', at), sim.judge('PASS', 'b', at)];
      await sim.batch(both.map((each) => eventOf(each)));
      sim.judge('FAIL', 'b', at);
    },
  ],
  [
    'is waived and fails in the same millisecond',
    OPEN,
    async (sim) => {
      sim.waivers = [waiver()];
      const at = Date.now();
      await sim.event('WAIVED', 'b', at);
      await sim.event('FAIL', 'b', at);
    },
  ],
  [
    'a late suppression lands after the waiver was narrowed',
    OPEN,
    async (sim) => {
      sim.waivers = [waiver()];
      await sim.event('FAIL');
      sim.hub.updateDelay = HOUR;
      await sim.event('WAIVED');
      sim.waivers = [waiver({ subject: { arn: 'arn:aws:s3:::c' } })];
      await sim.daily(0);
      sim.wait(2 * HOUR);
      await sim.daily(0);
      sim.wait(2 * HOUR);
    },
  ],
  [
    'waived without a reason, expires',
    OPEN,
    async (sim) => {
      sim.waivers = [waiver({ expires: '2026-03-03' })];
      await sim.event('FAIL');
      await sim.event(['NOT_APPLICABLE', undefined]);
      expect(sim.stands()).toBe(SUPPRESSED);
      await sim.daily(3);
    },
  ],
  [
    'Security Hub is off for a day',
    OPEN,
    async (sim) => {
      await sim.event('PASS');
      const was = sim.state.answers;
      const off = () => {
        throw new ServiceError('InvalidAccessException', 'not subscribed', 401);
      };
      sim.state.answers = {
        ...was,
        GetFindings: off,
        BatchImportFindings: off,
        BatchUpdateFindings: off,
      };
      const failed = sim.judge('FAIL');
      expect(await sim.batch([eventOf(failed)])).toEqual(['m0']);
      expect(await sim.daily()).toMatch(/not subscribed/);
      sim.state.answers = was;
      await sim.daily();
    },
  ],
  [
    'the list of findings is throttled in the middle',
    OPEN,
    async (sim) => {
      for (let n = 0; n < 250; n++) sim.judge('PASS', `n${n}`);
      await sim.daily();
      sim.judge('FAIL');
      faults(sim, 'GetFindings', ['throttle', 'throttle', 'lostAnswer', 'throttle']);
      expect(await sim.daily()).toBeUndefined();
      expect(sim.hub.findings.size).toBe(251);
    },
  ],
  [
    'a waiver with a hostile owner, extended',
    SUPPRESSED,
    async (sim) => {
      const owner = 'Team\u001b[2J until 2020-01-01 (owner x\n\u202e';
      await waived(sim, { owner, reason: '𝔘'.repeat(600) });
      sim.waivers = [waiver({ owner, expires: '2026-11-30', reason: '𝔘'.repeat(600) })];
      await sim.daily();
      expect(sim.note).toMatch(/^Waiver legacy until 2026-11-30/);
      expect(sim.note).not.toMatch(/[\p{Cc}\u202e]/u);
      expect(sim.note.length).toBeLessThanOrEqual(512);
    },
  ],
  // Security Hub that takes no import of what is suppressed: the pages of AWS disagree.
  [
    'no import reaches what is suppressed, and its waiver ends',
    OPEN,
    async (sim) => {
      sim.hub.ignoresSuppressed = true;
      await waived(sim);
      sim.waivers = [];
      expect(await sim.daily()).toMatch(/does not show/);
      expect(sim.found().Workflow?.Status).toBe('NEW');
      await sim.daily();
      expect(sim.said).toBe('noPolicy: There is no bucket policy.');
    },
  ],
  [
    'no import reaches what is suppressed, and it passes',
    'PASSED ACTIVE NEW',
    async (sim) => {
      sim.hub.ignoresSuppressed = true;
      await waived(sim);
      const passed = eventOf(sim.judge('PASS'));
      expect(await sim.batch([passed])).toEqual(['m0']);
      expect(await sim.batch([passed])).toEqual([]);
    },
  ],
  [
    'no import reaches what an analyst suppressed',
    SUPPRESSED,
    async (sim) => {
      sim.hub.ignoresSuppressed = true;
      await sim.event('FAIL');
      sim.analyst('SUPPRESSED');
      await sim.event('OTHER_FAIL');
      expect(await sim.daily()).toBeUndefined();
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
