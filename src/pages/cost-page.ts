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

/** The goals at the size of a large organization, in dollars. */
export const GOALS = { many: 6000, empty: 500, central: 300 } as const;

/** The defaults, where the recorder leaves out what no rule needs. */
export const LEAN: Choices = { ...DEFAULT, complianceHistory: false };

/** With the rules that AWS runs besides ours. */
const TWICE: Choices = { ...DEFAULT, awsManagedRules: true };

/** Without rules, functions and results of AWS Config in any account. */
export const CENTRALLY: Choices = { ...DEFAULT, rules: 'central' };

const CHOICES: readonly (readonly [what: string, givesUp: string, choices: Choices])[] = [
  [
    'as deployment.yaml is by default, with a history, and a recorder of all types',
    'minutes for rules of medium and low severity: they run once a day',
    DEFAULT,
  ],
  [
    'a recorder without `AWS::Config::ResourceCompliance`',
    'the timeline of results in the console of AWS Config, and the comparison of `rules: both`',
    LEAN,
  ],
  ['and `onChange: never`', 'minutes for every rule', { ...LEAN, onChange: 'never' }],
  [
    '`awsManagedRules: true`',
    'nothing: AWS judges a second time what six rules of the pack judge',
    TWICE,
  ],
  ['`onChange: low`', 'nothing', { ...DEFAULT, onChange: 'low' }],
  ['`tier: recommended`', 'the rules of `strict`', { ...DEFAULT, tier: 'recommended' }],
  [
    '`tier: essential`',
    'the rules of `strict` and `recommended`',
    { ...DEFAULT, tier: 'essential' },
  ],
  [
    '`consumers.securityHub: false`',
    'findings in Security Hub',
    { ...DEFAULT, securityHub: false },
  ],
  [
    '`consumers.history: null`',
    'the locked history of all accounts',
    { ...DEFAULT, history: false },
  ],
  [
    '`functions.alarms: true`',
    'nothing: it tells of errors within the hour',
    { ...DEFAULT, alarms: true },
  ],
  [
    '`rules: central`',
    'rules in the accounts, their results in AWS Config and Security Hub, minutes, and rules that must ask services',
    CENTRALLY,
  ],
  [
    '`dashboard.site`, with `rules: central`',
    'nothing more: the dashboard in CloudFront, with sign-in',
    { ...CENTRALLY, site: true },
  ],
  ['`rules: both`', 'nothing: each checks the other', { ...DEFAULT, rules: 'both' }],
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
      ['a month', ...names, 'gives up'],
      CHOICES.map(([what, givesUp, choices]) => [
        what,
        ...names.map((name) => total(rules, name, choices)),
        givesUp,
      ]),
    ),
    `The goals are ${money(GOALS.many)} for *many* and ${money(GOALS.empty)} for *empty*. The defaults keep to both, whatever the ` +
      `recorder records. With \`rules: central\` the goal for *many* is ${money(GOALS.central)}.`,
    'A recorder of all types also records `AWS::Config::ResourceCompliance`, each time the result of a resource turns. AWS Config needs ' +
      'these records neither to evaluate rules nor to show what is compliant now (AWS Config Developer Guide, "Viewing Compliance ' +
      'History"). They are a choice of the recorder, which the deployment does not own: [doctor](doctor.md) names those that have them, ' +
      'and those that need them, with `rules: both`.',
    `The rules that AWS runs (\`awsManagedRules\`) cost ${money(byAws(rules, 'many'))} (many) or ${money(byAws(rules, 'empty'))} (empty) ` +
      'more. AWS bills each of them for each user, key, account and bucket each day, whether anything changed or not, and takes no ' +
      'longer time between two runs than a day. Rules of the pack judge the same ([decision 23](decisions/0023-the-cost-by-default.md)).',
    'By default rules of high and critical severity run within minutes of a change, and every rule on the same day. A change costs an ' +
      'evaluation for each rule that runs on it, whatever it finds, because a result that is older than the change would not tell ' +
      'whether the change was judged.',
    '## The bill',
    'By default; for *many* and *empty* also without records of compliance (*lean*), and with `rules: central` (*central*).',
    bill([
      ...names.map((name) => [name, costOf(rules, fleet(name))] as const),
      ['many, lean', costOf(rules, fleet('many'), LEAN)],
      ['empty, lean', costOf(rules, fleet('empty'), LEAN)],
      ['many, central', costOf(rules, fleet('many'), CENTRALLY)],
    ]),
    "AWS does not say how it counts a daily run of one's own rule that reports nothing. If it bills each run as one " +
      'evaluation, whatever it reports, evaluations of our rules cost ' +
      `${names.map((name) => `${money(billedByInvocation(rules, fleet(name)))} (${name})`).join(', ')}, and the goals are missed. A bill ` +
      'of one account tells after some days: compare its evaluations with those that the functions log.',
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

/** What the rules that AWS runs cost besides. */
const byAws = (rules: readonly Rule[], name: string) =>
  totalOf(costOf(rules, fleet(name), TWICE)) - totalOf(costOf(rules, fleet(name)));

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
    `All ${rules.length} rules run once a day, and ${number((rule) => needsOf(rule).onChange)} of them can also run when AWS Config ` +
      `records a change, if their severity is at least \`onChange\`: ${number((rule) => isOnChange(rule, DEFAULT.onChange))} by default.`,
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
