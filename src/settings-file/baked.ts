import { emptySettings } from '../settings/settings.ts';

/** The settings a function runs with. The build puts the settings of the organization in the place of this module. */
export const settings = emptySettings;
