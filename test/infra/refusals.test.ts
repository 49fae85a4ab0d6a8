import { expect, it } from 'vitest';
import { refusals } from '../../infra/deploying/refusals.ts';
import type { Access } from '../../src/doctor/access.ts';
import { Refused } from '../../src/services/services.ts';
import type { Deployment } from '../../src/settings-file/deployment.ts';
import { example } from './world.ts';

const [A = '', B = ''] = ['210987654321', '210987654322'];
const files = { deployment: 'deployment.yaml', record: 'deployment.lock.yaml' };
const withCanaries = (...accounts: readonly string[]): Deployment => ({
  ...example,
  canary: { accounts, moving: [] },
});
const recordOf = (canaries: readonly string[], moving: readonly string[] = []) => ({
  ...{ organization: example.organization.id, centralAccount: example.centralAccount },
  ...{ homeRegion: 'eu-central-1', canaries, moving },
});

/** CloudFormation, with the accounts of each stack set. */
const cloudFormation = (canaries: readonly string[], members: readonly string[]): Access['ask'] =>
  (async (_: string, { StackSetName }: { readonly StackSetName: string }) => ({
    Summaries: (StackSetName.endsWith('canary') ? canaries : members).map((Account) => ({
      ...{ Account, Region: 'eu-central-1', Status: 'CURRENT' },
    })),
  })) as never;
const failing = (error: Error): Access['ask'] =>
  (async () => {
    throw error;
  }) as never;
const missing = Object.assign(new Error('none'), { name: 'StackSetNotFoundException' });
const denied = new Refused('access was denied', 'cloudformation:ListStackInstances');
const offline = new Error('getaddrinfo ENOTFOUND cloudformation.eu-central-1.amazonaws.com');
const never = failing(new Error('asked without need'));

const STEPS = /canary\.accounts names 210987654322, .*\n {2}1\. .*canary\.moving.*\n {2}2\. /s;
const NOTHING = /^$/;

it.each<
  [string, Deployment, ReturnType<typeof recordOf> | null, Access['ask'] | null, RegExp, RegExp]
>([
  ['the first roll-out', withCanaries(A), null, failing(missing), NOTHING, NOTHING],
  ['a canary that is one', withCanaries(A), null, cloudFormation([A], [B]), NOTHING, NOTHING],
  [
    'one that joins, without a record',
    withCanaries(A, B),
    null,
    cloudFormation([A], [B]),
    STEPS,
    NOTHING,
  ],
  [
    'one that joins, unknown to the record',
    withCanaries(A, B),
    recordOf([A]),
    cloudFormation([A], [B]),
    STEPS,
    NOTHING,
  ],
  // Its stack was to go in the first step, and could not be deleted.
  [
    'one that was to move and did not',
    withCanaries(A, B),
    recordOf([A], [B]),
    cloudFormation([A], [B]),
    STEPS,
    NOTHING,
  ],
  [
    'one that was moved between units',
    withCanaries(A, B),
    recordOf([A, B]),
    cloudFormation([A, B], [B]),
    /^deployment\.yaml: 210987654322 of canary\.accounts has its stack, and .*\n {2}aws .*=210987654322,.*\n.*INOPERABLE\.$/,
    NOTHING,
  ],
  // The first step was made from another copy.
  [
    'one that moved, unknown to the record',
    withCanaries(A, B),
    recordOf([A]),
    cloudFormation([A], []),
    NOTHING,
    NOTHING,
  ],
  ['canaries that are left out', withCanaries(), null, never, NOTHING, NOTHING],
  [
    'rules in the central account',
    { ...withCanaries(A), rules: 'central' },
    null,
    never,
    NOTHING,
    NOTHING,
  ],
  ['a record, and no credentials', withCanaries(A, B), recordOf([A]), null, STEPS, NOTHING],
  [
    'neither record nor credentials',
    withCanaries(A),
    null,
    null,
    NOTHING,
    /no deployment\.lock\.yaml, and there are no credentials of account 111122223333/,
  ],
  [
    'no permission and no record',
    withCanaries(A),
    null,
    failing(denied),
    /needs cloudformation:ListStackInstances.*firstRollOut=true/,
    NOTHING,
  ],
  [
    'no network and no record',
    withCanaries(A),
    null,
    failing(offline),
    /ENOTFOUND.*firstRollOut=true/,
    NOTHING,
  ],
  [
    'no permission, and a record',
    withCanaries(A),
    recordOf([A]),
    failing(denied),
    NOTHING,
    /^Compared with deployment\.lock\.yaml only: .*needs cloudformation/,
  ],
  [
    'no permission, and a record that refuses',
    withCanaries(A, B),
    recordOf([A]),
    failing(denied),
    STEPS,
    /^Compared with/,
  ],
  [
    'another home Region than that of the record',
    withCanaries(A),
    { ...recordOf([A]), homeRegion: 'us-east-1' },
    failing(missing),
    /a second roll-out/,
    NOTHING,
  ],
])('refuses what would collide, before anything is changed: %s', async (_, deployment, record, ask, problem, said) => {
  const { problems, warning } = await refusals(deployment, { record, files, ask, isFirst: false });
  expect(problems.join('\n')).toMatch(problem);
  expect(warning ?? '').toMatch(said);
});

it('takes the word of the operator that nothing is there yet, but not against a record', async () => {
  const before = { files, ask: failing(denied), isFirst: true };
  expect((await refusals(withCanaries(A), { ...before, record: null })).problems).toEqual([]);
  const { problems } = await refusals(withCanaries(A, B), { ...before, record: recordOf([A]) });
  expect(problems.join()).toMatch(STEPS);
});
