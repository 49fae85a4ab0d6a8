import { Fn } from 'aws-cdk-lib';
import { rules } from '../rules/index.ts';
import { needsOf } from '../src/facets/needs.ts';
import type { Statement } from './policy.ts';

/** A statement of an IAM policy, with pseudo parameters of CloudFormation to be filled in by Fn::Sub. */
export interface Grant {
  readonly actions: readonly string[];
  /** An ARN with ${AWS::Partition}, ${AWS::Region}, ${AWS::AccountId}; or * where the service knows no resources. */
  readonly resource: string;
  /** Takes away instead, under this condition. */
  readonly denyWhen?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** As it stands in a policy. */
export const statementOf = ({ actions, resource, denyWhen }: Grant): Statement => ({
  Effect: denyWhen ? 'Deny' : 'Allow',
  Action: actions,
  Resource: resource.includes('${') ? Fn.sub(resource) : resource,
  ...(denyWhen ? { Condition: denyWhen } : {}),
});

/** Why a resource with a wildcard in it cannot be narrower. */
export const whyWildcard = ({ actions, resource }: Grant): string =>
  resource === '*'
    ? `The service needs * for ${actions.join(', ')}.`
    : 'Which of them there are is known only in the account, and all of them are judged or read alike.';

/** What every evaluation takes: reading records, and reporting. None of these has resources but the details of one rule. */
const EVALUATION = [
  'config:BatchGetResourceConfig',
  'config:GetComplianceDetailsByConfigRule',
  'config:GetResourceConfigHistory',
  'config:ListDiscoveredResources',
  'config:PutEvaluations',
  'config:SelectResourceConfig',
];

const arn = (rest: string) => `arn:\${AWS::Partition}:${rest}`;
/** A resource of this account and Region. */
export const here = (service: string, resource: string) =>
  arn(`${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);
const anyRegion = (service: string, resource: string) =>
  arn(`${service}:*:\${AWS::AccountId}:${resource}`);

/**
 * The narrowest resource of each action. Trails and keys may belong to another account of the organization; questions to trails,
 * alarms and topics go to their home Regions. Those with * have no resource types (Service Authorization
 * Reference), but for the one that says otherwise.
 */
const RESOURCES: Readonly<Record<string, string>> = {
  'access-analyzer:ListAnalyzers': '*',
  'access-analyzer:ListFindings': here('access-analyzer', 'analyzer/*'),
  'backup:DescribeBackupVault': here('backup', 'backup-vault:*'),
  'backup:ListRecoveryPointsByResource': '*',
  'cloudtrail:DescribeTrails': '*',
  'cloudtrail:GetEventDataStore': anyRegion('cloudtrail', 'eventdatastore/*'),
  'cloudtrail:GetEventSelectors': arn('cloudtrail:*:*:trail/*'),
  'cloudtrail:GetTrailStatus': arn('cloudtrail:*:*:trail/*'),
  'cloudtrail:ListEventDataStores': '*',
  // A narrower permission answers without composite alarms (CloudWatch API reference, DescribeAlarms).
  'cloudwatch:DescribeAlarms': '*',
  'config:BatchGetResourceConfig': '*',
  'config:DescribeConfigRuleEvaluationStatus': '*',
  'config:DescribeConfigRules': '*',
  'config:DescribeConfigurationRecorderStatus': here('config', 'configuration-recorder/*/*'),
  'config:DescribeConfigurationRecorders': here('config', 'configuration-recorder/*/*'),
  'config:DescribeDeliveryChannelStatus': '*',
  'config:DescribeDeliveryChannels': '*',
  'config:GetComplianceDetailsByConfigRule': here('config', 'config-rule/*'),
  'config:GetResourceConfigHistory': '*',
  'config:ListDiscoveredResources': '*',
  'config:PutEvaluations': '*',
  'config:SelectResourceConfig': '*',
  'events:ListRules': '*',
  'events:ListTargetsByRule': anyRegion('events', 'rule/*'),
  'guardduty:GetDetector': here('guardduty', 'detector/*'),
  'guardduty:ListDetectors': '*',
  'iam:GenerateCredentialReport': '*',
  'iam:GetAccountSummary': '*',
  'iam:GetAccountAuthorizationDetails': '*',
  'iam:GetCredentialReport': '*',
  'kms:DescribeKey': arn('kms:*:*:key/*'),
  'kms:GetKeyPolicy': anyRegion('kms', 'key/*'),
  'kms:GetKeyRotationStatus': arn('kms:*:*:key/*'),
  'kms:ListKeys': '*',
  'logs:DescribeMetricFilters': anyRegion('logs', 'log-group:*'),
  's3:GetAccessPointPolicy': here('s3', 'accesspoint/*'),
  's3:GetAccountPublicAccessBlock': '*',
  's3:GetBucketOwnershipControls': arn('s3:::*'),
  's3:GetEncryptionConfiguration': arn('s3:::*'),
  's3:GetMetricsConfiguration': arn('s3:::*'),
  's3:GetMultiRegionAccessPointPolicy': arn('s3::${AWS::AccountId}:accesspoint/*'),
  's3:ListAllMyBuckets': '*',
  'sns:GetTopicAttributes': anyRegion('sns', '*'),
  'sns:ListSubscriptionsByTopic': anyRegion('sns', '*'),
};

/** Actions on the same resource in one statement, in the order of the alphabet. @throws Error for an action without a resource. */
export function grantsFor(actions: readonly string[]): readonly Grant[] {
  const byResource = new Map<string, string[]>();
  for (const action of [...new Set(actions)].sort()) {
    const resource = RESOURCES[action];
    if (resource === undefined)
      throw new Error(`infra/permissions.ts has no resource for ${action}.`);
    byResource.set(resource, [...(byResource.get(resource) ?? []), action]);
  }
  return [...byResource].map(([resource, together]) => ({ resource, actions: together }));
}

/** What the function live does once a day (src/lambda/queues/once-a-day.ts). */
export const dailyGrants = (bus: string): readonly Grant[] => [
  {
    actions: ['sqs:DeleteMessage', 'sqs:ReceiveMessage'],
    resource: here('sqs', 's3-config-rules-failures'),
  },
  ...['live', 'recorded'].map((name) => ({
    actions: ['lambda:InvokeFunction'],
    resource: here('lambda', `function:s3-config-rules-${name}`),
  })),
  { actions: ['events:PutEvents'], resource: bus },
];

/** All that a function needs to evaluate: what its rules declare. */
export function evaluatorGrants(name: 'recorded' | 'live'): readonly Grant[] {
  const own = rules.map(needsOf).filter((needs) => needs.function === name);
  return grantsFor([...EVALUATION, ...own.flatMap(({ permissions }) => permissions)]);
}
