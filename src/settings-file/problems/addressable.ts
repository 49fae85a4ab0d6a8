import { frameworks } from '../../frameworks/index.ts';
import { lackingIn } from '../../settings/addressable.ts';
import type { Settings } from '../../settings/settings.ts';
import { didYouMean } from '../nearest.ts';
import type { Path } from '../yaml-file.ts';

/** The specifications that the law calls addressable, "hipaa 164.312(a)(2)(iv)". */
const ADDRESSABLE: readonly string[] = frameworks.flatMap(({ id, requirements }) =>
  Object.entries(requirements).flatMap(([own, requirement]) =>
    'implementation' in requirement && requirement.implementation === 'addressable'
      ? [`${id} ${own}`]
      : [],
  ),
);

/** A decision that is on nothing addressable, is there twice, or lacks what the law asks to document. */
export function addressableProblems(
  { addressable = [] }: Settings,
  place: (path: Path) => string,
): string[] {
  const seen = new Set<string>();
  return addressable.flatMap((decision, index) => {
    const { requirement } = decision;
    const where = (key: string) => `${place(['addressable', index, key])}: `;
    const problems: string[] = [];
    if (!ADDRESSABLE.includes(requirement)) {
      problems.push(
        `${where('requirement')}requirement is ${requirement}, expected an addressable specification of the Security Rule.` +
          didYouMean(requirement, ADDRESSABLE),
      );
    }
    if (seen.has(requirement))
      problems.push(
        `${where('requirement')}there are two decisions on ${requirement}, expected one.`,
      );
    seen.add(requirement);
    const lacking = lackingIn(decision);
    if (lacking !== null) {
      problems.push(
        `${where('decision')}${lacking} is missing, expected with the decision ${decision.decision} (45 CFR 164.306(d)(3)(ii)(B)).`,
      );
    }
    return problems;
  });
}
