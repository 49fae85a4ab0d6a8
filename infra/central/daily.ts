import type { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { type CfnFunction, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { acknowledge } from '../validations.ts';

interface Daily {
  /** What the logical ids begin with. */
  readonly id: string;
  /** Of the rule of EventBridge. */
  readonly name: string;
  readonly description: string;
  readonly target: string;
}

/** Starts a function once a day, which the alarms of its caller watch. */
export function startDaily(
  stack: Stack,
  started: CfnFunction,
  { id, name, description, target }: Daily,
): void {
  acknowledge(started, {
    'HIPAA.Security-LambdaDLQ': 'It runs again the next day, and an alarm tells when it fails.',
    'HIPAA.Security-LambdaInsideVPC': 'The function only calls AWS services.',
    'HIPAA.Security-LambdaConcurrency': 'It runs once a day.',
  });
  const daily = new CfnRule(stack, `${id}Rule`, {
    ...{ name, description },
    scheduleExpression: 'rate(1 day)',
    targets: [{ id: target, arn: started.attrArn }],
  });
  new CfnPermission(stack, `${id}Permission`, {
    action: 'lambda:InvokeFunction',
    functionName: started.ref,
    principal: 'events.amazonaws.com',
    sourceArn: daily.attrArn,
  });
}
