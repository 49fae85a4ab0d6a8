import { describe, expect, it } from 'vitest';
import type { Facet } from '../../src/facets/facet.ts';
import { facets } from '../../src/facets/index.ts';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { accountItem, unwrap } from '../../src/records/normalise.ts';
import type { Services } from '../../src/services/services.ts';
import { bucketItem } from '../contract-server/items.ts';
import { damaged, type Path, places, shapeOf, tells } from './damage.ts';

const OWN = '111122223333';
const OTHER = '999988887777';
const HOME = 'eu-central-1';
const account = accountItem(OWN, HOME, '2026-01-01T00:00:00.000Z');
const bucket = unwrap(bucketItem('data'));
const [AT, LATER] = ['2026-03-01T10:00:00.000Z', '2026-03-01T11:00:00.000Z'];
const document = { Version: '2012-10-17', Statement: [] };
const policyText = JSON.stringify(document);
const policy = parsePolicy(policyText);

type Given = Readonly<Record<string, unknown>>;
type Asked = Extract<Facet<unknown>, { from: 'service' }>;

/** What a facet reads when services answer so, and what it asked. An answer that is a function is made from the input. */
async function readFrom(facet: Asked, item: typeof account, given: Given) {
  const questions: string[] = [];
  const services: Services = {
    ask: async (operation, input, region) => {
      questions.push(`${operation} ${region} ${JSON.stringify(input)}`);
      const answer = given[operation];
      return (typeof answer === 'function' ? answer(input, region) : answer) as never;
    },
  };
  const reading = await facet.read(services, item);
  return { reading, questions: [...new Set(questions)] };
}

