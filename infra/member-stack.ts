import {
  CfnOutput,
  DefaultStackSynthesizer,
  type IStackSynthesizer,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FunctionName } from '../src/generate/bundle.ts';
import type { Deployment } from '../src/settings/deployment.ts';
import { addAlarms } from './member/alarms.ts';
import { addEvaluators, type Code } from './member/evaluators.ts';
import { addForwarder } from './member/forwarder.ts';
import { addPublisher } from './member/publisher.ts';
import { addFailureQueue } from './member/queues.ts';

/**
 * What runs in each account and Region: the functions, the pack whose rules invoke them, and what watches and reports. Its template
 * needs nothing beside it, no bootstrap and no assets, so that a StackSet can deploy it anywhere.
 */
export class MemberStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & {
      readonly deployment: Deployment;
      readonly code: Readonly<Record<FunctionName, Code>>;
    },
  ) {
    const { deployment, code, ...stack } = props;
    super(scope, id, {
      description: 's3-config-rules: rules on S3 for AWS Config in this account and Region.',
      synthesizer: new DefaultStackSynthesizer({
        generateBootstrapVersionRule: false,
      }) as IStackSynthesizer,
      ...stack,
    });
    const failures = addFailureQueue(this);
    const [recorded, live] = addEvaluators(this, deployment, code, failures);
    if (recorded === undefined || live === undefined) throw new Error('Two functions evaluate.');
    const hash = code.recorded.hash;
    const publisher = deployment.consumers.securityHub
      ? {
          PublishFindings: addPublisher(this, deployment, code['publish-findings'], hash, failures),
        }
      : {};
    const watched = { Recorded: recorded, Live: live, ...publisher };
    addAlarms(this, watched, failures, deployment.functions.silenceHours);
    addForwarder(this, deployment);
    new CfnOutput(this, 'ContentHash', {
      description: 'SHA-256 of the code and settings of the recorded function; findings carry it.',
      value: hash,
    });
  }
}
