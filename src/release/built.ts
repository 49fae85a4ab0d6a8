import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Release, UNKNOWN } from './release.ts';
import { release } from './running.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** This release with the commit that it is built from: SOURCE_COMMIT, otherwise what git says of this folder. */
export function builtRelease(environment: NodeJS.ProcessEnv = process.env): Release {
  return { ...release, commit: environment['SOURCE_COMMIT'] || commitOf(root) };
}

/** The commit of the checkout in a folder. Without git, or outside a checkout, it is not known. */
export function commitOf(folder: string): string {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    const commit = git('rev-parse', 'HEAD');
    return git('status', '--porcelain', '--untracked-files=no') === '' ? commit : `${commit}-dirty`;
  } catch {
    return UNKNOWN;
  }
}
