import {
  CfnOutput,
  CfnStackSet,
  CfnWaitConditionHandle,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import type { Deployment } from '../src/settings-file/deployment/deployment.ts';

/**
 * The stack sets that bring the member stack into every account and Region, those of tomorrow included. The canary accounts come first;
 * when the change fails there, CloudFormation takes it back and the other accounts never see it.
 */
export class OrganizationStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & {
      readonly deployment: Deployment;
      /** File with the template of the member stack, which is too large to stand inside another; null without rules in members. */
      readonly memberTemplate: string | null;
    },
  ) {
    const { deployment, memberTemplate, ...stack } = props;
    super(scope, id, {
      description: 's3-config-rules: the stack sets that roll the member stack out.',
      tags: { application: 's3-config-rules' },
      ...stack,
    });
    if (memberTemplate === null) {
      // A stack needs a resource. Without the stack sets it takes the rules out of all accounts that had them.
      new CfnWaitConditionHandle(this, 'NoMembers');
      return;
    }
    const { canary, organization, rollout } = deployment;
    const canaries = [...(canary?.accounts ?? [])];
    const apart = [...canaries, ...(canary?.moving ?? [])];
    const template = new Asset(this, 'MemberTemplate', { path: memberTemplate });
    const organizationalUnitIds = [...organization.units];
    // It is there without canaries as well: an account that is none any more loses its stack here, before it gets one below.
    const first = this.addStackSet('Canary', 's3-config-rules-canary', deployment, template, {
      targets:
        canaries.length > 0
          ? { organizationalUnitIds, accounts: canaries, accountFilterType: 'INTERSECTION' }
          : null,
      autoDeployment: { enabled: false },
    });
    const others = this.addStackSet('Members', 's3-config-rules', deployment, template, {
      targets: {
        organizationalUnitIds,
        // Who is on the way to be a canary is in neither of them: two stacks of one name cannot be.
        ...(apart.length > 0 ? { accounts: apart, accountFilterType: 'DIFFERENCE' } : {}),
      },
      // An account that leaves must not go on publishing in the name of the organization.
      autoDeployment: {
        enabled: true,
        retainStacksOnAccountRemoval: false,
        ...(rollout.after ? { dependsOn: [...rollout.after] } : {}),
      },
    });
    others.addResourceDependency(first);
    new CfnOutput(this, 'MemberTemplateUrl', {
      description: 'Where the template of the member stack lies.',
      value: template.httpUrl,
    });
  }

  private addStackSet(
    id: string,
    stackSetName: string,
    { regions, rollout }: Deployment,
    template: Asset,
    to: {
      /** null for a stack set without any stack. */
      readonly targets: CfnStackSet.DeploymentTargetsProperty | null;
      readonly autoDeployment: CfnStackSet.AutoDeploymentProperty;
    },
  ): CfnStackSet {
    // Most runs in the home Region, so it comes last.
    const [home = '', ...rest] = regions;
    return new CfnStackSet(this, id, {
      stackSetName,
      description: 's3-config-rules in each account and Region.',
      permissionModel: 'SERVICE_MANAGED',
      callAs: 'DELEGATED_ADMIN',
      capabilities: ['CAPABILITY_NAMED_IAM'],
      templateUrl: template.httpUrl,
      autoDeployment: to.autoDeployment,
      // Operations that would collide wait for each other instead of failing.
      managedExecution: { Active: true },
      operationPreferences: {
        // With strict tolerance, no account allowed to fail would mean one account at a time.
        concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
        maxConcurrentPercentage: rollout.concurrencyPercentage,
        failureTolerancePercentage: rollout.failureTolerancePercentage,
        regionConcurrencyType: 'SEQUENTIAL',
        regionOrder: [...rest, home],
      },
      ...(to.targets === null
        ? {}
        : { stackInstancesGroup: [{ deploymentTargets: to.targets, regions: [...regions] }] }),
    });
  }
}
