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

  const [A, B, C] = ['210987654321', '210987654322', '210987654323'];
  it.each([
    ['one is added', [{ accounts: [A] }, { accounts: [A], moving: [B] }, { accounts: [A, B] }]],
    ['one is removed', [{ accounts: [A, B] }, { accounts: [A], moving: [B] }, { accounts: [A] }]],
    ['the first are named', [undefined, { accounts: [], moving: [A, B] }, { accounts: [A, B] }]],
    ['all are removed', [{ accounts: [A, B] }, { accounts: [], moving: [A, B] }, undefined]],
    [
      'one takes the place of another',
      [{ accounts: [A] }, { accounts: [], moving: [A, B] }, { accounts: [B] }],
    ],
  ])('gives no account two stacks at a time, on the way of docs/roll-out.md: %s', (_, steps) => {
    const { canary: __, ...others } = example;
    const ways = steps.map((canary) => {
      const found = sets(synthesized({ ...others, canary: canary as never }));
      return [A, B, C].map((account) => setsWith(found, account));
    });
    for (const [index, now] of ways.entries()) {
      for (const [at, names] of now.entries()) {
        const before = ways[index - 1]?.[at] ?? names;
        expect(new Set([...before, ...names]).size).toBeLessThanOrEqual(1);
      }
    }
    // In the end each account has its stack, and one that stays has it all the time.
    expect(ways.at(-1)?.map((names) => names.length)).toEqual([1, 1, 1]);
    expect(ways.map((way) => way[2])).toEqual(steps.map(() => ['Members']));
  });
});

/** Which stack sets of a template an account of the units is in. */
function setsWith(found: ReturnType<typeof sets>, account: string): readonly string[] {
  return Object.entries(found).flatMap(([id, { Properties }]) => {
    const { Accounts = [], AccountFilterType = 'NONE' } =
      Properties.StackInstancesGroup[0].DeploymentTargets;
    const isIn = Accounts.includes(account) === (AccountFilterType === 'INTERSECTION');
    return isIn || AccountFilterType === 'NONE' ? [id] : [];
  });
}
