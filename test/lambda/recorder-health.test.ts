import { describe, expect, it } from 'vitest';
import { needsOf } from '../../src/facets/needs.ts';
import type { Answers } from '../contract-server/asked.ts';
import { epochSeconds } from '../contract-server/encodings.ts';
import { packRules as rules } from '../pack-rules.ts';
import { NOTIFIED, scheduledEvent, startLambda } from './world.ts';

const RULE = 'config-recorder-health';
const DELIVERED = epochSeconds('2026-03-02T06:00:00Z');

const recorder = (parts: object = {}) => ({
  name: 'default',
  roleARN: 'arn:aws:iam::111122223333:role/config',
  recordingGroup: {
    allSupported: true,
    includeGlobalResourceTypes: true,
    resourceTypes: [],
    exclusionByResourceTypes: { resourceTypes: [] },
    recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
  },
  recordingMode: { recordingFrequency: 'CONTINUOUS', recordingModeOverrides: [] },
  ...parts,
});
const group = (parts: object) => recorders(recorder({ recordingGroup: parts }));
const recorders = (...ConfigurationRecorders: object[]): Answers => ({
  DescribeConfigurationRecorders: { ConfigurationRecorders },
});
const status = (parts: object = {}): Answers => ({
  DescribeConfigurationRecorderStatus: {
    ConfigurationRecordersStatus: [
      { name: 'default', recording: true, lastStatus: 'SUCCESS', ...parts },
    ],
  },
});
const success = {
  lastStatus: 'SUCCESS',
  lastAttemptTime: DELIVERED,
  lastSuccessfulTime: DELIVERED,
};
const channel = (parts: object = {}): Answers => ({
  DescribeDeliveryChannelStatus: {
    DeliveryChannelsStatus: [
      {
        name: 'default',
        configHistoryDeliveryInfo: success,
        configSnapshotDeliveryInfo: success,
        configStreamDeliveryInfo: { lastStatus: 'NOT_APPLICABLE' },
        ...parts,
      },
    ],
  },
});

const nameOf = (id: string) => `${id}-conformance-pack-ab12cd34e`;
const LIVE = 'arn:aws:lambda:eu-central-1:111122223333:function:s3-config-rules-live';
const deployed = (id: string, parts: object = {}) => ({
  ConfigRuleName: nameOf(id),
  ConfigRuleState: 'ACTIVE',
  InputParameters: JSON.stringify({ rule: id }),
  Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: LIVE },
  ...parts,
});
const ofOthers = [
  { ConfigRuleName: 'managed', ConfigRuleState: 'ACTIVE' },
  { ConfigRuleName: 'odd', ConfigRuleState: 'DELETING', InputParameters: '{"rule":' },
  { ConfigRuleName: 'list', ConfigRuleState: 'ACTIVE', InputParameters: '["rule"]' },
  { ConfigRuleName: 'number', ConfigRuleState: 'ACTIVE', InputParameters: '{"rule":7}' },
];
const everywhere = rules.filter((rule) => !needsOf(rule).homeRegionOnly).map(({ id }) => id);
const atHome = rules.filter((rule) => needsOf(rule).homeRegionOnly).map(({ id }) => id);
const all = [...everywhere, ...atHome];
const deploying = (ids: readonly string[], ...statuses: object[]): Answers => ({
  DescribeConfigRules: { ConfigRules: [...ofOthers, ...ids.map((id) => deployed(id))] },
  DescribeConfigRuleEvaluationStatus: { ConfigRulesEvaluationStatus: statuses },
});
const sound: Answers = {
  ...recorders(recorder()),
  ...status(),
  ...channel(),
  ...deploying(all),
};

async function judged(answers: Answers, parameters: object = {}) {
  const lambda = await startLambda({ answers: { ...sound, ...answers } });
  await lambda.handle(scheduledEvent(RULE, parameters));
  const [evaluation] = lambda.puts()[0]?.Evaluations ?? [];
  return { ...lambda, evaluation, annotation: evaluation?.Annotation };
}

const last = (id: string, parts: object) => ({ ConfigRuleName: nameOf(id), ...parts });
const [earlier, later] = [DELIVERED - 60, DELIVERED];

