import { wrong } from '../../../values/json.ts';
import { recorded } from '../../facet.ts';

const KEY = 'IsRequesterPaysEnabled';

/** A boolean in snapshots, and its text in items that the rule development kit keeps. */
export const requesterPays = recorded<boolean>(KEY, (value) => {
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw wrong(KEY, 'true or false', value);
});
