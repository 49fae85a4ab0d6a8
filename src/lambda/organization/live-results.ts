import { createHash } from 'node:crypto';
import type { ParametrisedRule } from '../../assessment/assessment.ts';
import { runsIn } from '../../assessment/runs-in.ts';
import { absenceOf, identityOf, isJudgedBy } from '../../assessment/subject.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { accountItem } from '../../records/normalise.ts';
import { type Elsewhere, type Held, type Lacking, RESULTS } from '../../results/index.ts';
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
  /** `account Region` where the rules are known to be current: only there results of AWS Config count. */
  readonly current: ReadonlySet<string>;
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
  readonly #newly: string;
  readonly #others: ConfigurationItem[] = [];
  readonly #places = new Map<string, { readonly account: string; readonly region: string }>();
  readonly #tallies = new Map<string, Map<string, Tally>>();

  constructor(world: LiveWorld) {
    this.rules = world.live;
    this.#world = world;
    this.#recently = new Date(Date.parse(world.now) - DAY).toISOString();
    this.#newly = new Date(Date.parse(world.now) - 2 * DAY).toISOString();
    this.input = inputOf(world);
  }

  meet(item: ConfigurationItem): void {
    const { account, region } = item;
    if (region !== GLOBAL_REGION) this.#places.set(`${account} ${region}`, { account, region });
    const isJudged = this.#world.judged.some(({ rule }) => isJudgedBy(item, rule));
    // AWS Config records no account, and {@link others} has it: a record of one must not make it a second subject.
    const isFor = () =>
      this.rules.some(({ rule }) => rule.subject !== 'account' && isJudgedBy(item, rule));
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
      const isPast = !this.#world.current.has(place);
      return without.length === 0 ? [] : [{ account, region, rules: without.sort(), isPast }];
    });
  }

  unreported(): ReadonlyMap<string, number> {
    const sums = new Map(this.rules.map(({ rule }) => [rule.id, 0]));
    for (const rules of this.#tallies.values()) {
      for (const [rule, { expected, found }] of rules)
        if (found > 0) sums.set(rule, (sums.get(rule) ?? 0) + expected - found);
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

  /**
   * What AWS Config holds, with its reason where the history tells the same; null where nothing is known to hold. A pass needs the
   * aggregator, a result of this very resource, and nothing newer against it.
   */
  #toldOf(rule: string, item: ConfigurationItem): Told | null {
    const { reported, telling, current } = this.#world;
    const { account, region, created } = item;
    if (!current.has(`${account} ${region}`)) return null;
    const subject = identityOf(item);
    const held = reported.of(rule, subject);
    const told = telling.get(toldKey(rule, subject));
    const recordedAt = reported.recordedAt(subject);
    // A bucket that was made again under its name may still have results of the one before.
    const isBefore = (time: string | null) => created !== null && (time === null || time < created);
    if (told === undefined || isBefore(told.recordedAt)) {
      // The time is of any rule's result. So a pass of a new resource needs an event of its own, which the daily run soon gives.
      const isYoung = created !== null && created > this.#newly;
      const isOfThis =
        !isBefore(recordedAt) && ((told === undefined && !isYoung) || held === 'NON_COMPLIANT');
      return held !== null && isOfThis ? this.#withoutReason(held, subject) : null;
    }
    const { complianceType } = told;
    if (held === null) {
      // What was retired since then is no failure; what the aggregator does not have yet is one.
      const isNew = told.recordedAt > this.#recently && complianceType === 'NON_COMPLIANT';
      return complianceType === 'NOT_APPLICABLE' || isNew ? told : null;
    }
    if (complianceType === held) return told;
    // The newer record may be of another rule, and the aggregator behind.
    const isRecent = complianceType === 'NON_COMPLIANT' && told.recordedAt > this.#recently;
    const isNewer = isRecent || told.recordedAt > (recordedAt ?? this.#recently);
    if (!isNewer || held === 'NON_COMPLIANT') {
      return isBefore(recordedAt) ? null : this.#withoutReason(held, subject);
    }
    return complianceType === 'INSUFFICIENT_DATA' ? null : told;
  }

  #withoutReason(complianceType: string, subject: Parameters<Reported['recordedAt']>[0]): Told {
    const recordedAt = this.#world.reported.recordedAt(subject) ?? '';
    return { complianceType, annotation: undefined, recordedAt };
  }
}

/** Everything that was taken, as one input: the same results give the same run. Line by line: they may be millions. */
function inputOf({ live, reported, telling }: LiveWorld): InputHead {
  const hash = createHash('sha256');
  let bytes = 0;
  const put = (line: string) => {
    hash.update(`${line}\n`);
    bytes += Buffer.byteLength(line) + 1;
  };
  for (const key of [...telling.keys()].sort()) put(JSON.stringify([key, telling.get(key)]));
  for (const line of [...reported.lines(live.map(({ rule }) => rule.id))].sort()) put(line);
  return {
    ...{ kind: 'account', name: RESULTS, holds: 'results', account: null, region: null },
    ...{ snapshotId: null, versionId: null, deliveredAt: null },
    ...{ bytes, sha256: hash.digest('hex') },
  };
}
