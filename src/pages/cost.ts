import { type ManagedRule, managedRules } from '../../conformance-pack/managed-rules.ts';
import { heldBy, type Pack } from '../../conformance-pack/packs.ts';
import type { Rule } from '../engine/rule.ts';
import { isOnChange, needsOf } from '../facets/needs.ts';
import { ASSUMED, MEMBER } from './cost-assumed.ts';
import { judgingMeters, type Metered, siteMeters } from './cost-central.ts';
import { type Choices, type Costly, DEFAULT, type Fleet, type Item } from './cost-choices.ts';
import { dollarsOf, type PriceId, prices } from './cost-prices.ts';

export { type Choices, type Costly, DEFAULT, type Fleet, type Item } from './cost-choices.ts';

/** What happens in a month in one account and Region. */
interface Activity {
  /** Results that AWS Config records. */
  readonly evaluations: number;
  readonly turned: number;
  readonly invocations: number;
  readonly seconds: number;
  /** Results that stand at any time, each of them a finding. */
  readonly results: number;
  /** Questions to KMS, which bills them. */
  readonly keyRequests: number;
}

function subjectsOf(subject: Rule['subject'] | ManagedRule['subject'], buckets: number): number {
  const { accessPointsPerBucket, users, policies, keys } = ASSUMED;
  // A kind that the model does not know yet costs as much as buckets do.
  const counts: Readonly<Record<string, number>> = {
    account: 1,
    bucket: buckets,
    accessPoint: buckets * accessPointsPerBucket,
    iamUser: users,
    iamPolicy: policies,
    key: keys,
  };
  return counts[subject] ?? buckets;
}

function activityOf(
  rules: readonly Costly[],
  { tier, onChange, awsManagedRules }: Choices,
  { buckets, isHome }: { readonly buckets: number; readonly isHome: boolean },
): Activity {
  const { days, changesPerSubjectAndDay, shareOfChangesThatTurn, shareOfDailyThatTurn } = ASSUMED;
  const pack: Pack = { name: '', frameworks: ['gdpr', 'hipaa'], tier };
  let [evaluations, turned, invocations, seconds, results, keyRequests] = [0, 0, 0, 0, 0, 0];
  for (const rule of rules.filter(heldBy(pack))) {
    if (needsOf(rule).homeRegionOnly && !isHome) continue;
    const subjects = subjectsOf(rule.subject, buckets);
    results += subjects;
    const changes = needsOf(rule).onChange ? subjects * changesPerSubjectAndDay * days : 0;
    const turnedByChanges = changes * shareOfChangesThatTurn;
    const turnedByDays = subjects * days * shareOfDailyThatTurn;
    turned += turnedByChanges + turnedByDays;
    // A change is answered in any case; a daily run reports what turned.
    if (isOnChange(rule, onChange)) {
      evaluations += changes + turnedByDays;
      // AWS Config invokes the function for each rule and change.
      invocations += changes;
      seconds += changes * ASSUMED.changeSeconds;
    } else {
      evaluations += turnedByChanges + turnedByDays;
    }
    // One for each key of the account, or for the key of each bucket.
    const asked = needsOf(rule).permissions.filter((action) => action.startsWith('kms:')).length;
    const judged = subjects * days + (isOnChange(rule, onChange) ? changes : 0);
    keyRequests += asked * (rule.subject === 'account' ? ASSUMED.keys : 1) * judged;
    invocations += days;
    seconds += days * (ASSUMED.dailySeconds + subjects * ASSUMED.dailySecondsPerSubject);
  }
  for (const rule of awsManagedRules ? managedRules.filter(heldBy(pack)) : []) {
    if (rule.homeRegionOnly && !isHome) continue;
    evaluations += subjectsOf(rule.subject, buckets) * days;
  }
  return { evaluations, turned, invocations, seconds, results, keyRequests };
}

/** The monthly bill. Tiers of AWS Config are those of all accounts of the organization together, in each Region. */
export function costOf(rules: readonly Costly[], fleet: Fleet, choices: Choices = DEFAULT): Item[] {
  const { accounts, regions, buckets } = fleet;
  const home = memberItems(activityOf(rules, choices, { buckets, isHome: true }), choices);
  const other = memberItems(activityOf(rules, choices, { buckets, isHome: false }), choices);
  const members = home.map(([what, price, atHome], index) => {
    const [, , elsewhere] = other[index] ?? [what, price, atHome];
    const quantity = accounts * (atHome + (regions - 1) * elsewhere);
    const dollars = POOLED.has(price)
      ? dollarsOf(accounts * atHome, prices[price]) +
        (regions - 1) * dollarsOf(accounts * elsewhere, prices[price])
      : accounts *
        (dollarsOf(atHome, prices[price]) + (regions - 1) * dollarsOf(elsewhere, prices[price]));
    return { what, price, quantity, dollars };
  });
  const turned = members.find(({ price }) => price === 'event')?.quantity ?? 0;
  const rest = centralItems(turned, fleet, choices);
  const judging = judgingMeters(rules, fleet).map(priced);
  return [
    ...[...members, ...rest].map((item) => (choices.rules === 'central' ? free(item) : item)),
    ...judging.map((item) => (choices.rules === 'members' ? free(item) : item)),
    ...siteMeters()
      .map(priced)
      .map((item) => (choices.site && choices.rules !== 'members' ? item : free(item))),
  ];
}

