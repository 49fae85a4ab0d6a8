import { citationFor, placeOf, type RequirementId } from '../frameworks/index.ts';

/** "GDPR 32(1)(a)", "HIPAA Security Rule 164.312(b)": requirements as people cite them. */
export const labelsOf = (requirements: readonly RequirementId[]): string[] =>
  requirements.map(citationFor);

/** The names of the frameworks that the requirements belong to, each once. */
export const standardsOf = (requirements: readonly RequirementId[]): string[] => [
  ...new Set(requirements.map((id) => placeOf(id).framework.name)),
];
