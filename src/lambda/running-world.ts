import { setTimeout } from 'node:timers/promises';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { pack } from '#pack';
import { rules } from '#rules';
import { settings } from '#settings';
import { validatorOf } from '#validators';
import { awsServices } from '../services/aws.ts';
import { parameterProblems } from '../settings-file/problems/parameters.ts';
import { Remembered } from '../sources/config-api/remembered.ts';
import { startEntry } from './release.ts';
import type { World } from './world.ts';

// One initial evaluation can start an invocation for every bucket and rule at once, so throttling is the rule, not the exception.
const retries = { maxAttempts: 6, retryMode: 'adaptive' } as const;

/** In milliseconds. A call that hangs must not use up the time of the function. */
const requestHandler = {
  ...{ connectionTimeout: 5_000, requestTimeout: 30_000 },
  throwOnRequestTimeout: true,
} as const;
export const calls = { ...retries, requestHandler };

const now = () => new Date();
const log = (entry: object) => process.stdout.write(`${JSON.stringify(entry)}\n`);

/** What surrounds both functions that evaluate: they differ in the rules they hold and in what their roles permit. */
export const world: World = {
  rules,
  pack,
  settings,
  validate: (rule, values) => parameterProblems(rule, values, validatorOf(rule.id)),
  config: new ConfigServiceClient(calls),
  services: awsServices(() => calls),
  log,
  now,
  remembered: new Remembered(now),
  wait: (milliseconds) => setTimeout(milliseconds),
};

log(startEntry(process.env));
