import type { PutEventsRequest } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packed } from '../../infra/member/packed.ts';
import { rules } from '../../rules/index.ts';
import { annotationOf, verdictForConfig } from '../../src/engine/finding.ts';
import { isOnChange, needsOf } from '../../src/facets/needs.ts';
import { lambdaBundle } from '../../src/generate/bundle.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import type { Evaluation } from '../contract-server/faults.ts';
import { type ContractServer, startContractServer } from '../contract-server/server.ts';
import { createRule, type EventItem, type State } from '../contract-server/state.ts';
import { findingsAt, NOW, SETTINGS } from './findings.ts';
import { type Lambda, startLambda } from './lambda.ts';
import { type Corner, type Organization, readOrganization, stateOf } from './organization.ts';
import { functionIn, rulesOfPack, type TemplateRule } from './template.ts';

const HOME_REGION = 'eu-central-1';
/** Of deployment.yaml: changes are for rules of this severity and above, all others run once a day. */
const DEFAULT_ON_CHANGE = 'high';

const pack = rulesOfPack();
const organization: Organization = await readOrganization();
const findings = await findingsAt(NOW);
/** What AWS Config was told of, rule and subject, with the place. */
const compared = new Set<string>();

it.each([
  ['RecordedFunction', 'recorded'],
  ['LiveFunction', 'live'],
  ['PublishFindingsFunction', 'publish-findings'],
] as const)('%s of the template is what this checkout bundles', async (id, name) => {
  const code = await lambdaBundle(await loadSettings(SETTINGS), name);
  expect(functionIn(id).code === packed(code, name), 'Run "npm run synth".').toBe(true);
});

