import type { AccountPaths } from '../settings/waiver.ts';
import type { Deployment } from './deployment.ts';

/**
 * Where a deployment contradicts what the settings say of the organization (organization.accounts). Accounts that they do not name are
 * not judged: the doctor asks AWS Organizations.
 * @param file the deployment file, named in the sentences.
 */
export function placeProblems(
  { organization: { units }, canary }: Deployment,
  paths: AccountPaths,
  file: string,
): readonly string[] {
  const wayTo = (account: string) => paths[account]?.split('/').filter((each) => each !== '');
  const outside = (['accounts', 'moving'] as const).flatMap((key) =>
    (canary?.[key] ?? []).flatMap((account) => {
      const way = wayTo(account);
      if (way === undefined || units.some((unit) => way.includes(unit))) return [];
      return [
        `${file}: canary.${key} names ${account}, which is in none of organization.units: it is in ${way.at(-1)} by ` +
          'organization.accounts of the settings. Correct one of them.',
      ];
    }),
  );
  return [...outside, ...nestedUnits(units, Object.values(paths), file)];
}

/** A unit below another gets the rules by that one, and would lose them when it is named no more. */
function nestedUnits(
  units: readonly string[],
  paths: readonly string[],
  file: string,
): readonly string[] {
  const pairs = paths.flatMap((path) => {
    const [upper, ...below] = path.split('/').filter((each) => units.includes(each));
    return below.map(
      (unit) =>
        `${file}: organization.units names ${unit}, which is in ${upper} by organization.accounts of the settings, expected ` +
        'only the upper one: it holds every unit below it.',
    );
  });
  return [...new Set(pairs)];
}
