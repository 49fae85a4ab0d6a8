import { EvidenceUnavailable } from '../../engine/subject.ts';
import type { Alarm, MetricFilter } from '../../facts/alarm.ts';
import type { EventRule } from '../../facts/receiver.ts';
import type { RegionRules, WatchedTrail } from '../../facts/watching.ts';
import type { Attestation } from '../../settings/attestation.ts';
import { named, type Reach, wayOfAlarm, wayOfRule } from './alarm.ts';
import type { Condition, Facts } from './event-facts.ts';
import { matchesRule } from './event-pattern.ts';
import { readFilterPattern } from './filter-pattern.ts';
import { busFacts, logFacts, mayRead, mayWrite } from './s3-events.ts';
import { miscounts, silent } from './single-event.ts';
import { logGroupLackOf } from './trail-delivery.ts';

/** What is known of the account. */
interface Account {
  readonly account: string;
  readonly watchedTrails: readonly WatchedTrail[];
  readonly eventRules: readonly RegionRules[];
  /** The time of the evaluation (ISO, UTC). */
  readonly now: string;
}

/** What someone must be notified of, and what counts as notifying. */
interface Demands {
  readonly events: readonly string[];
  readonly requireSubscription: boolean;
  readonly acceptEventBridgeRule: boolean;
  /** How many hours ago a trail must have written to its log group, at most. */
  readonly maximumDeliveryLagHours: number;
  /** For trails whose log is in another account: who answers for the alarms there. */
  readonly attested: readonly Attestation[];
}

/** An event that no one is notified of, and how near it came. */
export interface Unheard {
  readonly event: string;
  readonly because: string;
}

export const eventsOf = (unheard: readonly Unheard[]) => unheard.map(({ event }) => event);

interface Heard {
  readonly reach: Reach;
  readonly because: string;
  /** Something matched the event at least, so that `because` is worth more than that nothing did. */
  readonly isNear: boolean;
  /** Who answers for it, where it cannot be seen. */
  readonly attestation?: Attestation;
}

/**
 * The events that no one is notified of, and who answers for the first that is only attested (null: all others are seen).
 * @throws EvidenceUnavailable when only what lies in another account, and cannot be seen, could tell of one of them.
 */
export function unheardEvents(
  account: Account,
  demands: Demands,
): { readonly unheard: readonly Unheard[]; readonly attestation: Attestation | null } {
  const all = demands.events.map((event) => ({ event, ...hearing(account, event, demands) }));
  const unheard = all.filter(({ reach }) => reach === 'nobody');
  const unseen = all.find(({ reach }) => reach === 'unseen');
  if (unheard.length > 0 || unseen === undefined) {
    return {
      unheard: unheard.map(({ event, because }) => ({ event, because })),
      attestation: all.find(({ attestation }) => attestation)?.attestation ?? null,
    };
  }
  throw new EvidenceUnavailable(
    'watchedTrails',
    `it is not known who is notified of ${unseen.event}, because ${unseen.because}`,
  );
}

function hearing(account: Account, event: string, demands: Demands): Heard {
  const byLogs = throughLogs(account, event, demands);
  const isSeen = byLogs.reach === 'somebody' && byLogs.attestation === undefined;
  if (isSeen || !demands.acceptEventBridgeRule) return byLogs;
  const byRules = throughRules(account, event, demands);
  // What is seen counts before what is attested.
  const both = byLogs.attestation ? [byRules, byLogs] : [byLogs, byRules];
  return first(BEST_FIRST, both) ?? byLogs;
}

const BEST_FIRST: readonly Reach[] = ['somebody', 'unseen', 'nobody'];
const WORST_FIRST = BEST_FIRST.toReversed();

/** Of several, the first by its reach; among equals one that is near. */
function first(order: readonly Reach[], heard: readonly Heard[]): Heard | undefined {
  const ranked = order.map((reach) => heard.filter((each) => each.reach === reach));
  const equals = ranked.find((some) => some.length > 0);
  return equals?.find(({ isNear }) => isNear) ?? equals?.[0];
}

const nobody = (because: string, isNear = false): Heard => ({ reach: 'nobody', because, isNear });
const unseen = (because: string): Heard => ({ reach: 'unseen', because, isNear: true });

