import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { CENTRAL_ALARM_PREFIX } from '../../infra/central/alarms.ts';
import { CentralStack } from '../../infra/central-stack.ts';
import { ALARM_NAMES } from '../../infra/member/alarms.ts';
import { MemberStack } from '../../infra/member-stack.ts';
import { addValidations } from '../../infra/validations.ts';
import type { Deployment } from '../../src/settings-file/deployment/deployment.ts';
import { CENTRAL, deployed, HOME, type Resources, resourcesOf, synthesize } from './central.ts';
import { example, inApp, someCode } from './world.ts';

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The function that looks where the rules run, and what it listens to. */
const OF_THE_WATCHER = [
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::ResourcePolicy',
];

const { notification: _, ...silent } = example;
const withoutHistory: Deployment = {
  ...example,
  consumers: { ...example.consumers, history: null },
};
const bare: Deployment = { ...silent, consumers: withoutHistory.consumers };
const deployments = { example, silent, withoutHistory, bare };

const template = synthesize();
const resources = resourcesOf(template);
const properties = (id: string) =>
  deployed(resources[id]?.Properties) as Readonly<Record<string, unknown>>;
const types = (deployment: Deployment) =>
  new Set(Object.values(resourcesOf(synthesize(deployment))).map(({ Type }) => Type));

const list = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : value);

/** Every statement of every policy: [id of its resource, statement]. */
function statements(of: Resources, partition?: string): readonly (readonly [string, Statement])[] {
  const found: (readonly [string, Statement])[] = [];
  const visit = (id: string, value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if ('Effect' in value) found.push([id, value as Statement]);
    else for (const inner of Object.values(value)) visit(id, inner);
  };
  for (const [id, { Properties }] of Object.entries(of)) visit(id, deployed(Properties, partition));
  return found;
}
const statementsOf = (id: string) =>
  statements(resources)
    .filter(([holder]) => holder === id)
    .map(([, statement]) => statement);

const arn = (service: string, resource: string) =>
  `arn:aws:${service}:${HOME}:${CENTRAL}:${resource}`;

describe('the aggregator', () => {
  it('takes in all accounts and Regions, with what AWS Config needs and no more', () => {
    expect(properties('Aggregator')['OrganizationAggregationSource']).toEqual({
      RoleArn: 'AggregatorRole.Arn',
      AllAwsRegions: true,
    });
    const [trust, grant] = statementsOf('AggregatorRole');
    expect(trust).toMatchObject({
      Principal: { Service: 'config.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': CENTRAL } },
    });
    expect(grant?.Action).toEqual([
      'organizations:DescribeOrganization',
      'organizations:ListAWSServiceAccessForOrganization',
      'organizations:ListAccounts',
      'organizations:ListDelegatedAdministrators',
    ]);
  });
});

describe('the bus', () => {
  it('takes from the organization alone, and only what AWS Config, CloudWatch and the functions say', () => {
    const policies = Object.keys(resourcesOf(template, 'AWS::Events::EventBusPolicy'));
    const taken = policies
      .flatMap(statementsOf)
      .map(({ Principal, Action, Resource, Condition }) => {
        expect({ Principal, Action, Resource }).toEqual({
          Principal: '*',
          Action: 'events:PutEvents',
          Resource: arn('events', 'event-bus/s3-config-rules'),
        });
        expect(Condition?.['StringEquals']).toEqual({ 'aws:PrincipalOrgID': 'o-examplehealth' });
        return [
          Condition?.['ForAllValues:StringEquals']?.['events:source'],
          Condition?.['StringEqualsIfExists']?.['events:detail-type'],
        ];
      });
    expect(taken).toEqual([
      ['aws.config', 'Config Rules Compliance Change'],
      ['aws.cloudwatch', 'CloudWatch Alarm State Change'],
      ['s3-config-rules', 's3-config-rules heartbeat'],
    ]);
  });
});

