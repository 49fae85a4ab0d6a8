import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { primary } from '../../src/engine/requirement.ts';
import {
  billedByInvocation,
  type Choices,
  type Costly,
  costOf,
  DEFAULT,
  totalOf,
} from '../../src/pages/cost.ts';
import { MEMBER } from '../../src/pages/cost-assumed.ts';
import { costPage, GOALS, LEAN } from '../../src/pages/cost-page.ts';
import { dollarsOf, type PriceId, prices } from '../../src/pages/cost-prices.ts';
import { FUNCTION, QUEUE } from '../../src/security-hub/subscriptions.ts';
import { example, ofType, synthesized } from '../infra/world.ts';

const requirements = { 'gdpr 5(2)': primary('It is shown.') };
const change: Costly = { subject: 'bucket', reads: ['policy'], severity: 'low', requirements };
/** Shared answers of a service: no change of a bucket starts it. */
const daily: Costly = { ...change, reads: ['trails'] };
const account: Costly = { ...change, subject: 'account', reads: ['recorder'] };
const one = { accounts: 1, regions: 1, buckets: 1000 };
const many = { accounts: 1000, regions: 5, buckets: 20 };
const empty = { ...many, buckets: 0 };
const OWN: Choices = { ...DEFAULT, awsManagedRules: false, onChange: 'low' };

const quantities = (loads: readonly Costly[], fleet = one, choices = OWN) =>
  Object.fromEntries(costOf(loads, fleet, choices).map(({ what, quantity }) => [what, quantity]));

describe('tiers', () => {
  it.each([
    [0, 0],
    [100_000, 100],
    [100_001, 100.0008],
    [500_000, 420],
    [600_000, 470],
  ])('%d evaluations cost $%d', (quantity, dollars) => {
    expect(dollarsOf(quantity, prices.evaluation)).toBeCloseTo(dollars, 6);
  });

  it('begin with what is free, and are per so many units', () => {
    expect(dollarsOf(10_000, prices.findingEvent)).toBe(0);
    expect(dollarsOf(20_000, prices.findingEvent)).toBeCloseTo(0.3, 9);
    expect(dollarsOf(2_500_000, prices.queueRequest)).toBeCloseTo(1, 9);
  });

  it.each(Object.keys(prices) as PriceId[])('of %s rise from 0 and name their source', (id) => {
    const { tiers, per, source } = prices[id];
    const from = tiers.map(([start]) => start as number);
    expect(from[0]).toBe(0);
    expect(from).toEqual([...from].sort((a, b) => a - b));
    expect(per).toBeGreaterThan(0);
    expect(source.length).toBeGreaterThan(5);
  });

  it('of evaluations count the accounts of a Region together, and each Region by itself', () => {
    const dollars = (accounts: number, regions: number) =>
      costOf([change], { accounts, regions, buckets: 100_000 }, OWN)[0]?.dollars;
    // 100,000 buckets × 0.1 × 30, and 3,000 that turn in daily runs.
    expect(dollars(1, 1)).toBeCloseTo(100 + 0.0008 * 203_000, 6);
    expect(dollars(2, 1)).toBeCloseTo(420 + 0.0005 * 106_000, 6);
    expect(dollars(1, 2)).toBeCloseTo(2 * (100 + 0.0008 * 203_000), 6);
  });
});

