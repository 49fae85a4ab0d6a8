import manifest from '../../package.json' with { type: 'json' };
import { type Release, UNKNOWN } from './release.ts';

/** The release that runs. The build replaces SOURCE_COMMIT by the commit; in a checkout the environment may say it. */
export const release: Release = {
  version: manifest.version,
  commit: process.env['SOURCE_COMMIT'] || UNKNOWN,
};
