import { kinds } from '../../records/kinds.ts';
import type { Identity } from '../../records/reading.ts';
import { isObject } from '../../values/json.ts';
import { GLOBAL_REGION } from '../../values/region.ts';

/** What AWS Config holds of one rule on one resource; it keeps no NOT_APPLICABLE. */
export type Held = 'COMPLIANT' | 'NON_COMPLIANT';

/** What names a resource. */
type Resource = Pick<Identity, 'type' | 'id' | 'account' | 'region'>;

/** One page of the aggregator: rows as JSON, as SelectAggregateResourceConfig answers. */
export interface Page {
  readonly rows: readonly string[];
  readonly next: string | undefined;
}
export type Select = (expression: string, token: string | undefined) => Promise<Page>;

/** The results could not be read whole, so that nothing can be said of what is missing in them. */
export class ResultsNotRead extends Error {
  override readonly name = 'ResultsNotRead';
}

const TYPES = Object.values(kinds)
  .flatMap(({ types }) => Object.keys(types).map((type) => `'${type}'`))
  .sort();

/**
 * All results of AWS Config on resources that our rules judge. The record of a result is `AWS::Config::ResourceCompliance`, one for
 * each resource, with `targetResourceType`, `targetResourceId` and `configRuleList[].configRuleName, complianceType` (AWS Config
 * Developer Guide, "Querying the Current Configuration State of AWS Resources", and published queries of others).
 */
export const EXPRESSION =
  'SELECT accountId, awsRegion, configurationItemCaptureTime, configuration.targetResourceId, configuration.targetResourceType, ' +
  'configuration.configRuleList ' +
  `WHERE resourceType = 'AWS::Config::ResourceCompliance' AND configuration.targetResourceType IN (${TYPES.join(', ')})`;

/** AWS Config adds this to the names of rules in a pack. A rule without it is not of our packs, whatever its name. */
const DECORATION = /-conformance-pack-[0-9a-z]+$/;

/** The results that AWS Config holds in the whole organization, small enough for millions of them. */
export class Reported {
  readonly #rules: ReadonlyMap<string, bigint>;
  /** By resource: a bit for each rule that has a result, and one for each that fails. */
  readonly #held = new Map<string, { held: bigint; failing: bigint; at: number }>();
  /** Accounts and Regions with any result of these rules. */
  readonly #places = new Set<string>();

  /** @param rules their ids. */
  constructor(rules: readonly string[]) {
    this.#rules = new Map(rules.map((id, index) => [id, 1n << BigInt(index)]));
  }

  /** @throws ResultsNotRead when there is no more time, and what the aggregator answers. */
  static async read(
    rules: readonly string[],
    select: Select,
    hasTime: () => boolean,
  ): Promise<Reported> {
    const reported = new Reported(rules);
    let token: string | undefined;
    do {
      if (!hasTime()) throw new ResultsNotRead('there was not enough time to read all of them');
      const { rows, next } = await select(EXPRESSION, token);
      for (const row of rows) reported.#add(row);
      token = next;
    } while (token !== undefined);
    return reported;
  }

  /** What AWS Config holds of a rule on a resource; null for nothing. */
  of(rule: string, subject: Resource): Held | null {
    const bit = this.#rules.get(rule) ?? 0n;
    const found = this.#held.get(resourceKey(subject));
    if (found === undefined || (found.held & bit) === 0n) return null;
    return (found.failing & bit) === 0n ? 'COMPLIANT' : 'NON_COMPLIANT';
  }

  /** When AWS Config last recorded a result on a resource, of whichever rule (ISO, UTC); null where it does not say. */
  recordedAt(subject: Resource): string | null {
    const { at = 0 } = this.#held.get(resourceKey(subject)) ?? {};
    return at === 0 ? null : new Date(at).toISOString();
  }

  /** Everything that is held of some rules, as text in any order. */
  *lines(rules: readonly string[]): Iterable<string> {
    const mask = rules.reduce((all, id) => all | (this.#rules.get(id) ?? 0n), 0n);
    for (const [key, { held, failing, at }] of this.#held) {
      if ((held & mask) !== 0n)
        yield JSON.stringify([key, `${held & mask}`, `${failing & mask}`, at]);
    }
  }

  /** Whether our rules run where the resource is, as far as results show. */
  isThere({ account, region }: Pick<Identity, 'account' | 'region'>): boolean {
    return this.#places.has(`${account} ${region}`);
  }

  #add(row: string): void {
    const read: unknown = JSON.parse(row);
    if (!isObject(read)) return;
    const { accountId, awsRegion, configurationItemCaptureTime, configuration } = read as Row;
    const {
      targetResourceType: type,
      targetResourceId: id,
      configRuleList = [],
    } = configuration ?? {};
    if (!accountId || !awsRegion || !type || !id || !Array.isArray(configRuleList)) return;
    const key = resourceKey({ account: accountId, region: awsRegion, type, id });
    const entry = this.#held.get(key) ?? { held: 0n, failing: 0n, at: 0 };
    entry.at = Math.max(entry.at, Date.parse(String(configurationItemCaptureTime)) || 0);
    for (const { configRuleName, complianceType } of configRuleList) {
      const name = String(configRuleName);
      const id = name.replace(DECORATION, '');
      const bit = id === name ? undefined : this.#rules.get(id);
      if (bit === undefined || !/^(NON_)?COMPLIANT$/.test(String(complianceType))) continue;
      entry.held |= bit;
      if (complianceType === 'NON_COMPLIANT') entry.failing |= bit;
      this.#places.add(`${accountId} ${awsRegion}`).add(`${accountId} ${GLOBAL_REGION}`);
    }
    if (entry.held !== 0n) this.#held.set(key, entry);
  }
}

/** What is read of a row. All of it comes from other accounts. */
interface Row {
  readonly accountId?: string;
  readonly awsRegion?: string;
  readonly configurationItemCaptureTime?: unknown;
  readonly configuration?: {
    readonly targetResourceType?: string;
    readonly targetResourceId?: string;
    readonly configRuleList?: readonly {
      readonly configRuleName?: unknown;
      readonly complianceType?: unknown;
    }[];
  };
}

/** Records of IAM belong to no Region, results on them to the Region of the rule. */
export const resourceKey = ({ account, region, type, id }: Resource): string =>
  `${account} ${type.startsWith('AWS::IAM::') ? GLOBAL_REGION : region} ${type} ${id}`;
