import type { ParametrisedRule } from '../../assessment/assessment.ts';
import { runsIn } from '../../assessment/runs-in.ts';
import { absenceOf, identityOf, isJudgedBy } from '../../assessment/subject.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { accountItem } from '../../records/normalise.ts';
import { type Elsewhere, type Held, type Lacking, RESULTS, sha256 } from '../../results/index.ts';
import type { InputHead } from '../../results/tables.ts';
import type { Settings } from '../../settings/settings.ts';
import { GLOBAL_REGION } from '../../values/region.ts';
import { heldOf } from './held.ts';
import { type Telling, type Told, toldKey } from './history.ts';
import type { Reported } from './reported.ts';

const DAY = 86_400_000;

export interface LiveWorld {
  /** Rules that ask services, and rules that this run judges itself. */
  readonly live: readonly ParametrisedRule[];
  readonly judged: readonly ParametrisedRule[];
  readonly reported: Reported;
  readonly telling: Telling;
  /** `account Region` where rules are known not to run as they should, so that results there are of the past. */
  readonly silent: ReadonlySet<string>;
  readonly settings: Settings;
  /** The time of the run (ISO, UTC). */
  readonly now: string;
}

/** Of a rule in an account and Region: resources that it is for, and those of them with a result. */
interface Tally {
  expected: number;
  found: number;
}

/**
 * The results of rules that ask services, as the accounts themselves judged. The aggregator says what AWS Config holds now, the history
 * why and since when, and what is not applicable or waived. Whether a waiver holds is decided by the settings of this run.
 */
export class LiveResults implements Elsewhere {
  readonly rules: readonly ParametrisedRule[];
  readonly input: InputHead;
  readonly #world: LiveWorld;
  readonly #recently: string;
  readonly #others: ConfigurationItem[] = [];
  readonly #places = new Map<string, { readonly account: string; readonly region: string }>();
  readonly #tallies = new Map<string, Map<string, Tally>>();

  constructor(world: LiveWorld) {
    this.rules = world.live;
    this.#world = world;
    this.#recently = new Date(Date.parse(world.now) - DAY).toISOString();
    this.input = inputOf(world);
  }

  meet(item: ConfigurationItem): void {
    const { account, region } = item;
    if (region !== GLOBAL_REGION) this.#places.set(`${account} ${region}`, { account, region });
    const isJudged = this.#world.judged.some(({ rule }) => isJudgedBy(item, rule));
    const isFor = () => this.rules.some(({ rule }) => isJudgedBy(item, rule));
    if (!isJudged && absenceOf(item) === null && isFor()) this.#others.push(item);
  }

  *others(): Iterable<ConfigurationItem> {
    yield* this.#others;
    const ofAccounts = this.rules.filter(({ rule }) => rule.subject === 'account');
    for (const { account, region } of this.#places.values()) {
      if (ofAccounts.some((each) => this.#runsIn(each, region)))
        yield accountItem(account, region, this.#world.now);
    }
  }

  of(item: ConfigurationItem): readonly Held[] {
    if (absenceOf(item) !== null) return [];
    const held: Held[] = [];
    for (const each of this.rules) {
      if (!isJudgedBy(item, each.rule) || !this.#runsIn(each, item.region)) continue;
      const tally = this.#tallyOf(item, each.rule.id);
      const told = this.#toldOf(each.rule.id, item);
      tally.expected++;
      if (told === null) continue;
      tally.found++;
      const { settings, now } = this.#world;
      held.push(heldOf(each, identityOf(item), told, settings, now));
    }
    return held;
  }

  lacking(): readonly Lacking[] {
    return [...this.#tallies].flatMap(([place, rules]) => {
      const without = [...rules].flatMap(([rule, { found }]) => (found === 0 ? [rule] : []));
      const [account = '', region = ''] = place.split(' ');
      return without.length === 0 ? [] : [{ account, region, rules: without.sort() }];
    });
  }

  unreported(): ReadonlyMap<string, number> {
    const sums = new Map(this.rules.map(({ rule }) => [rule.id, 0]));
    for (const rules of this.#tallies.values()) {
      for (const [rule, { expected, found }] of rules)
        sums.set(rule, (sums.get(rule) ?? 0) + expected - found);
    }
    return sums;
  }

  #runsIn({ rule }: ParametrisedRule, region: string): boolean {
    return runsIn(rule, region, this.#world.settings.organization.homeRegions);
  }

  #tallyOf({ account, region }: ConfigurationItem, rule: string): Tally {
    const place = `${account} ${region}`;
    const rules = this.#tallies.get(place) ?? new Map<string, Tally>();
    const tally = rules.get(rule) ?? { expected: 0, found: 0 };
    this.#tallies.set(place, rules.set(rule, tally));
    return tally;
  }

  /** The newest result, as far as aggregator and history agree on it; null where none is known to hold. */
  #toldOf(rule: string, item: ConfigurationItem): Told | null {
    const { reported, telling, silent } = this.#world;
    const { account, region } = item;
    if (silent.has(`${account} ${region}`)) return null;
    const subject = identityOf(item);
    const held = reported.of(rule, subject);
    const told = telling.get(toldKey(rule, subject));
    // A bucket that was made again under its name has results of the one before.
    const isOfBefore =
      told !== undefined && item.created !== null && told.recordedAt < item.created;
    if (told === undefined || isOfBefore) return held && this.#withoutReason(held, subject);
    if (held === null) {
      // What was retired since then is no failure; what the aggregator does not have yet is one.
      const isNew = told.recordedAt > this.#recently && told.complianceType === 'NON_COMPLIANT';
      return told.complianceType === 'NOT_APPLICABLE' || isNew ? told : null;
    }
    if (told.complianceType === held) return told;
    const isNewer = told.recordedAt > (reported.recordedAt(subject) ?? this.#recently);
    return isNewer && told.complianceType !== 'INSUFFICIENT_DATA'
      ? told
      : this.#withoutReason(held, subject);
  }

  #withoutReason(complianceType: string, subject: Parameters<Reported['recordedAt']>[0]): Told {
    const recordedAt = this.#world.reported.recordedAt(subject) ?? '';
    return { complianceType, annotation: undefined, recordedAt };
  }
}

/** Everything that was taken, as one input: the same results give the same run. */
function inputOf({ live, reported, telling }: LiveWorld): InputHead {
  const lines = [...telling].map(([key, told]) => JSON.stringify([key, told]));
  for (const line of reported.lines(live.map(({ rule }) => rule.id))) lines.push(line);
  const text = lines.sort().join('\n');
  return {
    ...{ kind: 'account', name: RESULTS, holds: 'results', account: null, region: null },
    ...{ snapshotId: null, versionId: null, deliveredAt: null },
    ...{ bytes: Buffer.byteLength(text), sha256: sha256(text) },
  };
}