describe('the history', () => {
  it('writes one event a line, compressed and under its own key', () => {
    expect(properties('Stream')).toMatchObject({
      DeliveryStreamType: 'DirectPut',
      DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
      ExtendedS3DestinationConfiguration: {
        BucketARN: 'arn:aws:s3:::historybucket',
        CompressionFormat: 'GZIP',
        EncryptionConfiguration: {
          KMSEncryptionConfig: { AWSKMSKeyARN: arn('kms', 'key/historykey') },
        },
        ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/',
        CloudWatchLoggingOptions: {
          Enabled: true,
          LogGroupName: properties('DeliveryLogs')['LogGroupName'],
          LogStreamName: properties('DeliveryLogStream')['LogStreamName'],
        },
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [
            {
              Type: 'AppendDelimiterToRecord',
              Parameters: [{ ParameterName: 'Delimiter', ParameterValue: '\\n' }],
            },
          ],
        },
      },
    });
    expect(properties('DeliveryLogs')['RetentionInDays']).toBe(365);
  });

  it('lets Firehose write and never read', () => {
    expect(statementsOf('DeliveryRole').slice(1)).toMatchObject([
      {
        Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        Resource: 'arn:aws:s3:::historybucket',
      },
      {
        Action: ['s3:AbortMultipartUpload', 's3:PutObject'],
        Resource: 'arn:aws:s3:::historybucket/*',
      },
      { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: arn('kms', 'key/historykey') },
      {
        Action: 'logs:PutLogEvents',
        Resource: arn(
          'logs',
          'log-group:/aws/kinesisfirehose/s3-config-rules-history:log-stream:delivery',
        ),
      },
    ]);
  });

  it('is locked in compliance mode for the time decided, and expires not before', () => {
    const days = 400;
    const shorter = resourcesOf(
      synthesize({
        ...example,
        consumers: { ...example.consumers, history: { retentionDays: days } },
      }),
    );
    expect(shorter['HistoryBucket']?.Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: days } },
      },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: days }] },
    });
    expect(JSON.stringify(shorter['Table'])).toContain(`NOW-${days}DAYS,NOW`);
  });

  it('stays, with its key and its policies, when the stack goes', () => {
    const kept = Object.entries(resources)
      .filter(([, resource]) => resource.DeletionPolicy === 'Retain')
      .map(([id, resource]) => {
        expect(resource.UpdateReplacePolicy).toBe('Retain');
        return id;
      });
    expect(kept.sort()).toEqual([
      'HistoryBucket',
      'HistoryBucketPolicy',
      'HistoryKey',
      'LogBucket',
      'LogBucketPolicy',
      'ResultBucket',
      'ResultBucketPolicy',
    ]);
  });

  it('has a key that nobody deletes or switches off in passing, and that works through S3 alone', () => {
    expect(properties('HistoryKey')['EnableKeyRotation']).toBe(true);
    const [administration, use, ...others] = statementsOf('HistoryKey');
    expect(others).toEqual([]);
    const actions = list(administration?.Action ?? []);
    for (const action of ['ScheduleKeyDeletion', 'DisableKey', 'Decrypt', 'Encrypt', 'CreateGrant'])
      expect(actions).not.toContain(`kms:${action}`);
    expect(actions).toContain('kms:PutKeyPolicy');
    expect(use).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: { StringEquals: { 'kms:CallerAccount': CENTRAL } },
    });
    expect(use?.Condition?.['StringEquals']?.['kms:ViaService']).toContain(
      `s3.${HOME}.amazonaws.com`,
    );
  });

  it('is queried in a workgroup that decides where results go, and how much is read', () => {
    expect(properties('WorkGroup')['WorkGroupConfiguration']).toMatchObject({
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 107_374_182_400,
      ResultConfiguration: {
        OutputLocation: 's3://resultbucket/',
        ExpectedBucketOwner: CENTRAL,
        EncryptionConfiguration: {
          EncryptionOption: 'SSE_KMS',
          KmsKey: arn('kms', 'key/historykey'),
        },
      },
    });
    const group = properties('WorkGroup')['Name'];
    const saved = Object.values(resourcesOf(template, 'AWS::Athena::NamedQuery'));
    expect(saved).toHaveLength(7);
    for (const { Properties } of saved) expect(Properties['WorkGroup']).toBe(group);
  });

  it('is left out where none is wanted', () => {
    expect([...types(withoutHistory)].sort()).toEqual(
      [
        'AWS::CloudWatch::Alarm',
        'AWS::Config::ConfigurationAggregator',
        'AWS::Events::EventBus',
        'AWS::Events::EventBusPolicy',
        'AWS::Events::Rule',
        'AWS::IAM::Role',
        'AWS::KMS::Alias',
        'AWS::KMS::Key',
        ...OF_THE_WATCHER,
        'AWS::SNS::Subscription',
        'AWS::SNS::Topic',
        'AWS::SNS::TopicPolicy',
        'AWS::SQS::Queue',
        'AWS::SQS::QueuePolicy',
      ].sort(),
    );
    const bus = resourcesOf(synthesize(withoutHistory), 'AWS::Events::EventBusPolicy');
    expect(Object.keys(bus)).not.toContain('ComplianceOfTheOrganizationPolicy');
  });
});

