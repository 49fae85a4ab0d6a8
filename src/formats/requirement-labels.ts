import { frameworks, type RequirementId } from '../frameworks/index.ts';

/** "GDPR 32(1)(a)", "HIPAA Security Rule 164.312(b)": requirements as people cite them. */
export const labelsOf = (requirements: readonly RequirementId[]): string[] =>
  requirements.map((id) => {
    const at = id.indexOf(' ');
    return `${nameOf(id.slice(0, at))} ${id.slice(at + 1)}`;
  });

/** The names of the frameworks that the requirements belong to, each once. */
export const standardsOf = (requirements: readonly RequirementId[]): string[] => [
  ...new Set(requirements.map((id) => nameOf(id.slice(0, id.indexOf(' '))))),
];

function nameOf(id: string): string {
  const framework = frameworks.find((each) => each.id === id);
  if (framework === undefined) throw new Error(`There is no framework ${id}.`);
  return framework.name;
}
