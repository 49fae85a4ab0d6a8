import { describe, expect, it, onTestFinished } from 'vitest';
import { requestAlarms } from '../../src/facets/bucket/asked/request-alarms.ts';
import type { Alarm } from '../../src/facts/alarm.ts';
import { unwrap } from '../../src/records/normalise.ts';
import { CapturedAnswers, capturedAnswerOf } from '../../src/sources/captured-answers.ts';
import {
  ACCOUNT,
  alarm,
  answers,
  DEFAULT_POLICY,
  REGION,
  subscription,
  TOPIC,
  topicAttributes,
} from '../alarm-answers.ts';
import type { Answers } from '../contract-server/asked.ts';
import { startBench } from '../contract-server/clients.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { bucketItem } from '../contract-server/items.ts';

const item = unwrap({ configurationItem: bucketItem('records') });
const Dimensions = [{ Name: 'BucketName', Value: 'records' }];
const MetricAlarms = [alarm({ Namespace: 'AWS/S3', MetricName: 'AllRequests', Dimensions })];
const composite = (parts: object = {}) => ({
  AlarmName: 'all',
  AlarmRule: 'ALARM(s3-changes)',
  ActionsEnabled: true,
  AlarmActions: [TOPIC],
  ...parts,
});
const refuse = (code: string) => () => {
  throw new ServiceError(code, 'no');
};

async function read(parts: Answers = {}): Promise<Alarm> {
  const bench = await startBench({
    answers: answers({ DescribeAlarms: { MetricAlarms }, ...parts }),
  });
  onTestFinished(() => bench.close());
  const reading = await requestAlarms.read(bench.services, item);
  if (!('value' in reading) || reading.value[0] === undefined) throw new Error('no alarm');
  return reading.value[0];
}

