import type { Identity } from '../../records/reading.ts';
import type { Settings } from '../../settings/settings.ts';
import { GLOBAL_REGION } from '../../values/region.ts';
import { byText } from '../canonical.ts';
import type { Lacking } from '../held/elsewhere.ts';
import type { AccountRow, Assessed, Counts, KnownFrom, RegionRow } from '../rows.ts';
import { addTo, none, type Tally } from '../run/counts.ts';
import type { InputHead, Problem } from '../tables.ts';
import { assessmentOf, type Place, type RecorderState } from './place.ts';
import { EXCLUDED, problemsOf } from './problems.ts';

export interface Reconciled {
  readonly accounts: readonly Omit<AccountRow, 'runId'>[];
  readonly regions: readonly Omit<RegionRow, 'runId'>[];
  readonly problems: readonly Problem[];
}

/** Which accounts and Regions there are, from everything that knows of any, and which of them were assessed. */
export class Population {
  readonly #settings: Pick<Settings, 'organization' | 'population'>;
  readonly #now: string;
  readonly #places = new Map<string, Place>();
  readonly #accounts = new Map<
    string,
    { readonly knownFrom: Set<KnownFrom>; name: string | null }
  >();
  readonly #states = new Map<string, Tally>();

  constructor(settings: Pick<Settings, 'organization' | 'population'>, now: string) {
    this.#settings = settings;
    this.#now = now;
    for (const id of Object.keys(settings.organization.accounts)) this.account(id, 'settings');
  }

  account(id: string, from: KnownFrom, name: string | null = null): void {
    const known = this.#accounts.get(id) ?? { knownFrom: new Set(), name: null };
    known.knownFrom.add(from);
    known.name ??= name;
    this.#accounts.set(id, known);
  }

  /** A file that AWS Config delivered. */
  delivered(input: InputHead): void {
    const { account, region, holds, deliveredAt } = input;
    if (account === null || region === null) return;
    const place = this.place(account, region, holds === 'snapshot' ? 'snapshot' : 'history');
    if (holds !== 'snapshot') return;
    if ((deliveredAt ?? '') >= (place.snapshot?.deliveredAt ?? '')) place.snapshot = input;
  }

  /** A file of which a part could not be read. */
  damaged({ account, region }: Pick<InputHead, 'account' | 'region'>): void {
    const place = this.#places.get(`${account} ${region}`);
    if (place) place.isDamaged = true;
  }

  /** Rules of which AWS Config holds no result there. */
  lacking({ account, region, rules, isPast }: Lacking): void {
    const place = this.place(account, region, 'aggregator');
    Object.assign(place, { lacking: rules, isPast });
  }

