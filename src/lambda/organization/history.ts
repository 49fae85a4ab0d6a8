import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { annotationOf } from '../../engine/finding.ts';
import type { RuleWords } from '../../engine/words.ts';
import { linesOf, OF_THE_PAST, type Problem, type Run } from '../../results/index.ts';
import type { FindingRow } from '../../results/rows.ts';
import { DECORATION } from '../../security-hub/automation-rules.ts';
import { type Change, changeOf, decisive } from '../../security-hub/change.ts';
import { eachOf } from '../../services/pool.ts';
import { isObject } from '../../values/json.ts';
import { answerOf, type Listed, type ObjectStore } from './object-store.ts';
import { resourceKey } from './reported.ts';

/** What the history tells of one rule on one resource last. */
export type Told = Pick<Change, 'complianceType' | 'annotation' | 'recordedAt'>;

/** By rule and resource, as {@link toldKey} writes them. */
export type Telling = Map<string, Told>;

export const toldKey = (rule: string, resource: Parameters<typeof resourceKey>[0]): string =>
  `${rule} ${resourceKey(resource)}`;

/** How many objects are fetched in the same moment. */
const AT_ONCE = 16;
const DAY = 86_400_000;

export interface HistoryWorld {
  /** The bucket of the history; null where the deployment keeps none. */
  readonly history: ObjectStore | null;
  readonly rules: readonly RuleWords[];
  /** A folder of its own for what is fetched. */
  readonly folder: string;
  /** The time of the run (ISO, UTC): what was recorded later does not count. */
  readonly now: string;
  readonly hasTime: () => boolean;
}

/**
 * Takes over what the run before knew from the history, so that only the days since then have to be read.
 * @param current where results are taken from today. @returns the time of that run; null where all has to be read.
 */
export async function tellingOf(
  run: Run | undefined,
  telling: Telling,
  current: ReadonlySet<string>,
): Promise<string | null> {
  if (run?.row.rules.some(({ judgedBy }) => judgedBy === 'aws-config') !== true) return null;
  for await (const row of run.rows('findings')) {
    // Without a reason it is what the aggregator held, of a time that is not its own: an event that comes late must still count.
    if (row.judgedBy === undefined || row.messageId === 'noReason') continue;
    telling.set(toldKey(row.rule, row.subject), {
      complianceType: row.verdictForConfig,
      annotation: toldOf(row),
      recordedAt: row.observedAt ?? '',
    });
  }
  // What that run could not read, or did not take from where the rules were of the past, is read now.
  const isWhole = !run.row.problems.some(({ message }) => message.startsWith(NOT_WHOLE));
  for await (const { account, region, reason } of run.rows('regions'))
    if (reason === OF_THE_PAST && current.has(`${account} ${region}`)) return null;
  return isWhole ? run.row.evaluatedAt : null;
}

/** A failure that an account had waived, and the settings did not, was told as waived: the row does not say by which waiver. */
function toldOf(row: FindingRow): string {
  const isWaived = row.verdictForConfig === 'NOT_APPLICABLE' && row.verdict === 'NON_COMPLIANT';
  return isWaived && row.state !== 'WAIVED'
    ? `waived by the account, ${annotationOf(row)}`
    : annotationOf(row);
}

/**
 * Reads the events "Config Rules Compliance Change" that Firehose delivered, one in a line, the newest days first: the last one of a
 * rule on a resource counts. They tell what the aggregator does not: the reason, and NOT_APPLICABLE. AWS Config sends them as well as
 * it can, so that they count only as far as the aggregator agrees.
 * @param since everything before it is in `telling` already (ISO, UTC); null for nothing.
 */
export async function readHistory(
  { history, rules, folder, now, hasTime }: HistoryWorld,
  since: string | null,
  telling: Telling,
): Promise<readonly Problem[]> {
  if (history === null) return [];
  let unread = 0;
  // An event may come a day late, and Firehose names the day of the delivery.
  const first = since === null ? '' : dayOf(Date.parse(since) - 2 * DAY);
  try {
    for await (const day of daysBack(history, dayOf(Date.parse(now) + DAY))) {
      if (day < first) break;
      if (!hasTime()) return [problem(`there was not enough time to read it beyond ${day}`)];
      const objects = await history.objects(`events/${day}/`);
      const files = await eachOf(objects, AT_ONCE, ({ key }) => fetched(history, key, folder));
      for (const file of files) unread += await readFile(file, rules, now, telling);
    }
  } catch (error) {
    return [problem(answerOf(error))];
  }
  // They are locked and stay, so reading them again helps nobody.
  const message = `In the history of the results of AWS Config, this many lines are not its events: ${unread}.`;
  return unread === 0 ? [] : [{ kind: 'difference', message }];
}

const NOT_WHOLE = 'The history of the results of AWS Config was not read whole';

const problem = (why: string): Problem => ({
  kind: 'difference',
  message: `${NOT_WHOLE}: ${why}.`,
});

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10).replaceAll('-', '/');

async function fetched(store: ObjectStore, key: Listed['key'], folder: string): Promise<string> {
  const path = join(folder, key);
  await store.fetch(key, path);
  return path;
}

/** The days of which there are events, as `yyyy/MM/dd`, the last first. */
async function* daysBack(store: ObjectStore, last: string): AsyncGenerator<string> {
  const below = async (prefix: string, digits: RegExp) =>
    (await store.folders(prefix))
      .filter((name) => digits.test(name))
      .sort()
      .reverse();
  for (const year of await below('events/', /^\d{4}$/)) {
    for (const month of await below(`events/${year}/`, /^\d\d$/)) {
      for (const day of await below(`events/${year}/${month}/`, /^\d\d$/)) {
        const date = `${year}/${month}/${day}`;
        if (date <= last) yield date;
      }
    }
  }
}

/** @returns how many lines are no events. */
async function readFile(
  path: string,
  rules: readonly RuleWords[],
  now: string,
  telling: Telling,
): Promise<number> {
  let unread = 0;
  const read = (text: string) => {
    try {
      const change = changeIn(JSON.parse(text), rules);
      if (change !== undefined && change.recordedAt <= now) keep(change, telling);
    } catch {
      unread++;
    }
  };
  try {
    for await (const { text } of linesOf(path)) read(text);
  } catch {
    // What comes before the damage counts, and other files do.
    unread++;
  }
  await rm(path);
  return unread;
}

/** EventBridge says which account an event is of, whatever stands in it. @throws Malformed, or Error for an event of another account. */
function changeIn(event: unknown, rules: readonly RuleWords[]): Change | undefined {
  const change = changeOf(event, rules);
  // Rules of our packs only: anyone may give another rule the name of one of ours.
  if (!change?.configRuleName.includes(DECORATION) || !isObject(event)) return undefined;
  const { account, source } = event;
  if (account === change.account && source === 'aws.config') return change;
  throw new Error('The event is not of the account that it tells of.');
}

function keep(change: Change, telling: Telling): void {
  const key = toldKey(change.rule.id, change);
  const known = telling.get(key);
  const { complianceType, annotation, recordedAt } =
    known === undefined ? change : decisive({ ...change, ...known }, change);
  telling.set(key, { complianceType, annotation, recordedAt });
}