/** A trail of one Region leaves the others out, so it does not count. */
function throughLogs(account: Account, event: string, demands: Demands): Heard {
  const groups = account.watchedTrails
    .filter(({ isMultiRegion }) => isMultiRegion)
    .map((trail) => ({ ...trail, isRecorded: recordsEvent(trail, event) }))
    .filter(({ isRecorded }) => isRecorded !== false)
    .flatMap(({ logGroup, name, arn, isRecorded, records }) => {
      if (logGroup === null) return [];
      // Who is not shown the trail is not shown its deliveries either.
      const lack = records && logGroupLackOf(logGroup, { ...demands, now: account.now });
      return [{ ...logGroup, trail: named(name), arn, isRecorded, lack }];
    });
  const working = groups.filter(({ lack }) => lack === null);
  const facts = logFacts(event, account.account);
  const filters = working
    .flatMap(({ isRecorded, filters }) => (isRecorded ? (filters ?? []) : []))
    .filter((filter) => matchesFilter(filter, facts));
  const heard = first(
    BEST_FIRST,
    filters.flatMap((filter) => filter.alarms.map((alarm) => throughAlarm(alarm, filter, demands))),
  );
  if (heard && heard.reach !== 'nobody') return heard;

  const hidden = working.find(({ isRecorded, filters }) => filters === null || isRecorded === null);
  const attestation = demands.attested.find(({ arn }) =>
    working.some((group) => group.arn === arn && group.filters === null),
  );
  if (attestation) return { reach: 'somebody', because: '', isNear: true, attestation };
  if (hidden) return unseen(`trail ${hidden.trail} logs in account ${hidden.account}`);
  if (heard) return heard;
  const [filter] = filters;
  if (filter) return nobody(`no alarm is on the metric of filter ${named(filter.name)}`, true);
  const [failing] = groups.filter((group) => !working.includes(group));
  if (failing) return nobody(`trail ${failing.trail} ${failing.lack}`, true);
  return nobody(
    groups.length > 0
      ? 'no metric filter on the log of a running trail matches it from anyone'
      : 'no running multi-Region trail records it to a log group',
  );
}

function throughAlarm(alarm: Alarm, filter: MetricFilter, demands: Demands): Heard {
  const fault = miscounts(filter);
  if (fault !== null) return nobody(`metric filter ${named(filter.name)} ${fault}`, true);
  const name = `alarm ${named(alarm.name)}`;
  const why = silent(alarm, filter);
  if (why !== null) return nobody(`${name} ${why}`, true);
  const { reach, because } = wayOfAlarm(alarm, demands.requireSubscription);
  return { reach, because: `${name} ${because}`, isNear: true };
}

/** CloudTrail hands its events to EventBridge in their own Region, and only what a trail there records. */
function throughRules(account: Account, event: string, demands: Demands): Heard {
  const byRegion = account.eventRules.map(({ region, rules }): Heard => {
    const recorded = account.watchedTrails
      .filter((trail) => trail.isMultiRegion || trail.region === region)
      .map((trail) => recordsEvent(trail, event));
    if (recorded.every((records) => records === false)) {
      return nobody(`no running trail records it in ${region}`);
    }
    const facts = busFacts(event, account.account, region);
    const heard = rules
      .filter(({ seesReads }) => seesReads || !mayRead(event))
      .filter((rule) => matchesRule(rule, facts))
      .map((rule) => throughRule(rule, region, demands));
    const best =
      first(BEST_FIRST, heard) ?? nobody(`no rule of EventBridge in ${region} matches it`);
    const isOpen = best.reach === 'somebody' && !recorded.includes(true);
    return isOpen ? unseen('the only trail that may record it is of another account') : best;
  });
  const found = first(WORST_FIRST, byRegion) ?? nobody('no Region has a bucket');
  return { ...found, isNear: byRegion.some(({ isNear }) => isNear) };
}

function throughRule(rule: EventRule, region: string, demands: Demands): Heard {
  const { reach, because } = wayOfRule(rule, demands.requireSubscription);
  return { reach, because: `rule ${named(rule.name)} in ${region} ${because}`, isNear: true };
}

const recordsEvent = ({ records }: WatchedTrail, event: string): boolean | null =>
  records && (records.writes || !mayWrite(event)) && (records.reads || !mayRead(event));

/** Every event is held against the same filters, so each is read once. */
const known = new WeakMap<MetricFilter, Condition | null>();

function matchesFilter(filter: MetricFilter, facts: Facts): boolean {
  const condition = known.has(filter)
    ? (known.get(filter) ?? null)
    : readFilterPattern(filter.pattern);
  known.set(filter, condition);
  return condition?.(facts) === true;
}
