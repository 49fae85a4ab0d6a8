import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { managedRules } from '../conformance-pack/managed-rules.ts';
import { rules } from '../rules/index.ts';
import { areas } from '../src/frameworks/areas.ts';
import { derivedFiles, GENERATED_FOLDERS, registry } from '../src/generate/derived-files.ts';
import { coveragePage } from '../src/pages/coverage-page.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string) => readFileSync(root + path, 'utf8');
const list = (folder: string, ending: string) =>
  readdirSync(root + folder).filter((name) => name.endsWith(ending));

/** Source files that git knows or would add, so that nothing is overlooked and nothing foreign is counted. */
const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
  cwd: root,
})
  .toString()
  .trim()
  .split('\n')
  .filter((path) => existsSync(root + path));

describe('generated files', () => {
  const files = [...derivedFiles(rules)];

  it.each(files)('%s is up to date', (path, text) => {
    const current = existsSync(root + path) ? read(path) : '';
    expect(
      current === text,
      `Out of date: ${path}. Run "npm run generate" and commit the result.`,
    ).toBe(true);
  });

  it('the registry is up to date', async () => {
    const text = await registry(new URL('../', import.meta.url));
    expect(read('rules/index.ts') === text, 'Run "npm run generate" and commit the result.').toBe(
      true,
    );
  });

  it.each(GENERATED_FOLDERS)('nothing is left over in $folder', ({ folder, ending }) => {
    const generated = files.map(([path]) => path);
    const present = list(folder, ending).map((name) => `${folder}/${name}`);
    expect(present.length).toBeGreaterThan(0);
    expect(present.filter((path) => !generated.includes(path))).toEqual([]);
  });
});

describe('rules', () => {
  it('are one for each file, with a test of the same name', () => {
    const names = list('rules', '.ts').filter((name) => name !== 'index.ts');
    expect(names.map((name) => name.replace('.ts', ''))).toEqual(rules.map(({ id }) => id));
    const tests = list('test/rules', '.test.ts').map((name) => name.replace('.test.ts', ''));
    expect(tests.sort()).toEqual(rules.map(({ id }) => id));
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s is well written', (id, rule) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(id.length).toBeLessThanOrEqual(37);
    expect(rule.title.length).toBeLessThanOrEqual(90);
    expect(rule.title).not.toMatch(/\.$|^Ensure|should|must/);
    expect(rule.areas.length).toBeGreaterThan(0);
    for (const text of [rule.rationale, ...rule.limits]) expect(text).toMatch(/^[A-Z].*\.$/s);
    for (const { sentence, fix, caution, verdict } of Object.values(rule.messages)) {
      expect(sentence).toMatch(/\.$/);
      expect(fix !== undefined, sentence).toBe(verdict === 'NON_COMPLIANT');
      for (const text of [fix, caution])
        if (text !== undefined) expect(text).toMatch(/^[A-Z].*\.$/s);
    }
    expect(Object.keys(rule.requirements).length).toBeGreaterThan(0);
    for (const { reason } of Object.values(rule.requirements))
      expect(reason).toMatch(/^[A-Z].*\.$/);
  });
});

