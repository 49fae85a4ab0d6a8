import type { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { invocationOf } from '../../src/lambda/invocation.ts';
import { drained } from '../../src/lambda/queues/drain.ts';
import { HeartbeatNotSent } from '../../src/lambda/queues/heartbeat.ts';
import { onceADay } from '../../src/lambda/queues/once-a-day.ts';
import { bucketItem } from '../contract-server/items.ts';
import { changeEvent, NOW, scheduledEvent } from './world.ts';

/** A queue of SQS: what is received is hidden, and what is deleted is gone. */
function queueOf(bodies: readonly unknown[], more: Partial<Message> = {}, age = 3_600_000) {
  let left = bodies.map(
    (body, index): Message => ({
      ...{ MessageId: `m${index}`, ReceiptHandle: `r${index}`, ...more },
      Body: typeof body === 'string' ? body : JSON.stringify(body),
      Attributes: { SentTimestamp: String(Date.parse(NOW) - age) },
    }),
  );
  const hidden = new Set<string | undefined>();
  const sqs = {
    async send(command: unknown) {
      if (command instanceof ReceiveMessageCommand) {
        const seen = left.filter(({ MessageId }) => !hidden.has(MessageId));
        const Messages = seen.slice(0, command.input.MaxNumberOfMessages);
        for (const { MessageId } of Messages) hidden.add(MessageId);
        return Messages.length === 0 ? {} : { Messages };
      }
      if (!(command instanceof DeleteMessageBatchCommand)) throw new Error('Not a call of a queue');
      const gone = command.input.Entries?.map(({ ReceiptHandle }) => ReceiptHandle);
      if ((gone?.length ?? 0) > 10) throw new Error('TooManyEntriesInBatchRequest');
      left = left.filter(({ ReceiptHandle }) => !gone?.includes(ReceiptHandle));
      return {};
    },
  } as unknown as SQSClient;
  return { sqs, left: () => left.map(({ MessageId }) => MessageId) };
}

const arn = (name: string) => `arn:aws:lambda:eu-central-1:111122223333:function:${name}:$LATEST`;
/** What Lambda sends to a destination when all retries failed. */
const failure = (name: string, requestPayload: unknown) => ({
  version: '1.0',
  requestContext: { functionArn: arn(name), condition: 'RetriesExhausted' },
  requestPayload,
});
const change = changeEvent('s3-tls-only', bucketItem('bucket'));
const DAY = 86_400_000;

async function run(
  bodies: readonly unknown[],
  {
    age,
    rule = 'config-recorder-health',
    ...more
  }: {
    age?: number;
    rule?: string;
    message?: Partial<Message>;
    bus?: string;
    error?: string;
    refuses?: (call: number) => string | undefined;
    sqs?: SQSClient;
  } = {},
) {
  const queue = { ...queueOf(bodies, more.message, age), ...(more.sqs ? { sqs: more.sqs } : {}) };
  const invoked: { name: string | undefined; event: Record<string, unknown> }[] = [];
  const beats: Record<string, unknown>[] = [];
  let calls = 0;
  const lambda = {
    async send({ input }: InvokeCommand) {
      expect(input.InvocationType).toBe('Event');
      const name = more.refuses?.(++calls);
      if (name) throw Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: 400 } });
      invoked.push({
        name: input.FunctionName,
        event: JSON.parse(new TextDecoder().decode(input.Payload as Uint8Array)),
      });
    },
  } as unknown as LambdaClient;
  const events = {
    async send({
      input: { Entries },
    }: {
      input: { Entries: { Detail: string; EventBusName: string }[] };
    }) {
      for (const { Detail, EventBusName } of Entries)
        beats.push({ ...JSON.parse(Detail), EventBusName });
      return {
        Entries: [more.error === undefined ? {} : { ErrorCode: more.error, ErrorMessage: 'no' }],
      };
    },
  };
  const daily = onceADay({
    ...{ sqs: queue.sqs, lambda, events: events as never, queue: 'queue', contentHash: 'c0de' },
    ...{ bus: more.bus ?? 'arn:bus', release: { version: '1', commit: 'c' }, log: () => {} },
    ...{ region: async () => 'eu-central-1', now: () => new Date(NOW), wait: async () => {} },
  });
  const failed = await daily(invocationOf(scheduledEvent(rule)), () => true).catch((error) => {
    if (more.sqs) return String(error);
    throw error;
  });
  return { invoked, beats, calls, failed, left: queue.left() };
}

