import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnFunction, CfnPermission, CfnUrl } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Site } from '../../src/settings-file/deployment/site.ts';
import type { Code } from '../code.ts';
import { packed } from '../member/packed.ts';
import { allow, arnHere } from '../policy.ts';
import { addServiceRole } from '../role.ts';
import { acknowledge } from '../validations.ts';

export const SIGN_IN_NAME = 's3-config-rules-sign-in';
/** As cdk-nag spells it. */
const STREAMS = `arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/lambda/${SIGN_IN_NAME}:log-stream:*`;
/** Anyone may ask for it: what they can make run at once is little, and takes nothing from the other functions of the account. */
const AT_ONCE = 10;
const SECONDS = 20;
const MEMORY_MEGABYTES = 256;

export interface SignInParts {
  readonly code: Code;
  readonly logRetentionDays: number;
}

/** The function that people sign in with. It reads no bucket: all it may do is to have cookies signed, and to read its own secret. */
export function addSignIn(
  stack: Stack,
  site: Site,
  keyId: string,
  { code, logRetentionDays }: SignInParts,
): { readonly function: CfnFunction; readonly host: string } {
  const logs = new CfnLogGroup(stack, 'SignInLogs', {
    logGroupName: `/aws/lambda/${SIGN_IN_NAME}`,
    retentionInDays: logRetentionDays,
  });
  acknowledge(logs, {
    'HIPAA.Security-CloudWatchLogGroupEncrypted':
      'CloudWatch Logs encrypts with its own key; the logs hold no data of any bucket.',
  });
  const secret = site.clientSecret;
  const role = addServiceRole(stack, 'SignInRole', {
    name: 'sign-in',
    service: 'lambda.amazonaws.com',
    statements: [
      allow(
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
        arnHere('logs', `log-group:/aws/lambda/${SIGN_IN_NAME}:log-stream:*`),
      ),
      allow(['kms:Sign'], site.signingKey, {
        StringEquals: { 'kms:SigningAlgorithm': 'RSASSA_PKCS1_V1_5_SHA_256' },
      }),
      ...(secret === undefined ? [] : [allow(['secretsmanager:GetSecretValue'], secret)]),
    ],
  });
  acknowledge(role, {
    [`AwsSolutions-IAM5[Resource::${STREAMS}]`]: 'Lambda chooses the names of the streams.',
  });
  const signIn = new CfnFunction(stack, 'SignInFunction', {
    functionName: SIGN_IN_NAME,
    description: `s3-config-rules ${code.release.version} sign-in`,
    ...{ runtime: 'nodejs24.x', handler: 'index.handler' },
    code: { zipFile: packed(code.signIn ?? '', 'sign-in') },
    role: role.attrArn,
    ...{ timeout: SECONDS, memorySize: MEMORY_MEGABYTES, reservedConcurrentExecutions: AT_ONCE },
    environment: {
      variables: {
        ...{ ISSUER: site.issuer, CLIENT_ID: site.clientId, HOST: site.domain },
        ...(secret === undefined ? {} : { CLIENT_SECRET_ARN: secret }),
        GROUP_CLAIM: site.groups.claim,
        GROUPS: JSON.stringify(site.groups.values),
        ...{ SIGNING_KEY: site.signingKey, KEY_ID: keyId, MINUTES: String(site.minutes ?? 60) },
      },
    },
  });
  signIn.addResourceDependency(logs);
  acknowledge(signIn, {
    'HIPAA.Security-LambdaDLQ': 'A person waits for its answer, and tries again.',
    'HIPAA.Security-LambdaInsideVPC': 'The function only calls AWS services and the provider.',
  });
  const url = new CfnUrl(stack, 'SignInUrl', {
    targetFunctionArn: signIn.attrArn,
    authType: 'AWS_IAM',
  });
  return { function: signIn, host: Fn.select(2, Fn.split('/', url.attrFunctionUrl)) };
}

/**
 * Lets one distribution, and nobody else, ask the function. Since October 2025 that takes both permissions (Lambda Developer Guide,
 * "Control access to Lambda function URLs").
 */
export function letThrough(stack: Stack, signIn: CfnFunction, sourceArn: string): void {
  const common = { functionName: signIn.ref, principal: 'cloudfront.amazonaws.com', sourceArn };
  new CfnPermission(stack, 'SignInUrlPermission', {
    ...{ ...common, action: 'lambda:InvokeFunctionUrl', functionUrlAuthType: 'AWS_IAM' },
  });
  new CfnPermission(stack, 'SignInPermission', {
    ...{ ...common, action: 'lambda:InvokeFunction', invokedViaFunctionUrl: true },
  });
}
