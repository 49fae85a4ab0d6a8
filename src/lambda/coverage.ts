import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { accessTo, openConnections } from '../doctor/access.ts';
import type { Heard } from '../doctor/reach/coverage.ts';
import { heardIn } from './watching/heartbeats.ts';
import { createCoverage } from './watching/watch.ts';

const {
  DEPLOYMENT = '{}',
  CONTENT_HASH,
  HEARTBEATS = '',
  TOPIC,
  BUCKET,
  AWS_REGION = '',
} = process.env;
const logs = new CloudWatchLogsClient({});

/** The heartbeats since then, the latest of each account and Region. */
async function heard(since: number): Promise<readonly Heard[]> {
  const messages: string[] = [];
  const input = { logGroupName: HEARTBEATS, startTime: since };
  for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, input)) {
    messages.push(...events.flatMap(({ message }) => message ?? []));
  }
  return heardIn(messages);
}

/**
 * The function of the central account that looks once a day where the rules run and where not.
 *
 * Environment: DEPLOYMENT, what the deployment says of units, Regions and silence, as JSON; CONTENT_HASH of the release;
 * HEARTBEATS, the log group of the heartbeats; TOPIC and BUCKET, where mail and rows go, both optional.
 */
export const handler = createCoverage({
  deployment: JSON.parse(DEPLOYMENT),
  contentHash: CONTENT_HASH ?? null,
  region: AWS_REGION,
  access: accessTo(openConnections()),
  heard,
  now: () => new Date(),
  log: (entry) => process.stdout.write(`${JSON.stringify(entry)}\n`),
  async publish(subject, message) {
    if (TOPIC === undefined) return;
    await new SNSClient({}).send(
      new PublishCommand({ TopicArn: TOPIC, Subject: subject, Message: message }),
    );
  },
  async keep(key, body) {
    if (BUCKET === undefined) return null;
    await new S3Client({}).send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body }));
    return `s3://${BUCKET}/${key}`;
  },
});
