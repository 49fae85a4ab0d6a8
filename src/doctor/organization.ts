import { type Deployment, homeRegionOf } from '../settings/deployment.ts';
import type { Access } from './aws.ts';
import { type Diagnosis, examine, fix, isNamed, type Judgement, ok, warn } from './diagnosis.ts';

/** Who must be trusted, and administered by the central account: service, its principal, and how trust begins. */
const TRUSTED = [
  [
    'CloudFormation StackSets',
    'member.org.stacksets.cloudformation.amazonaws.com',
    'aws cloudformation activate-organizations-access',
  ],
  [
    'AWS Config',
    'config.amazonaws.com',
    'aws organizations enable-aws-service-access --service-principal config.amazonaws.com',
  ],
] as const;

/** The account ids of the units, as far as they could be read. */
export interface Accounts {
  readonly diagnoses: readonly Diagnosis[];
  readonly active: readonly string[];
}

/** Is this the organization of the deployment, and does the central account administer in it what it must? */
export async function examineOrganization(
  access: Access,
  deployment: Deployment,
): Promise<readonly Diagnosis[]> {
  const { organization, centralAccount } = deployment;
  const home = homeRegionOf(deployment);
  const place = { account: centralAccount };
  const isOurs = examine('organization', place, async () => {
    const answer = await access.ask('DescribeOrganization', {}, home);
    const { Id, FeatureSet, MasterAccountId } = answer['Organization'] as Record<string, string>;
    return (
      mismatch('organization.id', organization.id, Id) ??
      mismatch('organization.managementAccount', organization.managementAccount, MasterAccountId) ??
      (FeatureSet === 'ALL'
        ? ok(`The organization is ${Id}, with all features.`)
        : fix(
            'The organization has consolidated billing alone.',
            'In the management account: aws organizations enable-all-features',
          ))
    );
  });
  const trust = TRUSTED.map(([service, principal, command]) =>
    examine(`trusted access of ${service}`, place, async () => {
      const answer = await access.ask('ListAWSServiceAccessForOrganization', {}, home);
      return listed(answer['EnabledServicePrincipals'], 'ServicePrincipal').includes(principal)
        ? ok('It is on.')
        : fix(
            `The organization does not trust ${principal}.`,
            `In the management account: ${command}`,
          );
    }),
  );
  const admins = TRUSTED.map(([service, principal]) =>
    examine(`delegated administrator of ${service}`, place, async () => {
      const input = { ServicePrincipal: principal };
      const answer = await access.ask('ListDelegatedAdministrators', input, home);
      return listed(answer['DelegatedAdministrators'], 'Id').includes(centralAccount)
        ? ok('It is the central account.')
        : fix(
            `The central account ${centralAccount} does not administer ${service}.`,
            `In the management account: aws organizations register-delegated-administrator --account-id ${centralAccount} --service-principal ${principal}`,
          );
    }),
  );
  return await Promise.all([isOurs, ...trust, ...admins]);
}

function mismatch(key: string, expected: string, is: string | undefined): Judgement | null {
  if (is === expected) return null;
  return fix(
    `The deployment says ${expected} for ${key}, the organization ${is}.`,
    `Correct ${key}, or use credentials of the organization that is meant.`,
  );
}

/** The accounts that the stack sets will reach, and whether the canary accounts are among them. */
export async function examineAccounts(access: Access, deployment: Deployment): Promise<Accounts> {
  const { organization, canary, centralAccount } = deployment;
  const home = homeRegionOf(deployment);
  const active = new Set<string>();
  const units = await Promise.all(
    organization.units.map((unit) =>
      examine(`unit ${unit}`, { account: centralAccount }, async () => {
        try {
          const found = await accountsIn(access, unit, home);
          for (const id of found) active.add(id);
          return found.length > 0
            ? ok(`It has ${found.length} active accounts.`)
            : warn(
                'It has no active account.',
                'Name the units whose accounts shall get the rules.',
              );
        } catch (error) {
          if (!isNamed(error, 'ParentNotFoundException')) throw error;
          return fix('There is no such unit.', 'Correct organization.units.');
        }
      }),
    ),
  );
  // Of accounts that could not be listed nothing can be said.
  if (units.some(({ state }) => state === 'UNKNOWN' || state === 'FIX')) {
    return { diagnoses: units, active: [...active].sort() };
  }
  const canaries = (canary?.accounts ?? []).map((account) =>
    examine('canary', { account }, async () =>
      active.has(account)
        ? ok('It is an active account of the units.')
        : fix('It is no active account of the units.', 'Correct canary.accounts.'),
    ),
  );
  const central = examine('central account', { account: centralAccount }, async () =>
    active.has(centralAccount)
      ? ok('It gets the rules, too.')
      : warn(
          'It is in none of the units, so nobody judges its own buckets.',
          'Name its unit, or deploy the member stack there: npm run deploy:here',
        ),
  );
  return {
    diagnoses: [...units, ...(await Promise.all([...canaries, central]))],
    active: [...active].sort(),
  };
}

async function accountsIn(access: Access, parent: string, home: string): Promise<string[]> {
  const input = { ParentId: parent };
  const { Accounts } = await access.ask('ListAccountsForParent', input, home);
  const { OrganizationalUnits } = await access.ask('ListOrganizationalUnitsForParent', input, home);
  const own = (Accounts as readonly Record<string, string>[])
    .filter(({ Status, State }) => (State ?? Status) === 'ACTIVE')
    .flatMap(({ Id }) => (Id === undefined ? [] : [Id]));
  const below: string[] = [];
  for (const id of listed(OrganizationalUnits, 'Id')) {
    below.push(...(await accountsIn(access, id, home)));
  }
  return [...own, ...below];
}

const listed = (list: unknown, key: string): readonly string[] =>
  (list as readonly Readonly<Record<string, string>>[]).flatMap((each) => each[key] ?? []);
