import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnConformancePack } from 'aws-cdk-lib/aws-config';
import { CfnEventInvokeConfig, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { packs } from '../../conformance-pack/packs.ts';
import { rules } from '../../rules/index.ts';
import { packTemplate } from '../../src/generate/conformance-pack.ts';
import { type Deployment, homeRegionOf } from '../../src/settings/deployment.ts';
import { evaluatorGrants, type Grant } from '../permissions.ts';
import { addFunction, before, type DeployedFunction, pascal } from './function.ts';

/** A large population and a slow service: the longest that Lambda allows. */
const TIMEOUT_SECONDS = 900;
const MEMORY_MEGABYTES = 512;

export interface Code {
  readonly bundle: string;
  readonly hash: string;
}

/** The two functions that evaluate, and the pack whose rules invoke them. */
export function addEvaluators(
  stack: Stack,
  deployment: Deployment,
  code: Readonly<Record<'recorded' | 'live', Code>>,
  failures: CfnQueue,
): readonly DeployedFunction[] {
  const toFailures: Grant = {
    actions: ['sqs:SendMessage'],
    resource: 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:s3-config-rules-failures',
  };
  const evaluators = (['recorded', 'live'] as const).map((name) => {
    const deployed = addFunction(
      stack,
      {
        name,
        ...code[name],
        timeoutSeconds: TIMEOUT_SECONDS,
        memoryMegabytes: MEMORY_MEGABYTES,
        grants: [...evaluatorGrants(name), toFailures],
      },
      deployment,
    );
    const permission = new CfnPermission(stack, `${pascal(name)}Permission`, {
      action: 'lambda:InvokeFunction',
      functionName: deployed.function.ref,
      principal: 'config.amazonaws.com',
      sourceAccount: Fn.ref('AWS::AccountId'),
    });
    // AWS Config invokes asynchronously: what fails in the end would be forgotten.
    new CfnEventInvokeConfig(stack, `${pascal(name)}Retries`, {
      functionName: deployed.function.ref,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 21_600,
      destinationConfig: { onFailure: { destination: failures.attrArn } },
    });
    return { ...deployed, permission };
  });
  const pack = new CfnConformancePack(stack, 'Pack', {
    conformancePackName: 's3-config-rules',
    templateBody: packBody(deployment.pack),
    conformancePackInputParameters: [
      { parameterName: 'HomeRegion', parameterValue: homeRegionOf(deployment) },
      { parameterName: 'AwsManagedRules', parameterValue: String(deployment.awsManagedRules) },
    ],
  });
  // Without its permission AWS Config refuses a rule, and the whole pack with it.
  before(
    evaluators.flatMap((each) => [each.permission, each.function]),
    pack,
  );
  return evaluators;
}

function packBody(name: string): string {
  const pack = packs.find((each) => each.name === name);
  if (pack === undefined) throw new Error(`There is no pack ${name}.`);
  return packTemplate(pack, rules);
}
