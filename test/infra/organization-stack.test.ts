import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  forgetRecord,
  isOnlyPrepared,
  keepRecord,
  ROLLED_OUT,
} from '../../infra/deploying/record.ts';
import type { Deployment } from '../../src/settings-file/deployment/deployment.ts';
import {
  collisions,
  loadRecord,
  lossesOf,
  recordFileOf,
  recordText,
} from '../../src/settings-file/deployment/record.ts';
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
          OrganizationalUnitIds: ['ou-exa1-workload', 'ou-exa1-security', 'ou-exa1-sandboxes'],
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

  it('has a stack set of canaries without stacks when none is named', () => {
    const { canary: _, ...deployment } = example;
    const found = sets(synthesized({ ...deployment, canary: undefined as never }));
    expect(found['Canary']?.Properties).not.toHaveProperty('StackInstancesGroup');
    expect(found['Members']?.Properties.StackInstancesGroup[0].DeploymentTargets).toEqual({
      OrganizationalUnitIds: ['ou-exa1-workload', 'ou-exa1-security', 'ou-exa1-sandboxes'],
    });
  });
});

describe('a change of the canaries', () => {
  const [A = '', B = '', C = ''] = ['210987654321', '210987654322', '210987654323'];
  const deploymentWith = (canary: Deployment['canary']) => {
    const { canary: _, ...others } = example;
    return { ...others, ...(canary ? { canary } : {}) };
  };
  const files = { deployment: 'deployment.yaml', record: 'deployment.lock.yaml' };
  const recordOf = async (deployment: Deployment) => {
    const file = join(mkdtempSync(join(tmpdir(), 'record-')), files.record);
    const text = recordText(deployment);
    if (text !== null) writeFileSync(file, text);
    return loadRecord(file);
  };
  const refused = async (from: Deployment, to: Deployment) =>
    collisions(to, await recordOf(from), files);

  it.each<[string, ReadonlyArray<Deployment['canary']>]>([
    ['one is added', [{ accounts: [A] }, { accounts: [A], moving: [B] }, { accounts: [A, B] }]],
    ['the first are named', [undefined, { accounts: [], moving: [A, B] }, { accounts: [A, B] }]],
    ['another way back', [{ accounts: [A] }, { accounts: [A], moving: [B] }, { accounts: [A] }]],
    ['one is removed', [{ accounts: [A, B] }, { accounts: [A] }]],
    ['it is emptied', [{ accounts: [A, B] }, { accounts: [] }]],
    ['it is left out', [{ accounts: [A, B] }, undefined]],
    [
      'it is left out and comes back',
      [undefined, { accounts: [], moving: [A] }, { accounts: [A] }, undefined],
    ],
    [
      'one takes the place of another',
      [{ accounts: [A] }, { accounts: [], moving: [B] }, { accounts: [B] }],
    ],
  ])('gives no account two stacks, in the order in which CloudFormation works: %s', async (_, steps) => {
    const deployments = steps.map((canary) => deploymentWith(canary));
    for (const [index, deployment] of deployments.entries()) {
      const before = deployments[index - 1] ?? deployment;
      expect(await refused(before, deployment)).toEqual([]);
      expect(atOnce(before, deployment, [A, B, C])).toBe(1);
    }
    // In the end each account has its stack.
    const last = setsOf(deployments.at(-1) ?? example);
    expect([A, B, C].map((account) => holders(last, account).length)).toEqual([1, 1, 1]);
  });

  it.each<[string, Deployment['canary'], Deployment['canary'], readonly string[]]>([
    ['one is added', { accounts: [A] }, { accounts: [A, B] }, [B]],
    ['the first are named', undefined, { accounts: [A, B] }, [A, B]],
    ['one takes the place of another', { accounts: [A] }, { accounts: [B] }, [B]],
    ['while another is on the way', { accounts: [], moving: [A] }, { accounts: [A, B] }, [B]],
  ])('that would give two is refused, with the steps: %s', async (_, from, to, accounts) => {
    const [before, after] = [deploymentWith(from), deploymentWith(to)];
    expect(atOnce(before, after, [A, B, C])).toBe(2);
    const problems = await refused(before, after);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(
      `deployment.yaml: canary.accounts names ${accounts.join(', ')}, `,
    );
    expect(problems[0]).toMatch(
      /\(according to deployment\.lock\.yaml; with credentials of 111122223333, .*\n {2}1\. .*canary\.moving.*\n {2}2\. .*deploy/s,
    );
    // Where nothing is known of an earlier roll-out, and where it left no stack, there is nothing to collide with.
    expect(collisions(after, null, files)).toEqual([]);
    expect(await refused({ ...before, rules: 'central' }, after)).toEqual([]);
    expect(await refused(before, { ...after, rules: 'central' })).toEqual([]);
  });

  it.each<[string, Partial<Deployment>]>([
    ['the home Region is another', { regions: ['us-east-1', 'eu-central-1'] }],
    ['the central account is another', { centralAccount: A }],
    [
      'the organization is another',
      { organization: { ...example.organization, id: 'o-other12345' } },
    ],
  ])('is refused where a second roll-out would begin: %s', async (_, parts) => {
    const problems = await refused(example, { ...example, ...parts });
    expect(problems).toEqual([
      expect.stringMatching(/stacks of the same names.*deployment\.lock\.yaml/),
    ]);
  });

  it('of units that takes stacks away is told before', async () => {
    const record = await recordOf(example);
    const to = (...units: readonly string[]) => ({
      ...example,
      organization: { ...example.organization, units },
    });
    const [first = '', ...rest] = example.organization.units;
    expect(lossesOf(example, record)).toEqual([]);
    expect(lossesOf(to(first, ...rest, 'ou-exa1-elsewhere'), record)).toEqual([]);
    expect(lossesOf(to('r-exa1'), record)).toEqual([
      expect.stringMatching(
        /^organization\.units no longer names ou-exa1-workload, ou-exa1-security, ou-/,
      ),
    ]);
    expect(lossesOf(to(first), record)).toEqual([
      expect.stringMatching(
        /no longer names ou-exa1-security, ou-exa1-sandboxes: .*lose their stacks/,
      ),
    ]);
    // Of an older record, or none, nothing is known; with rules in the central account nothing is left anyway.
    const { units: _, ...older } = record ?? (undefined as never);
    for (const each of [older, null]) expect(lossesOf(to(first), each)).toEqual([]);
    expect(lossesOf({ ...to(first), rules: 'central' }, record)).toEqual([]);
  });

  it('is refused when the record cannot be used', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'record-')), files.record);
    writeFileSync(file, 'organization: o-example123\ncanaries: 210987654321\n');
    await expect(loadRecord(file)).rejects.toThrow(
      /deployment\.lock\.yaml:2: canaries is 210987654321, expected[\s\S]*restore it from version control/,
    );
  });

  it('is compared with the record of the last roll-out that succeeded', () => {
    const folder = mkdtempSync(join(tmpdir(), 'record-'));
    const file = join(folder, files.record);
    const rollOut = (deployment: Deployment) => {
      writeFileSync(
        join(folder, ROLLED_OUT),
        JSON.stringify({ file, text: recordText(deployment) }),
      );
      return keepRecord(folder);
    };
    expect(rollOut(example)).toMatch(/^Wrote .*deployment\.lock\.yaml\. Commit it/);
    expect(readFileSync(file, 'utf8')).toContain('canaries: ["210987654321"]');
    expect(rollOut(example)).toBeNull();
    expect(rollOut({ ...example, rules: 'central' })).toMatch(/^Removed/);
    expect(existsSync(file)).toBe(false);
    expect(recordFileOf('org/deployment.yaml')).toBe('org/deployment.lock.yaml');
    // What is left of another synthesis is no roll-out.
    rollOut(example);
    rmSync(file);
    forgetRecord(folder);
    expect([keepRecord(folder), existsSync(file)]).toEqual([null, false]);
  });

  it.each([
    [true, ['--no-execute']],
    [true, ['-c', 'a=b', '--execute=false']],
    [true, ['--method', 'prepare-change-set']],
    [true, ['-m=prepare-change-set']],
    [false, []],
    [false, ['--method=change-set', '-c', 'deployment=no-execute.yaml']],
    [false, ['--execute', '--progress', 'events']],
  ])('is not kept where a change is only prepared: %s, %j', (expected, options) => {
    expect(isOnlyPrepared(options)).toBe(expected);
  });

  it('is read or refused, whatever keeps it from being read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'record-'));
    writeFileSync(join(folder, 'file'), '');
    await expect(loadRecord(join(folder, 'file', files.record))).rejects.toThrow(/cannot be read/);
    await expect(loadRecord(folder)).rejects.toThrow(/cannot be read/);
    expect(await loadRecord(join(folder, files.record))).toBeNull();
  });
});

