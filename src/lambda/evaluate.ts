import { setTimeout } from 'node:timers/promises';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { settings } from '#settings';
import { validatorOf } from '#validators';
import { rules } from '../../rules/index.ts';
import { parameterProblems } from '../settings/parameter-problems.ts';
import { createHandler } from './handler.ts';

// One initial evaluation can start an invocation for every bucket and rule at once, so throttling is the rule, not the exception.
const retries = { maxAttempts: 6, retryMode: 'adaptive' } as const;

/** One client for each Region, made when it is first needed. */
function perRegion<T>(make: (region: string) => T): (region: string) => T {
  const made = new Map<string, T>();
  return (region) => {
    const client = made.get(region) ?? make(region);
    made.set(region, client);
    return client;
  };
}

/** The entry point of both functions, recorded and live: they differ in what their roles permit. */
export const handler = createHandler({
  rules,
  settings,
  validate: (rule, values) => parameterProblems(rule, values, validatorOf(rule.id)),
  config: new ConfigServiceClient(retries),
  clients: {
    s3: perRegion((region) => new S3Client({ ...retries, region })),
    s3Control: perRegion((region) => new S3ControlClient({ ...retries, region })),
  },
  log: (entry) => process.stdout.write(`${JSON.stringify(entry)}\n`),
  now: () => new Date(),
  wait: (milliseconds) => setTimeout(milliseconds),
});
