import type { FrameworkId } from '../src/frameworks/index.ts';

/** A pack holds every rule that serves one of its frameworks. */
export interface Pack {
  readonly name: string;
  readonly frameworks: readonly FrameworkId[];
}

export const packs: readonly Pack[] = [
  { name: 's3-gdpr-hipaa', frameworks: ['gdpr', 'hipaa'] },
  { name: 's3-gdpr', frameworks: ['gdpr'] },
  { name: 's3-hipaa', frameworks: ['hipaa'] },
];
