import { type CfnResource, Fn, type Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { FunctionName } from '../../src/generate/bundle.ts';
import type { Deployment } from '../../src/settings/deployment.ts';
import type { Grant } from '../permissions.ts';

/** What a function is made of besides its permissions. */
export interface FunctionParts {
  readonly name: FunctionName;
  readonly bundle: string;
  readonly hash: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly grants: readonly Grant[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface DeployedFunction {
  readonly function: CfnFunction;
  readonly role: CfnRole;
  readonly physicalName: string;
}

/** "publish-findings" is PublishFindings in logical ids, which stay the same from release to release. */
export const pascal = (name: string) =>
  name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());

/** One function with its log group and a role that can do nothing else. */
export function addFunction(
  stack: Stack,
  parts: FunctionParts,
  { functions, assetBucketPrefix }: Deployment,
): DeployedFunction {
  const { name, bundle, hash, grants } = parts;
  const id = pascal(name);
  const physicalName = `s3-config-rules-${name}`;
  const logGroup = new CfnLogGroup(stack, `${id}Logs`, {
    logGroupName: `/aws/lambda/${physicalName}`,
    retentionInDays: functions.logRetentionDays,
  });
  const logs: Grant = {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resource: `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/${physicalName}:*`,
  };
  const role = addRole(stack, `${id}Role`, physicalName, 'lambda.amazonaws.com', [logs, ...grants]);
  const deployed = new CfnFunction(stack, `${id}Function`, {
    functionName: physicalName,
    description: `s3-config-rules ${name}, content ${hash.slice(0, 12)}`,
    runtime: 'nodejs24.x',
    architectures: ['arm64'],
    handler: 'index.handler',
    // A new hash is a new key, without which CloudFormation would see no change in the code.
    code:
      assetBucketPrefix === null
        ? { zipFile: bundle }
        : {
            s3Bucket: Fn.sub(`${assetBucketPrefix}-\${AWS::Region}`),
            s3Key: `s3-config-rules/${name}-${hash}.zip`,
          },
    role: role.attrArn,
    timeout: parts.timeoutSeconds,
    memorySize: parts.memoryMegabytes,
    ...(parts.environment ? { environment: { variables: parts.environment } } : {}),
  });
  deployed.addDependency(logGroup);
  return { function: deployed, role, physicalName };
}

/** A role whose name carries the Region, as IAM is the same in all of them. */
export function addRole(
  stack: Stack,
  id: string,
  name: string,
  service: string,
  grants: readonly Grant[],
): CfnRole {
  return new CfnRole(stack, id, {
    roleName: Fn.sub(`${name}-\${AWS::Region}`),
    description: `Of ${name} of s3-config-rules.`,
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sts:AssumeRole',
          // Lambda sends no source account when it assumes the role of a function.
          ...(service === 'lambda.amazonaws.com'
            ? {}
            : { Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }),
        },
      ],
    },
    policies: [{ policyName: 'own', policyDocument: policyOf(grants) }],
  });
}

export const policyOf = (grants: readonly Grant[]) => ({
  Version: '2012-10-17',
  Statement: grants.map(({ actions, resource }) => ({
    Effect: 'Allow',
    Action: [...actions],
    Resource: resource.includes('${') ? { 'Fn::Sub': resource } : resource,
  })),
});

/** Says that a resource must be there before another, for resources of any kind. */
export function before(first: readonly CfnResource[], then: CfnResource): void {
  for (const resource of first) then.addDependency(resource);
}
