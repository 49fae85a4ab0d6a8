import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createHandler } from './handler.ts';
import { onceADay } from './queues/once-a-day.ts';
import { releaseIn } from './release.ts';
import { calls, world } from './running-world.ts';

const { CENTRAL_BUS = '', FAILURE_QUEUE = '', CONTENT_HASH = '' } = process.env;
const [, , , homeRegion = ''] = CENTRAL_BUS.split(':');

/**
 * The entry point of the function live. Once a day it also starts again what failed, and tells the central account that this
 * account and Region is judged.
 *
 * Environment: CENTRAL_BUS, the ARN of the bus of the central account, and FAILURE_QUEUE, the address of the queue of failures; without
 * the one or the other that part is left out. CONTENT_HASH, RELEASE_VERSION and SOURCE_COMMIT say what was deployed.
 */
export const handler = createHandler({
  ...world,
  afterwards: onceADay({
    sqs: new SQSClient(calls),
    lambda: new LambdaClient(calls),
    // A bus takes events only in its own Region.
    events: new EventBridgeClient({
      ...calls,
      ...(homeRegion === '' ? {} : { region: homeRegion }),
    }),
    region: () => world.config.config.region(),
    bus: CENTRAL_BUS,
    queue: FAILURE_QUEUE,
    contentHash: CONTENT_HASH,
    release: releaseIn(process.env),
    log: world.log,
    now: world.now,
    wait: world.wait,
  }),
});
