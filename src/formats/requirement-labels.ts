import { type Links, strengthsOf } from '../engine/requirement.ts';
import { citationFor, placeOf, type RequirementId } from '../frameworks/index.ts';

/** "GDPR 32(1)(a)", "HIPAA Security Rule 164.312(b)": requirements as people cite them. */
export const labelsOf = (requirements: readonly RequirementId[]): string[] =>
  requirements.map(citationFor);

/** Those that a rule tests, and not only helps, as people cite them. @param links of the rule. */
export function primaryLabelsOf(requirements: readonly RequirementId[], links: Links): string[] {
  const strengths = strengthsOf(links, requirements);
  return labelsOf(requirements.filter((id) => strengths[id] === 'primary'));
}

/** The names of the frameworks that the requirements belong to, each once. */
export const standardsOf = (requirements: readonly RequirementId[]): string[] => [
  ...new Set(requirements.map((id) => placeOf(id).framework.name)),
];
