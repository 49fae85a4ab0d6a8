import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { RuleWords } from '../engine/words.ts';
import { structured } from '../records/normalise.ts';
import type { Release } from '../release/release.ts';
import { type Change, changeOf, type Exceptions, keyOf } from '../security-hub/change.ts';
import { archiveAll, type Reconciled, reconcile } from '../security-hub/daily/reconcile.ts';
import { publishResults } from '../security-hub/results.ts';
import { type HubApi, SecurityHub } from '../security-hub/security-hub.ts';
import type { Settler } from '../security-hub/settler.ts';
import { ARCHIVE_ALL, SHARES } from '../security-hub/subscriptions.ts';
import type { Wait } from '../sources/config-api/recorded-items.ts';
import { array, isObject, object, text } from '../values/json.ts';
import { partitionOf } from '../values/region.ts';
import { cut, printable } from '../values/text.ts';

/** Everything external that the publisher uses. */
export interface PublisherWorld extends Exceptions {
  readonly rules: readonly RuleWords[];
  readonly config: ConfigServiceClient;
  /** One that makes a single attempt. */
  readonly hub: HubApi;
  readonly pagesUrl: string | undefined;
  readonly contentHash: string | undefined;
  readonly release?: Release | undefined;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
  readonly now: () => Date;
  readonly wait: Wait;
}

/** Findings that Security Hub did not take. Thrown if the caller cannot be told which messages to retry. */
export class NotPublished extends Error {
  override readonly name = 'NotPublished';
}

/** The answer to a queue: the messages that have to come back (Lambda Developer Guide, "Reporting batch item failures"). */
export interface QueueAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Some services repeat whole requests in an error. */
const LOG_LIMIT = 1000;

/**
 * The handler of the publisher. It takes a batch of messages of its queue, each an event of AWS Config; a single such
 * event; a scheduled event, which starts the reconciliation of the account and Region that it names; or one that has all their findings
 * archived.
 */
export function createPublisher(
  world: PublisherWorld,
): (event: unknown) => Promise<QueueAnswer | undefined> {
  const { now, wait } = world;
  const hub = new SecurityHub(world.hub, { now, wait, share: SHARES.queue });
  const daily = new SecurityHub(world.hub, { now, wait, share: SHARES.daily });
  return async (event) => {
    try {
      const outer = object(event, 'the event');
      if ('Records' in outer)
        return await answerQueue(world, hub, array(outer['Records'], 'Records'));
      const type = outer['detail-type'];
      if (type === 'Scheduled Event' || type === ARCHIVE_ALL) {
        const place = {
          account: text(outer['account'], 'account'),
          region: text(outer['region'], 'region'),
        };
        const settler = settlerOf(world, daily, place);
        const isLast = type === ARCHIVE_ALL;
        const done = await (isLast
          ? archiveAll(settler, world.rules, now)
          : reconcile(settler, world.config, world.rules, now));
        report(world, isLast ? 'archive' : 'reconcile', place, done);
        return undefined;
      }
      const failures = await publish(world, hub, [changeOf(outer, world.rules)]);
      for (const reason of failures.values()) throw new NotPublished(reason);
      return undefined;
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      world.log({ level: 'error', error: name, message: cut(printable(message), LOG_LIMIT) });
      throw error;
    }
  };
}

async function answerQueue(
  world: PublisherWorld,
  hub: SecurityHub,
  records: readonly unknown[],
): Promise<QueueAnswer> {
  const failed = new Map<string, string>();
  const changes = new Map<string, Change | undefined>();
  for (const record of records) {
    const { messageId, body } = isObject(record) ? record : {};
    // Without an id, the answer cannot say which message it was.
    const id = typeof messageId === 'string' ? messageId : '';
    try {
      changes.set(id, changeOf(structured(body), world.rules));
    } catch (error) {
      // It can never be processed but must not be lost: the dead-letter queue keeps it for review.
      failed.set(id, String(error));
    }
  }
  const failures = await publish(world, hub, [...changes.values()]);
  for (const [id, change] of changes) {
    const reason = change && failures.get(keyOf(change));
    if (reason !== undefined) failed.set(id, reason);
  }
  const entry = {
    level: failed.size > 0 ? 'error' : 'info',
    task: 'results',
    messages: records.length,
  };
  world.log({ ...entry, failed: failed.size, ...firstOf(failed) });
  // An id that SQS does not know would have it take the whole batch for failed (Lambda Developer Guide).
  const ids = [...failed.keys()].filter((id) => id !== '');
  return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** Publishes changes of our rules, the accounts and Regions one after the other. */
async function publish(
  world: PublisherWorld,
  hub: SecurityHub,
  changes: readonly (Change | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const ours = changes.filter((change) => change !== undefined);
  const places = new Map(ours.map((change) => [`${change.account} ${change.region}`, change]));
  const failures = new Map<string, string>();
  for (const { account, region } of places.values()) {
    const here = ours.filter((each) => each.account === account && each.region === region);
    const settler = settlerOf(world, hub, { account, region });
    const reasons = await publishResults(settler, world.config, here, world.now()).catch(
      // On any error, every message is retried.
      (error: unknown) => new Map(here.map((change) => [keyOf(change), String(error)])),
    );
    for (const [key, reason] of reasons) failures.set(key, reason);
  }
  return failures;
}

/** @throws NotPublished */
function report(
  { log }: PublisherWorld,
  task: string,
  place: object,
  { results, archived, left, failures }: Reconciled,
): void {
  const level = failures.size > 0 ? 'error' : left > 0 ? 'warn' : 'info';
  const counts = { results, archived, left, failed: failures.size };
  log({ level, task, ...place, ...counts, ...firstOf(failures) });
  if (failures.size > 0) {
    const { reason } = firstOf(failures);
    throw new NotPublished(`${failures.size} findings or rules were not updated: ${reason}`);
  }
}

function settlerOf(
  { waivers, accounts, pagesUrl, contentHash, release, wait }: PublisherWorld,
  hub: SecurityHub,
  { account, region }: { readonly account: string; readonly region: string },
): Settler {
  const place = { account, region, partition: partitionOf(region) };
  return { hub, place, waivers, accounts, pagesUrl, contentHash, release, wait };
}

function firstOf(failures: ReadonlyMap<string, string>) {
  const [reason] = failures.values();
  return reason === undefined ? {} : { reason: cut(printable(reason), LOG_LIMIT) };
}
