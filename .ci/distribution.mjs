#!/usr/bin/env node
// Runs what others run of a clean clone, without GitHub and without a container engine: the steps of action.yml, and the commands of
// the Containerfile in folders of their own. Usage: .ci/distribution CLONE
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';

const clone = resolve(process.argv[2] ?? '.');
const { parse } = createRequire(import.meta.url)('yaml');
const work = mkdtempSync(join(tmpdir(), 'distribution-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

function run(command, { cwd, env = {}, expected = 0 }) {
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', command];
  const stdio = ['ignore', 'pipe', 'inherit'];
  const { status, stdout } = spawnSync('bash', args, {
    cwd,
    stdio,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status === expected) return stdout;
  process.stderr.write(`${status} instead of ${expected} from: ${command}\n`);
  process.exit(1);
}

const example = [
  join(clone, 'examples/organization'),
  '--settings',
  join(clone, 'examples/settings.yaml'),
];
const at = ['--now', '2026-11-02T12:00:00Z'];

// The action, with the example organization as its source.
const { inputs, runs } = parse(readFileSync(join(clone, 'action.yml'), 'utf8'));
const given = {
  source: example[0],
  settings: example[2],
  args: at.join('\n'),
  sarif: join(work, 'found.sarif'),
};
const github = {
  GITHUB_ACTION_PATH: clone,
  GITHUB_OUTPUT: join(work, 'output'),
  GITHUB_STEP_SUMMARY: join(work, 'page'),
};
for (const { id, run: script, env = {} } of runs.steps) {
  const values = Object.entries(env).map(([name, value]) => {
    const [, input] = /inputs\.([a-z-]+)/.exec(value);
    return [name, given[input] ?? inputs[input].default];
  });
  run(script, {
    cwd: work,
    env: { ...github, ...Object.fromEntries(values) },
    expected: id === 'evaluate' ? 1 : 0,
  });
}
const {
  runs: [{ results }],
} = JSON.parse(readFileSync(given.sarif, 'utf8'));
if (
  results.length < 300 ||
  !readFileSync(github.GITHUB_STEP_SUMMARY, 'utf8').includes('# S3 compliance')
) {
  process.stderr.write('The action wrote no findings.\n');
  process.exit(1);
}

// The container: each COPY and RUN of its first stage, and its entry point as its last stage starts it.
const app = join(work, 'app');
const build = join(work, 'build');
const moved = (text) =>
  text.replaceAll(
    /(^|\s|>|")\/(app|build)\b/g,
    (_, before, name) => `${before}${join(work, name)}`,
  );
const lines = readFileSync(join(clone, 'Containerfile'), 'utf8')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll('\\\n', '')
  .split('\n');
run(`mkdir "${build}" && git -C "${clone}" archive HEAD | tar -x -C "${build}"`, { cwd: work });
const env = { SOURCE_COMMIT: 'a'.repeat(40) };
for (const line of lines)
  if (line.startsWith('RUN ')) run(moved(line.slice(4)), { cwd: build, env });
const [, entry] = lines.map((line) => /^ENTRYPOINT (.*)$/.exec(line)).find(Boolean);
const [program, ...first] = JSON.parse(entry).map(moved);
const call = (...args) =>
  spawnSync(program, [...first, ...args], { cwd: work, encoding: 'utf8', maxBuffer: 2 ** 30 });
rmSync(build, { recursive: true });
const judged = call('evaluate', ...example, ...at, '--format', 'ndjson');
const asked = call(
  'collect',
  'account',
  '--output',
  join(work, 'collected'),
  '--region',
  'eu-central-1',
  '--endpoint-url',
  'http://127.0.0.1:9',
);
if (
  judged.status !== 1 ||
  judged.stdout.split('\n').length < 300 ||
  !judged.stdout.includes('a'.repeat(40)) ||
  !/could not be asked|credentials/.test(asked.stderr)
) {
  process.stderr.write(`${judged.status}\n${judged.stderr}\n${asked.stderr}\n`);
  process.exit(1);
}
process.stdout.write(
  `${results.length} results from the action; the program of the container is in ${app.replace(work, '')}.\n`,
);