describe('the rules of the bus', () => {
  // A heartbeat that is lost is silence, which the daily look tells of.
  const rules = Object.values(resourcesOf(template, 'AWS::Events::Rule'))
    .map(({ Properties }) => deployed(Properties) as Readonly<Record<string, never>>)
    .filter(({ Name }) => !/heartbeats|coverage/.test(Name ?? ''));

  it('try for a day, and put aside what they cannot deliver', () => {
    expect(rules).toHaveLength(2);
    for (const rule of rules) {
      for (const target of rule['Targets'] as unknown as readonly object[]) {
        expect(target).toMatchObject({
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
          DeadLetterConfig: { Arn: 'UndeliveredQueue.Arn' },
        });
      }
    }
    const [, senders] = statementsOf('UndeliveredQueuePolicy');
    const sources = senders?.Condition?.['ArnLike']?.['aws:SourceArn'] as readonly string[];
    expect([...sources].sort()).toEqual(
      rules.map((rule) => arn('events', `rule/s3-config-rules/${rule['Name']}`)).sort(),
    );
  });

  it('are watched, as are the queue and the stream', () => {
    const watched = Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => {
        const { MetricName, Dimensions } = deployed(Properties) as {
          readonly MetricName: string;
          readonly Dimensions: readonly { readonly Value: string }[];
        };
        return `${MetricName} ${Dimensions.map(({ Value }) => Value).join(' ')}`;
      },
    );
    expect(watched.sort()).toEqual([
      'ApproximateNumberOfMessagesVisible UndeliveredQueue.QueueName',
      'DeliveryToS3.DataFreshness s3-config-rules-history',
      'DeliveryToS3.Success s3-config-rules-history',
      'Errors coveragefunction',
      ...['FailedInvocations', 'InvocationsFailedToBeSentToDlq'].flatMap((metric) =>
        rules.map((rule) => `${metric} s3-config-rules ${rule['Name']}`).sort(),
      ),
    ]);
  });
});

describe('notification', () => {
  it('goes by an encrypted topic, on which only alarms are published, to the mailbox', () => {
    expect(properties('Topic')['KmsMasterKeyId']).toBe('NotificationKey.KeyId');
    expect(properties('Mailbox')).toMatchObject({
      Protocol: 'email',
      Endpoint: 'cloud-security@example.com',
    });
    const allowed = statementsOf('TopicPolicy').filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toMatchObject([
      {
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sns:Publish',
        Condition: {
          ArnEquals: {
            'aws:SourceArn': arn('events', 'rule/s3-config-rules/s3-config-rules-notification'),
          },
        },
      },
      {
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Condition: {
          StringEquals: { 'aws:SourceAccount': CENTRAL },
          ArnLike: { 'aws:SourceArn': arn('cloudwatch', `alarm:${CENTRAL_ALARM_PREFIX}*`) },
        },
      },
    ]);
    for (const { Properties } of Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm'))) {
      expect(deployed(Properties)).toMatchObject({ AlarmActions: ['topic'], OKActions: ['topic'] });
    }
  });

  it('has no topic where nobody reads it; the alarms are there all the same', () => {
    const quiet = resourcesOf(synthesize(silent));
    const alarms = Object.values(quiet).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
    expect(Object.values(quiet).filter(({ Type }) => Type.startsWith('AWS::SNS'))).toEqual([]);
    expect(alarms).toHaveLength(5);
    for (const { Properties } of alarms) expect(Properties['AlarmActions']).toEqual([]);
  });

  it('leaves the aggregator and the bus where neither it nor a history is wanted', () => {
    expect([...types(bare)].sort()).toEqual(
      [
        'AWS::Config::ConfigurationAggregator',
        'AWS::Events::EventBus',
        'AWS::Events::EventBusPolicy',
        'AWS::Events::Rule',
        'AWS::IAM::Role',
        ...OF_THE_WATCHER,
      ].sort(),
    );
  });
});

