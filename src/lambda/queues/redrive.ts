import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { structured } from '../../records/normalise.ts';
import { lasts } from '../../services/failures.ts';
import type { Wait } from '../../sources/config-api/recorded-items.ts';
import { isObject, type Json } from '../../values/json.ts';
import { type QueueRecord, receive, remove } from './queue.ts';

export interface Redriving {
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  readonly url: string;
  readonly hasTime: () => boolean;
  readonly now: () => Date;
  readonly wait: Wait;
}

/** What was in the queue of failures, in messages. */
export interface Redriven {
  /** Started again. */
  readonly again: number;
  /** Taken away, because a daily run has made up for them since. */
  readonly over: number;
  /** Left until a daily run has made up for them. */
  readonly later: number;
  /** Left for a person. */
  readonly waiting: number;
}
type Fate = keyof Redriven;

const FUNCTIONS = /:function:(s3-config-rules-(?:recorded|live|publish-findings))(?::|$)/;
/** How often one event is started again, each time with three attempts. */
const TIMES = 2;
/** Where an event says how often it was. AWS Config sends no such key, and the functions read none. */
const COUNT = 's3ConfigRulesRedriven';
/** Name of the rule that takes changes of compliance to the central account. */
const FORWARDING = '/s3-config-rules-forward-compliance';
const DAY = 86_400_000;
/** Longer than the function runs: what is left is not received twice. */
const HIDDEN_SECONDS = 1200;
const AT_ONCE = 100;
/** Of those that are started again in one run, and how long after each other: what failed for throttling must not be throttled anew. */
const MOST = 1000;
const PAUSE_MILLISECONDS = 200;

/**
 * Starts again what failed in spite of all retries, once a day. A change that nobody judged is handed to its function with the
 * event of AWS Config as it was: its capture time orders the result, so that it never replaces a later one. What is older than
 * a day is over: the daily run of its rule has judged everything since, and the daily comparison has published it; when these
 * fail, they are failures of their own.
 */
export async function redrive(api: Redriving): Promise<Redriven> {
  const counts = { again: 0, over: 0, later: 0, waiting: 0 };
  let mayStart = true;
  while (api.hasTime()) {
    const records = await receive(api.sqs, api.url, {
      most: AT_ONCE,
      hiddenSeconds: HIDDEN_SECONDS,
    });
    if (records.length === 0) break;
    const done: QueueRecord[] = [];
    for (const record of records) {
      let fate: Fate;
      try {
        fate = await settle(api, record, mayStart && counts.again < MOST);
      } catch (error) {
        // An event that Lambda refuses costs no other; when it is throttled, nothing more is begun today.
        mayStart &&= lasts(error);
        fate = 'later';
      }
      counts[fate]++;
      if (fate === 'again' || fate === 'over') done.push(record);
    }
    await remove(api.sqs, api.url, done);
  }
  return counts;
}

async function settle(api: Redriving, record: QueueRecord, mayStart: boolean): Promise<Fate> {
  const message = structured(record.body);
  // A change that did not reach the history is put there by nobody: events of AWS cannot be made.
  if (!isObject(message) || record.rule?.endsWith(FORWARDING)) return 'waiting';
  const failed = failedInvocation(message);
  // The queue of findings gives up whole events.
  const isOurs = failed !== null || message['detail-type'] === 'Config Rules Compliance Change';
  if (!isOurs) return 'waiting';
  if (api.now().getTime() - record.sentAt > DAY) return 'over';
  if (failed === null || !failed.isChange || failed.times >= TIMES || !mayStart) return 'later';
  const event = { ...failed.event, [COUNT]: failed.times + 1 };
  await api.lambda.send(
    new InvokeCommand({
      FunctionName: failed.name,
      InvocationType: 'Event',
      Payload: new TextEncoder().encode(JSON.stringify(event)),
    }),
  );
  await api.wait(PAUSE_MILLISECONDS);
  return 'again';
}

/** Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations". */
function failedInvocation(record: Json) {
  const { requestContext: context, requestPayload: event } = record;
  const arn = isObject(context) ? String(context['functionArn']) : '';
  const name = FUNCTIONS.exec(arn)?.[1];
  if (name === undefined || !isObject(event)) return null;
  const invoking = structured(event['invokingEvent']);
  const type = isObject(invoking) ? String(invoking['messageType']) : '';
  return { name, event, times: Number(event[COUNT] ?? 0), isChange: type.includes('ItemChange') };
}