describe('the bill', () => {
  it('of one rule on changes is what it is by hand', () => {
    const items = costOf([change], one, OWN);
    // 1,000 buckets × 0.1 changes × 30 days, and 1,000 × 30 × 0.001 that turned in a daily run.
    expect(items[0]).toMatchObject({ quantity: 3030, price: 'evaluation' });
    expect(items[0]?.dollars).toBeCloseTo(3.03, 9);
    // A tenth of the 3,000 turns, and the 30: each is one record for $0.003, three requests, one event.
    expect(items[1]).toMatchObject({ quantity: 330 });
    expect(items[1]?.dollars).toBeCloseTo(0.99, 9);
    expect(quantities([change])).toMatchObject({
      // 3,000 for the rule, 30 days, 72 times a day to publish, 30 to compare.
      'Lambda: requests': 3000 + 30 + 2160 + 30,
      // Half a GB for 3,000 × 0.1 s, 30 × 22 s, 2,190 × 0.2 s, 330 × 2 s and 30 × 1,000 × 0.01 s.
      'Lambda: compute': 1179,
      Alarms: 0,
      'Queue: asked by the schedule': 2160,
      'Queue: messages': 990,
      'Security Hub findings': 1330,
      'Events to the central account': 360,
    });
  });

  it('pays for a daily rule what turns, whatever the number of buckets', () => {
    expect(quantities([daily])).toMatchObject({ Evaluations: 30 });
    const rarely = { ...OWN, onChange: 'never' } as const;
    expect(quantities([change], one, rarely)).toMatchObject({ Evaluations: 330 });
  });

  it('counts what a rule of AWS judges each day', () => {
    const managed = quantities([], one, { ...DEFAULT, awsManagedRules: true })['Evaluations'] ?? 0;
    // GuardDuty and the root user; ten users twice; two keys; each bucket.
    expect(managed).toBe(30 * (2 + 20 + 2 + 1000));
    const recommended = { ...DEFAULT, awsManagedRules: true, tier: 'recommended' } as const;
    expect(quantities([], one, recommended)['Evaluations']).toBe(60);
  });

  it('counts of judging in the central account nothing in the members, and the other way round', () => {
    const fleet = { accounts: 1000, regions: 5, buckets: 20 };
    const of = (where: Choices['rules']) => {
      const items = costOf(rules, fleet, { ...DEFAULT, rules: where });
      const [judging, others] = [true, false].map((is) =>
        totalOf(items.filter(({ what }) => what.startsWith('Judging: ') === is)),
      );
      return { judging: judging ?? 0, others: others ?? 0 };
    };
    const [central, members, both] = [of('central'), of('members'), of('both')];
    expect([central.others, members.judging]).toEqual([0, 0]);
    expect(both).toEqual({ judging: central.judging, others: members.others });
    // The goal at 1,000 accounts × 5 Regions × 100,000 buckets.
    expect(central.judging).toBeLessThan(300);
    const files = quantities(
      [change],
      { accounts: 2, regions: 3, buckets: 0 },
      { ...DEFAULT, rules: 'central' },
    );
    expect(files).toMatchObject({
      'Judging: lists': (2 + 6 * 3) * 30,
      'Judging: files read': 6 * 11 * 30,
      'Judging: snapshots put': 6 * 30,
    });
  });

  it('counts the dashboard in CloudFront once, and only where the central account makes one', () => {
    const fleet = { accounts: 1000, regions: 5, buckets: 20 };
    const of = (where: Choices['rules'], site: boolean) =>
      totalOf(costOf(rules, fleet, { ...DEFAULT, rules: where, site }));
    const more = of('central', true) - of('central', false);
    // 20,000 requests, 2 GB, a key and a secret.
    expect(more).toBeCloseTo(0.02 + 0.17 + 1 + 0.4);
    expect(of('both', true) - of('both', false)).toBeCloseTo(more);
    expect(of('members', true)).toBe(of('members', false));
  });

  it('counts a rule of the home Region once for each account, and the central account once', () => {
    const fleet = { accounts: 2, regions: 3, buckets: 0 };
    const runs = (load: Costly) =>
      (quantities([load], fleet)['Lambda: requests'] ?? 0) -
      (quantities([], fleet)['Lambda: requests'] ?? 0);
    expect(runs(account)).toBe(60);
    expect(runs({ ...account, everyRegion: true })).toBe(180);
    expect(quantities([change], { accounts: 5, regions: 2, buckets: 10 })).toMatchObject({
      Keys: 2,
    });
  });

  it('of daily runs by invocation does not know how many buckets there are', () => {
    expect(billedByInvocation([daily], one)).toBeCloseTo(0.03, 9);
    expect(billedByInvocation([daily], { ...one, buckets: 5 })).toBeCloseTo(0.03, 9);
    expect(billedByInvocation([daily], one, { ...OWN, tier: 'essential' })).toBe(0);
  });

  it('keeps to its goals at the size of a large organization', () => {
    // With every rule and every choice as it is by default, before a recorder of all types.
    expect(totalOf(costOf(rules, many))).toBeLessThan(GOALS.many);
    expect(totalOf(costOf(rules, empty))).toBeLessThan(GOALS.empty);
    expect(totalOf(costOf(rules, empty, LEAN))).toBeLessThan(GOALS.empty);
    expect(totalOf(costOf(rules, many, { ...DEFAULT, rules: 'central' }))).toBeLessThan(
      GOALS.central,
    );
    expect(GOALS).toEqual({ many: 6000, empty: 500, central: 300 });
  });

  it.each([
    ['a lower tier', { tier: 'recommended' }],
    ['no rules on changes', { onChange: 'never' }],
    ['no Security Hub', { securityHub: false }],
    ['no history', { history: false }],
    ['no records of compliance', { complianceHistory: false }],
  ] as const)('is smaller with %s', (_, less) => {
    const all = totalOf(costOf(rules, many));
    expect(totalOf(costOf(rules, many, { ...DEFAULT, ...less }))).toBeLessThan(all);
  });

  it.each([
    ['more rules on changes', { onChange: 'low' }],
    ['the rules of AWS besides', { awsManagedRules: true }],
  ] as const)('is larger with %s', (_, more) => {
    const all = totalOf(costOf(rules, many));
    expect(totalOf(costOf(rules, many, { ...DEFAULT, ...more }))).toBeGreaterThan(all);
  });

  it('counts what KMS is asked', () => {
    const asked = (load: Costly) => quantities([load])['Questions to KMS'];
    expect(asked(change)).toBe(0);
    // Two operations for each of two keys a day; three for each of 1,000 buckets, and at each change.
    const keys: Costly = { ...account, reads: ['keysInDeletion'] };
    expect(asked(keys)).toBe(2 * 2 * 30);
    expect(asked({ ...change, reads: ['encryptionKey'] })).toBe(3 * (30_000 + 3000));
  });
});

