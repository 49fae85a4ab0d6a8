import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { annotationOf, type Finding, verdictForConfig } from '../../src/engine/finding.ts';
import { asffOf } from '../../src/formats/asff.ts';
import { QUEUE } from '../../src/security-hub/subscriptions.ts';
import { ruleTexts } from '../../src/settings-file/rule-texts.ts';
import { answersOf, createHub, type HubState } from '../contract-server/security-hub.ts';
import { type ContractServer, startContractServer } from '../contract-server/server.ts';
import {
  createRule,
  createState,
  type State,
  type StoredResult,
} from '../contract-server/state.ts';
import {
  ACCOUNT,
  configAnswers,
  decorated,
  eventOf,
  findingId,
  REGION,
  type Result,
} from '../security-hub/world.ts';
import { findingsAt, NOW } from './findings.ts';
import { type Lambda, startLambda } from './lambda.ts';
import { functionIn } from './template.ts';

/** The publisher, fed with what AWS Config holds of one account and Region of the example organization. */

const AT = Date.parse(NOW) - 3_600_000;
const findings = (await findingsAt(NOW)).filter(
  ({ subject }) => subject.account === ACCOUNT && subject.region === REGION,
);
const results = findings.map(
  (finding, index): Result => ({
    rule: finding.rule,
    type: finding.subject.type,
    id: finding.subject.id,
    verdict: verdictForConfig(finding),
    annotation: annotationOf(finding),
    at: AT + index,
  }),
);

let hub: HubState;
let state: State;
let server: ContractServer;
let lambda: Lambda;

beforeAll(async () => {
  const started = Date.now();
  hub = createHub({ now: () => Date.parse(NOW) + Date.now() - started });
  const answers = configAnswers(() => results, Object.keys(kept(results)));
  state = createState({ answers: { ...answersOf(hub), ...answers } });
  server = await startContractServer(state);
  const around = { account: ACCOUNT, region: REGION, endpoint: server.endpoint, clock: NOW };
  lambda = await startLambda(functionIn('PublishFindingsFunction'), around);
});
afterAll(async () => {
  await lambda.close();
  await server.close();
});

/** A batch of the queue, as the event source mapping hands it over (Lambda Developer Guide, "Using Lambda with Amazon SQS"). */
const batchOf = (bodies: readonly string[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `message-${index}`,
    receiptHandle: 'handle',
    body,
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(AT) },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:s3-config-rules-findings`,
    awsRegion: REGION,
  })),
});
const bodyOf = (result: Result) => JSON.stringify(eventOf(result));

const scheduled = {
  ...{ version: '0', id: 'e', source: 'aws.events', 'detail-type': 'Scheduled Event' },
  ...{ account: ACCOUNT, time: NOW, region: REGION, detail: {} },
  resources: [`arn:aws:events:${REGION}:${ACCOUNT}:rule/s3-config-rules-reconciliation`],
};

/** Results by rule, without those that AWS Config does not list. */
function kept(all: readonly Result[]): Readonly<Record<string, StoredResult[]>> {
  const rules: Record<string, StoredResult[]> = {};
  for (const { rule, type, id, verdict, annotation, at } of all) {
    rules[rule] ??= [];
    if (verdict === 'NOT_APPLICABLE') continue;
    rules[rule].push({
      ...{ resourceType: type, resourceId: id, complianceType: verdict, annotation },
      ...{ orderingTimestamp: at / 1000, recordedTime: at / 1000 },
    });
  }
  return rules;
}

const hold = (all: readonly Result[]) => {
  state.rules = Object.fromEntries(
    Object.entries(kept(all)).map(([rule, some]) => [decorated(rule), createRule(some)]),
  );
};

/** Not applicable and never published: there is nothing to say. */
const isTold = ({ state: stands }: Finding) => stands !== 'NOT_APPLICABLE';

describe('the publisher', () => {
  it('imports what the queue brings, in the words of the command line', async () => {
    for (let start = 0; start < results.length; start += QUEUE.batchSize) {
      const bodies = results.slice(start, start + QUEUE.batchSize).map(bodyOf);
      expect(await lambda.invoke(batchOf(bodies))).toMatchObject({
        kind: 'response',
        body: { batchItemFailures: [] },
        isCold: start === 0,
      });
    }
    const told = findings.filter(isTold);
    expect(told.length).toBeGreaterThan(100);
    expect([...hub.findings.keys()].sort()).toEqual(
      told.map(({ rule, subject }) => findingId({ rule, ...subject })).sort(),
    );
    for (const finding of told) {
      const rule = ruleTexts.find(({ id }) => id === finding.rule);
      if (rule === undefined) throw new Error(`${finding.rule} is not known`);
      const context = { rule, partition: 'aws', region: REGION, createdAt: NOW, updatedAt: NOW };
      const { GeneratorId, Title, Compliance, RecordState, FindingProviderFields } = asffOf(
        finding,
        context,
      );
      const held = hub.findings.get(findingId({ rule: finding.rule, ...finding.subject }));
      expect(held).toMatchObject({
        ...{ GeneratorId, Title, Compliance, RecordState, FindingProviderFields },
      });
    }
  });

  it('answers a batch with the messages that have to come back, and takes them the next time', async () => {
    const [one, other, third] = results
      .filter(({ verdict }) => verdict === 'NON_COMPLIANT')
      .map((result) => ({ ...result, verdict: 'COMPLIANT', at: result.at + 60_000 }) as const);
    if (!one || !other || !third) throw new Error('The example has too few failures.');
    const bodies = [bodyOf(one), 'not of AWS Config', bodyOf(other), bodyOf(third)];
    hub.fault = (operation) =>
      operation === 'BatchImportFindings' ? { fails: (id) => id === findingId(other) } : undefined;
    expect(await lambda.invoke(batchOf(bodies))).toMatchObject({
      kind: 'response',
      body: {
        batchItemFailures: [{ itemIdentifier: 'message-1' }, { itemIdentifier: 'message-2' }],
      },
    });
    hub.fault = () => undefined;
    const stands = (result: Result) => hub.findings.get(findingId(result))?.Compliance?.Status;
    expect([one, other, third].map(stands)).toEqual(['PASSED', 'FAILED', 'PASSED']);
    expect(await lambda.invoke(batchOf([bodyOf(other)]))).toMatchObject({
      body: { batchItemFailures: [] },
    });
    expect(stands(other)).toBe('PASSED');
  });

  it('once a day makes Security Hub agree with AWS Config', async () => {
    const gone = results.find(({ id, verdict }) => id !== ACCOUNT && verdict === 'NON_COMPLIANT');
    if (!gone) throw new Error('The example has no failure of a bucket.');
    const fresh = { ...gone, id: 'never-told' };
    hold([...results.filter((result) => result !== gone), fresh]);
    const { kind, ...rest } = await lambda.invoke(scheduled);
    expect(kind, JSON.stringify(rest)).toBe('response');
    expect(hub.findings.get(findingId(gone))?.RecordState).toBe('ARCHIVED');
    expect(hub.findings.get(findingId(fresh))?.Compliance?.Status).toBe('FAILED');
    const active = [...hub.findings.values()].filter(({ RecordState }) => RecordState === 'ACTIVE');
    expect(active.length).toBe(findings.filter(isTold).length);
    expect(hub.throttled).toBe(0);
  });
});