describe('composite alarms', () => {
  const withComposites = (...CompositeAlarms: readonly object[]) => ({
    DescribeAlarms: ({ AlarmTypes }: { AlarmTypes?: unknown }) =>
      AlarmTypes === undefined ? { MetricAlarms } : { CompositeAlarms },
  });

  it('are asked for by their type, and come with who is told', async () => {
    const { others } = await read(withComposites(composite()));
    expect(others).toMatchObject({
      value: {
        composites: [
          {
            name: 'all',
            arn: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:all`,
            rule: 'ALARM(s3-changes)',
            actionsEnabled: true,
            isSuppressible: false,
            receivers: [{ arn: TOPIC, subscribers: 'some' }],
          },
        ],
      },
    });
  });

  it('may be suppressed by another alarm', async () => {
    const { others } = await read(withComposites(composite({ ActionsSuppressor: 'maintenance' })));
    expect(others).toMatchObject({ value: { composites: [{ isSuppressible: true }] } });
  });

  it.each<[string, Answers, object]>([
    ['without a rule', withComposites(composite({ AlarmRule: undefined })), {}],
    [
      'or rules of EventBridge that are refused',
      { ListRules: refuse('AccessDeniedException') },
      {},
    ],
    [
      'or targets that are refused',
      {
        ListRules: { Rules: [{ Name: 'r', State: 'ENABLED', EventPattern: '{}' }] },
        ListTargetsByRule: refuse('AccessDeniedException'),
      },
      {},
    ],
  ])('%s are missing evidence, but the alarm is there', async (_name, parts) => {
    const found = await read(parts);
    expect(found.name).toBe('s3-changes');
    expect(found.others).toMatchObject({ unavailable: expect.any(String) });
  });
});

const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`;
const FOREIGN = KEY.replace(ACCOUNT, '999999999999');
const described = (parts: object = {}) => ({
  DescribeKey: {
    KeyMetadata: {
      ...{ KeyId: '1', Arn: KEY, AWSAccountId: ACCOUNT },
      ...{ KeyState: 'Enabled', KeyManager: 'CUSTOMER' },
      ...parts,
    },
  },
});
const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const encrypted = (key: string, parts: Answers) => ({
  GetTopicAttributes: topicAttributes(DEFAULT_POLICY, key),
  GetKeyPolicy: { Policy: policy },
  ...parts,
});

describe('the topic that an alarm notifies', () => {
  const none = { isAwsManaged: false, policy: null };
  it.each<[string, Answers, object]>([
    ['no key', {}, { value: { key: null } }],
    ['a key of SNS', encrypted('alias/aws/sns', {}), { value: { key: { isAwsManaged: true } } }],
    [
      'a key of the account',
      encrypted('alias/a', described()),
      { value: { key: { state: 'Enabled', policy: { statements: [] } } } },
    ],
    [
      'another key of AWS',
      encrypted(KEY, described({ KeyManager: 'AWS' })),
      { value: { key: { isAwsManaged: true } } },
    ],
    [
      'a disabled key',
      encrypted(KEY, described({ KeyState: 'Disabled' })),
      { value: { key: { ...none, state: 'Disabled' } } },
    ],
    [
      'a key of another account',
      encrypted(FOREIGN, described({ Arn: FOREIGN, AWSAccountId: '999999999999' })),
      { value: { key: none } },
    ],
    [
      'a key that is gone',
      encrypted(KEY, { DescribeKey: refuse('NotFoundException') }),
      { value: { key: { ...none, state: null } } },
    ],
    [
      'a key that is refused',
      encrypted(KEY, { DescribeKey: refuse('AccessDeniedException') }),
      { action: 'kms:DescribeKey' },
    ],
    [
      'a key whose policy is refused',
      encrypted(KEY, { ...described(), GetKeyPolicy: refuse('AccessDeniedException') }),
      { action: 'kms:GetKeyPolicy' },
    ],
    [
      'attributes that are refused',
      { GetTopicAttributes: refuse('AuthorizationError') },
      { action: 'sns:GetTopicAttributes' },
    ],
    [
      'no policy',
      { GetTopicAttributes: { Attributes: new Map([['TopicArn', TOPIC]]) } },
      { unavailable: /policy of the topic/ },
    ],
    ['gone meanwhile', { GetTopicAttributes: refuse('NotFound') }, { unavailable: /NotFound/ }],
  ])('has %s', async (_name, parts, expected) => {
    const { receivers } = await read(parts);
    const [receiver] = receivers;
    const pattern = Object.entries(expected).map(([key, value]) => [
      key,
      value instanceof RegExp ? expect.stringMatching(value) : value,
    ]);
    expect(receiver?.topic).toMatchObject(Object.fromEntries(pattern));
  });
});

describe('of captured answers', () => {
  const captured = (operation: string, input: object, given: object) =>
    capturedAnswerOf({ account: ACCOUNT, region: REGION, operation, input, ...given });
  const alarmsOf = (answer: object) => captured('DescribeAlarms', {}, { output: answer });
  const subscribed = captured(
    'ListSubscriptionsByTopic',
    { TopicArn: TOPIC },
    { output: { Subscriptions: [subscription()] } },
  );

  async function readFrom(...given: readonly ReturnType<typeof captured>[]) {
    const all = new CapturedAnswers();
    for (const answer of [subscribed, ...given]) all.add(answer);
    const reading = await requestAlarms.read(all.of(ACCOUNT), item);
    if (!('value' in reading)) throw new Error(reading.unavailable);
    return reading.value[0];
  }

  it('what was not captured of other ways counts as not there', async () => {
    const found = await readFrom(alarmsOf({ MetricAlarms }));
    expect(found?.others).toEqual({ value: { composites: [], rules: [] } });
  });

  it('composite alarms may stand in the answer with the others', async () => {
    const found = await readFrom(alarmsOf({ MetricAlarms, CompositeAlarms: [composite()] }));
    expect(found?.others).toMatchObject({ value: { composites: [{ name: 'all' }] } });
  });

  it('a refusal that was captured is missing evidence', async () => {
    const denied = captured('ListRules', {}, { error: 'AccessDeniedException' });
    const found = await readFrom(alarmsOf({ MetricAlarms }), denied);
    expect(found?.others).toMatchObject({ action: 'events:ListRules' });
  });

  it('of a topic whose attributes were not captured only the subscriptions are known', async () => {
    const found = await readFrom(alarmsOf({ MetricAlarms }));
    expect(found?.receivers).toMatchObject([{ subscribers: 'some', topic: null }]);
  });
});
