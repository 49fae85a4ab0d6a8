import { expect, it } from 'vitest';
import { Copy } from './copy.ts';

const succeeds = ({ status, output }: ReturnType<Copy['run']>) => expect(status, output).toBe(0);

it('a rule is one file and one test: new-rule, generate and npm test pass untouched', () => {
  const copy = new Copy();
  succeeds(copy.run('npm', 'run', 'new-rule', '--', 's3-grown-rule'));
  succeeds(copy.run('npm', 'run', 'generate'));
  succeeds(copy.run('npm', 'test'));
  expect(copy.read('docs/rules/s3-grown-rule.md')).toContain('Versioning is enabled.');
  for (const pack of ['s3-gdpr', 's3-hipaa', 's3-gdpr-hipaa']) {
    expect(copy.read(`conformance-pack/${pack}.yaml`)).not.toContain('s3-grown-rule');
  }
});

it('the compiler refuses a reason that is still to be written', () => {
  const copy = new Copy();
  succeeds(copy.run('npm', 'run', 'new-rule', '--', 's3-grown-rule'));
  const rule = copy.read('rules/s3-grown-rule.ts');
  copy.write(
    'rules/s3-grown-rule.ts',
    rule
      .replace("// 'gdpr 32(1)(b)'", "'gdpr 32(1)(b)'")
      .replace('fail, pass, say', 'fail, pass, say, supporting'),
  );
  const { status, output } = copy.run('tsc');
  expect(status, output).not.toBe(0);
  expect(output).toContain('rules/s3-grown-rule.ts');
});

it('a generate that fails writes nothing', () => {
  const copy = new Copy();
  copy.write('rules/s3-broken.ts', "throw new Error('Broken on purpose.');\nexport default {};\n");
  const before = copy.state();
  const { status, output } = copy.run('npm', 'run', 'generate');
  expect(status).not.toBe(0);
  expect(output).toContain('Broken on purpose.');
  expect(copy.state()).toEqual(before);
});

it('a recorded facet is three files by hand', () => {
  const copy = new Copy();
  copy.write(
    'src/facets/bucket/recorded/acceleration.ts',
    `import { object, optionalText } from '../../../values/json.ts';
import { recorded } from '../../facet.ts';

const KEY = 'BucketAccelerateConfiguration';

/** Enabled or Suspended; null when it never was. */
export const acceleration = recorded<string | null>(KEY, (value) =>
  value === undefined || value === null ? null : optionalText(object(value, KEY)['status'], KEY),
);
`,
  );
  copy.insert(
    'src/facts/bucket.ts',
    '  readonly versioning:',
    '  readonly acceleration: string | null;\n',
  );
  copy.insert(
    'test/facets/agreement.test.ts',
    "  versioning: { status: 'Enabled'",
    '  acceleration: null,\n',
  );
  succeeds(copy.run('npm', 'run', 'generate'));
  succeeds(copy.run('tsc'));
  succeeds(copy.run('vitest', 'run', 'test/facets/agreement.test.ts', 'test/house'));
});

it('a format is one file and one line', () => {
  const copy = new Copy();
  copy.write(
    'src/formats/names.ts',
    `import type { Format } from './format.ts';

/** The name of each subject that fails, one a line. */
export const names: Format = {
  open: (write) => ({
    add: ({ state, subject }) => write(state === 'FAIL' ? \`\${subject.name}\\n\` : ''),
    end: async () => {},
  }),
};
`,
  );
  const index = 'src/formats/index.ts';
  copy.write(
    index,
    copy
      .read(index)
      .replace("import { ocsfOf } from './ocsf.ts';", "import { names } from './names.ts';\n$&")
      .replace('  ocsf: inLines', '  names,\n$&'),
  );
  succeeds(copy.run('tsc'));
  succeeds(copy.run('biome', 'ci', 'src/formats'));
  const cli = 'src/cli/bin.ts';
  expect(copy.run('tsx', cli, 'evaluate', '--help').output).toContain('"names"');
  const found = copy.run(
    'tsx',
    cli,
    'evaluate',
    'examples/organization',
    '--format',
    'names',
    '--fail-on',
    'never',
  );
  expect(found.output).toContain('examplehealth-');
});

it('a kind of subject is one row, its facets and nothing else', () => {
  const copy = new Copy();
  copy.insert(
    'src/records/kinds.ts',
    '  /** Where identity policies are written',
    `  trail: {
    types: { 'AWS::CloudTrail::Trail': null },
    noun: 'the trail',
    label: 'trail',
    isGlobal: false,
    isRecorded: true,
    changesWithRecord: true,
    example: {
      ...{ type: 'AWS::CloudTrail::Trail', id: 'example-trail', name: 'example-trail' },
      arn: 'arn:aws:cloudtrail:eu-central-1:123456789012:trail/example-trail',
      ...{ account: ACCOUNT, region: 'eu-central-1' },
    },
  },
`,
  );
  copy.insert('src/facts/index.ts', '  readonly iamPolicy:', '  readonly trail: Timed;\n');
  succeeds(copy.run('npm', 'run', 'generate'));
  succeeds(copy.run('tsc'));
  succeeds(copy.run('vitest', 'run', 'test/house', 'test/assessment'));
});

it('a framework is one file and one line', () => {
  const copy = new Copy();
  copy.write(
    'src/frameworks/example-law.ts',
    `import type { Framework } from './framework.ts';

export const exampleLaw = {
  id: 'example-law',
  name: 'Example Law',
  citation: 'Example Law of 2026',
  url: 'https://example.com/law',
  requirements: { '1': { title: 'Logs', text: 'keep logs', unserved: 'Organizational: an example' } },
} as const satisfies Framework;
`,
  );
  const index = 'src/frameworks/index.ts';
  copy.write(
    index,
    copy
      .read(index)
      .replace('import { gdpr }', "import { exampleLaw } from './example-law.ts';\n$&")
      .replace('[gdpr, hipaa]', '[gdpr, hipaa, exampleLaw]'),
  );
  succeeds(copy.run('npm', 'run', 'generate'));
  succeeds(copy.run('tsc'));
  expect(copy.read('docs/requirements/example-law.md')).toContain('# Example Law');
  const printed = (...options: string[]) =>
    copy.run('tsx', 'src/cli/bin.ts', 'requirements', 'example-law', ...options).output;
  expect(printed('--markdown')).toContain('# Example Law');
  expect(printed()).toMatch(/^Example Law\n/m);
  const help = copy.run('tsx', 'src/cli/bin.ts', 'evaluate', '--help').output;
  expect(help.replace(/\s+/g, ' ')).toContain('gdpr or hipaa or example-law');
});
