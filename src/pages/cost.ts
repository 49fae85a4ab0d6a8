import { managedRules } from '../../conformance-pack/managed-rules.ts';
import type { Rule } from '../engine/rule.ts';
import { needsOf } from '../facets/needs.ts';
import { dollarsOf, type PriceId, prices } from './cost-prices.ts';

/** Where the pack runs, alike in each account and Region. */
export interface Fleet {
  readonly accounts: number;
  readonly regions: number;
  /** In each account and Region. */
  readonly buckets: number;
}

/** What nobody can know of the reader's accounts, and what the services are taken to do. `cost-page.ts` says each in words. */
export const ASSUMED = {
  days: 30,
  changesPerSubjectAndDay: 0.1,
  accessPointsPerBucket: 0.1,
  users: 10,
  policies: 100,
  subjectsOfManagedRule: 10,
  shareOfChangesThatTurn: 0.1,
  shareOfDailyThatTurn: 0.001,
  memoryGb: 0.5,
  changeSeconds: 0.1,
  dailySeconds: 2,
  dailySecondsPerSubject: 0.02,
  publishSeconds: 2,
  reconcileSecondsPerFinding: 0.01,
  logBytes: 800,
  logMonths: 12,
  eventKb: 5,
  historyBytes: 500,
  historyMonths: 84,
  idlePolls: 5 * 3 * 60 * 24,
  objectsPerDay: 96,
  scannedTb: 0.01,
  keys: 2,
  refreshDays: 30,
} as const;

/** Of the member stack; a test holds them against its template. */
export const MEMBER = { alarms: 10, batchSize: 100 } as const;

/** How often one rule runs. */
export type Load = Pick<Rule, 'subject'> & {
  readonly onChange: boolean;
  readonly daily: boolean;
  readonly homeRegionOnly: boolean;
};

/** Of the rules themselves, as the pack deploys them. */
export const loadsOf = (rules: readonly Rule[]): readonly Load[] =>
  rules.map((rule) => {
    const { onChange, homeRegionOnly } = needsOf(rule);
    return { subject: rule.subject, onChange, daily: true, homeRegionOnly };
  });

/** One line of the bill, for all accounts and Regions together. */
export interface Item {
  readonly what: string;
  readonly price: PriceId;
  readonly quantity: number;
  readonly dollars: number;
}

/** What happens in a month in one account and Region. */
interface Activity {
  readonly evaluations: number;
  readonly turned: number;
  readonly invocations: number;
  readonly seconds: number;
  /** Results that stand at any time, each of them a finding. */
  readonly results: number;
}

function subjectsOf(subject: Rule['subject'], buckets: number): number {
  const { accessPointsPerBucket, users, policies } = ASSUMED;
  // A kind that the model does not know yet costs as much as buckets do.
  const counts: Readonly<Partial<Record<Rule['subject'], number>>> = {
    account: 1,
    bucket: buckets,
    accessPoint: buckets * accessPointsPerBucket,
    iamUser: users,
    iamPolicy: policies,
  };
  return counts[subject] ?? buckets;
}

function activityOf(loads: readonly Load[], buckets: number, isHome: boolean): Activity {
  const { days, changesPerSubjectAndDay, shareOfChangesThatTurn, shareOfDailyThatTurn } = ASSUMED;
  let [evaluations, turned, invocations, seconds, results] = [0, 0, 0, 0, 0];
  for (const { subject, onChange, daily, homeRegionOnly } of loads) {
    if (homeRegionOnly && !isHome) continue;
    const subjects = subjectsOf(subject, buckets);
    results += subjects;
    if (onChange) {
      const changes = subjects * changesPerSubjectAndDay * days;
      evaluations += changes;
      turned += changes * shareOfChangesThatTurn;
      // AWS Config invokes the function for each rule and change.
      invocations += changes;
      seconds += changes * ASSUMED.changeSeconds;
    }
    if (daily) {
      evaluations += subjects * days;
      turned += subjects * days * shareOfDailyThatTurn;
      invocations += days;
      seconds += days * (ASSUMED.dailySeconds + subjects * ASSUMED.dailySecondsPerSubject);
    }
  }
  const managed = managedRules.filter((rule) => isHome || !rule.homeRegionOnly);
  evaluations += managed.length * ASSUMED.subjectsOfManagedRule * days;
  return { evaluations, turned, invocations, seconds, results };
}