describe('the health of the recorder', () => {
  it('is a finding on the account', async () => {
    const { evaluation, operations } = await judged({});
    expect(evaluation).toMatchObject({
      ComplianceResourceType: 'AWS::::Account',
      ComplianceResourceId: '111122223333',
      ComplianceType: 'COMPLIANT',
      OrderingTimestamp: epochSeconds(NOTIFIED),
      Annotation: `healthy: Recorder default records, channel default delivers, and all ${rules.length} rules are active.`,
    });
    expect(operations().filter((name) => name.startsWith('Describe'))).toEqual([
      'DescribeConfigurationRecorders',
      'DescribeConfigurationRecorderStatus',
      'DescribeDeliveryChannelStatus',
      'DescribeConfigRules',
      'DescribeConfigRuleEvaluationStatus',
    ]);
  });

  it.each<[string, Answers, RegExp]>([
    ['no recorder', recorders(), /^noRecorder: .* eu-central-1\.$/],
    [
      'none but that of a service',
      recorders(recorder({ servicePrincipal: 'guardduty.amazonaws.com' })),
      /^noRecorder: /,
    ],
    ['a stopped recorder', status({ recording: false }), /^stopped: /],
    [
      'a failing recorder',
      status({ lastStatus: 'FAILURE', lastErrorCode: 'AccessDenied' }),
      /^recorderFailing: .* FAILURE \(AccessDenied\)\.$/,
    ],
    ['one that failed before', status({ lastErrorCode: 'AccessDenied' }), /^healthy: /],
    ['a status as the reference spells it', status({ lastStatus: 'Success' }), /^healthy: /],
    [
      'a recorder without a status',
      status({ name: 'other' }),
      /^evidenceUnavailable: .*no status of recorder default/,
    ],
    [
      'no group',
      recorders(recorder({ recordingGroup: undefined })),
      /^evidenceUnavailable: .*recordingGroup is missing/,
    ],
    [
      'a list of types',
      group({ allSupported: false, resourceTypes: ['AWS::S3::Bucket'] }),
      /^notRecorded: .* does not record AWS::/,
    ],
    [
      'an exclusion, whatever the other fields say',
      group({
        allSupported: true,
        includeGlobalResourceTypes: true,
        exclusionByResourceTypes: { resourceTypes: ['AWS::S3::Bucket'] },
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
      }),
      /^notRecorded: .* does not record AWS::S3::Bucket, which/,
    ],
    [
      'an exclusion of something else, whose IAM types are recorded',
      group({
        allSupported: false,
        includeGlobalResourceTypes: false,
        exclusionByResourceTypes: { resourceTypes: ['AWS::EC2::Instance'] },
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
      }),
      /^healthy: /,
    ],
    ['no recording mode', recorders(recorder({ recordingMode: undefined })), /^healthy: /],
    [
      'daily records of buckets',
      recorders(
        recorder({
          recordingMode: {
            recordingFrequency: 'CONTINUOUS',
            recordingModeOverrides: [
              { resourceTypes: ['AWS::S3::Bucket'], recordingFrequency: 'DAILY' },
              { resourceTypes: ['AWS::S3::AccessPoint'], recordingFrequency: 'CONTINUOUS' },
            ],
          },
        }),
      ),
      /^recordedDaily: .* AWS::S3::Bucket once a day/,
    ],
    [
      'an unknown frequency',
      recorders(recorder({ recordingMode: { recordingFrequency: 'WEEKLY' } })),
      /^evidenceUnavailable: /,
    ],
    [
      'no channel',
      { DescribeDeliveryChannelStatus: { DeliveryChannelsStatus: [] } },
      /^noChannel: /,
    ],
    [
      'a channel that has not delivered yet',
      channel({ configHistoryDeliveryInfo: {}, configSnapshotDeliveryInfo: {} }),
      /^neverDelivered: /,
    ],
    [
      'a failing snapshot',
      channel({
        configSnapshotDeliveryInfo: {
          ...success,
          lastStatus: 'FAILURE',
          lastErrorCode: 'NoSuchBucket',
        },
      }),
      /^deliveryFailing: .* snapshots: NoSuchBucket\.$/,
    ],
    [
      'a failing topic',
      channel({ configStreamDeliveryInfo: { lastStatus: 'Failure' } }),
      /^deliveryFailing: .* notifications: no reason given\.$/,
    ],
    [
      'old history and a new snapshot, as in a Region where nothing changes',
      channel({ configHistoryDeliveryInfo: { ...success, lastSuccessfulTime: 1_450_317_838.412 } }),
      /^healthy: /,
    ],
    [
      'an old delivery',
      channel({
        configHistoryDeliveryInfo: { ...success, lastSuccessfulTime: DELIVERED - 48 * 3600 },
        configSnapshotDeliveryInfo: undefined,
      }),
      /^stale: .* at 2026-02-28T06:00:00\.000Z, more than 36 hours ago\.$/,
    ],
    [
      'no rules',
      deploying([]),
      /^rulesMissing: The pack lacks (\d+) of its \1 rules here: .* more\.$/,
    ],
    [
      'one rule less',
      deploying(all.filter((id) => id !== 's3-tls-only')),
      /^rulesMissing: .* lacks 1 of its \d+ rules here: s3-tls-only\.$/,
    ],
    [
      'a rule whose function cannot be invoked',
      deploying(
        all,
        last('s3-tls-only', {
          LastFailedInvocationTime: later,
          LastSuccessfulInvocationTime: earlier,
          LastErrorCode: 'AccessDenied',
        }),
      ),
      /^ruleFailing: Rule s3-tls-only .*: AccessDenied\.$/,
    ],
    [
      'a rule that never succeeded',
      deploying(
        all,
        last('s3-tls-only', {
          LastSuccessfulInvocationTime: later,
          LastFailedEvaluationTime: later,
        }),
      ),
      /^ruleFailing: .*: no reason given\.$/,
    ],
    [
      'a rule that recovered',
      deploying(
        all,
        last('s3-tls-only', {
          LastFailedEvaluationTime: earlier,
          LastSuccessfulEvaluationTime: later,
          LastErrorCode: 'AccessDenied',
        }),
      ),
      /^healthy: /,
    ],
  ])('with %s', async (_name, answers, expected) => {
    expect((await judged(answers)).annotation).toMatch(expected);
  });

  it.each([
    'DescribeConfigurationRecorders',
    'DescribeConfigurationRecorderStatus',
    'DescribeDeliveryChannelStatus',
    'DescribeConfigRules',
    'DescribeConfigRuleEvaluationStatus',
  ])('is unknown without the permission for %s', async (operation) => {
    const lambda = await startLambda({ answers: sound });
    lambda.server.fail(operation, 'AccessDeniedException');
    await lambda.handle(scheduledEvent(RULE));
    const [evaluation] = lambda.puts()[0]?.Evaluations ?? [];
    expect(evaluation?.ComplianceType).toBe('NON_COMPLIANT');
    expect(evaluation?.Annotation).toMatch(/^evidenceUnavailable: /);
    expect(evaluation?.Annotation).toContain(`(needs config:${operation})`);
  });

  it('looks at all pages of the rules', async () => {
    const { DescribeConfigRules } = deploying(all) as {
      DescribeConfigRules: { ConfigRules: object[] };
    };
    const { ConfigRules } = DescribeConfigRules;
    const page = ({ NextToken }: { NextToken?: unknown }) =>
      NextToken === undefined
        ? { ConfigRules: ConfigRules.slice(0, 10), NextToken: 'more' }
        : { ConfigRules: ConfigRules.slice(10) };
    expect((await judged({ DescribeConfigRules: page })).annotation).toMatch(/^healthy: /);
  });
});