  place(account: string, region: string, from: KnownFrom): Place {
    this.account(account, from);
    const key = `${account} ${region}`;
    const knownFrom = new Set<KnownFrom>();
    const place = this.#places.get(key) ?? {
      ...{
        account,
        region,
        knownFrom,
        snapshot: null,
        resources: 0,
        subjects: 0,
        isDamaged: false,
        lacking: [],
        isPast: false,
      },
    };
    place.knownFrom.add(from);
    this.#places.set(key, place);
    return place;
  }

  /** A subject that was judged, or that no rule is for. */
  subject(
    { account, region }: Pick<Identity, 'account' | 'region'>,
    from: KnownFrom,
    states: Counts,
  ): void {
    const place = this.place(account, region, from);
    place.subjects++;
    if (from !== 'services') place.resources++;
    const total = this.#states.get(account) ?? none();
    addTo(total, states);
    this.#states.set(account, total);
  }

  /**
   * Compares what is there with what was assessed.
   * @param isExpected whether all of it was to be assessed; otherwise what is missing is no problem.
   */
  async reconcile(
    recorderOf: (account: string, region: string) => Promise<RecorderState>,
    isExpected: boolean,
  ): Promise<Reconciled> {
    if (isExpected) this.#expectRegions();
    const regions: Omit<RegionRow, 'runId'>[] = [];
    const places = [...this.#places.values()].sort(
      (one, other) => byText(one.account, other.account) || byText(one.region, other.region),
    );
    const hasSnapshots = places.some(({ snapshot }) => snapshot !== null);
    for (const place of places) {
      const { account, region } = place;
      const recorder = region === GLOBAL_REGION ? 'unknown' : await recorderOf(account, region);
      const [assessed, reason] = assessmentOf(place, {
        ...{ recorder, hasSnapshots, now: this.#now },
        excluded: this.#exclusionOf(account, region),
        maximumHours: this.#settings.population.maximumSnapshotAgeHours,
      });
      const { knownFrom, snapshot, subjects } = place;
      regions.push({
        ...{ account, region, knownFrom: [...knownFrom].sort() },
        recorder: recorder === 'blind' ? 'on' : recorder,
        snapshotId: snapshot?.snapshotId ?? null,
        observedAt: snapshot?.deliveredAt ?? null,
        ...{ assessed, reason, subjects },
      });
    }
    const accounts = [...this.#accounts.keys()]
      .sort(byText)
      .map((account) => this.#accountRow(account, regions));
    const problems = isExpected ? problemsOf(accounts, regions) : [];
    return { accounts, regions, problems };
  }

  /** Where any account has a snapshot of a Region, every account is expected to have one, unless the settings say otherwise. */
  #expectRegions(): void {
    const regions = new Set(
      [...this.#places.values()].flatMap(({ snapshot, region }) => (snapshot ? [region] : [])),
    );
    for (const [account, { knownFrom }] of this.#accounts) {
      // An account of which nothing was found is named as such, not once more for each Region.
      const isThere = [...this.#places.values()].some((place) => place.account === account);
      if (!isThere) continue;
      const from = knownFrom.has('settings') ? 'settings' : ([...knownFrom][0] ?? 'items');
      for (const region of regions) {
        if (!this.#places.has(`${account} ${region}`)) this.place(account, region, from);
      }
    }
  }

  #exclusionOf(account: string, region: string | null): string | undefined {
    const all = this.#settings.population.excluded;
    const fitting = all.find(
      (each) =>
        (each.account === undefined || each.account === account) &&
        (each.region === undefined || each.region === region),
    );
    return fitting?.reason;
  }

  #accountRow(
    account: string,
    regions: readonly Omit<RegionRow, 'runId'>[],
  ): Omit<AccountRow, 'runId'> {
    const { accounts, names = {} } = this.#settings.organization;
    const named = Object.hasOwn(names, account) ? (names[account] ?? null) : null;
    const own = regions.filter((each) => each.account === account);
    const known = this.#accounts.get(account);
    const [assessed, reason] = this.#wholeOf(account, own);
    return {
      ...{ account, name: known?.name ?? named },
      ou: Object.hasOwn(accounts, account) ? (accounts[account] ?? null) : null,
      knownFrom: [...(known?.knownFrom ?? [])].sort(),
      ...{ assessed, reason },
      subjects: own.reduce((total, { subjects }) => total + subjects, 0),
      states: this.#states.get(account) ?? none(),
    };
  }

  #wholeOf(
    account: string,
    regions: readonly Omit<RegionRow, 'runId'>[],
  ): readonly [Assessed, string | null] {
    if (regions.length === 0) {
      const excluded = this.#exclusionOf(account, null);
      return ['no', excluded === undefined ? 'No snapshot.' : EXCLUDED + excluded];
    }
    const lacking = regions.filter(({ assessed }) => assessed !== 'yes');
    if (lacking.length === 0) return ['yes', null];
    const named = lacking.map(({ region }) => region).join(', ');
    const isNone = regions.every(({ assessed }) => assessed === 'no');
    return [isNone ? 'no' : 'partly', `Not assessed, or not whole: ${named}.`];
  }
}
