// Runs the command line of this checkout as it is packed: `npm run s3-config-rules`. It builds what is missing or older than its
// sources first, which takes seconds; to run the sources as they are takes a second more at every call.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const built = `${root}dist/s3-config-rules.js`;

/** When a file of this folder was changed last, in milliseconds. */
function changedIn(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    const at = entry.isDirectory() ? changedIn(path) : statSync(path).mtimeMs;
    if (at > latest) latest = at;
  }
  return latest;
}

function isCurrent() {
  const at = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ['src', 'rules', 'conformance-pack', 'dashboard'].map((each) => root + each);
  return (
    at > statSync(`${root}package.json`).mtimeMs && sources.every((each) => changedIn(each) < at)
  );
}

const tsx = () => createRequire(import.meta.url).resolve('tsx/cli');
const run = (script, args, stdio) =>
  spawnSync(process.execPath, [tsx(), `${root}${script}`, ...args], { stdio });

if (
  isCurrent() ||
  run('src/generate/launch/build-cli.ts', [], ['ignore', 'ignore', 'inherit']).status === 0
) {
  process.argv[1] = built;
  await import(pathToFileURL(built).href);
} else {
  // Where nothing can be written, the sources run as they are.
  process.exitCode = run('src/cli/bin.ts', process.argv.slice(2), 'inherit').status ?? 1;
}