it('the pack invokes the functions for every rule, with the triggers it needs', () => {
  expect(pack.map(({ id }) => id).sort()).toEqual(rules.map(({ id }) => id).sort());
  for (const rule of rules) {
    const { function: name } = needsOf(rule);
    const onChange = isOnChange(rule, DEFAULT_ON_CHANGE);
    const told = pack.find(({ id }) => id === rule.id);
    expect(told?.functionName).toBe(`s3-config-rules-${name}`);
    expect(told?.messageTypes.includes('ConfigurationItemChangeNotification')).toBe(onChange);
    expect(told?.messageTypes.includes('ScheduledNotification')).toBe(true);
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
  /** What is judged where this item changes: the flags of an account are no resource of their own. */
  const changed = (item: EventItem) =>
    item.resourceType === 'AWS::S3::AccountPublicAccessBlock'
      ? `AWS::::Account ${account}`
      : itemKey(item);
  const isGone = (subject: string) =>
    corner.items.some(
      (item) =>
        itemKey(item) === subject && item.configurationItemStatus.startsWith('ResourceDeleted'),
    );

  /** What AWS Config is told in one invocation, and how many evaluations the function says it found. */
  const evaluationsOf = async (rule: TemplateRule, message: object) => {
    const before = server.calls.length;
    const result = await lambdas[rule.functionName]?.invoke(eventOf(rule, corner, message));
    const evaluations = server.calls
      .slice(before)
      .filter(({ operation }) => operation === 'PutEvaluations')
      .flatMap(({ input }) => (input as { Evaluations: Evaluation[] }).Evaluations);
    const { kind, ...rest } = result ?? {};
    expect(kind, JSON.stringify(rest)).toBe('response');
    const { evaluations: found } = (rest as { body: { evaluations: number } }).body;
    return { evaluations, found };
  };

  afterAll(async () => {
    for (const lambda of Object.values(lambdas)) await lambda.close();
    await server.close();
  });

  it.each(here.map((rule) => [rule.id, rule] as const))('%s', async (id, rule) => {
    const judged = corner.items.filter(({ resourceType }) => rule.scope.includes(resourceType));
    for (const messageType of rule.messageTypes) {
      const isDaily = messageType === 'ScheduledNotification';
      // The whole record comes another way then, which takes no more than one of each rule to see.
      const items = messageType.startsWith('Oversized') ? judged.slice(0, 1) : judged;
      const isAsked = (subject: string) =>
        isDaily ? !isGone(subject) : items.map(changed).includes(subject);
      const asked = expected(id, corner).filter(([subject]) => isAsked(subject));
      // Where AWS Config holds no result, a daily run has nothing to say of what does not apply.
      const due = isDaily ? asked.filter(([, word]) => !word.startsWith('NOT_APPLICABLE')) : asked;
      if (isDaily) state.rules[named(id)] = createRule();
      const told = new Map<string, string>();
      let sum = 0;
      const messages = messagesOf(messageType, account, items);
      for (const message of messages) {
        const { evaluations, found } = await evaluationsOf(rule, message);
        for (const each of evaluations) told.set(keyOf(each), wordOf(each));
        sum += found;
      }
      expect([...told].sort(), messageType).toEqual(due);
      expect(sum, messageType).toBe(asked.length);
      // With the number that was found, what a daily run need not tell is compared too.
      for (const [subject] of asked) compared.add(`${id} ${account} ${region} ${subject}`);
    }
  });

  it('says that it is there, once a day', () => {
    const beats = server.calls.filter(({ operation }) => operation === 'PutEvents');
    expect(beats).toMatchObject([{ region: HOME_REGION, status: 200 }]);
    const [entry] = (beats as { input: PutEventsRequest }[]).flatMap(({ input }) => input.Entries);
    expect(JSON.parse(entry?.Detail ?? '')).toMatchObject({ region, failures: { waiting: 0 } });
  });
});

it('nothing that the command line judges was left out', () => {
  const judged = findings.filter(({ state: stands }) => stands !== 'NOT_APPLICABLE');
  expect(judged.length).toBeGreaterThan(1500);
  const keys = judged.map(({ rule, subject: { account, region, type, id } }) => {
    const place = `${account} ${region === 'global' ? HOME_REGION : region}`;
    return `${rule} ${place} ${type} ${id}`;
  });
  expect(keys.filter((key) => !compared.has(key))).toEqual([]);
});

const named = (id: string) => `${id}-conformance-pack-ab12cd34e`;
const itemKey = (item: EventItem) => `${item.resourceType} ${item.resourceId}`;
const keyOf = (each: Evaluation) => `${each.ComplianceResourceType} ${each.ComplianceResourceId}`;
const wordOf = (each: Evaluation) => `${each.ComplianceType} ${each.Annotation}`;

/**
 * What a function of one Region cannot know although the files of all Regions tell it: the record of a bucket in another Region.
 * Each is missing evidence, never a pass.
 */
const OF_ANOTHER_REGION: Readonly<Record<string, string>> = {
  's3-access-logging examplehealth-adhoc-extracts-us':
    'NON_COMPLIANT evidenceUnavailable: The log target could not be assessed: no record of bucket examplehealth-access-logs-analytics-eu is available.',
  's3-residency examplehealth-backups-eu':
    'NON_COMPLIANT replicaUnknown: Rule replicate-all replicates to examplehealth-backups-us, and no record says where that bucket is.',
  's3-residency examplehealth-claims-raw-eu':
    'NON_COMPLIANT replicaUnknown: Rule replicate-all replicates to examplehealth-claims-replica-us, and no record says where that bucket is.',
};

/** What the command line says of these subjects; to it what nobody captured is missing, where a service refuses. */
function expected(id: string, { account, region }: Corner) {
  return findings
    .filter(({ rule, subject }) => rule === id && subject.account === account)
    .filter(
      ({ subject }) =>
        subject.region === region || (subject.region === 'global' && region === HOME_REGION),
    )
    .map((each) => {
      const { type, id: resource } = each.subject;
      const word = `${verdictForConfig(each)} ${annotationOf(each)}`;
      const here = OF_ANOTHER_REGION[`${id} ${resource}`] ?? word;
      return [
        `${type} ${resource}`,
        here.replace(/no answer to \w+ was captured/, 'access was denied'),
      ] as const;
    })
    .sort();
}

/** The messages of this type that AWS Config would send for what it recorded (Developer Guide, "Example Events for AWS Config Rules"). */
function messagesOf(messageType: string, account: string, items: readonly EventItem[]): object[] {
  const common = { messageType, notificationCreationTime: NOW, recordVersion: '1.3' };
  if (messageType === 'ScheduledNotification') return [{ ...common, awsAccountId: account }];
  if (messageType === 'OversizedConfigurationItemChangeNotification') {
    return items.map((item) => ({ ...common, configurationItemSummary: summaryOf(item) }));
  }
  return items.map((configurationItem) => ({
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
