import type { Rule } from '../engine/rule.ts';
import {
  billedByInvocation,
  costOf,
  type Fleet,
  type Item,
  type Load,
  loadsOf,
  totalOf,
} from './cost.ts';
import { assumptions, NOT_COUNTED, REDUCTIONS } from './cost-assumptions.ts';
import { type Price, prices, REGION, SEEN } from './cost-prices.ts';
import { table } from './table.ts';

const ONE: Fleet = { accounts: 1, regions: 1, buckets: 1000 };
const MANY: Fleet = { accounts: 100, regions: 3, buckets: 10 };
const CHANGE: Load = { subject: 'bucket', onChange: true, daily: false, homeRegionOnly: false };
const DAILY: Load = { ...CHANGE, onChange: false, daily: true };
const ACCOUNT: Load = { ...DAILY, subject: 'account' };

/** What the rules cost in a month, and what makes it so: every number is reckoned from the rules and the prices. */
export function costPage(rules: readonly Rule[]): string {
  const loads = loadsOf(rules);
  return [
    '# What it costs',
    '<!-- Generated from rules/, src/pages/cost.ts and src/pages/cost-prices.ts by "npm run generate". -->',
    `US dollars a month, ${REGION}, without free tiers, discounts and taxes. It is a model, not a measured bill: the ` +
      '[assumptions](#assumptions) and [prices](#prices) are below, and most prices are unverified.',
    '## The bill',
    `*One*: ${count(ONE.buckets)} buckets in one account and Region. *Many*: ${MANY.accounts} accounts with ` +
      `${MANY.regions} Regions and ${MANY.buckets} buckets in each, ${count(MANY.accounts * MANY.regions * MANY.buckets)} ` +
      'buckets in all.',
    bill(costOf(loads, ONE), costOf(loads, MANY)),
    largest(costOf(loads, ONE), costOf(loads, MANY)),
    "AWS does not say how it counts a daily rule of one's own. The bill takes each resource judged as one evaluation. If " +
      `an invocation is one instead, evaluations cost ${money(billedByInvocation(loads, ONE))} and ` +
      `${money(billedByInvocation(loads, MANY))}.`,
    '## How triggers keep it low',
    triggersOf(loads),
    variants(loads),
    '## What reduces it',
    REDUCTIONS.map((sentence) => `- ${sentence}`).join('\n'),
    '## Not counted',
    NOT_COUNTED.map((sentence) => `- ${sentence}`).join('\n'),
    '## Assumptions',
    table(['assumption', 'value'], assumptions()),
    '## Prices',
    `Pages were read on ${SEEN} in stored copies. *Verified* means that AWS says so itself, on the page named.`,
    table(['meter', 'price', 'source', ''], Object.values(prices).map(priceRow)),
  ]
    .join('\n\n')
    .concat('\n');
}

const count = (value: number) => Math.round(value).toLocaleString('en-US');
const money = (dollars: number) =>
  `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

function bill(one: readonly Item[], many: readonly Item[]): string {
  const rows = one.map(({ what, quantity, dollars }, index) => [
    what,
    amount(quantity),
    money(dollars),
    amount(many[index]?.quantity ?? 0),
    money(many[index]?.dollars ?? 0),
  ]);
  const total = ['**total**', '', `**${money(totalOf(one))}**`, '', `**${money(totalOf(many))}**`];
  return table(['', 'one: units', 'one', 'many: units', 'many'], [...rows, total]);
}

const amount = (quantity: number) =>
  quantity > 0 && quantity < 10 ? quantity.toPrecision(2) : count(quantity);

function largest(...bills: readonly (readonly Item[])[]): string {
  const [one = '', many = ''] = bills.map((items) =>
    [...items]
      .sort((a, b) => b.dollars - a.dollars)
      .filter(({ dollars }) => dollars >= totalOf(items) / 100)
      .map(({ what, dollars }) => `${what} ${share(dollars, totalOf(items))}`)
      .join(', '),
  );
  return `What makes up at least one percent: of one ${one}; of many ${many}.`;
}

const share = (part: number, whole: number) => `${Math.round((100 * part) / whole)} %`;

function triggersOf(loads: readonly Load[]): string {
  const number = (of: (load: Load) => boolean) => loads.filter(of).length;
  return [
    `Of ${loads.length} rules ${number(({ onChange, daily }) => onChange && !daily)} run only on a change, ` +
      `${number(({ onChange, daily }) => onChange && daily)} on a change and once a day, and ` +
      `${number(({ onChange }) => !onChange)} only once a day.`,
    `${number(({ homeRegionOnly }) => homeRegionOnly)} run only in the home Region.`,
    'A rule runs daily only where something other than the record of its subject decides, or time does; that is ' +
      'derived from what it reads and cannot be chosen.',
    'A daily rule is paid for each subject and day, whether anything changed or not.',
  ].join(' ');
}

function variants(loads: readonly Load[]): string {
  const ofBuckets = (triggers: Pick<Load, 'onChange' | 'daily'>) =>
    loads.map((load) => (load.subject === 'bucket' ? { ...load, ...triggers } : load));
  const everywhere = loads.map((load) => ({ ...load, homeRegionOnly: false }));
  const rows = [
    ['as it is', loads],
    ['one more rule on buckets, only on a change', [...loads, CHANGE]],
    ['one more rule on buckets, only once a day', [...loads, DAILY]],
    ['one more rule on the account, once a day in each Region', [...loads, ACCOUNT]],
    ['all rules on buckets on a change and once a day', ofBuckets({ onChange: true, daily: true })],
    ['rules of the home Region in every Region', everywhere],
  ] as const;
  return table(
    ['', 'one', 'more', 'many', 'more'],
    rows.map(([what, changed]) => [
      what,
      ...[ONE, MANY].flatMap((fleet) => {
        const now = totalOf(costOf(changed, fleet));
        return [money(now), money(now - totalOf(costOf(loads, fleet)))];
      }),
    ]),
  );
}

function priceRow({ meter, tiers, per, source, verified }: Price): string[] {
  const unit = per === 1 ? '' : ` per ${count(per)}`;
  const price = tiers
    .map(([from, dollars]) => `${from === 0 ? '' : `from ${count(from)}: `}$${dollars}${unit}`)
    .join('; ');
  return [meter, price, source, verified ? 'verified' : 'unverified'];
}
