import { SUBJECT_TYPES } from '../../assessment/not-judged.ts';
import { INVENTORY_TYPES } from '../../sources/configured.ts';

/** Types of the records that something is read of. */
export const NEEDED_TYPES: ReadonlySet<string> = new Set([...SUBJECT_TYPES, ...INVENTORY_TYPES]);
