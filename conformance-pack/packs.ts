import type { FrameworkId } from '../src/frameworks/index.ts';

/** The pack of all frameworks holds every rule; that of one the rules with a primary link to it (belongsTo of the engine). */
export interface Pack {
  readonly name: string;
  readonly frameworks: readonly FrameworkId[];
}

export const packs: readonly Pack[] = [
  { name: 's3-gdpr-hipaa', frameworks: ['gdpr', 'hipaa'] },
  { name: 's3-gdpr', frameworks: ['gdpr'] },
  { name: 's3-hipaa', frameworks: ['hipaa'] },
];
