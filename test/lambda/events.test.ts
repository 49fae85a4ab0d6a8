import { describe, expect, it } from 'vitest';
import { bucketItem } from '../contract-server/items.ts';
import {
  CONFIG_RULE,
  changeEvent,
  changeOf,
  eventOf,
  scheduledEvent,
  startLambda,
} from './world.ts';

const RULE = 's3-tls-only';
const event = changeEvent(RULE, bucketItem('plain'));
const item: Record<string, unknown> = { ...bucketItem('plain') };

const without = (object: object, key: string) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
const message = (parts: object) => eventOf({ ...changeOf(item), ...parts }, RULE);
const ofItem = (parts: object) => message({ configurationItem: { ...item, ...parts } });
const scheduled = (parts: object) =>
  eventOf({ messageType: 'ScheduledNotification', ...parts }, RULE);
const oversized = (configurationItemSummary: unknown) =>
  eventOf(
    { messageType: 'OversizedConfigurationItemChangeNotification', configurationItemSummary },
    RULE,
  );

const NEEDED = ['invokingEvent', 'ruleParameters', 'resultToken', 'configRuleName', 'accountId'];
const ITEM_KEYS = [
  'configurationItemCaptureTime',
  'configurationItemStatus',
  'awsAccountId',
  'awsRegion',
  'resourceType',
  'resourceId',
];

/** What is said to be wrong, where it is not the key itself. */
const PART: Readonly<Record<string, string>> = {
  ruleParameters: 'the parameter rule is missing',
  '["ruleParameters",{}]': 'the parameter rule is missing',
  '["invokingEvent",{}]': 'messageType is missing',
};

const malformed: [string, unknown, string][] = [
  ['nothing', undefined, 'the event'],
  ['null', null, 'the event'],
  ['a list', [event], 'the event'],
  ['a text', JSON.stringify(event), 'the event'],
  ...NEEDED.map((key): [string, unknown, string] => {
    return [`an event without ${key}`, without(event, key), PART[key] ?? key];
  }),
  ...NEEDED.flatMap((key) =>
    [7, {}, [], true].map((value): [string, unknown, string] => [
      `${JSON.stringify(value)} as ${key}`,
      { ...event, [key]: value },
      PART[JSON.stringify([key, value])] ?? key,
    ]),
  ),
  ['an invokingEvent that is not JSON', { ...event, invokingEvent: '{"a":' }, 'invokingEvent'],
  ['an invokingEvent of null', { ...event, invokingEvent: 'null' }, 'invokingEvent'],
  ['ruleParameters that are not JSON', { ...event, ruleParameters: '{a}' }, 'ruleParameters'],
  ['ruleParameters of a list', { ...event, ruleParameters: '[]' }, 'ruleParameters'],
  ...['yes', 1, {}, []].map((value): [string, unknown, string] => [
    `${JSON.stringify(value)} as eventLeftScope`,
    { ...event, eventLeftScope: value },
    'eventLeftScope',
  ]),
  ['no messageType', message({ messageType: undefined }), 'messageType is missing'],
  ['an unknown messageType', message({ messageType: 'Hello\n' }), 'messageType is "Hello\\n"'],
  ['a list of messageTypes', message({ messageType: [] }), 'messageType is a list'],
  ['no item', message({ configurationItem: undefined }), 'configurationItem is missing'],
  ['an item of null', message({ configurationItem: null }), 'configurationItem is null'],
  ['an item of text', message({ configurationItem: 'x' }), 'configurationItem is "x"'],
  ...ITEM_KEYS.map((key): [string, unknown, string] => [
    `an item without ${key}`,
    message({ configurationItem: without(item, key) }),
    key,
  ]),
  ...[...ITEM_KEYS, 'resourceName', 'ARN'].map((key): [string, unknown, string] => [
    `an object as ${key}`,
    ofItem({ [key]: {} }),
    key,
  ]),
  ['no time', ofItem({ configurationItemCaptureTime: 'soon' }), 'configurationItemCaptureTime'],
  ['an unknown status', ofItem({ configurationItemStatus: 'Odd' }), 'configurationItemStatus'],
  ['no summary', oversized(undefined), 'configurationItemSummary is missing'],
  ['a summary of a list', oversized([]), 'configurationItemSummary is a list'],
  [
    'a summary without its time',
    oversized(without(item, 'configurationItemCaptureTime')),
    'configurationItemSummary.configurationItemCaptureTime is null',
  ],
  ['no time of a schedule', scheduled({}), 'notificationCreationTime is missing'],
  [
    'a schedule at no time',
    scheduled({ notificationCreationTime: 'x' }),
    'notificationCreationTime',
  ],
  [
    'a schedule at a number',
    scheduled({ notificationCreationTime: 7 }),
    'notificationCreationTime',
  ],
];

