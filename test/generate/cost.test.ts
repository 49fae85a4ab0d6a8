import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import {
  billedByInvocation,
  costOf,
  type Load,
  loadsOf,
  MEMBER,
  totalOf,
} from '../../src/pages/cost.ts';
import { costPage } from '../../src/pages/cost-page.ts';
import { dollarsOf, type PriceId, prices } from '../../src/pages/cost-prices.ts';
import { FUNCTION, QUEUE } from '../../src/security-hub/subscriptions.ts';
import { ofType, synthesized } from '../infra/world.ts';

const change: Load = { subject: 'bucket', onChange: true, daily: false, homeRegionOnly: false };
const daily: Load = { ...change, onChange: false, daily: true };
const one = { accounts: 1, regions: 1, buckets: 1000 };

const quantities = (loads: readonly Load[], fleet = one) =>
  Object.fromEntries(costOf(loads, fleet).map(({ what, quantity }) => [what, quantity]));

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

  it('begin with what is free', () => {
    expect(dollarsOf(10_000, prices.findingEvent)).toBe(0);
    expect(dollarsOf(20_000, prices.findingEvent)).toBeCloseTo(0.3, 9);
  });

  it('are per so many units', () => {
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
});

describe('the bill', () => {
  it('of one rule on changes is what it is by hand', () => {
    const items = costOf([change], one);
    // 1,000 buckets × 0.1 changes × 30 days, and six rules run by AWS × 10 resources × 30 days.
    expect(items[0]).toMatchObject({ quantity: 4800, price: 'evaluation' });
    expect(items[0]?.dollars).toBeCloseTo(4.8, 9);
    // A tenth of the 3,000 turns: each is one record for $0.003, three requests, one event.
    expect(items[1]).toMatchObject({ quantity: 300 });
    expect(items[1]?.dollars).toBeCloseTo(0.9, 9);
    expect(quantities([change])).toMatchObject({
      // 3,000 for the rule, 300 to publish, 30 to compare.
      'Lambda: requests': 3330,
      // Half a GB for 3,000 × 0.1 s, 300 × 2 s and 30 × 1,000 × 0.01 s.
      'Lambda: compute': 600,
      Alarms: 10,
      'Queue: Lambda asking while it is empty': 648_000,
      'Queue: messages': 900,
      'Security Hub findings': 1300,
      'Events to the central account': 300,
      'History: PUT': 300,
    });
    expect(quantities([change])['History: Firehose']).toBeCloseTo(0.0015, 9);
  });

  it('pays a daily rule for each bucket and day, by one invocation a day', () => {
    const { Evaluations, 'Lambda: requests': requests } = quantities([daily]);
    expect(Evaluations).toBe(30_000 + 1800);
    // 30 for the rule, 30 that turn, 30 to compare.
    expect(requests).toBe(90);
  });

  it('counts a rule of the home Region once for each account', () => {
    const fleet = { accounts: 2, regions: 3, buckets: 0 };
    const account: Load = { ...daily, subject: 'account' };
    const evaluations = (loads: readonly Load[]) => costOf(loads, fleet)[0]?.quantity ?? 0;
    const more = (load: Load) => evaluations([load]) - evaluations([]);
    expect(more({ ...account, homeRegionOnly: true })).toBe(60);
    expect(more(account)).toBe(180);
  });

  it('counts the central account once, and the others each', () => {
    const many = quantities([change], { accounts: 5, regions: 2, buckets: 10 });
    expect(many).toMatchObject({ Keys: 2, Alarms: 100 });
  });

  it('of daily rules by invocation does not know how many buckets there are', () => {
    // 30 a month besides the 1,800 evaluations of the rules that AWS runs.
    expect(billedByInvocation([daily], one)).toBeCloseTo(1.83, 9);
    expect(billedByInvocation([daily], { ...one, buckets: 5 })).toBeCloseTo(1.83, 9);
  });

  it('grows with every trigger of the rules', () => {
    const loads = loadsOf(rules);
    const cost = (each: readonly Load[]) => totalOf(costOf(each, one));
    expect(cost([...loads, change])).toBeGreaterThan(cost(loads));
    expect(cost([...loads, daily])).toBeGreaterThan(cost([...loads, change]));
    const all = loads.map((load) => ({ ...load, onChange: true, daily: true }));
    expect(cost(all)).toBeGreaterThan(cost(loads) * 1.2);
  });
});

describe('what the bill takes for granted', () => {
  it('is what the template has', () => {
    const { member } = synthesized();
    expect(ofType(member, 'AWS::CloudWatch::Alarm')).toHaveLength(MEMBER.alarms);
    for (const [, { Properties }] of ofType(member, 'AWS::Lambda::Function')) {
      expect(Properties.MemorySize).toBe(512);
    }
    expect(FUNCTION.memoryMegabytes).toBe(512);
    expect(QUEUE.batchSize).toBe(MEMBER.batchSize);
  });
});

describe('the page', () => {
  const page = costPage(rules);

  it('marks each price that AWS itself does not give', () => {
    const section = page.slice(page.indexOf('## Prices'));
    const unverified = Object.values(prices).filter(({ verified }) => !verified).length;
    expect(section.match(/\| unverified \|/g)?.length).toBe(unverified);
  });

  it('shows the same total as the bill', () => {
    const total = totalOf(costOf(loadsOf(rules), one)).toFixed(2);
    expect(page).toContain(`| **total** |  | **$${total}** |`);
  });

  it('changes with the rules', () => {
    expect(costPage(rules.slice(1))).not.toBe(page);
  });
});