/** Dollars for evaluations if AWS billed a daily invocation as one, however many subjects it judges. */
export const billedByInvocation = (loads: readonly Load[], fleet: Fleet): number => {
  const { days } = ASSUMED;
  const places = fleet.accounts * fleet.regions;
  const daily = loads.filter((load) => load.daily);
  const atHome = daily.filter(({ homeRegionOnly }) => homeRegionOnly).length;
  const changes = costOf(
    loads.map((load) => ({ ...load, daily: false })),
    fleet,
  );
  const invocations = days * ((daily.length - atHome) * places + atHome * fleet.accounts);
  const dearest = prices.evaluation.tiers[0][1];
  return (changes[0]?.dollars ?? 0) + invocations * dearest;
};

/** The monthly bill. Tiers are reckoned for each account and Region on its own, the dearest reading. */
export function costOf(loads: readonly Load[], { accounts, regions, buckets }: Fleet): Item[] {
  const home = memberItems(activityOf(loads, buckets, true));
  const other = memberItems(activityOf(loads, buckets, false));
  const members = home.map((item, index) => {
    const elsewhere = other[index] ?? item;
    const sum = (of: (each: Item) => number) =>
      accounts * (of(item) + (regions - 1) * of(elsewhere));
    return {
      ...item,
      quantity: sum((each) => each.quantity),
      dollars: sum((each) => each.dollars),
    };
  });
  const turned = members.find(({ price }) => price === 'event')?.quantity ?? 0;
  return [...members, ...centralItems(turned)];
}

export const totalOf = (items: readonly Item[]): number =>
  items.reduce((sum, { dollars }) => sum + dollars, 0);

function item(what: string, price: PriceId, quantity: number): Item {
  return { what, price, quantity, dollars: dollarsOf(quantity, prices[price]) };
}

function memberItems({ evaluations, turned, invocations, seconds, results }: Activity): Item[] {
  const { days } = ASSUMED;
  // The batch window is so short that a batch is mostly one event; the daily comparison comes on top.
  const published = turned + days;
  const publishing =
    turned * ASSUMED.publishSeconds + days * results * ASSUMED.reconcileSecondsPerFinding;
  const logged = ((invocations + published) * ASSUMED.logBytes) / 1e9;
  const refreshed = (results * days) / ASSUMED.refreshDays;
  return [
    item('Evaluations', 'evaluation', evaluations),
    item('Records of compliance (AWS::Config::ResourceCompliance)', 'configurationItem', turned),
    item('Lambda: requests', 'invocation', invocations + published),
    item('Lambda: compute', 'compute', (seconds + publishing) * ASSUMED.memoryGb),
    item('Alarms', 'alarm', MEMBER.alarms),
    item('Logs: taken in', 'logsIngested', logged),
    item('Logs: kept', 'logsStored', logged * ASSUMED.logMonths),
    item('Queue: Lambda asking while it is empty', 'queueRequest', ASSUMED.idlePolls * days),
    item('Queue: messages', 'queueRequest', turned * 3),
    item('Security Hub findings', 'findingEvent', turned + refreshed),
    item('Events to the central account', 'event', turned),
  ];
}

/** What the central account adds, once for the organization. */
function centralItems(events: number): Item[] {
  const { days, eventKb, historyBytes, historyMonths, objectsPerDay, keys } = ASSUMED;
  const objects = Math.min(events, objectsPerDay * days);
  return [
    item('History: Firehose', 'firehose', (events * eventKb) / 1e6),
    item('History: kept in S3', 'stored', (events * historyBytes * historyMonths) / 1e9),
    item('History: PUT', 'put', objects),
    item('Keys', 'key', keys),
    item('Keys: requests', 'keyRequest', objects),
    item('Athena', 'scanned', ASSUMED.scannedTb),
  ];
}
