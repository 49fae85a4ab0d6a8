import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type AnySchemaObject } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rules } from '../../rules/index.ts';
import { frameworks } from '../../src/frameworks/index.ts';
import { run } from './run.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(root + path, 'utf8');

describe('rules', () => {
  it('list names every rule, one a line', async () => {
    const { code, stdout } = await run(['rules', 'list']);
    expect(code).toBe(0);
    const ids = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]);
    expect(ids).toEqual(rules.map(({ id }) => id));
  });

  it('show prints the page of the rule, without the policies that are its examples', async () => {
    const { code, stdout } = await run(['rules', 'show', 's3-tls-only', '--markdown']);
    expect(code).toBe(0);
    const page = read('docs/rules/s3-tls-only.md');
    expect(page).toContain('\n## Examples\n');
    expect(stdout).toBe(page.replace(/## Examples\n.*?(?=## )/s, ''));
  });

  it('show names the rules when there is none of that name', async () => {
    const { code, stderr } = await run(['rules', 'show', 's3-tls']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^There is no rule s3-tls\. Did you mean s3-tls-only\?/);
  });
});

describe('requirements', () => {
  it('prints the pages of the frameworks, or of one', async () => {
    expect((await run(['requirements', 'gdpr', '--markdown'])).stdout).toBe(
      read('docs/requirements/gdpr.md'),
    );
    const both = read('docs/requirements/gdpr.md') + read('docs/requirements/hipaa.md');
    expect((await run(['requirements', '--markdown'])).stdout).toBe(both);
    expect((await run(['requirements', 'pci'])).code).toBe(2);
  });

  it.each(
    frameworks,
  )('of $name are served by a rule or say why not, and never both', (framework) => {
    const served = new Set(rules.flatMap(({ requirements }) => Object.keys(requirements)));
    for (const [id, requirement] of Object.entries(framework.requirements)) {
      const isServed = served.has(`${framework.id} ${id}`);
      const says = 'unserved' in requirement ? 'unserved' : 'served';
      expect(`${id} ${says}`).toBe(`${id} ${isServed ? 'served' : 'unserved'}`);
    }
  });
});

describe('settings', () => {
  const example = `${root}examples/settings.yaml`;

  it('check says that a file is valid, or names each problem by its line', async () => {
    const valid = await run(['settings', 'check', example]);
    expect(valid).toMatchObject({ code: 0, stdout: `${example} is valid, with 3 waivers.\n` });
    const { code, stderr } = await run(['settings', 'check', `${root}package.json`]);
    expect(code).toBe(2);
    expect(stderr).toContain('package.json:2: name is unknown, expected one of trust, ');
  });

  it('schema is a JSON Schema that the example satisfies, without extensions of ajv', async () => {
    const { stdout } = await run(['settings', 'schema']);
    const validate = new Ajv({ strict: true }).compile(JSON.parse(stdout) as AnySchemaObject);
    expect(validate(parse(read('examples/settings.yaml')))).toBe(true);
    expect(validate({ trust: { accounts: [1] } })).toBe(false);
    expect(stdout).not.toContain('$data');
  });
});