describe('an event that AWS Config would not send', () => {
  it('fails with the name of the part, and without a call', async () => {
    const { handle, logs, operations } = await startLambda();
    for (const [name, broken, part] of malformed) {
      const error = await handle(broken).catch((thrown: unknown) => thrown);
      expect(error, name).toBeInstanceOf(Error);
      expect(String(error), name).toMatch(/^(Malformed|InvalidParameters): /);
      expect(String(error), name).toContain(part);
    }
    expect(operations()).toEqual([]);
    expect(logs).toHaveLength(malformed.length);
    expect(new Set(logs.map(({ level }) => level))).toEqual(new Set(['error']));
  });

  it('may have keys that are not known yet, or lack those that are not needed', async () => {
    const { handle, results } = await startLambda();
    const { configRuleArn, configRuleId, executionRoleArn, version, eventLeftScope, ...least } =
      event;
    await handle({ ...least, later: { version: '2.0' } });
    expect(results()).toHaveLength(1);
  });
});

const HOSTILE = 'a\nb\r\u001b[2Jc\u0000\u0085\u2028\u202ed';

describe('a line of the log', () => {
  it.each([
    ['a message type', message({ messageType: HOSTILE })],
    ['a status', ofItem({ configurationItemStatus: HOSTILE })],
    ['a time', scheduled({ notificationCreationTime: HOSTILE })],
    ['an account', ofItem({ awsAccountId: HOSTILE })],
    ['the rule', changeEvent(HOSTILE, item)],
    ['a parameter', changeEvent(RULE, item, { [HOSTILE]: HOSTILE })],
    ['a value', changeEvent('s3-log-retention', item, { minimumDays: HOSTILE })],
    ['the name of the rule', changeEvent(RULE, item, {}, { configRuleName: HOSTILE })],
    ['the account of the rule', changeEvent('x', item, {}, { accountId: HOSTILE })],
    ['a bucket', changeEvent('s3-log-retention', bucketItem(HOSTILE))],
    ['a bucket that is not stored', changeEvent(RULE, item, {}, { resultToken: HOSTILE })],
    ['a schedule', scheduledEvent(RULE, {}, { configRuleName: HOSTILE })],
  ])('is printable whatever %s says', async (_, hostile) => {
    const { handle, logs } = await startLambda({ queries: [{ matches: () => true, results: [] }] });
    await handle(hostile).catch(() => {});
    expect(logs).toHaveLength(1);
    const texts = Object.values(logs[0] ?? {}).filter((value) => typeof value === 'string');
    expect(texts.join(' ')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(JSON.stringify(logs[0])).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  });

  it('names the invocation when it failed', async () => {
    const { handle, server, logs } = await startLambda();
    server.fail('ListDiscoveredResources', 'ThrottlingException');
    await expect(handle(scheduledEvent(RULE))).rejects.toThrow();
    expect(logs).toEqual([
      {
        ...{ level: 'error', rule: RULE, configRuleName: CONFIG_RULE, account: '111122223333' },
        ...{ task: 'population', error: 'ThrottlingException' },
        message: 'ThrottlingException ordered by the test',
      },
    ]);
  });
});
