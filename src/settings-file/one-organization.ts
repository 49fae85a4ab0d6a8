import { partitionOf } from '../values/region.ts';
import type { Path } from './yaml-file.ts';

/** What of deployment.yaml names a place in an organization or a partition. */
interface Placed {
  readonly organization: { readonly units: readonly string[] };
  readonly regions: readonly string[];
  readonly rollout: { readonly after?: readonly string[] };
  readonly delivery?: { readonly key?: string };
}

/** Of one operation on a stack set (CloudFormation API Reference, CreateStackInstances). */
const MOST_UNITS = 50;

/** An organization, and with it a stack set, is in one partition, and has one root. @param place of a key in the file */
export function organizationProblems(
  { organization: { units }, regions, rollout, delivery }: Placed,
  home: string,
  place: (path: Path) => string,
): string[] {
  const partition = partitionOf(home);
  const problem = (path: Path, is: string, wanted: string) =>
    `${place(path)}: ${path.join('.')} is ${is}, expected ${wanted}.`;
  const isElsewhere = (arn: string) => !arn.startsWith(`arn:${partition}:`);
  const [first = ''] = units;
  return [
    ...extentProblems(units, problem),
    ...units.flatMap((unit, at) =>
      rootOf(unit) === rootOf(first)
        ? []
        : [
            problem(
              ['organization', 'units', at],
              unit,
              `a unit of the root ${rootOf(first)}, as ${first} is`,
            ),
          ],
    ),
    ...regions.flatMap((region, at) =>
      partitionOf(region) === partition
        ? []
        : [
            problem(
              ['regions', at],
              region,
              `a Region of the partition ${partition}, as ${home} is`,
            ),
          ],
    ),
    ...(rollout.after ?? []).flatMap((arn, at) =>
      isElsewhere(arn)
        ? [problem(['rollout', 'after', at], arn, `a stack set of the partition ${partition}`)]
        : [],
    ),
    ...(delivery?.key !== undefined && isElsewhere(delivery.key)
      ? [problem(['delivery', 'key'], delivery.key, `a key of the partition ${partition}`)]
      : []),
  ];
}

/** The id of a unit names its root: ou-<root>-<unit> (AWS Organizations API Reference, OrganizationalUnit). */
const rootOf = (unit: string): string => `r-${unit.split('-')[1]}`;

/** What one operation on a stack set takes, and what the next one would undo. */
function extentProblems(
  units: readonly string[],
  problem: (path: Path, is: string, wanted: string) => string,
): string[] {
  const path = ['organization', 'units'];
  if (units.length > MOST_UNITS) {
    const wanted = `at most ${MOST_UNITS}, as many as a stack set takes at a time: name a unit above them`;
    return [problem(path, `a list of ${units.length}`, wanted)];
  }
  // A unit that is named no more loses its stacks, though the root still asks for them.
  const root = units.findIndex((unit) => unit.startsWith('r-'));
  if (root < 0 || units.length === 1) return [];
  return [problem([...path, root], `${units[root]}, the root, beside units of it`, 'it by itself')];
}
