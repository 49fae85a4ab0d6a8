import { citationOf, type Framework } from './framework.ts';
import { gdpr } from './gdpr.ts';
import { hipaa } from './hipaa.ts';

export const frameworks = [gdpr, hipaa] as const;

export type FrameworkId = (typeof frameworks)[number]['id'];

type IdsOf<F> = F extends { id: infer I extends string; requirements: infer R }
  ? `${I} ${keyof R & string}`
  : never;

/** "gdpr 32(1)(a)", "hipaa 164.312(b)" …: framework and requirement, checked by the compiler wherever a rule cites one. */
export type RequirementId = IdsOf<(typeof frameworks)[number]>;

/** The framework of a requirement, and the id of the requirement within it. @throws Error when there is no such framework. */
export function placeOf(id: string): {
  readonly framework: Framework;
  readonly requirement: string;
} {
  const at = id.indexOf(' ');
  const framework = frameworks.find((each) => each.id === id.slice(0, at));
  if (framework === undefined) throw new Error(`There is no framework ${id.slice(0, at)}.`);
  return { framework, requirement: id.slice(at + 1) };
}

/** "gdpr 32(1)(a)" as people cite it: "GDPR 32(1)(a)". @throws Error when there is no such framework. */
export function citationFor(id: string): string {
  const { framework, requirement } = placeOf(id);
  return citationOf(framework, requirement);
}
