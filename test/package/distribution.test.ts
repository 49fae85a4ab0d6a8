import { execFileSync, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { SETTINGS_NAMES } from '../../src/settings-file/discover.ts';
import { exists, read, root } from '../house/tree.ts';

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly shell: string;
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default?: string }>
  >;
  readonly outputs: Readonly<
    Record<string, { readonly description: string; readonly value: string }>
  >;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

describe('the action for GitHub', () => {
  const action: Action = parse(read('action.yml'));
  const { steps } = action.runs;
  const evaluate = steps.find(({ id }) => id === 'evaluate') as Step;
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'action-'));
    mkdirSync(join(folder, 'dist'));
    // In place of the command line: writes down what it is called with, and what it is asked to.
    writeFileSync(
      join(folder, 'dist', 's3-config-rules.js'),
      `const { writeFileSync: write } = require('node:fs');
      const args = process.argv.slice(2);
      write('called.json', JSON.stringify(args));
      const code = Number(process.env.CODE);
      if (code !== 2) for (const arg of args) if (/^(sarif|markdown)=/.test(arg)) write(arg.replace(/^.*?=/, ''), 'S'.repeat(Number(process.env.SIZE)));
      process.exit(code);`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs the step as GitHub does: its inputs in the environment, in bash that ends at the first error. */
  function ran(inputs: Readonly<Record<string, string>>, code = 0, size = 10) {
    const work = mkdtempSync(join(folder, 'work-'));
    const given: Record<string, string> = {};
    for (const [name, value] of Object.entries(evaluate.env ?? {})) {
      const [, input = ''] = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(value) ?? [];
      given[name] = inputs[input] ?? action.inputs[input]?.default ?? '';
    }
    writeFileSync(join(work, 'step.sh'), evaluate.run);
    writeFileSync(join(work, 's3-config-rules.sarif'), 'of an earlier step');
    execFileSync('touch', ['-d', '2020-01-01', join(work, 's3-config-rules.sarif')]);
    const files = { GITHUB_OUTPUT: join(work, 'output'), GITHUB_STEP_SUMMARY: join(work, 'page') };
    const { status, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', 'step.sh'],
      {
        cwd: work,
        encoding: 'utf8',
        env: {
          ...{ PATH: process.env['PATH'], GITHUB_ACTION_PATH: folder, ...files, ...given },
          ...{ CODE: `${code}`, SIZE: `${size}` },
        },
      },
    );
    const text = (name: string) =>
      existsSync(join(work, name)) ? readFileSync(join(work, name), 'utf8') : '';
    return {
      ...{ status, stderr, page: text('page'), sarif: text('s3-config-rules.sarif') },
      output: text('output'),
      args: JSON.parse(text('called.json')) as string[],
    };
  }

  it('says of itself what GitHub requires of a composite action', () => {
    // GitHub Docs, "Metadata syntax for GitHub Actions".
    expect(action).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    expect(action.runs.using).toBe('composite');
    for (const step of steps)
      expect(step).toMatchObject({ shell: 'bash', run: expect.any(String) });
    for (const { description } of Object.values({ ...action.inputs, ...action.outputs }))
      expect(description.length).toBeGreaterThan(10);
    const values = Object.values(action.outputs).map(({ value }) => value);
    for (const value of values) expect(value).toMatch(/^\$\{\{ steps\.evaluate\.outputs\./);
    // A value of a workflow that stands in a script is run as a part of it.
    for (const { run } of steps) expect(run).not.toContain('${{');
    const read = Object.values(evaluate.env ?? {}).join();
    for (const input of Object.keys(action.inputs)) expect(read).toContain(`inputs.${input} }}`);
    for (const [, file = ''] of steps[0]?.run.matchAll(/(\S+\.ts)/g) ?? [])
      expect(exists(file), file).toBe(true);
  });

  it('hands each line on as one argument, whatever is in it', () => {
    const source = 'a b.json\n\n$(touch injected) "; exit 0; #\n';
    const args = '--rules\ns3-tls-only,s3-acl-*';
    const {
      status,
      args: called,
      page,
      output,
      sarif,
    } = ran({ source, args, settings: 'our s.yaml' });
    expect(called.slice(0, 3)).toEqual(['evaluate', 'a b.json', '$(touch injected) "; exit 0; #']);
    expect(called).toEqual(
      expect.arrayContaining(['--fail-on', 'low', '--settings', 'our s.yaml']),
    );
    expect(called.slice(-2)).toEqual(['--rules', 's3-tls-only,s3-acl-*']);
    expect([status, page, sarif]).toEqual([0, 'SSSSSSSSSS', 'SSSSSSSSSS']);
    expect(output).toBe('exit-code=0\nsarif=s3-config-rules.sarif\n');
  });

  it('ends as the command line does, and shows what was found', () => {
    const { status, page, output } = ran({ source: 'x' }, 4);
    expect([status, page.length, output]).toEqual([
      4,
      10,
      expect.stringContaining('exit-code=4\n'),
    ]);
    const wrong = ran({ source: 'x' }, 2);
    expect(wrong).toMatchObject({ status: 2, page: '', output: 'exit-code=2\n' });
    expect(wrong.sarif).toBe('of an earlier step');
    const long = ran({ source: 'x', sarif: '', baseline: 'b.json' }, 1, 1_100_000);
    expect(long).toMatchObject({ status: 1, output: 'exit-code=1\n' });
    expect(long.page).toMatch(/too many for this page/);
    expect(long.args).toEqual(expect.arrayContaining(['--baseline', 'b.json']));
    expect(long.args.join()).not.toContain('sarif');
    expect(ran({ source: 'x', summary: 'false' }).args.join()).not.toContain('markdown');
  });
});

it('the hook for pre-commit calls a command that there is, on the files that evaluate finds', () => {
  const [hook, ...others] = parse(read('.pre-commit-hooks.yaml'));
  expect(others).toEqual([]);
  expect(hook).toMatchObject({ language: 'script', require_serial: true });
  const [script = '', ...command] = hook.entry.split(' ');
  accessSync(join(root, script), constants.X_OK);
  expect(command.join(' ')).toBe('settings check');
  for (const name of SETTINGS_NAMES) expect(`a/${name}`).toMatch(new RegExp(hook.files));
  expect('a/not-s3-config-rules.yaml').not.toMatch(new RegExp(hook.files));
});

describe('the container', () => {
  const steps = read('Containerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', '')
    .split('\n')
    .filter(Boolean)
    .map((line) => /^([A-Z]+) (.*)$/.exec(line)?.slice(1) as [string, string]);
  const last = steps.slice(steps.findLastIndex(([word]) => word === 'FROM'));
  const of = (word: string) => last.filter(([each]) => each === word).map(([, rest]) => rest);

  it('is made of known steps, from images that are named with a tag, and runs as no root', () => {
    const known = ['FROM', 'ARG', 'WORKDIR', 'COPY', 'RUN', 'USER', 'ENTRYPOINT', 'CMD'];
    for (const [word] of steps) expect(known).toContain(word);
    for (const [word, rest] of steps) if (word === 'FROM') expect(rest).toMatch(/^node:\d+-\S+/);
    expect(of('USER').join()).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(
      [of('ENTRYPOINT'), of('CMD')].map(([form]) => Array.isArray(JSON.parse(form ?? ''))),
    ).toEqual([true, true]);
    expect(of('ENTRYPOINT').join()).toContain(`/app/${manifest.bin['s3-config-rules']}`);
  });

  it('takes in no files that are made or secret', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', 'node_modules', 'dist']));
  });
});

it('nothing runs when the package is installed, and few packages come with it', () => {
  expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(15);
  const scripts = Object.keys(manifest.scripts);
  expect(scripts.filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
});
