import { rules } from '../../rules/index.ts';
import { packOf } from '../assessment/pack-of.ts';

/** What rules may know of all rules. A function that holds only some of them carries this instead of the others. */
export const pack = packOf(rules);
