import { setTimeout } from 'node:timers/promises';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import { ruleTexts } from '#rule-texts';
import { settings } from '#settings';
import { underSettings } from '../engine/words.ts';
import { QUEUE } from '../security-hub/subscriptions.ts';
import { createPublisher } from './publisher.ts';
import { drained } from './queues/drain.ts';
import { releaseIn, startEntry } from './release.ts';

const retries = { maxAttempts: 6, retryMode: 'standard' } as const;

/** In milliseconds. A call that hangs must not use up the time of the function. */
const requestHandler = {
  ...{ connectionTimeout: 5_000, requestTimeout: 30_000 },
  throwOnRequestTimeout: true,
} as const;

const log = (entry: object) => process.stdout.write(`${JSON.stringify(entry)}\n`);

const publisher = createPublisher({
  rules: ruleTexts.map((words) => underSettings(words, settings)),
  waivers: settings.waivers,
  accounts: settings.organization.accounts,
  config: new ConfigServiceClient(retries),
  // A retry waits for its turn like any call, so the publisher makes them itself.
  hub: new SecurityHub({ maxAttempts: 1, requestHandler }),
  pagesUrl: process.env['RULE_PAGES_URL'],
  contentHash: process.env['CONTENT_HASH'],
  release: releaseIn(process.env),
  log,
  now: () => new Date(),
  wait: (milliseconds) => setTimeout(milliseconds),
});

const { FINDINGS_QUEUE } = process.env;

/**
 * The publisher of each account and Region: it publishes the results of the rules to Security Hub.
 *
 * Started by a schedule, to empty its queue (src/security-hub/subscriptions.ts says what feeds it), and once a day by another, to
 * compare Security Hub with AWS Config. What could not be published stays in the queue, is tried again and, at last, lands in
 * the dead-letter queue; from a direct invocation it throws.
 *
 * Environment, all optional:
 * - FINDINGS_QUEUE: the address of the queue.
 * - RULE_PAGES_URL: where the folder docs/rules is published; findings link to `<RULE_PAGES_URL>/<rule>.md`.
 * - CONTENT_HASH: the content hash of the evaluator's bundle, which findings carry.
 * - RELEASE_VERSION and SOURCE_COMMIT: what was deployed, which findings carry, too.
 */
export const handler =
  FINDINGS_QUEUE === undefined
    ? publisher
    : drained(publisher, {
        ...{ sqs: new SQSClient(retries), url: FINDINGS_QUEUE, now: () => new Date() },
        ...{ schedule: QUEUE.schedule, batchSize: QUEUE.batchSize },
        hiddenSeconds: QUEUE.visibilityTimeoutSeconds,
      });

log(startEntry(process.env));
