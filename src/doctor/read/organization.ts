import type { Account as SdkAccount } from '@aws-sdk/client-organizations';
import { orNull } from '../../facets/asked.ts';
import { isKnown } from '../../records/reading.ts';
import type { Deployment } from '../../settings-file/deployment/deployment.ts';
import { homeRegionOf } from '../../settings-file/deployment/deployment.ts';
import { array, text } from '../../values/json.ts';
import { type Access, attempt } from '../access.ts';
import { type Account, type OrganizationFacts, PRINCIPALS, type UnitFacts } from '../facts.ts';

type Asks = Pick<Access, 'ask'>;

/** AWS Organizations has one endpoint in each partition, which the home Region leads to. */
export async function readOrganization(
  access: Access,
  deployment: Deployment,
): Promise<OrganizationFacts> {
  const region = homeRegionOf(deployment);
  const organization = await attempt(async () => {
    const { Organization: found } = await access.ask('DescribeOrganization', {}, region);
    return {
      id: text(found?.Id, 'Organization.Id'),
      managementAccount: text(found?.MasterAccountId, 'Organization.MasterAccountId'),
      features: text(found?.FeatureSet, 'Organization.FeatureSet'),
    };
  });
  const trusted = await attempt(async () => {
    const answer = await access.ask('ListAWSServiceAccessForOrganization', {}, region);
    return (answer.EnabledServicePrincipals ?? []).map((each) =>
      text(each.ServicePrincipal, 'ServicePrincipal'),
    );
  });
  const delegated: OrganizationFacts['delegated'][number][] = [];
  for (const principal of Object.values(PRINCIPALS)) {
    const accounts = await attempt(async () => {
      const input = { ServicePrincipal: principal };
      const answer = await access.ask('ListDelegatedAdministrators', input, region);
      return (answer.DelegatedAdministrators ?? []).map(({ Id }) => text(Id, 'Id'));
    });
    delegated.push({ principal, accounts });
  }
  const units: UnitFacts[] = [];
  for (const unit of deployment.organization.units) {
    units.push(await readUnit(access, unit, region));
  }
  return { organization, trusted, delegated, units };
}

export async function readUnit(access: Asks, unit: string, region: string): Promise<UnitFacts> {
  const exists = await attempt(() => unitExists(access, unit, region));
  const accounts =
    isKnown(exists) && !exists.value
      ? { value: [] }
      : await attempt(() => accountsUnder(access, unit, region));
  return { unit, exists, accounts };
}

async function unitExists(access: Asks, unit: string, region: string): Promise<boolean> {
  if (unit.startsWith('r-')) {
    const { Roots } = await access.ask('ListRoots', {}, region);
    return array(Roots, 'Roots').some((root) => (root as { Id?: unknown }).Id === unit);
  }
  const input = { OrganizationalUnitId: unit };
  const answer = access.ask('DescribeOrganizationalUnit', input, region);
  return (await orNull(answer, 'OrganizationalUnitNotFoundException')) !== null;
}

/** One after the other: AWS Organizations allows few requests a second. Units are at most five deep, and a unit is never below itself. */
async function accountsUnder(access: Asks, unit: string, region: string): Promise<Account[]> {
  const input = { ParentId: unit };
  const { Accounts } = await access.ask('ListAccountsForParent', input, region);
  const accounts = (Accounts ?? []).map(accountFrom);
  const answer = await access.ask('ListOrganizationalUnitsForParent', input, region);
  for (const { Id } of answer.OrganizationalUnits ?? []) {
    accounts.push(...(await accountsUnder(access, text(Id, 'Id of a unit'), region)));
  }
  return accounts;
}

/** Older answers have only Status, which AWS removes on 9 September 2026 (AWS Organizations API reference, Account). */
const accountFrom = ({ Id, State, Status }: SdkAccount): Account => ({
  id: text(Id, 'Id of an account'),
  state: text(State ?? Status, `State of account ${Id}`),
});
