import type { Finding } from '../engine/finding.ts';
import type { Rule } from '../engine/rule.ts';
import { printable } from '../values/text.ts';
import { type Choices, costOf, type Fleet, totalOf } from './cost.ts';

/** What a deployment would find and cost, judged from records before anything is deployed. */
export interface Estimate {
  /** As in the records; the buckets are those of an average account and Region. */
  readonly fleet: Fleet;
  readonly buckets: number;
  /** US dollars a month, by the model of docs/cost.md. */
  readonly dollars: number;
  /** Rules that something fails, or whose evidence is missing, the most failures first. */
  readonly rules: readonly RuleEstimate[];
}

interface RuleEstimate {
  readonly rule: string;
  readonly severity: string;
  readonly failing: number;
  readonly unknown: number;
  readonly passing: number;
}

const BUCKET = 'AWS::S3::Bucket';

/** Counts what was judged. Resources without a Region, such as those of IAM, count where the account is. */
export class Estimator {
  readonly #places = new Set<string>();
  readonly #accounts = new Set<string>();
  readonly #regions = new Set<string>();
  readonly #buckets = new Set<string>();
  readonly #rules = new Map<string, { failing: number; unknown: number; passing: number }>();

  add({ rule, state, subject }: Finding): void {
    const { account, region, type, id } = subject;
    this.#accounts.add(account);
    if (type === BUCKET) {
      this.#regions.add(region);
      this.#places.add(`${account} ${region}`);
      this.#buckets.add(`${account} ${region} ${id}`);
    }
    const counts = this.#rules.get(rule) ?? { failing: 0, unknown: 0, passing: 0 };
    if (state === 'FAIL') counts.failing++;
    if (state === 'UNKNOWN') counts.unknown++;
    if (state === 'PASS') counts.passing++;
    this.#rules.set(rule, counts);
  }

  /** @param rules all of them; the choices say which of them run. */
  estimate(rules: readonly Rule[], choices: Choices): Estimate {
    const accounts = Math.max(1, this.#accounts.size);
    const regions = Math.max(1, this.#regions.size);
    const fleet = { accounts, regions, buckets: this.#buckets.size / (accounts * regions) };
    const counted = [...this.#rules].map(([rule, counts]) => ({
      rule,
      severity: rules.find(({ id }) => id === rule)?.severity ?? '',
      ...counts,
    }));
    return {
      ...{ fleet, buckets: this.#buckets.size },
      dollars: Math.round(totalOf(costOf(rules, fleet, choices)) * 100) / 100,
      rules: counted
        .filter(({ failing, unknown }) => failing + unknown > 0)
        .sort((one, other) => other.failing - one.failing || (one.rule < other.rule ? -1 : 1)),
    };
  }
}

/** The estimate for a terminal. */
export function estimateText({ fleet, buckets, dollars, rules }: Estimate): string {
  const { accounts, regions } = fleet;
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const width = Math.max(4, ...rules.map(({ rule }) => rule.length));
  const row = (cells: readonly [string, ...(string | number)[]]) =>
    [cells[0].padEnd(width), ...cells.slice(1).map((cell) => String(cell).padStart(9))].join(' ');
  return [
    `${count(buckets, 'bucket')} in ${count(accounts, 'account')} and ${count(regions, 'Region')}.`,
    rules.length === 0
      ? 'Nothing would fail.'
      : [
          row(['rule', 'severity', 'fail', 'unknown', 'pass']),
          ...rules.map((each) =>
            row([printable(each.rule), each.severity, each.failing, each.unknown, each.passing]),
          ),
        ].join('\n'),
    `About $${dollars.toLocaleString('en-US')} a month by the model of docs/cost.md, with these choices of the deployment file, for the ` +
      'accounts, Regions and buckets in the input.',
    '',
  ].join('\n');
}