describe('the areas of practice', () => {
  it.each(areas)('are answered and bounded: $title', (area) => {
    expect(rules.some((rule) => rule.areas.some((id) => id === area.id))).toBe(true);
    expect(area.unseen.length).toBeGreaterThan(0);
    for (const sentence of [...area.unseen]) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('are the eleven that are to be answered, and forget no managed rule', () => {
    expect(areas.length).toBe(11);
    const unknown = { name: 's3-forgotten', title: 'Forgotten' };
    expect(() => coveragePage(rules, [...managedRules, unknown])).toThrow('s3-forgotten');
    expect(() => coveragePage(rules, managedRules.slice(1))).toThrow('do not carry');
  });
});

describe('budgets', () => {
  const lines = (path: string) => read(path).split('\n').length - 1;

  it('a rule is short', () => {
    const lengths = rules.map(({ id }) => lines(`rules/${id}.ts`)).sort((a, b) => a - b);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(80);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(35);
  });

  it('a source file is at most 200 lines', () => {
    const source = sources.filter((path) => /^(src|infra|conformance-pack)\//.test(path));
    expect(source.length).toBeGreaterThan(40);
    const data = ['src/policy/language/actions.ts'];
    expect(source.filter((path) => lines(path) > 200 && !data.includes(path))).toEqual([]);
  });
});

describe('the gate of layers', () => {
  const refused: readonly (readonly [string, string])[] = [
    ['rules', 'ajv'],
    ['rules', 'node:fs'],
    ['rules', '../src/facets/bucket/recorded/acl.ts'],
    ['rules', './s3-tls-only.ts'],
    ['src/core', 'yaml'],
    ['src/core', 'node:path'],
    ['src/core', '../../rules/index.ts'],
    ['src/core', '../facets/acl.ts'],
    ['src/policy', '../core/text.ts'],
    ['src/frameworks', '../core/text.ts'],
    ['src/services', '../core/text.ts'],
    ['src/facets', '../sources/read.ts'],
    ['src/facets', '@aws-sdk/client-s3'],
    ['src/facets', 'node:fs'],
    ['src/facets', '../services/aws.ts'],
    ['src/sources', '../cli/main.ts'],
    ['src/sources', '@aws-sdk/client-s3'],
    ['src/formats', '../facets/acl.ts'],
    ['src/lambda', '../cli/main.ts'],
    ['src/cli', '../lambda/handler.ts'],
    ['src/cli', 'aws-cdk-lib'],
    ['src/generate', '../../test/describe-rule.ts'],
  ];
  const allowed: readonly (readonly [string, string])[] = [
    ['rules', '../src/engine/rule.ts'],
    ['src/core', '../policy/glob.ts'],
    ['src/services', '@aws-sdk/client-s3'],
    ['src/facets', '../services/services.ts'],
    ['src/lambda', '#settings'],
  ];
  const globals = ['new Date()', 'Date.now()', 'process.env', 'fetch("")', 'console.log(1)'];

  /** The rules of Biome that each of these files breaks, where it stands. */
  function lint(files: Readonly<Record<string, string>>): Map<string, string[]> {
    const place = mkdtempSync(join(tmpdir(), 'layers-'));
    for (const name of ['biome.json', '.gitignore']) copyFileSync(root + name, join(place, name));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(place, path, '..'), { recursive: true });
      writeFileSync(join(place, path), text);
    }
    const biome = `${root}node_modules/.bin/biome`;
    const args = ['lint', '.', '--reporter=json', '--max-diagnostics=none'];
    const { stdout } = spawnSync(biome, args, { cwd: place, encoding: 'utf8' });
    rmSync(place, { recursive: true });
    const broken = new Map<string, string[]>();
    for (const { category, location } of JSON.parse(stdout).diagnostics) {
      broken.set(location.path, [...(broken.get(location.path) ?? []), category]);
    }
    return broken;
  }

  const cases = (pairs: typeof refused, name: string) =>
    pairs.flatMap(([folder, module], index) => [
      [
        `${folder}/${name}-value-${index}.ts`,
        `import { x } from '${module}';\nexport const y = x;\n`,
      ],
      [
        `${folder}/${name}-type-${index}.ts`,
        `import type { X } from '${module}';\nexport type Y = X;\n`,
      ],
    ]);
  const broken = lint(
    Object.fromEntries([
      ...cases(refused, 'bad'),
      ...cases(allowed, 'good'),
      ...globals.map((use, index) => [`src/core/global-${index}.ts`, `export const y = ${use};\n`]),
    ]),
  );

  it.each(
    refused.map((pair, index) => [...pair, index] as const),
  )('refuses in %s an import of %s, of values and of types', (folder, _module, index) => {
    for (const kind of ['value', 'type']) {
      expect(broken.get(`${folder}/bad-${kind}-${index}.ts`)).toContain(
        'lint/style/noRestrictedImports',
      );
    }
  });

  it.each(
    allowed.map((pair, index) => [...pair, index] as const),
  )('allows in %s an import of %s', (folder, _module, index) => {
    for (const kind of ['value', 'type']) {
      expect(broken.get(`${folder}/good-${kind}-${index}.ts`) ?? []).toEqual([]);
    }
  });

  it.each(
    globals.map((use, index) => [use, index] as const),
  )('keeps %s out of the core', (_use, index) => {
    expect(broken.get(`src/core/global-${index}.ts`)).toContain('lint/style/noRestrictedGlobals');
  });
});
