import { gdpr } from './gdpr.ts';
import { hipaa } from './hipaa.ts';

export const frameworks = [gdpr, hipaa] as const;

export type FrameworkId = (typeof frameworks)[number]['id'];

type IdsOf<F> = F extends { id: infer I extends string; requirements: infer R }
  ? `${I} ${keyof R & string}`
  : never;

/** "gdpr 32(1)(a)", "hipaa 164.312(b)" …: framework and requirement, checked by the compiler wherever a rule cites one. */
export type RequirementId = IdsOf<(typeof frameworks)[number]>;
