import { rules } from '../rules/index.ts';

/** The rules that packs hold: all but drafts. */
export const packRules = rules.filter(({ draft }) => draft !== true);
