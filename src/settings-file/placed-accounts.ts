import type { Settings } from '../settings/settings.ts';
import { type Deployment, homeRegionOf } from './deployment.ts';

/**
 * Where a deployment contradicts what the settings say of the organization. Of an account that they do not place nothing is known: the
 * doctor asks AWS Organizations.
 * @param file the deployment file, named in the sentences.
 */
export function contradictions(
  deployment: Deployment,
  { accounts: paths, homeRegions }: Settings['organization'],
  file: string,
): readonly string[] {
  const { organization, canary } = deployment;
  const { units } = organization;
  const home = homeRegionOf(deployment);
  const elsewhere =
    homeRegions.length === 0 || homeRegions.includes(home)
      ? []
      : [
          `${file}: the first of regions is ${home}, expected one of organization.homeRegions of the settings: ${homeRegions.join(', ')}.`,
        ];
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
  return [...elsewhere, ...outside, ...nestedUnits(units, Object.values(paths), file)];
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
