import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnConformancePack } from 'aws-cdk-lib/aws-config';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { rules } from '../../rules/index.ts';
import type { Rule } from '../../src/engine/rule.ts';
import { needsOf } from '../../src/facets/needs.ts';
import { contentHash } from '../../src/generate/bundle.ts';
import { packTemplate } from '../../src/generate/conformance-pack.ts';
import { HASH_LENGTH } from '../../src/generate/pack-limits.ts';
import {
  type Deployment,
  homeRegionOf,
  packOf,
} from '../../src/settings-file/deployment/deployment.ts';
import type { Code } from '../code.ts';
import { dailyGrants, evaluatorGrants } from '../permissions.ts';
import { centralBus } from './forwarder.ts';
import { addFunction, before, type DeployedFunction, pascal } from './function.ts';

/** A large population and a slow service: the longest that Lambda allows. */
const TIMEOUT_SECONDS = 900;
const MEMORY_MEGABYTES = 512;

/** The two functions that evaluate, and the pack whose rules invoke them. */
export function addEvaluators(
  stack: Stack,
  deployment: Deployment,
  code: Code,
  failures: CfnQueue,
): Readonly<Record<'Recorded' | 'Live', DeployedFunction>> {
  const bus = centralBus(deployment);
  const addEvaluator = (name: 'recorded' | 'live') => {
    const deployed = addFunction(
      stack,
      {
        name,
        code,
        timeoutSeconds: TIMEOUT_SECONDS,
        memoryMegabytes: MEMORY_MEGABYTES,
        grants: [...evaluatorGrants(name), ...(name === 'live' ? dailyGrants(bus) : [])],
        ...(name === 'live'
          ? { environment: { CENTRAL_BUS: Fn.sub(bus), FAILURE_QUEUE: failures.ref } }
          : {}),
      },
      deployment,
      failures,
    );
    const permission = new CfnPermission(stack, `${pascal(name)}Permission`, {
      action: 'lambda:InvokeFunction',
      functionName: deployed.function.ref,
      principal: 'config.amazonaws.com',
      sourceAccount: Fn.ref('AWS::AccountId'),
    });
    return { ...deployed, permission };
  };
  const evaluators = { Recorded: addEvaluator('recorded'), Live: addEvaluator('live') };
  const pack = new CfnConformancePack(stack, 'Pack', {
    conformancePackName: 's3-config-rules',
    templateBody: packTemplate(packOf(deployment), rules, hashesOf(code)),
    conformancePackInputParameters: [
      { parameterName: 'HomeRegion', parameterValue: homeRegionOf(deployment) },
      { parameterName: 'AwsManagedRules', parameterValue: String(deployment.awsManagedRules) },
    ],
  });
  // Without its permission AWS Config refuses a rule, and the whole pack with it.
  before(
    Object.values(evaluators).flatMap((each) => [each.permission, each.function]),
    pack,
  );
  return evaluators;
}

/** Each rule carries the hash of what it is judged by, so that a change of it changes the rule. */
const hashesOf =
  ({ bundles, ruleHashes = {} }: Code) =>
  (rule: Rule): string =>
    ruleHashes[rule.id] ?? contentHash(bundles[needsOf(rule).function]).slice(0, HASH_LENGTH);
