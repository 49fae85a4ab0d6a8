import { type CfnResource, Fn, type Stack } from 'aws-cdk-lib';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { FunctionName } from '../../src/generate/bundle.ts';
import type { Deployment } from '../../src/settings-file/deployment/deployment.ts';
import { type Code, codeKey } from '../code.ts';
import { type Grant, here, statementOf, whyWildcard } from '../permissions.ts';
import { addServiceRole } from '../role.ts';
import { acknowledge } from '../validations.ts';
import { toFailures } from './failures.ts';
import { packed } from './packed.ts';

const SIX_HOURS = 21_600;

/** What a function is made of besides its permissions. */
export interface FunctionParts {
  readonly name: FunctionName;
  readonly code: Code;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly grants: readonly Grant[];
  /** How often an invocation that failed is repeated; twice by default, as Lambda does. */
  readonly retries?: number;
  /** Values are strings, or what CloudFormation fills in. */
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
  failures: CfnQueue,
): DeployedFunction {
  const { name, code, grants } = parts;
  const bundle = code.bundles[name];
  const id = pascal(name);
  const physicalName = `s3-config-rules-${name}`;
  const logGroup = new CfnLogGroup(stack, `${id}Logs`, {
    logGroupName: `/aws/lambda/${physicalName}`,
    retentionInDays: functions.logRetentionDays,
  });
  const logs: Grant = {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resource: here('logs', `log-group:/aws/lambda/${physicalName}:log-stream:*`),
  };
  const role = addRole(stack, `${id}Role`, {
    name,
    service: 'lambda.amazonaws.com',
    grants: [logs, toFailures, ...grants],
  });
  const deployed = new CfnFunction(stack, `${id}Function`, {
    functionName: physicalName,
    description: `s3-config-rules ${code.release.version} ${name}, content ${code.hash.slice(0, 12)}`,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    code:
      assetBucketPrefix === null
        ? { zipFile: packed(bundle, name) }
        : {
            s3Bucket: Fn.sub(`${assetBucketPrefix}-\${AWS::Region}`),
            s3Key: codeKey(name, bundle),
          },
    role: role.attrArn,
    timeout: parts.timeoutSeconds,
    memorySize: parts.memoryMegabytes,
    ...(functions.reservedConcurrency === undefined
      ? {}
      : { reservedConcurrentExecutions: functions.reservedConcurrency }),
    environment: {
      variables: {
        CONTENT_HASH: code.hash,
        RELEASE_VERSION: code.release.version,
        SOURCE_COMMIT: code.release.commit,
        ...parts.environment,
      },
    },
  });
  before([logGroup], deployed);
  // AWS Config and the clock invoke asynchronously: what fails in the end would be forgotten.
  new CfnEventInvokeConfig(stack, `${id}Retries`, {
    functionName: deployed.ref,
    qualifier: '$LATEST',
    maximumRetryAttempts: parts.retries ?? 2,
    maximumEventAgeInSeconds: SIX_HOURS,
    destinationConfig: { onFailure: { destination: failures.attrArn } },
  });
  acknowledge(logGroup, {
    'HIPAA.Security-CloudWatchLogGroupEncrypted':
      'CloudWatch Logs encrypts with its own key; the logs hold no data of any bucket.',
  });
  acknowledge(deployed, {
    'HIPAA.Security-LambdaDLQ':
      'What fails goes to the failure queue as a destination, with the reason.',
    'HIPAA.Security-LambdaInsideVPC':
      'The function only calls AWS services; a VPC in every account and Region would add ways out, not take them away.',
    'HIPAA.Security-LambdaConcurrency':
      'A reservation takes from the other functions of the account, so it is a setting: functions.reservedConcurrency.',
  });
  return { function: deployed, role, physicalName };
}

/** A role with these grants, each wildcard in them answered for. */
export function addRole(
  stack: Stack,
  id: string,
  {
    grants,
    ...parts
  }: {
    readonly name: string;
    readonly service: string;
    readonly trust?: object;
    readonly grants: readonly Grant[];
  },
): CfnRole {
  const role = addServiceRole(stack, id, { ...parts, statements: grants.map(statementOf) });
  const wildcards = grants.filter(({ resource, denyWhen }) => resource.includes('*') && !denyWhen);
  acknowledge(
    role,
    Object.fromEntries(
      wildcards.map((grant) => [
        `AwsSolutions-IAM5[Resource::${grant.resource.replaceAll(/\$\{([^}]+)\}/g, '<$1>')}]`,
        whyWildcard(grant),
      ]),
    ),
  );
  return role;
}

/** Says that a resource must be there before another, for resources of any kind. */
export function before(first: readonly CfnResource[], then: CfnResource): void {
  for (const resource of first) then.addResourceDependency(resource);
}
