import { isKnown, type Reading } from '../../records/reading.ts';
import { about, type Diagnosis, shell } from '../diagnosis.ts';
import { type OrganizationFacts, type Plan, PRINCIPALS, type UnitFacts } from '../facts.ts';
import { accountsOf, isActive } from '../members.ts';

const ONLY_FROM =
  'AWS Organizations answers this request only for the management account and delegated administrators. Register the ' +
  'central account as a delegated administrator, or use credentials of the management account.';

/** Is the caller the account that rolls out? */
export function judgeCaller(account: string, { deployment }: Plan): Diagnosis {
  const { centralAccount } = deployment;
  const { ok, fix } = about('caller', { account });
  if (account === centralAccount) return ok('The credentials belong to the central account.');
  return fix(
    `The credentials do not belong to the central account ${centralAccount}.`,
    `Use credentials of ${centralAccount}, for example: export AWS_PROFILE=<profile of ${centralAccount}>`,
  );
}

export function judgeOrganization(facts: OrganizationFacts, plan: Plan): readonly Diagnosis[] {
  return [
    judgeIdentity(facts, plan),
    ...facts.units.map(judgeUnit),
    ...judgeNesting(facts.units),
    ...judgeCanaries(facts.units, plan),
    ...judgeTrust(facts),
    ...judgeDelegation(facts, plan),
  ];
}

function judgeIdentity({ organization }: OrganizationFacts, { deployment }: Plan): Diagnosis {
  const { id, managementAccount } = deployment.organization;
  const { ok, fix, from } = about('organization', { name: id });
  const unread = { what: 'The organization could not be examined' };
  return from(organization, unread, (found) => {
    if (found.id !== id) {
      return fix(
        `The credentials belong to organization ${found.id}.`,
        `Set organization.id: ${found.id} in the deployment file, or use credentials of ${id}.`,
      );
    }
    if (found.managementAccount !== managementAccount) {
      return fix(
        `Its management account is ${found.managementAccount}, not ${managementAccount}.`,
        `Set organization.managementAccount: "${found.managementAccount}" in the deployment file.`,
      );
    }
    if (found.features !== 'ALL') {
      return fix(
        'Only consolidated billing is enabled.',
        'In the management account: aws organizations enable-all-features',
      );
    }
    return ok('It matches the deployment file and has all features enabled.');
  });
}

function judgeUnit({ unit, exists, accounts }: UnitFacts): Diagnosis {
  const { ok, fix, warn, from } = about('unit', { name: unit });
  return from(exists, { what: 'The unit could not be examined', fix: ONLY_FROM }, (there) => {
    if (!there) {
      return fix(
        'The unit does not exist.',
        'List the existing units: aws organizations list-roots; aws organizations list-organizational-units-for-parent ' +
          '--parent-id <root or unit>',
      );
    }
    const unread = { what: 'Its accounts could not be listed', fix: ONLY_FROM };
    return from(accounts, unread, (all) =>
      all.some(isActive)
        ? ok('The unit exists and has active accounts.')
        : warn('The unit has no active account.', 'Check that this is the right unit.'),
    );
  });
}

/** An account is in one unit and in those above it: units that share one are above each other. */
function judgeNesting(units: readonly UnitFacts[]): readonly Diagnosis[] {
  const holders = new Map<string, string>();
  const pairs = new Map<string, string>();
  for (const { unit, accounts } of units) {
    for (const { id } of isKnown(accounts) ? accounts.value : []) {
      const other = holders.get(id);
      if (other === undefined) holders.set(id, unit);
      else if (other !== unit) pairs.set(unit, other);
    }
  }
  return [...pairs].map(([unit, other]) =>
    about('unit', { name: unit }).warn(
      `This unit and ${other} share accounts, so one is inside the other. When the inner one is no longer named, its accounts lose ` +
        'their stacks, and the outer one does not create new ones.',
      'Name only the outer one in organization.units, before the first roll-out.',
    ),
  );
}

/** Unknown while the accounts of a unit are, unless another unit has it. */
function judgeCanaries(units: readonly UnitFacts[], { deployment }: Plan): readonly Diagnosis[] {
  const unread = units.map(({ accounts }) => accounts).find((each) => 'unavailable' in each);
  const accounts = accountsOf(units);
  const { accounts: canaries = [], moving = [] } = deployment.canary ?? {};
  const { managementAccount } = deployment.organization;
  const others = accounts
    .filter(isActive)
    .filter(({ id }) => ![...canaries, ...moving, managementAccount].includes(id));
  const isAlone = unread === undefined && canaries.length > 0 && others.length === 0;
  const alone = about('canary', {}).warn(
    'Every active account of the units is a canary, so that nothing waits for them.',
    'Leave accounts out of canary.accounts, in two steps (docs/roll-out.md).',
  );
  const judged = canaries.map((id) => {
    const { ok, fix, unknown } = about('canary', { account: id });
    const found = accounts.find((each) => each.id === id);
    if (found === undefined && unread !== undefined && 'unavailable' in unread) {
      return unknown('Unknown whether the canary account is in the units', unread, ONLY_FROM);
    }
    if (found === undefined) {
      return fix(
        'The canary account is not in any of the units.',
        'Remove it from canary.accounts in the deployment file, or add its unit to organization.units.',
      );
    }
    if (!isActive(found)) {
      return fix(
        `The canary account is ${found.state}.`,
        'Name an active account under canary.accounts in the deployment file.',
      );
    }
    return ok('The canary account is active and in the units.');
  });
  return isAlone ? [...judged, alone] : judged;
}

function judgeTrust({ trusted }: OrganizationFacts): readonly Diagnosis[] {
  return Object.values(PRINCIPALS).map((principal) => {
    const { ok, fix, from } = about('trusted-access', { name: principal });
    const unread = { what: 'Trusted access could not be examined', fix: ONLY_FROM };
    return from(trusted, unread, (principals) =>
      principals.includes(principal)
        ? ok('Trusted access is enabled for the service.')
        : fix(
            'Trusted access is not enabled for the service.',
            `In the management account: ${TRUST[principal]}`,
          ),
    );
  });
}

/**
 * CloudFormation asks for its own command, which also makes its role (AWS Organizations User Guide, "Enabling trusted
 * access with CloudFormation StackSets").
 */
const TRUST: Readonly<Record<string, string>> = {
  [PRINCIPALS.stackSets]: 'aws cloudformation activate-organizations-access',
  [PRINCIPALS.config]: `aws organizations enable-aws-service-access --service-principal ${PRINCIPALS.config}`,
};

function judgeDelegation(
  { delegated }: OrganizationFacts,
  { deployment: { centralAccount } }: Plan,
): readonly Diagnosis[] {
  return delegated.map(({ principal, accounts }) => {
    const { ok, fix, from } = about('delegated-administrator', { name: principal });
    const unread = { what: 'Delegated administrators could not be examined', fix: ONLY_FROM };
    return from(accounts as Reading<readonly string[]>, unread, (ids) =>
      ids.includes(centralAccount)
        ? ok(`${centralAccount} is a delegated administrator.`)
        : fix(
            `${centralAccount} is not a delegated administrator.`,
            `In the management account: aws organizations register-delegated-administrator --account-id ${centralAccount} ` +
              `--service-principal ${shell(principal)}`,
          ),
    );
  });
}