describe('once a day the function live', () => {
  it('starts again a change that nobody judged, with the event as it was', async () => {
    const { invoked, beats, left } = await run([failure('s3-config-rules-recorded', change)]);
    expect(invoked).toEqual([
      { name: 's3-config-rules-recorded', event: { ...change, s3ConfigRulesRedriven: 1 } },
    ]);
    expect(left).toEqual([]);
    expect(beats).toEqual([
      {
        ...{ EventBusName: 'arn:bus', region: 'eu-central-1', version: '1', contentHash: 'c0de' },
        failures: { again: 1, over: 0, later: 0, waiting: 0 },
      },
    ]);
  });

  it.each<[string, unknown, object, string]>([
    [
      'a change twice started again',
      failure('s3-config-rules-live', { ...change, s3ConfigRulesRedriven: 2 }),
      {},
      'later',
    ],
    [
      'a change of the day before',
      failure('s3-config-rules-live', change),
      { age: DAY + 1 },
      'over',
    ],
    ['a daily run', failure('s3-config-rules-live', scheduledEvent('s3-tls-only')), {}, 'later'],
    [
      'a daily run of the day before',
      failure('s3-config-rules-live', scheduledEvent('s3-tls-only')),
      { age: DAY + 1 },
      'over',
    ],
    [
      'what the publisher could not do',
      failure('s3-config-rules-publish-findings', { 'detail-type': 'Scheduled Event' }),
      { age: DAY + 1 },
      'over',
    ],
    ['a finding', { 'detail-type': 'Config Rules Compliance Change' }, { age: DAY + 1 }, 'over'],
    [
      'what is missing in the history',
      { 'detail-type': 'Config Rules Compliance Change' },
      {
        age: DAY + 1,
        message: {
          MessageAttributes: {
            RULE_ARN: {
              DataType: 'String',
              StringValue: 'arn:aws:events:eu-central-1:1:rule/s3-config-rules-forward-compliance',
            },
          },
        },
      },
      'waiting',
    ],
    ['a function of others', failure('s3-config-rules-recorded-of-others', change), {}, 'waiting'],
    ['no JSON', '{', {}, 'waiting'],
    ['a list', [], {}, 'waiting'],
    ['no event', failure('s3-config-rules-live', null), {}, 'waiting'],
  ])('leaves or takes away %s', async (_, body, more, fate) => {
    const { invoked, beats, left } = await run([body], more);
    expect(invoked).toEqual([]);
    expect(beats).toMatchObject([{ failures: { [fate]: 1 } }]);
    expect(left).toHaveLength(fate === 'over' ? 0 : 1);
  });

  it('does not start everything at once, nor receive twice what it leaves', async () => {
    const many = Array.from({ length: 1025 }, () => failure('s3-config-rules-recorded', change));
    const { invoked, left } = await run(many);
    expect(invoked).toHaveLength(1000);
    expect(left).toHaveLength(25);
  });

  it('starts the others where Lambda refuses one, and no more today where it is throttled', async () => {
    const three = Array.from({ length: 3 }, () => failure('s3-config-rules-recorded', change));
    const refused = await run(three, {
      refuses: (call) => (call === 1 ? 'RequestTooLargeException' : undefined),
    });
    expect(refused.left).toEqual(['m0']);
    expect(refused.beats).toMatchObject([{ failures: { again: 2, later: 1 } }]);
    const throttled = await run(three, { refuses: () => 'TooManyRequestsException' });
    expect([throttled.calls, throttled.left]).toEqual([1, ['m0', 'm1', 'm2']]);
    expect(throttled.beats).toMatchObject([{ failures: { again: 0, later: 3 } }]);
  });

  it('is heard where its queue cannot be read, and then fails', async () => {
    const sqs = { send: () => Promise.reject(new Error('AccessDenied')) } as unknown as SQSClient;
    const { beats, failed } = await run([], { sqs });
    expect(beats).toMatchObject([{ failures: { waiting: 1 } }]);
    expect(failed).toBe('Error: AccessDenied');
  });

  it('does so with the daily run of one rule, and fails when nobody hears it', async () => {
    expect((await run([], { rule: 's3-tls-only' })).beats).toEqual([]);
    await expect(run([], { error: 'AccessDenied' })).rejects.toThrow(HeartbeatNotSent);
    expect(
      (await run([failure('s3-config-rules-live', change)], { bus: '' })).invoked,
    ).toHaveLength(1);
  });
});

describe('the queue of findings', () => {
  const tick = { resources: ['arn:aws:events:eu-central-1:1:rule/s3-config-rules-publishing'] };
  const start = (bodies: readonly string[], fails: (body: string) => boolean = () => false) => {
    const queue = queueOf(bodies);
    const batches: number[] = [];
    const others: unknown[] = [];
    const handle = async (event: unknown) => {
      const { Records } = event as { Records?: { messageId: string; body: string }[] };
      if (Records === undefined) return void others.push(event);
      batches.push(Records.length);
      const failed = Records.filter(({ body }) => fails(body));
      return {
        batchItemFailures: failed.map(({ messageId: itemIdentifier }) => ({ itemIdentifier })),
      };
    };
    const handler = drained(handle, {
      ...{ sqs: queue.sqs, url: 'queue', schedule: 's3-config-rules-publishing' },
      ...{ batchSize: 100, hiddenSeconds: 1200, now: () => new Date(NOW) },
    });
    return { handler, batches, others, left: queue.left };
  };

  it('is emptied in batches, and keeps what could not be published', async () => {
    const bodies = Array.from({ length: 130 }, (_, n) => String(n));
    const { handler, batches, left } = start(bodies, (body) => body === '7');
    await handler(tick);
    expect(batches).toEqual([100, 30]);
    expect(left()).toEqual(['m7']);
  });

  it('is not asked on other events, and an empty one starts nothing', async () => {
    const { handler, batches, others } = start([]);
    await handler(tick);
    const daily = {
      'detail-type': 'Scheduled Event',
      resources: ['arn:aws:events:x:1:rule/s3-config-rules-reconciliation'],
    };
    await handler(daily);
    expect([batches, others]).toEqual([[], [daily]]);
  });
});
