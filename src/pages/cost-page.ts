import type { Rule } from '../engine/rule.ts';
import { isOnChange, needsOf } from '../facets/needs.ts';
import {
  billedByInvocation,
  type Choices,
  costOf,
  DEFAULT,
  type Fleet,
  type Item,
  totalOf,
} from './cost.ts';
import { assumptions, NOT_COUNTED, REDUCTIONS } from './cost-assumptions.ts';
import { type Price, prices, REGION, SEEN } from './cost-prices.ts';
import { table } from './table.ts';

/** Where the bill is shown for, under the name of its column. */
const FLEETS: Readonly<Record<string, Fleet>> = {
  one: { accounts: 1, regions: 1, buckets: 10_000 },
  some: { accounts: 100, regions: 3, buckets: 10 },
  many: { accounts: 1000, regions: 5, buckets: 20 },
  empty: { accounts: 1000, regions: 5, buckets: 0 },
};

/** What an organization of this size would choose to stay near real time where it matters most. */
export const LARGE: Choices = { ...DEFAULT, awsManagedRules: false, onChange: 'high' };

/** Without rules, functions and results of AWS Config in any account. */
export const CENTRALLY: Choices = { ...DEFAULT, rules: 'central' };

const CHOICES: readonly (readonly [what: string, choices: Choices])[] = [
  ['as deployment.yaml is by default, with a history', DEFAULT],
  [
    '`awsManagedRules: false`: without the rules that AWS runs',
    { ...DEFAULT, awsManagedRules: false },
  ],
  ['and `onChange: high`: rules of medium and low severity once a day', LARGE],
  ['and `onChange: never`: every rule once a day', { ...LARGE, onChange: 'never' }],
  ['`tier: recommended`', { ...DEFAULT, tier: 'recommended' }],
  ['`tier: essential`', { ...DEFAULT, tier: 'essential' }],
  ['`consumers.securityHub: false`', { ...DEFAULT, securityHub: false }],
  ['`consumers.history: null`', { ...DEFAULT, history: false }],
  ['`functions.alarms: true`: alarms in each account and Region', { ...DEFAULT, alarms: true }],
  ['`rules: central`: judged in the central account, no rule in any other', CENTRALLY],
  [
    '`dashboard.site`, with `rules: central`: the dashboard in CloudFront, with sign-in',
    { ...CENTRALLY, site: true },
  ],
  ['`rules: both`, with the choices of the third line', { ...LARGE, rules: 'both' }],
];

/** What the rules cost in a month, and what makes it so: every number is reckoned from the rules and the prices. */
export function costPage(rules: readonly Rule[]): string {
  const names = Object.keys(FLEETS);
  return [
    '# What it costs',
    '<!-- Generated from rules/, src/pages/cost.ts and src/pages/cost-prices.ts by "npm run generate". -->',
    `US dollars a month, ${REGION}, without free tiers, discounts and taxes. It is a model, not a measured bill: the ` +
      '[assumptions](#assumptions) and [prices](#prices) are below, and most prices are unverified.',
    `Columns: ${names.map((name) => `*${name}* is ${described(FLEETS[name])}`).join('; ')}.`,
    '## The price of each choice',
    table(
      ['a month', ...names],
      CHOICES.map(([what, choices]) => [what, ...names.map((name) => total(rules, name, choices))]),
    ),
    'The goal for *many* is $6,000, and for *empty* $500: `awsManagedRules: false` and `onChange: high` together keep to both, ' +
      'and so does `tier: recommended` for *many*. With `rules: central` the goal for *many* is $300. By default nothing is left ' +
      'out, so that no upgrade takes a rule or a trigger away.',
    '## The bill',
    'By default, and for *many* also with `awsManagedRules: false` and `onChange: high` (*chosen*), and with `rules: central` (*central*).',
    bill([
      ...names.map((name) => [name, costOf(rules, fleet(name))] as const),
      ['many, chosen', costOf(rules, fleet('many'), LARGE)],
      ['empty, chosen', costOf(rules, fleet('empty'), LARGE)],
      ['many, central', costOf(rules, fleet('many'), CENTRALLY)],
    ]),
    "AWS does not say how it counts a daily run of one's own rule that reports nothing. If it bills each run as one " +
      'evaluation, whatever it reports, evaluations of our rules cost ' +
      `${names.map((name) => `${money(billedByInvocation(rules, fleet(name)))} (${name})`).join(', ')}; and ` +
      `${['many', 'empty'].map((name) => `${money(billedByInvocation(rules, fleet(name), LARGE))} (${name}, chosen)`).join(', ')}, ` +
      'and the goals are missed. A bill of one account tells after some days: compare its evaluations with those that the functions log.',
    '## How it stays low',
    triggersOf(rules),
    '## What else reduces it',
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

const fleet = (name: string): Fleet => FLEETS[name] ?? { accounts: 0, regions: 0, buckets: 0 };
const total = (rules: readonly Rule[], name: string, choices: Choices) =>
  money(totalOf(costOf(rules, fleet(name), choices)));

const count = (value: number) => Math.round(value).toLocaleString('en-US');
const money = (dollars: number) =>
  `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: dollars < 100 ? 2 : 0 })}`;

function described({ accounts, regions, buckets }: Fleet = fleet('')): string {
  const where =
    accounts === 1 ? 'one account and Region' : `${count(accounts)} accounts × ${regions} Regions`;
  return `${where} with ${count(accounts * regions * buckets)} buckets`;
}

function bill(columns: readonly (readonly [name: string, items: readonly Item[]])[]): string {
  const [[, first] = ['', []]] = columns;
  const rows = first.map(({ what }, index) => [
    what,
    ...columns.map(([, items]) => money(items[index]?.dollars ?? 0)),
  ]);
  const sums = columns.map(([, items]) => `**${money(totalOf(items))}**`);
  return table(['', ...columns.map(([name]) => name)], [...rows, ['**total**', ...sums]]);
}

function triggersOf(rules: readonly Rule[]): string {
  const number = (of: (rule: Rule) => boolean) => rules.filter(of).length;
  return [
    `All ${rules.length} rules run once a day, and ${number((rule) => needsOf(rule).onChange)} of them also when AWS Config ` +
      `records a change (${number((rule) => isOnChange(rule, 'high'))} with \`onChange: high\`).`,
    `${number((rule) => needsOf(rule).homeRegionOnly)} run only in the home Region.`,
    'A daily run reads the results that AWS Config holds, and reports those that differ, so that what did not change is recorded once.',
    'A change is reported in any case, whether the result turns or not: each costs one evaluation for every rule that runs on it.',
  ].join(' ');
}

function priceRow({ meter, tiers, per, source, verified }: Price): string[] {
  const unit = per === 1 ? '' : ` per ${count(per)}`;
  const price = tiers
    .map(([from, dollars]) => `${from === 0 ? '' : `from ${count(from)}: `}$${dollars}${unit}`)
    .join('; ');
  return [meter, price, source, verified ? 'verified' : 'unverified'];
}
