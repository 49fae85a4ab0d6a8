import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { example, ofType, someCode, synthesized, type Template } from './world.ts';

const sets = ({ organization }: { organization: Template }) =>
  Object.fromEntries(
    ofType(organization, 'AWS::CloudFormation::StackSet').map(([id, resource]) => [id, resource]),
  );

describe('the organization stack', () => {
  const { Canary: canary, Members: members } = sets(synthesized());

  it('brings the same template to the canary accounts first, and to the others only when that worked', () => {
    expect(canary?.Properties.TemplateURL).toEqual(members?.Properties.TemplateURL);
    expect(members?.DependsOn).toEqual(['Canary']);
    expect(canary?.Properties.StackInstancesGroup).toEqual([
      {
        DeploymentTargets: {
          OrganizationalUnitIds: ['ou-exa1-workload', 'ou-exa1-security'],
          Accounts: ['210987654321'],
          AccountFilterType: 'INTERSECTION',
        },
        Regions: ['eu-central-1', 'us-east-1'],
      },
    ]);
    expect(members?.Properties.StackInstancesGroup[0].DeploymentTargets).toMatchObject({
      Accounts: ['210987654321'],
      AccountFilterType: 'DIFFERENCE',
    });
  });

  it('reaches the accounts of tomorrow, and leaves those that go', () => {
    expect(members?.Properties.AutoDeployment).toEqual({
      Enabled: true,
      RetainStacksOnAccountRemoval: false,
    });
    expect(canary?.Properties.AutoDeployment).toEqual({ Enabled: false });
  });

  it('is run by the delegated administrator, within the preferences of the deployment', () => {
    for (const set of [canary, members]) {
      expect(set?.Properties).toMatchObject({
        PermissionModel: 'SERVICE_MANAGED',
        CallAs: 'DELEGATED_ADMIN',
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        ManagedExecution: { Active: true },
        OperationPreferences: {
          ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
          MaxConcurrentPercentage: 20,
          FailureTolerancePercentage: 5,
          RegionConcurrencyType: 'SEQUENTIAL',
          RegionOrder: ['us-east-1', 'eu-central-1'],
        },
      });
    }
  });

  it('comes to a new account after the stack sets that the deployment names', () => {
    const after = ['arn:aws:cloudformation:eu-central-1:111122223333:stackset/recorder:1'];
    const { Members } = sets(synthesized({ rollout: { ...example.rollout, after } }));
    expect(Members?.Properties.AutoDeployment.DependsOn).toEqual(after);
  });

  it('is not made of a template that CloudFormation would refuse, unless the code is elsewhere', () => {
    // What does not compress, so that the template holds it whole.
    const noise = Array.from({ length: 24_000 }, (_, at) =>
      createHash('sha256').update(`${at}`).digest('base64'),
    ).join('');
    const bundles = { ...someCode.bundles, live: noise };
    const large = { ...someCode, bundles };
    expect(() => synthesized({}, large)).toThrow(/bytes, expected at most 1000000: shorten/);
    expect(() => synthesized({ assetBucketPrefix: 'code' }, large)).not.toThrow();
  });

  it('has one stack set for all when no canary is named', () => {
    const { canary: _, ...deployment } = example;
    const one = sets(synthesized({ ...deployment, canary: undefined as never }));
    expect(Object.keys(one)).toEqual(['Members']);
    expect(one['Members']?.DependsOn).toBeUndefined();
    expect(one['Members']?.Properties.StackInstancesGroup[0].DeploymentTargets).toEqual({
      OrganizationalUnitIds: ['ou-exa1-workload', 'ou-exa1-security'],
    });
  });
});