describe.each(Object.entries(deployments))('every template (%s)', (_name, deployment) => {
  const made = synthesize(deployment);
  const all = resourcesOf(made);

  it('allows no action by a wildcard, on everything only where nothing else is possible', () => {
    for (const [id, { Effect, Action, Resource }] of statements(all)) {
      if (Effect !== 'Allow') continue;
      for (const action of list(Action)) expect(action, id).not.toContain('*');
      // In the policy of a key, * is the key.
      if (Resource === '*') {
        expect(id).toMatch(/^(AggregatorRole|CoverageRole|HistoryKey|NotificationKey)$/);
      }
    }
  });

  it('lets nobody read an object', () => {
    const allowed = statements(all).flatMap(([, { Effect, Action }]) =>
      Effect === 'Allow' ? list(Action) : [],
    );
    expect(allowed.filter((action) => action.startsWith('s3:GetObject'))).toEqual([]);
  });

  it('trusts services only on behalf of this account', () => {
    const roles = statements(resourcesOf(made, 'AWS::IAM::Role'));
    // Lambda sends no account that a condition could look at.
    const trust = roles.filter(
      ([id, { Action }]) => Action === 'sts:AssumeRole' && id !== 'CoverageRole',
    );
    expect(trust.length).toBeGreaterThan(0);
    for (const [id, { Condition }] of trust) {
      const { StringEquals } = Condition ?? {};
      expect(StringEquals?.['aws:SourceAccount'] ?? StringEquals?.['sts:ExternalId'], id).toBe(
        CENTRAL,
      );
    }
  });

  it('is at home in every partition', () => {
    // The deployment, which the function is told, has Regions of its own.
    const { CoverageFunction: _, ...others } = made.toJSON()['Resources'];
    const text = JSON.stringify(others);
    expect(text).not.toContain('arn:aws');
    expect(text).not.toContain(HOME);
    for (const partition of ['aws-cn', 'aws-us-gov']) {
      const filled = JSON.stringify(deployed(made.toJSON()['Resources'], partition));
      expect(filled).toContain(`arn:${partition}:`);
      expect(filled).not.toContain('arn:aws:');
    }
  });

  it('is made of what CloudFormation itself creates', () => {
    expect(Object.keys(made.toJSON())).not.toContain('Transform');
    expect(Object.keys(all).length).toBeLessThan(100);
    for (const { Type } of Object.values(all)) {
      expect(Type).toMatch(/^AWS::/);
      expect(Type).not.toMatch(/CustomResource|Macro|WaitCondition/);
    }
  });
});

it('shares no name with what runs in the same account and Region, and no alarm with its forwarder', () => {
  const member = inApp((app) =>
    Template.fromStack(new MemberStack(app, 'Member', { deployment: example, code: someCode })),
  );
  const namesIn = (of: Template) =>
    Object.values(resourcesOf(of)).flatMap(({ Type, Properties }) =>
      Object.entries(deployed(Properties) as object)
        .filter(([key]) => /^([A-Z]\w*)?Name$/.test(key) && !/^(Display|Metric)Name$/.test(key))
        .map(([, name]) => `${Type} ${name}`),
    );
  const central = namesIn(template);
  expect(central.length).toBeGreaterThan(20);
  expect(central.filter((name) => namesIn(member).includes(name))).toEqual([]);
  for (const { Properties } of Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm')))
    expect(ALARM_NAMES).not.toContain(Properties['AlarmName']);
});

it.each(
  Object.entries(deployments),
)('leaves cdk-nag and the validation of templates by AWS nothing to find (%s)', (_name, deployment) => {
  const synthesize = () =>
    inApp(
      (app) => {
        addValidations(app);
        new CentralStack(app, 'Central', { code: someCode, deployment });
        app.synth();
      },
      { isValidated: true },
    );
  expect(synthesize).not.toThrow();
});
