import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { annotationOf, type Finding, verdictForConfig } from '../../src/core/finding.ts';
import { needsOf } from '../../src/facets/needs.ts';
import { run } from '../cli/run.ts';
import type { Evaluation } from '../contract-server/faults.ts';
import { type ContractServer, startContractServer } from '../contract-server/server.ts';
import { createRule, type EventItem, type State } from '../contract-server/state.ts';
import { type Lambda, startLambda } from './lambda.ts';
import {
  type Corner,
  ORGANIZATION,
  type Organization,
  readOrganization,
  stateOf,
} from './organization.ts';
import { functionIn, rulesOfPack, type TemplateRule } from './template.ts';

/** The clock of the command line and, where it starts, of the functions. */
const NOW = '2026-11-02T12:00:00Z';
const HOME_REGION = 'eu-central-1';

const pack = rulesOfPack();
const organization: Organization = await readOrganization();
let findings: readonly Finding[];

beforeAll(async () => {
  const { stdout } = await run([
    ...['evaluate', ORGANIZATION, '--settings', 'examples/settings.yaml'],
    ...['--now', NOW, '--format', 'ndjson', '--fail-on', 'never'],
  ]);
  findings = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding);
});

it('the pack invokes the functions for every rule, with the triggers it needs', () => {
  expect(pack.map(({ id }) => id).sort()).toEqual(rules.map(({ id }) => id).sort());
  for (const rule of rules) {
    const { onChange, daily, function: name } = needsOf(rule);
    const told = pack.find(({ id }) => id === rule.id);
    expect(told?.functionName).toBe(`s3-config-rules-${name}`);
    expect(told?.messageTypes.includes('ConfigurationItemChangeNotification')).toBe(onChange);
    expect(told?.messageTypes.includes('ScheduledNotification')).toBe(daily);
  }
});

describe.each(
  organization.corners.map((corner) => [corner.account, corner.region, corner] as const),
)('in account %s, %s', (account, region, corner) => {
  const here = pack.filter((rule) => region === HOME_REGION || !rule.isForHomeRegionOnly);
  let state: State;
  let server: ContractServer;
  let lambdas: Readonly<Record<string, Lambda>>;

  beforeAll(async () => {
    state = stateOf(corner, organization);
    for (const { id } of here) {
      state.rules[named(id)] = createRule();
      state.resultTokens[`token of ${id}`] = named(id);
    }
    server = await startContractServer(state);
    const around = { account, region, endpoint: server.endpoint, clock: NOW };
    const functions = [functionIn('RecordedFunction'), functionIn('LiveFunction')];
    const started = await Promise.all(
      functions.map(async (fn) => [fn.name, await startLambda(fn, around)] as const),
    );
    lambdas = Object.fromEntries(started);
  });
  afterAll(async () => {
    for (const lambda of Object.values(lambdas)) await lambda.close();
    await server.close();
  });

  it.each(here.map((rule) => [rule.id, rule] as const))('%s', async (id, rule) => {
    const lambda = lambdas[rule.functionName];
    for (const messageType of rule.messageTypes) {
      const told = new Map<string, string>();
      for (const message of messagesOf(messageType, rule, corner)) {
        const before = server.calls.length;
        const result = await lambda?.invoke(eventOf(rule, corner, message));
        const evaluations = server.calls
          .slice(before)
          .filter(({ operation }) => operation === 'PutEvaluations')
          .flatMap(({ input }) => (input as { Evaluations: Evaluation[] }).Evaluations);
        expect(result).toMatchObject({
          kind: 'response',
          body: { evaluations: evaluations.length },
        });
        for (const each of evaluations) told.set(subjectOf(each), wordOf(each));
      }
      expect([...told].sort()).toEqual(expected(id, messageType, corner));
    }
  });
});

const named = (id: string) => `${id}-conformance-pack-ab12cd34e`;
const subjectOf = (each: Evaluation) =>
  `${each.ComplianceResourceType} ${each.ComplianceResourceId}`;
const wordOf = (each: Evaluation) => `${each.ComplianceType} ${each.Annotation}`;

/** What the command line says of the same subjects. A schedule asks about those that are there, a notification about one. */
function expected(id: string, messageType: string, { account, region, items }: Corner) {
  const recorded = new Map(
    items.map((item) => [`${item.resourceType} ${item.resourceId}`, item.configurationItemStatus]),
  );
  return findings
    .filter(({ rule, subject }) => rule === id && subject.account === account)
    .filter(
      ({ subject }) =>
        subject.region === region || (subject.region === 'global' && region === HOME_REGION),
    )
    .filter(({ subject }) => {
      const status = recorded.get(`${subject.type} ${subject.id}`) ?? 'OK';
      return messageType !== 'ScheduledNotification' || !status.startsWith('ResourceDeleted');
    })
    .map((each) => [
      `${each.subject.type} ${each.subject.id}`,
      `${verdictForConfig(each)} ${annotationOf(each)}`,
    ])
    .sort();
}

/** The messages of this type that AWS Config would send for what it recorded (Developer Guide, "Example Events for AWS Config Rules"). */
function messagesOf(messageType: string, rule: TemplateRule, { account, items }: Corner): object[] {
  const common = { messageType, notificationCreationTime: NOW, recordVersion: '1.3' };
  if (messageType === 'ScheduledNotification') return [{ ...common, awsAccountId: account }];
  const judged = items.filter(({ resourceType }) => rule.scope.includes(resourceType));
  if (messageType === 'OversizedConfigurationItemChangeNotification') {
    return judged.map((item) => ({ ...common, configurationItemSummary: summaryOf(item) }));
  }
  return judged.map((configurationItem) => ({
    ...common,
    configurationItem,
    configurationItemDiff: { changedProperties: {}, changeType: 'UPDATE' },
  }));
}

function summaryOf(item: EventItem): object {
  const { configuration, supplementaryConfiguration, tags, relationships, ...summary } = item;
  return { ...summary, changeType: 'UPDATE' };
}

const eventOf = (rule: TemplateRule, { account, region }: Corner, message: object) => ({
  version: '1.0',
  invokingEvent: JSON.stringify(message),
  ruleParameters: JSON.stringify(rule.parameters),
  resultToken: `token of ${rule.id}`,
  eventLeftScope: false,
  executionRoleArn: `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
  configRuleArn: `arn:aws:config:${region}:${account}:config-rule/config-rule-ab12cd`,
  configRuleName: named(rule.id),
  configRuleId: 'config-rule-ab12cd',
  accountId: account,
});
