import { matches } from '../policy/language/glob.ts';
import type { Settings } from './settings.ts';

/** The accounts that the settings place in a trusted organization, or below or at a trusted organization path. */
export function placedAccounts({ trust, organization }: Settings): readonly string[] {
  return Object.entries(organization.accounts)
    .filter(([, path]) => isTrusted(path, trust))
    .map(([account]) => account);
}

/** A path ends with a slash; a trusted path ends with `/*` for all that is below it (IAM User Guide, aws:PrincipalOrgPaths). */
function isTrusted(path: string, { organizations, organizationPaths }: Settings['trust']): boolean {
  const [organization = ''] = path.split('/');
  if (organizations.includes(organization)) return true;
  const whole = path.endsWith('/') ? path : `${path}/`;
  return organizationPaths.some((trusted) => matches(trusted, whole));
}
