import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Release } from '../../release/release.ts';
import type { Redriven } from './redrive.ts';

/** Source and type of the event by which an account and Region says once a day that it judges. */
export const HEARTBEAT = { source: 's3-config-rules', type: 's3-config-rules heartbeat' } as const;

/** What a heartbeat says. The account is in the event itself, where EventBridge writes it and nobody else can. */
export interface Heartbeat {
  readonly region: string;
  readonly version: string;
  readonly contentHash: string;
  readonly failures: Redriven;
}

export class HeartbeatNotSent extends Error {
  override readonly name = 'HeartbeatNotSent';
}

/** @param bus ARN of the bus of the central account. @throws HeartbeatNotSent */
export async function sendHeartbeat(
  events: EventBridgeClient,
  bus: string,
  heartbeat: Heartbeat,
): Promise<void> {
  const { source: Source, type: DetailType } = HEARTBEAT;
  const Detail = JSON.stringify(heartbeat);
  const { Entries: [entry] = [] } = await events.send(
    new PutEventsCommand({ Entries: [{ EventBusName: bus, Source, DetailType, Detail }] }),
  );
  if (entry?.ErrorCode !== undefined) {
    throw new HeartbeatNotSent(`${entry.ErrorCode}: ${entry.ErrorMessage}`);
  }
}

export const heartbeatOf = (
  region: string,
  { version }: Release,
  contentHash: string,
  failures: Redriven,
): Heartbeat => ({ region, version, contentHash, failures });
