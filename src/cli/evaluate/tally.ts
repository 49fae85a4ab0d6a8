import type { Before } from '../../comparison/compare.ts';
import type { Finding } from '../../engine/finding.ts';
import type { GroupBy } from '../../formats/groups.ts';
import type { Reported } from '../../formats/reported.ts';
import { Summary } from '../../formats/summary.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import type { Settings } from '../../settings/settings.ts';
import { unitsOf, unplacedWaivers, type Waiver } from '../../settings/waiver.ts';
import type { Gate } from './gate.ts';
import { Grouping } from './grouping.ts';

type Place = Pick<Reported, 'accountName' | 'units'>;

export interface Counted {
  readonly settings: Settings;
  readonly gate: Gate;
  readonly groupBys?: readonly GroupBy[];
  /** What was open before, with a baseline. */
  readonly before?: Before | undefined;
}

/** Counts findings as they pass by, and notes which waivers were used. */
export class Tally {
  readonly summary: Summary;
  readonly gate: Gate;
  /** Subjects that at least one rule judged. */
  subjects = 0;
  /** Accounts that a waiver by OU may apply to, and that the settings do not list. */
  readonly unplaced = new Set<string>();
  readonly #used = new Set<string>();
  readonly #settings: Settings;
  readonly #grouping: Grouping;
  readonly #before: Before | undefined;
  readonly #places = new Map<string, Place>();

  constructor({ settings, gate, groupBys = [], before }: Counted) {
    this.#settings = settings;
    this.gate = gate;
    this.#grouping = new Grouping(groupBys);
    this.summary = new Summary(25, this.#grouping.groups);
    this.#before = before;
  }

  /** @param findings all of one record. @returns them as outputs show them. */
  add<F extends Finding>(
    findings: readonly F[],
    item: ConfigurationItem,
  ): readonly (F & Reported)[] {
    const { waivers, organization } = this.#settings;
    this.subjects++;
    return findings.map((finding) => {
      const reported = this.#reported(finding);
      this.summary.add(reported);
      this.gate.add(reported);
      this.#grouping.add(reported, item);
      if (finding.waiver !== undefined) this.#used.add(finding.waiver);
      const { account } = finding.subject;
      if (waivers.length > 0) {
        const unplaced = unplacedWaivers(waivers, finding.rule, account, organization.accounts);
        if (unplaced.length > 0) this.unplaced.add(account);
      }
      return reported;
    });
  }

  /** Waivers of these rules that decided nothing. */
  idleWaivers(rules: readonly string[]): readonly Waiver[] {
    return this.#settings.waivers.filter(
      ({ id, rule }) => !this.#used.has(id) && rules.includes(rule),
    );
  }

  #reported<F extends Finding>(finding: F): F & Reported {
    const place = this.#placeOf(finding.subject.account);
    const isOpen = finding.state === 'FAIL' || finding.state === 'UNKNOWN';
    if (this.#before === undefined || !isOpen) {
      return place === NOWHERE ? finding : { ...finding, ...place };
    }
    return { ...finding, ...place, baseline: this.#before.stateOf(finding) };
  }

  #placeOf(account: string): Place {
    const known = this.#places.get(account);
    if (known !== undefined) return known;
    const place = placeIn(this.#settings, account);
    this.#places.set(account, place);
    return place;
  }
}

const NOWHERE: Place = {};

function placeIn({ organization: { accounts, names = {} } }: Settings, account: string): Place {
  const nameOf = (id: string) => (Object.hasOwn(names, id) ? names[id] : undefined);
  const accountName = nameOf(account);
  const isPlaced = Object.hasOwn(accounts, account);
  if (accountName === undefined && !isPlaced) return NOWHERE;
  const units = unitsOf(account, accounts).toReversed();
  return {
    ...(accountName === undefined ? {} : { accountName }),
    ...(isPlaced ? { units: units.map((id) => nameOf(id) ?? id) } : {}),
  };
}
