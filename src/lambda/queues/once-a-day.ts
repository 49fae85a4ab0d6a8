import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Release } from '../../release/release.ts';
import type { Invocation } from '../invocation.ts';
import type { World } from '../world.ts';
import { heartbeatOf, sendHeartbeat } from './heartbeat.ts';
import { type Redriven, redrive } from './redrive.ts';

/** The rule with whose daily run this goes: it is in every pack and runs in every Region. */
const DAILY_RULE = 'config-recorder-health';

interface Daily extends Pick<World, 'log' | 'now' | 'wait'> {
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  readonly events: EventBridgeClient;
  readonly region: () => Promise<string>;
  /** ARN of the bus of the central account, and address of the queue of failures; empty where there is none. */
  readonly bus: string;
  readonly queue: string;
  readonly contentHash: string;
  readonly release: Release;
}

const NOTHING: Redriven = { again: 0, over: 0, later: 0, waiting: 0 };
/** A queue that cannot be read needs a person, and its account and Region is judged all the same. */
const UNREAD: Redriven = { ...NOTHING, waiting: 1 };

/**
 * What the function live does with the daily run of one rule: it starts again what failed, then says that it is there. So a
 * heartbeat means that AWS Config has the rules evaluated here, and not only that a clock runs.
 */
export const onceADay =
  (daily: Daily) =>
  async ({ rule }: Invocation, hasTime: () => boolean): Promise<void> => {
    if (rule !== DAILY_RULE) return;
    const { queue: url, bus, release, contentHash, log } = daily;
    let failures = NOTHING;
    let failed: unknown;
    try {
      if (url !== '') failures = await redrive({ ...daily, url, hasTime });
    } catch (error) {
      failed = error;
      failures = UNREAD;
    }
    log({ level: failures.waiting > 0 ? 'warn' : 'info', task: 'redrive', ...failures });
    if (bus !== '') {
      const heartbeat = heartbeatOf(await daily.region(), release, contentHash, failures);
      await sendHeartbeat(daily.events, bus, heartbeat);
    }
    if (failed !== undefined) throw failed;
  };