/** A line of what is not there. */
const free = (item: Item): Item => ({ ...item, quantity: 0, dollars: 0 });

const priced = ([what, price, quantity]: Metered): Item => ({
  ...{ what, price, quantity },
  dollars: dollarsOf(quantity, prices[price]),
});

/** Meters whose tiers count all accounts of the organization together; of the others no page says it. */
const POOLED: ReadonlySet<PriceId> = new Set(['evaluation']);

export const totalOf = (items: readonly Item[]): number =>
  items.reduce((sum, { dollars }) => sum + dollars, 0);

/** Dollars for evaluations if AWS billed a daily run as one, whatever it reports. */
export function billedByInvocation(rules: readonly Costly[], fleet: Fleet, choices = DEFAULT) {
  const evaluations = (isHome: boolean) =>
    rules
      .filter(heldBy({ name: '', frameworks: ['gdpr', 'hipaa'], tier: choices.tier }))
      .filter((rule) => isHome || !needsOf(rule).homeRegionOnly)
      .reduce((sum, rule) => {
        const changes = subjectsOf(rule.subject, fleet.buckets) * ASSUMED.changesPerSubjectAndDay;
        return sum + ASSUMED.days * (1 + (isOnChange(rule, choices.onChange) ? changes : 0));
      }, 0);
  const { accounts, regions } = fleet;
  return (
    dollarsOf(accounts * evaluations(true), prices.evaluation) +
    (regions - 1) * dollarsOf(accounts * evaluations(false), prices.evaluation)
  );
}

function memberItems(activity: Activity, choices: Choices): Metered[] {
  const { securityHub, history, alarms, complianceHistory } = choices;
  const { days } = ASSUMED;
  const { evaluations, turned, invocations, seconds, results, keyRequests } = activity;
  const [hub, kept] = [securityHub ? 1 : 0, history ? 1 : 0];
  // What waits is published every 20 minutes; the daily comparison comes on top.
  const published = hub * days * (MEMBER.drainsPerDay + 1);
  const publishing =
    hub *
    (published * ASSUMED.drainSeconds +
      turned * ASSUMED.publishSeconds +
      days * results * ASSUMED.reconcileSecondsPerFinding);
  const logged = ((invocations + published) * ASSUMED.logBytes) / 1e9;
  const refreshed = (results * days) / ASSUMED.refreshDays;
  return [
    ['Evaluations', 'evaluation', evaluations],
    [
      'Records of compliance (AWS::Config::ResourceCompliance)',
      'configurationItem',
      complianceHistory ? turned : 0,
    ],
    ['Lambda: requests', 'invocation', invocations + published],
    ['Lambda: compute', 'compute', (seconds + publishing) * ASSUMED.memoryGb],
    ['Questions to KMS', 'keyRequest', keyRequests],
    ['Alarms', 'alarm', alarms ? (securityHub ? MEMBER.alarms : MEMBER.alarms - 3) : 0],
    ['Logs: taken in', 'logsIngested', logged],
    ['Logs: kept', 'logsStored', logged * ASSUMED.logMonths],
    ['Queue: asked by the schedule', 'queueRequest', hub * days * MEMBER.drainsPerDay],
    ['Queue: messages', 'queueRequest', hub * turned * 3],
    ['Security Hub findings', 'findingEvent', hub * (turned + refreshed)],
    ['Events to the central account', 'event', kept * turned + days],
  ];
}

/** What the central account adds, once for the organization. */
function centralItems(events: number, fleet: Fleet, { history }: Choices): Item[] {
  const { days, eventKb, historyBytes, historyMonths, objectsPerDay, centralKeys } = ASSUMED;
  const kept = history ? events : 0;
  const objects = Math.min(kept, objectsPerDay * days);
  const heartbeats = (fleet.accounts * fleet.regions * days * ASSUMED.heartbeatBytes) / 1e9;
  const items: readonly Metered[] = [
    ['History: Firehose', 'firehose', (kept * eventKb) / 1e6],
    ['History: kept in S3', 'stored', (kept * historyBytes * historyMonths) / 1e9],
    ['History: PUT', 'put', objects],
    ['Heartbeats: logs', 'logsIngested', heartbeats],
    ['Keys', 'key', history ? centralKeys : 1],
    ['Keys: requests', 'keyRequest', objects],
    ['Athena', 'scanned', history ? ASSUMED.scannedTb : 0],
  ];
  return items.map(priced);
}
