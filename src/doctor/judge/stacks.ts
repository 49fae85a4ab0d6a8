import { isKnown } from '../../records/reading.ts';
import { about, type Diagnosis } from '../diagnosis.ts';
import type { CentralFacts, Plan } from '../facts.ts';
import { coverageOf } from '../reach/coverage.ts';
import { STACK_SETS } from '../reach/names.ts';

const FILE = 'the deployment file';

/**
 * Whether the deployment would give an account two stacks of the same name, one from each stack set: CloudFormation could make neither, and
 * the roll-out would fail after it has begun.
 */
export function judgeCanaryMoves(
  { instances }: Pick<CentralFacts, 'instances'>,
  { deployment }: Plan,
): readonly Diagnosis[] {
  const { accounts = [], moving = [] } = deployment.canary ?? {};
  if (!isKnown(instances)) {
    const { unknown } = about('canary-move', { account: deployment.centralAccount });
    return [unknown('The stacks of the stack sets could not be listed', instances)];
  }
  const holders = (stackSet: string) =>
    new Set(
      instances.value.filter((each) => each.stackSet === stackSet).map(({ account }) => account),
    );
  const [canaries, members] = [holders(STACK_SETS.canary), holders(STACK_SETS.members)];
  const twice = accounts.filter((account) => members.has(account) && canaries.has(account));
  const joining = accounts.filter((account) => members.has(account) && !canaries.has(account));
  const leaving = [...canaries].filter((account) => ![...accounts, ...moving].includes(account));
  const there = moving.filter((account) => !canaries.has(account) && !members.has(account));
  return [
    ...twice.map((account) =>
      about('canary-move', { account }).fix(
        `The account has its stack from ${STACK_SETS.canary}, and ${STACK_SETS.members} tries to make a second one of the same name, as it ` +
          'does when a canary is moved between units: each roll-out fails there.',
        `aws cloudformation delete-stack-instances --call-as DELEGATED_ADMIN --stack-set-name ${STACK_SETS.members} --no-retain-stacks ` +
          `--regions ${deployment.regions.join(' ')} --deployment-targets Accounts=${account},AccountFilterType=INTERSECTION,` +
          `OrganizationalUnitIds=${deployment.organization.units.join(',')}   # --retain-stacks where it is INOPERABLE`,
      ),
    ),
    ...joining.map((account) =>
      about('canary-move', { account }).fix(
        `The account has its stack from ${STACK_SETS.members}: as a canary it would get a second one of the same name, and the ` +
          'roll-out would fail.',
        `In ${FILE} move it from canary.accounts to canary.moving, and deploy: that removes its stack, and its results with it. ` +
          'Then move it back to canary.accounts, and deploy again.',
      ),
    ),
    ...leaving.map((account) =>
      about('canary-move', { account }).warn(
        `The account is a canary no more: ${STACK_SETS.canary} removes its stack, and its results with it, before ` +
          `${STACK_SETS.members} makes a new one.`,
        'Nothing, if that is meant: the rules are evaluated anew as soon as they are there.',
      ),
    ),
    ...there.map((account) =>
      about('canary-move', { account }).warn(
        'The account has no stack, and gets none while it is under canary.moving.',
        `In ${FILE} move it to canary.accounts, or remove it if it is to be an account like the others, and deploy.`,
      ),
    ),
    ...(joining.length + twice.length === 0
      ? [about('canary-move', {}).ok('No account would get two stacks.')]
      : []),
  ];
}

/** Where a deployment that there is already does not run. The daily mail of the central account also knows what the functions say. */
export function judgeCoverage(
  { instances }: Pick<CentralFacts, 'instances'>,
  accounts: readonly string[],
  { deployment }: Plan,
  now: string,
): readonly Diagnosis[] {
  // That they could not be listed is said above; before the first roll-out there is none.
  if (!isKnown(instances) || instances.value.length === 0) return [];
  const rows = coverageOf({
    ...{ accounts, regions: deployment.regions, instances: instances.value, now },
    ...{ heard: null, rolledOutAt: null, contentHash: null },
    silenceHours: deployment.functions.silenceHours,
  });
  return rows.map(({ account, region, coverage, reason }) => {
    const { ok, fix, warn } = about('coverage', { account, region });
    if (coverage === 'current') return ok('The rules are deployed.');
    const what = `The rules are not deployed here as they should be (${coverage}): ${reason}.`;
    if (coverage === 'starting') return warn(what, 'Run this again when the operation has ended.');
    return fix(
      what,
      coverage === 'missing'
        ? `aws cloudformation create-stack-instances --call-as DELEGATED_ADMIN --stack-set-name ${STACK_SETS.members} ` +
            `--deployment-targets Accounts=${account},AccountFilterType=INTERSECTION,OrganizationalUnitIds=` +
            `${deployment.organization.units.join(',')} --regions ${region}`
        : 'Fix what the reason names in that account, and deploy again: the next operation tries it once more.',
    );
  });
}
