#!/usr/bin/env node
// The command line as a hook of pre-commit, which keeps a clone of this repository for each version. Nothing is built in a clone, so
// the first call installs what the lockfile names, without running any script of it, and builds; later calls find that done.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const built = `${root}dist/s3-config-rules.js`;

/** Its output is only shown when it fails. */
function ran(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
  });
  if (status === 0) return true;
  process.stderr.write(
    `${[command, ...args].join(' ')} failed.\n${error ?? ''}${stdout}${stderr}\n`,
  );
  return false;
}

const isThere =
  existsSync(built) ||
  (ran('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']) &&
    ran(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'src/generate/launch/build-cli.ts']));
if (isThere) {
  process.argv[1] = built;
  await import(pathToFileURL(built).href);
} else process.exitCode = 3;