const known = new Map<string, ReturnType<typeof sets>>();

/** The stack sets of the example with other canaries, synthesized once. */
function setsOf(deployment: Deployment): ReturnType<typeof sets> {
  const key = JSON.stringify(deployment.canary ?? null);
  const found = known.get(key) ?? sets(synthesized({ canary: undefined as never, ...deployment }));
  known.set(key, found);
  return found;
}

/**
 * The most stacks that one of the accounts has at a time, while CloudFormation goes from one template to the next: a resource after those
 * that it depends on, and of each stack set first what is deleted, then what is created (UpdateHandler.java of
 * aws-cloudformation/aws-cloudformation-resource-providers-cloudformation); removed resources last.
 */
function atOnce(from: Deployment, to: Deployment, accounts: readonly string[]): number {
  const [before, after] = [setsOf(from), setsOf(to)];
  const order = Object.keys(after).sort((one, other) =>
    after[one]?.DependsOn?.includes(other) ? 1 : after[other]?.DependsOn?.includes(one) ? -1 : 0,
  );
  return Math.max(
    ...accounts.map((account) => {
      const held = new Set(holders(before, account));
      let most = held.size;
      for (const id of order) {
        if (holders(after, account).includes(id)) held.add(id);
        else held.delete(id);
        most = Math.max(most, held.size);
      }
      return most;
    }),
  );
}

/** Which stack sets of a template an account of the units is in. */
function holders(found: ReturnType<typeof sets>, account: string): readonly string[] {
  return Object.entries(found).flatMap(([id, { Properties }]) => {
    const [group] = Properties.StackInstancesGroup ?? [];
    if (group === undefined) return [];
    const { Accounts = [], AccountFilterType = 'NONE' } = group.DeploymentTargets;
    const isIn = Accounts.includes(account) === (AccountFilterType === 'INTERSECTION');
    return isIn || AccountFilterType === 'NONE' ? [id] : [];
  });
}