describe('what the bill takes for granted', () => {
  it('is what the template has', () => {
    const { member } = synthesized({ functions: { ...example.functions, alarms: true } });
    expect(ofType(member, 'AWS::CloudWatch::Alarm')).toHaveLength(MEMBER.alarms);
    for (const [, { Properties }] of ofType(member, 'AWS::Lambda::Function')) {
      expect(Properties.MemorySize).toBe(512);
    }
    expect(FUNCTION.memoryMegabytes).toBe(512);
    expect(QUEUE.rate).toBe(`rate(${(24 * 60) / MEMBER.drainsPerDay} minutes)`);
  });

  it('is what a deployment has by default', () => {
    const { tier, onChange, awsManagedRules, functions, consumers } = example;
    expect({ tier, onChange, awsManagedRules }).toEqual({
      ...{ tier: DEFAULT.tier, onChange: DEFAULT.onChange },
      awsManagedRules: DEFAULT.awsManagedRules,
    });
    expect([functions.alarms, consumers.securityHub]).toEqual([
      DEFAULT.alarms,
      DEFAULT.securityHub,
    ]);
  });
});

describe('the page', () => {
  const page = costPage(rules);

  it('marks each price that AWS itself does not give', () => {
    const section = page.slice(page.indexOf('## Prices'));
    const unverified = Object.values(prices).filter(({ verified }) => !verified).length;
    expect(section.match(/\| unverified \|/g)?.length).toBe(unverified);
  });

  it('shows the total of the bill, and changes with the rules', () => {
    const total = Math.round(totalOf(costOf(rules, many))).toLocaleString('en-US');
    expect(page).toContain(`**$${total}**`);
    expect(costPage(rules.slice(1))).not.toBe(page);
  });
});
