// Builds the command line after `npm ci` in a checkout, and where npm, or pre-commit, installs the package from git: what is packed
// is built already. Without the tools of development there is nothing to build with, and nothing that must be built.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('build-cli.ts', import.meta.url));
let tsx;
try {
  tsx = createRequire(import.meta.url).resolve('tsx/cli');
} catch {
  process.exit(0);
}
// Standard output belongs to npm: "npm pack" writes the name of the file there.
process.exitCode =
  spawnSync(process.execPath, [tsx, script], { stdio: ['ignore', 2, 2] }).status ?? 1;
