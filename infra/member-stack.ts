import {
  CfnOutput,
  DefaultStackSynthesizer,
  type IStackSynthesizer,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Deployment } from '../src/settings-file/deployment/deployment.ts';
import type { Code } from './code.ts';
import { addAlarms } from './member/alarms.ts';
import { addEvaluators } from './member/evaluators.ts';
import { addFailureQueue } from './member/failures.ts';
import { addForwarder } from './member/forwarder.ts';
import { addPublisher } from './member/publisher.ts';

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
      readonly code: Code;
    },
  ) {
    const { deployment, code, ...stack } = props;
    super(scope, id, {
      description: 's3-config-rules: rules on S3 for AWS Config in this account and Region.',
      synthesizer: new DefaultStackSynthesizer({
        generateBootstrapVersionRule: false,
      }) as IStackSynthesizer,
      tags: { application: 's3-config-rules' },
      ...stack,
    });
    const failures = addFailureQueue(this);
    const watched = {
      ...addEvaluators(this, deployment, code, failures),
      ...(deployment.consumers.securityHub
        ? { PublishFindings: addPublisher(this, deployment, code, failures) }
        : {}),
    };
    if (deployment.functions.alarms) {
      addAlarms(this, watched, failures, deployment.functions.silenceHours);
    }
    addForwarder(this, deployment, failures);
    new CfnOutput(this, 'ContentHash', {
      description: 'SHA-256 of the code and the settings of the functions; findings carry it.',
      value: code.hash,
    });
  }
}
