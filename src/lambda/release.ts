import { type Release, UNKNOWN } from '../release/release.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What runs, as the template says it in the environment. The bundle does not know its commit, so that it is the same
 * bytes, with the same content hash, from commit to commit.
 */
export const releaseIn = (environment: Environment): Release => ({
  version: environment['RELEASE_VERSION'] ?? UNKNOWN,
  commit: environment['SOURCE_COMMIT'] ?? UNKNOWN,
});

/** The entry of the log with which an environment of a function starts. */
export const startEntry = (environment: Environment) => ({
  ...{ level: 'info', task: 'start', ...releaseIn(environment) },
  contentHash: environment['CONTENT_HASH'] ?? UNKNOWN,
});
