import { expect, it, onTestFinished } from 'vitest';
import { eventRules } from '../../src/facets/account/event-rules.ts';
import { accountItem } from '../../src/records/normalise.ts';
import { ACCOUNT, answers, REGION, TOPIC } from '../alarm-answers.ts';
import type { Answers } from '../contract-server/asked.ts';
import { startBench } from '../contract-server/clients.ts';
import { ServiceError } from '../contract-server/faults.ts';
import type { State } from '../contract-server/state.ts';

const account = accountItem(ACCOUNT, REGION, '2026-03-02T12:00:00.000Z');

async function read(parts: Answers = {}, state: Partial<State> = {}) {
  const bench = await startBench({ ...state, answers: answers(parts) });
  onTestFinished(() => bench.close());
  const reading = await eventRules.read(bench.services, account);
  return { ...bench, reading };
}

const pattern = '{"source":["aws.s3"]}';
const rule = (parts: object = {}) => ({
  Name: 'r',
  State: 'ENABLED',
  EventPattern: pattern,
  EventBusName: 'default',
  ...parts,
});

it('the rules of every Region with buckets come with who is told', async () => {
  const buckets = {
    a: { region: 'us-east-1' },
    b: { region: 'eu-west-1' },
    c: { region: 'us-east-1' },
  };
  const { reading, server } = await read(
    {
      ListRules: { Rules: [rule()] },
      ListTargetsByRule: { Targets: [{ Id: '1', Arn: TOPIC }] },
    },
    { buckets, pageSizes: { ListBuckets: 2 } },
  );
  const rules = [
    {
      name: 'r',
      arn: expect.stringMatching(/^arn:aws:events:[a-z0-9-]+:111122223333:rule\/r$/),
      pattern,
      seesReads: false,
      targets: [
        {
          arn: TOPIC,
          subscribers: 'some',
          topic: { value: { key: null, policy: expect.anything() } },
        },
      ],
    },
  ];
  expect(reading).toEqual({
    value: [
      { region: 'eu-west-1', rules },
      { region: 'us-east-1', rules },
    ],
  });
  const asked = server.calls.map(({ operation, region }) => `${operation} ${region}`);
  expect(asked.slice(0, 4)).toEqual([
    `ListBuckets ${REGION}`,
    `ListBuckets ${REGION}`,
    'ListRules eu-west-1',
    'ListRules us-east-1',
  ]);
});

it('without a bucket the home Region is asked', async () => {
  expect((await read()).reading).toEqual({ value: [{ region: REGION, rules: [] }] });
});

it('lists come in pages', async () => {
  const { reading } = await read({
    ListRules: ({ NextToken }) =>
      NextToken === undefined
        ? { Rules: [rule({ Name: 'a' })], NextToken: 'n' }
        : { Rules: [rule({ Name: 'b' })] },
    ListTargetsByRule: ({ NextToken }) =>
      NextToken === undefined
        ? { Targets: [{ Id: '1', Arn: 'arn:aws:sqs:x:y:a' }], NextToken: 'n' }
        : { Targets: [{ Id: '2', Arn: 'arn:aws:sqs:x:y:b' }] },
  });
  const targets = [{ arn: 'arn:aws:sqs:x:y:a' }, { arn: 'arn:aws:sqs:x:y:b' }];
  expect(reading).toMatchObject({
    value: [
      {
        rules: [
          { name: 'a', targets },
          { name: 'b', targets },
        ],
      },
    ],
  });
});

it.each<[string, object, readonly object[]]>([
  ['is disabled', { State: 'DISABLED' }, []],
  ['runs on a schedule', { EventPattern: undefined, ScheduleExpression: 'rate(1 day)' }, []],
  [
    'sees reads as well',
    { State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' },
    [{ seesReads: true }],
  ],
])('a rule that %s', async (_name, parts, rules) => {
  const { reading } = await read({ ListRules: { Rules: [rule(parts)] } });
  expect(reading).toMatchObject({ value: [{ rules }] });
});

it('a rule that was deleted just now has no target', async () => {
  const { reading } = await read({
    ListRules: { Rules: [rule()] },
    ListTargetsByRule: () => {
      throw new ServiceError('ResourceNotFoundException', 'Rule r does not exist');
    },
  });
  expect(reading).toMatchObject({ value: [{ rules: [{ targets: [] }] }] });
});

it.each([
  ['ListRules', 'events:ListRules'],
  ['ListTargetsByRule', 'events:ListTargetsByRule'],
])('without the permission for %s evidence is missing', async (operation, action) => {
  const { reading } = await read({
    ListRules: { Rules: [rule()] },
    [operation]: () => {
      throw new ServiceError('AccessDeniedException', 'not authorized');
    },
  });
  expect(reading).toEqual({ unavailable: 'access was denied', action });
});

it('without the permission to list buckets evidence is missing', async () => {
  const bench = await startBench({ answers: answers() });
  onTestFinished(() => bench.close());
  bench.server.fail('ListBuckets', 'AccessDenied');
  const reading = await eventRules.read(bench.services, account);
  expect(reading).toEqual({ unavailable: 'access was denied', action: 's3:ListAllMyBuckets' });
});

it.each<[string, object, RegExp]>([
  ['a rule without a state', { State: undefined }, /State/],
  ['a rule without a name', { Name: undefined }, /Name/],
])('%s is malformed', async (_name, parts, reason) => {
  const { reading } = await read({ ListRules: { Rules: [rule(parts)] } });
  expect(reading).toEqual({ unavailable: expect.stringMatching(reason) });
});
