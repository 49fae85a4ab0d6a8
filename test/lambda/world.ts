import { Ajv, type ValidateFunction } from 'ajv';
import { onTestFinished } from 'vitest';
import { rules } from '../../rules/index.ts';
import { packOf } from '../../src/assessment/pack-of.ts';
import { schemaOf } from '../../src/engine/parameter-schema.ts';
import type { Rule } from '../../src/engine/rule.ts';
import { createHandler, type Validate, type World } from '../../src/lambda/handler.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { parameterProblems } from '../../src/settings-file/problems/parameters.ts';
import { ajvOptions, validatorOf } from '../../src/settings-file/validators.ts';
import { type Bench, startBench } from '../contract-server/clients.ts';
import type { Evaluation } from '../contract-server/faults.ts';
import { bucketItem } from '../contract-server/items.ts';
import type { Call } from '../contract-server/server.ts';
import { createRule, type EventItem, type State } from '../contract-server/state.ts';
import { denyHttp } from '../facet-values.ts';

/** The rule as AWS Config names it inside a pack, and the token of the invocation. */
export const CONFIG_RULE = 's3-rule-conformance-pack-ab12cd34e';
export const TOKEN = 'token';

/** When the items of `bucketItem` were captured, when the notifications below were created, and what the clock says. */
export const CAPTURED = '2026-03-01T10:00:00.250Z';
export const NOTIFIED = '2026-03-02T12:00:00.500Z';
export const NOW = '2026-03-02T12:00:07.000Z';

type Entry = Readonly<Record<string, unknown>>;
type PutInput = {
  readonly ResultToken: string;
  readonly TestMode: boolean;
  readonly Evaluations: readonly Evaluation[];
};

/** The handler before a contract server, and what came of it. */
export interface Lambda extends Bench {
  readonly handle: ReturnType<typeof createHandler>;
  readonly logs: readonly Entry[];
  readonly waits: readonly number[];
  /** Names of the operations called, in order. */
  operations(): readonly string[];
  calls(operation: string): readonly Call[];
  /** Inputs of PutEvaluations, also of calls that failed. */
  puts(): readonly PutInput[];
  /** The results that AWS Config holds. */
  results(): State['rules'][string]['results'];
}

/** Starts a server that ends with the test. */
export async function startLambda(
  parts: Partial<State> = {},
  world: Partial<World> = {},
): Promise<Lambda> {
  const bench = await startBench({
    rules: { [CONFIG_RULE]: createRule() },
    resultTokens: { [TOKEN]: CONFIG_RULE },
    ...parts,
  });
  onTestFinished(() => bench.close());
  const logs: Entry[] = [];
  const waits: number[] = [];
  const handle = createHandler({
    rules,
    pack: packOf(world.rules ?? rules),
    settings: emptySettings,
    validate,
    config: bench.config,
    services: bench.services,
    log: (entry) => logs.push(entry),
    now: () => new Date(NOW),
    wait: async (milliseconds) => void waits.push(milliseconds),
    ...world,
  });
  const calls = (name: string) => bench.server.calls.filter(({ operation }) => operation === name);
  return {
    ...bench,
    ...{ handle, logs, waits, calls },
    operations: () => bench.server.calls.map(({ operation }) => operation),
    puts: () => calls('PutEvaluations').map(({ input }) => input as PutInput),
    results: () => bench.state.rules[CONFIG_RULE]?.results ?? [],
  };
}

const ajv = new Ajv(ajvOptions);
const ownValidators = new Map<string, ValidateFunction>();

/** Rules of the pack by the validator the bundle uses, a rule of the test by its own schema. */
export const validate: Validate = (rule, values) => {
  if (rules.includes(rule)) return parameterProblems(rule, values, validatorOf(rule.id));
  const validator = ownValidators.get(rule.id) ?? ajv.compile(schemaOf(rule));
  ownValidators.set(rule.id, validator);
  return parameterProblems(rule, values, validator);
};

/** The sentence of a rule of the pack that has no values to fill in. */
export const sentence = (rule: string, messageId: string) =>
  rules.find(({ id }) => id === rule)?.messages[messageId]?.sentence;

/** The outer event; `parts` replace its keys. */
export function eventOf(
  message: unknown,
  rule: string | Rule,
  parameters: object = {},
  parts: object = {},
) {
  return {
    version: '1.0',
    invokingEvent: JSON.stringify(message),
    ruleParameters: JSON.stringify({
      rule: typeof rule === 'string' ? rule : rule.id,
      ...parameters,
    }),
    resultToken: TOKEN,
    eventLeftScope: false,
    executionRoleArn: 'arn:aws:iam::111122223333:role/config',
    configRuleArn: 'arn:aws:config:eu-central-1:111122223333:config-rule/config-rule-ab12cd',
    configRuleName: CONFIG_RULE,
    configRuleId: 'config-rule-ab12cd',
    accountId: '111122223333',
    ...parts,
  };
}

export const changeOf = (configurationItem: unknown) => ({
  configurationItemDiff: { changedProperties: {}, changeType: 'UPDATE' },
  configurationItem,
  notificationCreationTime: NOTIFIED,
  messageType: 'ConfigurationItemChangeNotification',
  recordVersion: '1.3',
});

export const changeEvent = (
  rule: string | Rule,
  item: unknown,
  parameters: object = {},
  parts: object = {},
) => eventOf(changeOf(item), rule, parameters, parts);

export const scheduledEvent = (rule: string | Rule, parameters: object = {}, parts: object = {}) =>
  eventOf(
    {
      awsAccountId: '111122223333',
      notificationCreationTime: NOTIFIED,
      messageType: 'ScheduledNotification',
      recordVersion: '1.0',
    },
    rule,
    parameters,
    parts,
  );

/** An item with these supplementary keys besides, or instead of, those of `bucketItem`. */
export function bucketWith(
  name: string,
  supplementary: Readonly<Record<string, unknown>>,
  parts: Partial<EventItem> = {},
): EventItem {
  const item = bucketItem(name, parts);
  const supplementaryConfiguration = { ...item.supplementaryConfiguration, ...supplementary };
  return { ...item, supplementaryConfiguration };
}

export const policyText = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** A bucket that refuses plain HTTP. */
export const tlsBucket = (name: string, parts: Partial<EventItem> = {}): EventItem => {
  const Resource = [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`];
  const text = policyText({ ...denyHttp, Resource });
  return bucketWith(name, { BucketPolicy: { policyText: text } }, parts);
};

export const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `bucket-${index}`);