describe('a rule on the account', () => {
  const home = { homeRegions: 'us-east-1' };

  it('is one for the home Region or one for every Region, by what it reads', () => {
    expect(atHome).toContain('s3-block-public-access-account');
    expect(everywhere).toContain(RULE);
  });

  it('is not missed away from home, if it runs there alone', async () => {
    const { annotation } = await judged(deploying(everywhere), home);
    expect(annotation).toMatch(/^healthy: /);
    expect(annotation).toContain(`all ${everywhere.length} rules`);
  });

  it.each([
    { homeRegions: 'eu-central-1' },
    { homeRegions: '-' },
    {},
  ])('is missed at home: %j', async (parameters) => {
    const { annotation } = await judged(deploying(everywhere), parameters);
    expect(annotation).toMatch(new RegExp(`^rulesMissing: The pack lacks ${atHome.length} of `));
  });

  it('is missed away from home, if it runs in every Region', async () => {
    const { annotation } = await judged(deploying(everywhere.filter((id) => id !== RULE)), home);
    expect(annotation).toBe(
      `rulesMissing: The pack lacks 1 of its ${everywhere.length} rules here: ${RULE}.`,
    );
  });

  it('is judged where the function is, in the Region of its client', async () => {
    const { calls } = await judged({});
    expect(calls('DescribeConfigRules')).toMatchObject([{ region: 'eu-central-1' }]);
  });

  it('is expected for the frameworks of the pack alone', async () => {
    const mapped = rules.filter(({ requirements }) => Object.keys(requirements).length > 0);
    const gdpr = mapped.filter(({ requirements }) =>
      Object.entries(requirements).some(
        ([id, { strength }]) => id.startsWith('gdpr ') && strength === 'primary',
      ),
    );
    const { annotation } = await judged(deploying(gdpr.map(({ id }) => id)), {
      frameworks: 'gdpr',
    });
    expect(annotation).toContain(`all ${gdpr.length} rules`);
    const both = await judged(deploying(gdpr.map(({ id }) => id)), { frameworks: 'gdpr,hipaa' });
    expect(both.annotation).toMatch(gdpr.length < mapped.length ? /^rulesMissing: / : /^healthy: /);
  });
});