const encrypted = (kmsMasterKeyID: string | null) => ({
  ...bucket,
  supplementary: {
    ...bucket.supplementary,
    ServerSideEncryptionConfiguration: {
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyID } }],
    },
  },
});
const TOPIC = `arn:aws:sns:${HOME}:${OWN}:alerts`;
const KEY = `arn:aws:kms:${HOME}:${OWN}:key/k`;
const keyMetadata = {
  ...{ AWSAccountId: OWN, Arn: KEY, KeyManager: 'CUSTOMER', KeySpec: 'SYMMETRIC_DEFAULT' },
  ...{ KeyState: 'Enabled', KeyUsage: 'ENCRYPT_DECRYPT', Origin: 'AWS_KMS' },
};
const TRAIL = `arn:aws:cloudtrail:us-east-1:${OWN}:trail/audit`;
const trail = {
  ...{ Name: 'audit', TrailARN: TRAIL, HomeRegion: 'us-east-1', IsMultiRegionTrail: true },
  ...{ S3BucketName: 'logs', IsOrganizationTrail: true, LogFileValidationEnabled: true },
  KmsKeyId: KEY,
  CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${OWN}:log-group:audit:*`,
};
const status = {
  IsLogging: true,
  ...{ LatestDeliveryTime: AT, LatestDeliveryError: 'AccessDenied' },
  ...{ LatestDigestDeliveryTime: LATER, LatestDigestDeliveryError: 'NoSuchBucket' },
  ...{ LatestCloudWatchLogsDeliveryTime: AT, LatestCloudWatchLogsDeliveryError: 'Throttled' },
};
const basic = {
  ...{ ReadWriteType: 'All', IncludeManagementEvents: true },
  ExcludeManagementEventSources: ['kms.amazonaws.com'],
  DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
};
const advanced = {
  FieldSelectors: [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::a/'], EndsWith: ['/z'] },
    { Field: 'eventName', NotEquals: ['x'], NotStartsWith: ['y'], NotEndsWith: ['z'] },
  ],
};
const fieldOf = (field: string, given: object) => ({
  field,
  ...{ equals: [], startsWith: [], endsWith: [] },
  ...{ notEquals: [], notStartsWith: [], notEndsWith: [] },
  ...given,
});
const advancedRead = {
  kind: 'advanced',
  fields: [
    fieldOf('eventCategory', { equals: ['Data'] }),
    fieldOf('resources.ARN', { startsWith: ['arn:aws:s3:::a/'], endsWith: ['/z'] }),
    fieldOf('eventName', { notEquals: ['x'], notStartsWith: ['y'], notEndsWith: ['z'] }),
  ],
};
const metric = { Namespace: 'Audit', MetricName: 'Denied' };
const ALARM = `arn:aws:cloudwatch:us-east-1:${OWN}:alarm:`;
const alarm = {
  ...{ AlarmName: 'one', AlarmArn: `${ALARM}one`, ActionsEnabled: true, AlarmActions: [TOPIC] },
  ...{ ...metric, Statistic: 'Sum', Period: 300, Unit: 'Count', Dimensions: [] },
  ...{ ComparisonOperator: 'GreaterThanThreshold', Threshold: 0, EvaluationPeriods: 3 },
  ...{ DatapointsToAlarm: 2, TreatMissingData: 'notBreaching' },
};
const math = {
  ...{ AlarmName: 'two', ActionsEnabled: false, EvaluationPeriods: 4 },
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Metrics: [
    { Id: 'e', Expression: 'm + n' },
    {
      ...{ Id: 'm', AccountId: OWN },
      MetricStat: {
        ...{ Period: 60, Stat: 'Average', Unit: 'Percent' },
        Metric: { ...metric, Dimensions: [{ Name: 'Trail', Value: 'audit' }] },
      },
    },
    { Id: 'n', AccountId: OTHER, MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } },
  ],
};
const watching = {
  DescribeMetricFilters: {
    metricFilters: [
      {
        ...{ filterName: 'denied', filterPattern: '{ $.errorCode = "AccessDenied" }' },
        ...{
          emitSystemFieldDimensions: ['@aws.account'],
          fieldSelectionCriteria: '@aws.region = x',
        },
        metricTransformations: [
          {
            ...{ metricNamespace: 'Audit', metricName: 'Denied', metricValue: '1', unit: 'Count' },
            ...{ defaultValue: 0, dimensions: { Who: '$.who' } },
          },
        ],
      },
    ],
  },
  DescribeAlarms: {
    MetricAlarms: [alarm, math, { ...alarm, AlarmName: 'other', MetricName: 'Other' }],
    CompositeAlarms: [
      {
        ...{ AlarmName: 'both', AlarmArn: `${ALARM}both`, AlarmRule: 'ALARM(one)' },
        ...{ ActionsEnabled: true, ActionsSuppressor: 'quiet', AlarmActions: [TOPIC] },
      },
    ],
  },
  ListRules: {
    Rules: [
      {
        ...{ Name: 'hand-on', Arn: `arn:aws:events:us-east-1:${OWN}:rule/hand-on` },
        ...{ EventPattern: '{}', State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' },
      },
      { Name: 'off', EventPattern: '{}', State: 'DISABLED' },
      { Name: 'nightly', State: 'ENABLED' },
    ],
  },
  ListTargetsByRule: { Targets: [{ Arn: TOPIC }, { Arn: 'arn:aws:lambda:::f' }] },
  ListSubscriptionsByTopic: { Subscriptions: [{ SubscriptionArn: `${TOPIC}:1` }] },
  GetTopicAttributes: { Attributes: { Policy: policyText, KmsMasterKeyId: KEY } },
  DescribeKey: { KeyMetadata: keyMetadata },
  GetKeyPolicy: { Policy: policyText },
};
const topic = {
  value: { policy, key: { name: KEY, isAwsManaged: false, state: 'Enabled', policy } },
};
const told = [{ arn: TOPIC, subscribers: 'some', topic }];
const handOn = {
  name: 'hand-on',
  arn: `arn:aws:events:us-east-1:${OWN}:rule/hand-on`,
  ...{ pattern: '{}', seesReads: true },
  targets: [...told, { arn: 'arn:aws:lambda:::f', subscribers: null, topic: null }],
};
const others = {
  value: {
    composites: [
      {
        ...{ name: 'both', arn: `${ALARM}both`, rule: 'ALARM(one)' },
        ...{ actionsEnabled: true, isSuppressible: true, receivers: told },
      },
    ],
    rules: [handOn],
  },
};
const metricRead = { namespace: 'Audit', name: 'Denied', dimensions: new Map() };
const alarms = [
  {
    ...{ name: 'one', arn: `${ALARM}one`, actionsEnabled: true, receivers: told, others },
    metrics: [{ ...metricRead, statistic: 'Sum', periodSeconds: 300, unit: 'Count' }],
    ...{ usesMath: false, comparison: 'GreaterThanThreshold', threshold: 0 },
    ...{ datapointsToAlarm: 2, treatMissingData: 'notBreaching' },
  },
  {
    ...{ name: 'two', arn: `${ALARM}two`, actionsEnabled: false, receivers: [], others },
    metrics: [
      {
        ...{ ...metricRead, statistic: 'Average', periodSeconds: 60, unit: 'Percent' },
        dimensions: new Map([['Trail', 'audit']]),
      },
    ],
    ...{ usesMath: true, comparison: 'GreaterThanOrEqualToThreshold', threshold: null },
    ...{ datapointsToAlarm: 4, treatMissingData: 'missing' },
  },
];

const user = (given: object) => ({
  ...{ UserId: 'AIDA1', UserName: 'ann', GroupList: ['team'] },
  UserPolicyList: [{ PolicyName: 'own', PolicyDocument: policyText }],
  AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/Read', PolicyName: 'Read' }],
  ...given,
});
const identity = { version: '2012-10-17', statements: [] };

interface Case {
  readonly facet: Asked;
  readonly item: typeof account;
  readonly given: Given;
  readonly value: unknown;
  readonly questions: readonly string[];
  /** Places where damage needs no reason, since it can only make a verdict worse, or where the reason names what is in it. */
  readonly silent?: readonly string[];
}
const of = (facet: unknown) => facet as Asked;
const one = (operation: string, input: object = {}, region = HOME) =>
  `${operation} ${region} ${JSON.stringify(input)}`;
const finding = {
  ...{ id: 'f-1', resource: bucket.arn, status: 'ACTIVE', findingType: 'ExternalAccess' },
  ...{ createdAt: AT, error: 'ACCESS_DENIED' },
};
const analyzer = (name: string, type: string, given = {}) => ({
  ...{ name, type, arn: `arn:aws:access-analyzer:::${name}`, status: 'ACTIVE' },
  ...given,
});
const POINT = 'arn:aws:backup:::p';
const STORE = (region: string) => `arn:aws:cloudtrail:${region}:${OWN}:eventdatastore/e`;

const cases: Readonly<Record<string, Case>> = {
  'what IAM Access Analyzer finds': {
    facet: of(facets.bucket.accessAnalysis),
    item: bucket,
    given: {
      ListAnalyzers: {
        analyzers: [
          analyzer('outside', 'ACCOUNT'),
          analyzer('disabled', 'ORGANIZATION', { status: 'DISABLED' }),
          analyzer('inside', 'ACCOUNT_INTERNAL_ACCESS'),
          analyzer('unused', 'ORGANIZATION_UNUSED_ACCESS'),
          analyzer('future', 'constructor'),
        ],
      },
      ListFindingsV2: {
        findings: [
          finding,
          { ...finding, id: 'f-2', findingType: undefined, error: undefined },
          { ...finding, id: 'f-3', findingType: 'UnusedPermission' },
          { ...finding, id: 'f-4', status: 'ARCHIVED' },
          { ...finding, id: 'f-5', resource: 'arn:aws:s3:::other' },
        ],
      },
    },
    value: {
      analyzers: [
        { name: 'outside', finds: 'external', status: 'ACTIVE' },
        { name: 'disabled', finds: 'external', status: 'DISABLED' },
        { name: 'inside', finds: 'internal', status: 'ACTIVE' },
        { name: 'unused', finds: 'unused', status: 'ACTIVE' },
        { name: 'future', finds: 'internal', status: 'ACTIVE' },
      ],
      findings: [
        { id: 'f-1', analyzer: 'outside', createdAt: AT, error: 'ACCESS_DENIED' },
        { id: 'f-2', analyzer: 'outside', createdAt: AT, error: null },
      ],
    },
    questions: [
      one('ListAnalyzers'),
      one('ListFindingsV2', {
        analyzerArn: 'arn:aws:access-analyzer:::outside',
        filter: {
          resourceType: { eq: ['AWS::S3::Bucket'] },
          resourceOwnerAccount: { eq: [OWN] },
          status: { eq: ['ACTIVE'] },
        },
      }),
    ],
  },
  'the rules that are deployed': {
    facet: of(facets.account.deployedRules),
    item: account,
    given: {
      DescribeConfigRules: {
        ConfigRules: [
          ['a', {}],
          ['b', { Scope: { TagKey: 'x' } }],
          ['c', { Scope: { ComplianceResourceId: 'x', ComplianceResourceTypes: ['y'] } }],
          ['d', { EvaluationModes: [{ Mode: 'PROACTIVE' }] }],
          ['e', { EvaluationModes: [{ Mode: 'PROACTIVE' }, { Mode: 'DETECTIVE' }] }],
          ['f', { Scope: { ComplianceResourceTypes: ['y'] }, EvaluationModes: [] }],
          ['g', { InputParameters: '{"rule":7}' }],
          ['h', { InputParameters: '[]' }],
          ['i', { InputParameters: '{' }],
          ['j', { InputParameters: undefined }],
        ].map(([name, given]) => ({
          ...{
            ConfigRuleName: name,
            ConfigRuleState: 'ACTIVE',
            InputParameters: '{"rule":"s3-x"}',
          },
          Source: {
            Owner: 'CUSTOM_LAMBDA',
            SourceIdentifier: `arn:aws:lambda:${HOME}:${OWN}:function:judge:live`,
          },
          ...(given as object),
        })),
      },
      DescribeConfigRuleEvaluationStatus: {
        ConfigRulesEvaluationStatus: [
          {
            ...{ ConfigRuleName: 'a', LastErrorCode: 'Denied' },
            ...{ LastFailedInvocationTime: LATER, LastSuccessfulInvocationTime: AT },
            ...{ LastFailedEvaluationTime: AT, LastSuccessfulEvaluationTime: LATER },
          },
          {
            ...{ ConfigRuleName: 'b', LastFailedEvaluationTime: AT },
          },
          {
            ...{ ConfigRuleName: 'c', LastErrorCode: 'Old' },
            ...{ LastFailedInvocationTime: AT, LastSuccessfulInvocationTime: AT },
            ...{ LastFailedEvaluationTime: AT, LastSuccessfulEvaluationTime: LATER },
          },
        ],
      },
    },
    value: [
      ['a', false, 'Denied', LATER],
      ['b', true, 'no reason given', null],
      ['c', true, null, LATER],
      ['d', true, null, null],
      ['e', false, null, null],
      ['f', false, null, null],
    ].map(([name, isNarrowed, error, succeededAt]) => ({
      ...{ name, rule: 's3-x', owner: 'CUSTOM_LAMBDA', function: 'judge', functionAccount: OWN },
      ...{ isNarrowed, state: 'ACTIVE', error, succeededAt },
    })),
    questions: [one('DescribeConfigRules'), one('DescribeConfigRuleEvaluationStatus')],
    silent: [
      'DescribeConfigRules ConfigRules.[].EvaluationModes.[].Mode',
      'DescribeConfigRules ConfigRules.[].InputParameters',
    ],
  },
  'the delivery channel': {
    facet: of(facets.account.deliveryChannel),
    item: account,
    given: {
      DescribeDeliveryChannelStatus: {
        DeliveryChannelsStatus: [
          {
            name: 'default',
            configHistoryDeliveryInfo: { lastStatus: 'Failure', lastErrorCode: 'NoSuchBucket' },
            configSnapshotDeliveryInfo: { lastStatus: 'SUCCESS', lastSuccessfulTime: LATER },
            configStreamDeliveryInfo: { lastStatus: 'FAILURE', lastSuccessfulTime: AT },
          },
        ],
      },
    },
    value: {
      name: 'default',
      failures: [
        { what: 'configuration history', error: 'NoSuchBucket' },
        { what: 'notifications', error: 'no reason given' },
      ],
      deliveredAt: LATER,
    },
    questions: [one('DescribeDeliveryChannelStatus')],
  },
  'a delivery channel that never delivered but a snapshot': {
    facet: of(facets.account.deliveryChannel),
    item: account,
    given: {
      DescribeDeliveryChannelStatus: {
        DeliveryChannelsStatus: [
          { name: 'default', configHistoryDeliveryInfo: { lastSuccessfulTime: AT } },
        ],
      },
    },
    value: { name: 'default', failures: [], deliveredAt: AT },
    questions: [one('DescribeDeliveryChannelStatus')],
  },
  'the recorder': {
    facet: of(facets.account.recorder),
    item: account,
    given: {
      DescribeConfigurationRecorders: {
        ConfigurationRecorders: [
          { name: 'of-aws', servicePrincipal: 'x.amazonaws.com' },
          {
            name: 'default',
            recordingGroup: {
              ...{ allSupported: false, includeGlobalResourceTypes: false },
              resourceTypes: ['AWS::S3::Bucket'],
              recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
            },
            recordingMode: {
              recordingFrequency: 'DAILY',
              recordingModeOverrides: [
                { recordingFrequency: 'CONTINUOUS', resourceTypes: ['AWS::S3::Bucket'] },
              ],
            },
          },
        ],
      },
      DescribeConfigurationRecorderStatus: {
        ConfigurationRecordersStatus: [
          { name: 'default', recording: true, lastStatus: 'Failure', lastErrorCode: 'Denied' },
        ],
      },
    },
    value: {
      ...{ name: 'default', isRecording: true, status: 'FAILURE', error: 'Denied' },
      ...{ only: ['AWS::S3::Bucket'], leftOut: [], isDaily: true },
      exceptions: ['AWS::S3::Bucket'],
    },
    questions: [one('DescribeConfigurationRecorders'), one('DescribeConfigurationRecorderStatus')],
    silent: ['DescribeConfigurationRecorderStatus ConfigurationRecordersStatus.[].name'],
  },
  'the recorder of everything': {
    facet: of(facets.account.recorder),
    item: account,
    given: {
      DescribeConfigurationRecorders: {
        ConfigurationRecorders: [
          {
            ...{ name: 'default', recordingMode: null },
            recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
          },
        ],
      },
      DescribeConfigurationRecorderStatus: {
        ConfigurationRecordersStatus: [{ name: 'default', recording: false }],
      },
    },
    value: {
      ...{ name: 'default', isRecording: false, status: 'PENDING', error: null },
      ...{ only: null, leftOut: [], isDaily: false, exceptions: [] },
    },
    questions: [one('DescribeConfigurationRecorders'), one('DescribeConfigurationRecorderStatus')],
    silent: [
      'DescribeConfigurationRecorderStatus ConfigurationRecordersStatus.[].name',
      'DescribeConfigurationRecorders ConfigurationRecorders.[].recordingMode',
    ],
  },
  'the trails of a Region': {
    facet: of(facets.bucket.trails),
    item: bucket,
    given: {
      DescribeTrails: {
        trailList: [
          trail,
          { ...trail, IsMultiRegionTrail: false, HomeRegion: 'us-east-1' },
          {
            ...{ Name: 'plain', TrailARN: `${TRAIL}2`, HomeRegion: HOME },
            IsMultiRegionTrail: false,
          },
        ],
      },
      GetTrailStatus: ({ Name }: { Name: string }) =>
        Name === TRAIL ? status : { IsLogging: false },
      GetEventSelectors: ({ TrailName }: { TrailName: string }) =>
        TrailName === TRAIL
          ? { EventSelectors: [basic], AdvancedEventSelectors: [advanced] }
          : { EventSelectors: [] },
    },
    value: [
      {
        ...{ name: 'audit', arn: TRAIL, bucketName: 'logs', isOrganization: true },
        ...{ isMultiRegion: true, validatesLogFiles: true, key: KEY },
        status: {
          value: {
            isLogging: true,
            logFiles: { at: AT, error: 'AccessDenied' },
            digestFiles: { at: LATER, error: 'NoSuchBucket' },
          },
        },
        selectors: {
          value: [
            { kind: 'basic', halves: ['read', 'write'], objects: ['arn:aws:s3'] },
            advancedRead,
          ],
        },
        management: {
          value: {
            reads: { allBut: ['kms.amazonaws.com'] },
            writes: { allBut: ['kms.amazonaws.com'] },
          },
        },
      },
      {
        ...{ name: 'plain', arn: `${TRAIL}2`, bucketName: null, isOrganization: false },
        ...{ isMultiRegion: false, validatesLogFiles: false, key: null },
        status: {
          value: {
            isLogging: false,
            logFiles: { at: null, error: null },
            digestFiles: { at: null, error: null },
          },
        },
        selectors: { value: [] },
        management: { value: { reads: 'none', writes: 'none' } },
      },
    ],
    questions: [
      one('DescribeTrails', { includeShadowTrails: true }),
      one('GetTrailStatus', { Name: TRAIL }, 'us-east-1'),
      one('GetEventSelectors', { TrailName: TRAIL }, 'us-east-1'),
      one('GetTrailStatus', { Name: `${TRAIL}2` }),
      one('GetEventSelectors', { TrailName: `${TRAIL}2` }),
    ],
    silent: ['GetEventSelectors EventSelectors.[].DataResources.[].Type'],
  },
  'the trails that are watched': {
    facet: of(facets.account.watchedTrails),
    item: account,
    given: {
      DescribeTrails: { trailList: [trail] },
      GetTrailStatus: status,
      GetEventSelectors: {
        EventSelectors: [{ ...basic, ReadWriteType: 'WriteOnly' }],
        AdvancedEventSelectors: [
          {
            FieldSelectors: [
              { Field: 'eventCategory', Equals: ['Management'] },
              { Field: 'readOnly', Equals: ['false'] },
              { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] },
            ],
          },
        ],
      },
      ...watching,
    },
    value: [
      {
        ...{ name: 'audit', arn: TRAIL, region: 'us-east-1', isMultiRegion: true },
        records: { reads: false, writes: true },
        logGroup: {
          ...{ name: 'audit', account: OWN, deliveryError: 'Throttled', deliveredAt: AT },
          filters: [
            {
              ...{ name: 'denied', pattern: '{ $.errorCode = "AccessDenied" }' },
              metric: { namespace: 'Audit', name: 'Denied', unit: 'Count' },
              ...{ value: 1, defaultValue: 0, hasDimensions: true, isNarrowed: true, alarms },
            },
          ],
        },
      },
    ],
    questions: [
      one('DescribeTrails', { includeShadowTrails: true }),
      one('GetTrailStatus', { Name: TRAIL }, 'us-east-1'),
      one('GetEventSelectors', { TrailName: TRAIL }, 'us-east-1'),
      one('DescribeMetricFilters', { logGroupName: 'audit' }, 'us-east-1'),
      one('DescribeAlarms', {}, 'us-east-1'),
      one('ListSubscriptionsByTopic', { TopicArn: TOPIC }),
      one('GetTopicAttributes', { TopicArn: TOPIC }),
      one('DescribeKey', { KeyId: KEY }),
      one('GetKeyPolicy', { KeyId: KEY, PolicyName: 'default' }),
      one('ListRules', {}, 'us-east-1'),
      one('ListTargetsByRule', { Rule: 'hand-on' }, 'us-east-1'),
    ],
    silent: [
      'DescribeAlarms MetricAlarms.[].MetricName',
      'DescribeAlarms MetricAlarms.[].Metrics.[].AccountId',
    ],
  },
  'the rules of each Region with buckets': {
    facet: of(facets.account.eventRules),
    item: account,
    given: {
      ListBuckets: { Buckets: [{ BucketRegion: 'us-east-1' }, { BucketRegion: 'us-east-1' }] },
      ...watching,
    },
    value: [{ region: 'us-east-1', rules: [handOn] }],
    questions: [
      one('ListBuckets', { MaxBuckets: 1000 }),
      one('ListRules', {}, 'us-east-1'),
      one('ListTargetsByRule', { Rule: 'hand-on' }, 'us-east-1'),
      one('ListSubscriptionsByTopic', { TopicArn: TOPIC }),
      one('GetTopicAttributes', { TopicArn: TOPIC }),
      one('DescribeKey', { KeyId: KEY }),
      one('GetKeyPolicy', { KeyId: KEY, PolicyName: 'default' }),
    ],
  },
  'the key of a bucket': {
    facet: of(facets.bucket.encryptionKey),
    item: encrypted(KEY),
    given: {
      DescribeKey: { KeyMetadata: keyMetadata },
      GetKeyRotationStatus: { KeyRotationEnabled: true, RotationPeriodInDays: 180 },
      GetKeyPolicy: { Policy: policyText },
    },
    value: {
      name: KEY,
      key: {
        ...{ arn: KEY, account: OWN, isAwsManaged: false, state: 'Enabled' },
        ...{ spec: 'SYMMETRIC_DEFAULT', rotationDays: 180, policy },
      },
    },
    questions: [
      one('DescribeKey', { KeyId: KEY }),
      one('GetKeyRotationStatus', { KeyId: KEY }),
      one('GetKeyPolicy', { KeyId: KEY, PolicyName: 'default' }),
    ],
  },
  'a key that KMS cannot rotate, of another kind and another account': {
    facet: of(facets.bucket.encryptionKey),
    item: encrypted(KEY.replace(OWN, OTHER).replace(HOME, 'us-east-1')),
    given: {
      DescribeKey: {
        KeyMetadata: {
          ...keyMetadata,
          ...{ AWSAccountId: OTHER, Arn: KEY.replace(OWN, OTHER).replace(HOME, 'us-east-1') },
          ...{
            KeySpec: undefined,
            CustomerMasterKeySpec: 'HMAC_256',
            KeyUsage: 'GENERATE_VERIFY_MAC',
          },
        },
      },
    },
    value: {
      name: KEY.replace(OWN, OTHER).replace(HOME, 'us-east-1'),
      key: {
        ...{ arn: KEY.replace(OWN, OTHER).replace(HOME, 'us-east-1'), account: OTHER },
        ...{ isAwsManaged: false, state: 'Enabled', spec: 'GENERATE_VERIFY_MAC' },
        ...{ rotationDays: 'cannot', policy: null },
      },
    },
    questions: [
      one(
        'DescribeKey',
        { KeyId: KEY.replace(OWN, OTHER).replace(HOME, 'us-east-1') },
        'us-east-1',
      ),
    ],
  },
  'a key that AWS manages': {
    facet: of(facets.bucket.encryptionKey),
    item: encrypted(null),
    given: {
      DescribeKey: {
        KeyMetadata: { ...keyMetadata, KeyManager: 'AWS', KeyUsage: null, Origin: null },
      },
    },
    value: {
      name: 'alias/aws/s3',
      key: {
        ...{ arn: KEY, account: OWN, isAwsManaged: true, state: 'Enabled' },
        ...{ spec: null, rotationDays: 'cannot', policy: null },
      },
    },
    questions: [one('DescribeKey', { KeyId: 'alias/aws/s3' })],
  },
  'the policy of an access point': {
    facet: of(facets.accessPoint.accessPointPolicy),
    item: { ...bucket, resourceType: 'AWS::S3::AccessPoint', resourceName: 'reader' },
    given: { GetAccessPointPolicy: { Policy: policyText } },
    value: policy,
    questions: [one('GetAccessPointPolicy', { AccountId: OWN, Name: 'reader' })],
  },
  'the policy of a Multi-Region Access Point': {
    facet: of(facets.accessPoint.accessPointPolicy),
    item: { ...bucket, resourceType: 'AWS::S3::MultiRegionAccessPoint', resourceName: 'all' },
    given: {
      GetMultiRegionAccessPointPolicy: { Policy: { Established: { Policy: policyText } } },
    },
    value: policy,
    questions: [
      one('GetMultiRegionAccessPointPolicy', { AccountId: OWN, Name: 'all' }, 'us-west-2'),
    ],
    silent: ['GetMultiRegionAccessPointPolicy Policy'],
  },
  'the event data stores of a Region': {
    facet: of(facets.bucket.eventDataStores),
    item: bucket,
    given: {
      DescribeTrails: { trailList: [trail] },
      ListEventDataStores: (_: unknown, region: string) => ({
        EventDataStores: [{ EventDataStoreArn: STORE(region) }],
      }),
      GetEventDataStore: (_: unknown, region: string) => ({
        ...{ Name: region, Status: 'ENABLED', MultiRegionEnabled: true },
        AdvancedEventSelectors: [advanced],
      }),
    },
    value: [HOME, 'us-east-1'].map((name) => ({
      ...{ name, status: 'ENABLED' },
      selectors: [advancedRead],
    })),
    questions: [
      one('DescribeTrails', { includeShadowTrails: true }),
      one('ListEventDataStores'),
      one('ListEventDataStores', {}, 'us-east-1'),
      one('GetEventDataStore', { EventDataStore: STORE(HOME) }),
      one('GetEventDataStore', { EventDataStore: STORE('us-east-1') }, 'us-east-1'),
    ],
  },
  'backups in locked vaults': {
    facet: of(facets.bucket.lockedBackups),
    item: bucket,
    given: {
      ListRecoveryPointsByResource: {
        RecoveryPoints: [
          { Status: 'COMPLETED', BackupVaultName: 'v', CreationDate: AT, RecoveryPointArn: POINT },
          { Status: 'AVAILABLE', BackupVaultName: 'v', CreationDate: LATER },
          { Status: 'COMPLETED', BackupVaultName: 'v', CreationDate: AT },
          { Status: 'PARTIAL', BackupVaultName: 'w', CreationDate: LATER },
          { Status: 'COMPLETED', BackupVaultName: 'open', CreationDate: LATER },
        ],
      },
      DescribeBackupVault: ({ BackupVaultName: name }: { BackupVaultName: string }) =>
        name === 'open' ? {} : { Locked: true, LockDate: AT, MinRetentionDays: 7 },
    },
    value: [{ name: 'v', lockedAt: AT, minimumDays: 7, backedUpAt: LATER }],
    questions: [
      one('ListRecoveryPointsByResource', { ResourceArn: bucket.arn }),
      one('DescribeBackupVault', { BackupVaultName: 'v', BackupVaultAccountId: OWN }),
      one('DescribeBackupVault', { BackupVaultName: 'open', BackupVaultAccountId: OWN }),
    ],
  },
  'the metrics of requests': {
    facet: of(facets.bucket.requestMetrics),
    item: bucket,
    given: {
      ListBucketMetricsConfigurations: {
        MetricsConfigurationList: [
          { Id: 'all' },
          { Id: 'none', Filter: null },
          { Id: 'some', Filter: { Prefix: 'a/' } },
        ],
      },
    },
    value: ['all', 'none'],
    questions: [
      one('ListBucketMetricsConfigurations', { Bucket: 'data', ExpectedBucketOwner: OWN }),
    ],
    silent: ['ListBucketMetricsConfigurations MetricsConfigurationList.[].Filter'],
  },
  'the policies of a user': {
    facet: of(facets.iamUser.userPolicies),
    item: { ...bucket, resourceId: 'AIDA1' },
    given: {
      GetAccountAuthorizationDetails: {
        UserDetailList: [user({}), user({ UserId: 'AIDA2', GroupList: [] })],
        GroupDetailList: [
          {
            GroupName: 'team',
            GroupPolicyList: [{ PolicyName: 'group', PolicyDocument: policyText }],
            AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/Write' }],
          },
        ],
        Policies: ['Read', 'Write'].map((name) => ({
          ...{ PolicyName: name, Arn: `arn:aws:iam::aws:policy/${name}` },
          PolicyVersionList: [
            { IsDefaultVersion: false, Document: '{' },
            { IsDefaultVersion: true, Document: policyText },
          ],
        })),
      },
    },
    value: ['own', 'group', 'Read', 'Write'].map((name) => ({ name, policy: identity })),
    questions: [
      one(
        'GetAccountAuthorizationDetails',
        { Filter: ['User', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] },
        'global',
      ),
    ],
    silent: [
      'GetAccountAuthorizationDetails UserDetailList.[].UserPolicyList.[].PolicyDocument',
      'GetAccountAuthorizationDetails GroupDetailList.[].GroupPolicyList.[].PolicyDocument',
      'GetAccountAuthorizationDetails Policies.[].PolicyVersionList.[].Document',
    ],
  },
};

describe.each(Object.entries(cases))('%s', (_, {
  facet,
  item,
  given,
  value,
  questions,
  silent,
}) => {
  it('says what the answers say, and asks for nothing else', async () => {
    const read = await readFrom(facet, item, given);
    expect(read.reading).toEqual({ value });
    expect(read.questions.toSorted()).toEqual(questions.toSorted());
  });

  it('names what is damaged', async () => {
    const before = JSON.stringify((await readFrom(facet, item, given)).reading);
    const quiet = new Set<string>();
    for (const [operation, answer] of Object.entries(given)) {
      const outputOf = (...question: [object, string]) =>
        typeof answer === 'function' ? answer(...question) : answer;
      const example = outputOf({ Name: TRAIL, TrailName: TRAIL, BackupVaultName: 'v' }, HOME);
      for (const path of places(example)) {
        const change = (input: object, region: string) => {
          const output = outputOf(input, region);
          return JSON.stringify(output) === JSON.stringify(example)
            ? damaged(output, path)
            : output;
        };
        const { reading } = await readFrom(facet, item, { ...given, [operation]: change });
        const isNew = JSON.stringify(reading) !== before;
        if (isNew && !tells(reading, path as Path)) quiet.add(`${operation} ${shapeOf(path)}`);
      }
    }
    expect([...quiet].sort()).toEqual([...(silent ?? [])].sort());
  });
});
