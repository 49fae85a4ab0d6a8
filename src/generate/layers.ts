/** One folder of the code, what may stand in it, and what that may import. */
export interface Room {
  readonly path: string;
  /** What may stand there, in one sentence. */
  readonly holds: string;
  /** How many levels of folders it has below itself; none unless it says so. */
  readonly depth?: number;
  /** The rooms and files that it may import, besides itself. */
  readonly uses?: readonly string[];
  /** The packages that it may import, as patterns. */
  readonly packages?: readonly string[];
  /** It has no clock, no process, no network and no console: the same input gives the same output. */
  readonly isPure?: true;
}

const ENGINE = ['src/values', 'src/records', 'src/settings', 'src/facts', 'src/engine'];
const FACETS = [...ENGINE, 'src/policy', 'src/services', 'src/facets'];
const SOURCES = [...FACETS, 'src/sources', 'src/assessment'];
const REGISTRY = ['rules/index.ts'];
const OUTPUTS = [
  ...['conformance-pack', 'src/frameworks', 'src/settings-file', 'src/formats', 'src/remedies', 'src/explanation', 'src/comparison'],
  ...['src/results', 'src/security-hub', 'src/pages'],
];
const PLAN = ['src/settings-file/deployment/deployment.ts', 'rules', 'conformance-pack'];
const NODE = ['node:*', 'node:*/*'];

/**
 * The house, from the ground up: record, fact, rule, finding, report. A room imports only rooms that stand above it in this
 * list, and only those that it names. The lint configuration and the map in docs/architecture.md are generated from here.
 */
export const rooms: readonly Room[] = [
  {
    path: 'dashboard',
    depth: 1,
    holds: 'The page of the dashboard, as a browser runs it. It knows nothing of the rest of the code.',
    packages: ['preact', 'preact/**', '@preact/signals'],
  },
  {
    path: 'src/values',
    holds: 'Text, times, JSON and Regions that come from strangers, made safe to use.',
    packages: ['node:crypto'],
  },
  {
    path: 'src/policy',
    depth: 1,
    holds: 'The analysis of IAM policies: what they say, which requests are possible, and what is true of them.',
    isPure: true,
  },
  {
    path: 'src/release',
    holds: 'Which release this is: its version and its commit, as it runs and as it is built.',
    uses: ['package.json'],
    packages: ['node:child_process', 'node:url'],
  },
  {
    path: 'src/frameworks',
    holds: 'The texts of GDPR and HIPAA and the areas of practice, as data.',
    isPure: true,
  },
  {
    path: 'src/records',
    holds: 'A resource as AWS Config records it, in one shape, and the table of the kinds of subjects.',
    uses: ['src/values'],
  },
  {
    path: 'src/settings',
    holds: 'What an organization decides, as types: trust, keys, waivers, reviews, parameters.',
    uses: ['src/policy', 'src/records'],
    isPure: true,
  },
  {
    path: 'src/facts',
    holds: 'What can be known of each kind of subject, as types, and which services of AWS deliver logs.',
    uses: ['src/policy', 'src/records'],
    isPure: true,
  },
  {
    path: 'src/engine',
    depth: 1,
    holds: 'The machine: rule, message, parameter, subject, finding, evaluation. It knows nothing of S3.',
    uses: ['src/values', 'src/frameworks', 'src/records', 'src/settings', 'src/facts'],
    isPure: true,
  },
  {
    path: 'src/services',
    holds: 'The AWS APIs: one typed table of operations, and one door to the SDK.',
    uses: ['src/values'],
    packages: ['@aws-sdk/**'],
  },
  {
    path: 'src/facets',
    depth: 2,
    holds: 'How each fact is read, from records and from answers of services: one file for each facet, by kind of subject.',
    uses: FACETS,
    packages: ['node:crypto'],
  },
  {
    path: 'src/knowledge',
    depth: 1,
    holds: 'What several rules need to know of S3, without verdicts: questions about facts, and their answers.',
    uses: [...ENGINE, 'src/policy'],
    isPure: true,
  },
  {
    path: 'rules',
    holds: 'The rules, one control in each file: words first, the decision last.',
    uses: [...ENGINE, 'src/policy', 'src/knowledge'],
    isPure: true,
  },
  {
    path: 'src/sources',
    depth: 1,
    holds: 'Where records come from: files, the API of AWS Config, and a live account.',
    uses: FACETS,
    packages: ['@aws-sdk/client-config-service', '@aws-sdk/client-s3', 'fzstd', ...NODE],
  },
  {
    path: 'src/assessment',
    holds: 'The one composition: source, rules and settings in, findings out.',
    uses: SOURCES,
  },
  {
    path: 'conformance-pack',
    holds: 'Which packs exist, and the rules of AWS that they carry; their templates are generated.',
    uses: ['src/frameworks', 'src/engine'],
  },
  {
    path: 'src/settings-file',
    depth: 1,
    holds: 'Settings and deployment as files: YAML and schemas in, checked values or located problems out.',
    uses: [...ENGINE, ...REGISTRY, 'src/frameworks', 'conformance-pack/packs.ts'],
    packages: ['node:crypto', 'ajv', 'ajv/**', 'fastest-levenshtein', 'yaml', 'node:fs/promises', 'node:module', 'node:path'],
  },
  {
    path: 'src/formats',
    depth: 1,
    holds: 'How a finding is written: one file for each format, one line in the registry.',
    uses: [...ENGINE, 'src/release', 'src/frameworks'],
    packages: ['node:crypto'],
  },
  {
    path: 'src/remedies',
    depth: 1,
    holds: 'The change that fixes a finding, where one can be computed, and how it is written to be pasted.',
    uses: ENGINE,
    packages: ['yaml'],
    isPure: true,
  },
  {
    path: 'src/explanation',
    holds: 'One finding explained: the changes that fix it, judged again, and what is said next to them.',
    uses: [...SOURCES, 'src/remedies'],
  },
  {
    path: 'src/comparison',
    holds: 'What differs between two sets of findings: what is new, fixed, changed or gone.',
    uses: ENGINE,
    packages: NODE,
  },
  {
    path: 'src/results',
    depth: 1,
    holds: 'The results data set: what was judged, by what, from what and when, as tables that are written and read.',
    uses: [...SOURCES, 'src/release', 'src/frameworks'],
    packages: ['fflate', ...NODE],
  },
  {
    path: 'src/evidence',
    depth: 1,
    holds: 'Evidence for auditors: what a bundle holds, its pages and OSCAL documents, and how it is signed, verified and judged again.',
    uses: ['src/values', 'src/records', 'src/settings', 'src/engine', 'src/frameworks', 'src/results'],
    packages: ['@aws-sdk/client-kms', '@aws-sdk/client-s3', ...NODE],
  },
  {
    path: 'src/dashboard',
    depth: 1,
    holds: 'From one run of the results data set to the files of the dashboard: index, judgements, details, evidence, page.',
    uses: [
      ...SOURCES,
      ...['src/frameworks', 'src/explanation', 'src/results'],
      ...['dashboard/data/shape.ts', 'dashboard/data/summary.ts', 'dashboard/data/tables.ts'],
    ],
    packages: ['esbuild', '@aws-sdk/client-s3', ...NODE],
  },
  {
    path: 'src/security-hub',
    depth: 1,
    holds: 'What keeps Security Hub in step with the results of AWS Config.',
    uses: [...SOURCES, 'src/release', 'src/formats'],
    packages: ['@aws-sdk/client-config-service', '@aws-sdk/client-securityhub'],
  },
  {
    path: 'src/pages',
    holds: 'How a rule, a requirement and a cost become a page of the documentation.',
    uses: [...ENGINE, 'src/policy', 'src/facets', 'src/frameworks', 'conformance-pack'],
    packages: NODE,
  },
  {
    path: 'src/doctor',
    depth: 1,
    holds: 'What must be true in AWS before a roll-out: reads AWS, judges what it found, prints nothing.',
    uses: [...SOURCES, 'src/knowledge', ...PLAN],
    packages: ['@aws-sdk/**', 'node:http', 'node:https'],
  },
  {
    path: 'src/doctor/judge',
    holds: 'Turns facts into diagnoses. This part of the doctor makes no requests.',
    uses: [
      'src/doctor/diagnosis.ts',
      'src/doctor/facts.ts',
      'src/doctor/members.ts',
      'src/doctor/reach/coverage.ts',
      'src/doctor/reach/names.ts',
      ...ENGINE,
      'src/knowledge',
      ...PLAN,
    ],
  },
  {
    path: 'src/lambda',
    depth: 1,
    holds: 'The functions: how AWS Config, EventBridge and a queue call the code, and how it answers.',
    uses: [
      ...SOURCES,
      ...REGISTRY,
      'src/release',
      'src/formats',
      'src/results',
      'src/dashboard',
      'src/security-hub',
      'src/settings-file',
      'src/doctor',
    ],
    packages: ['@aws-sdk/**', '#*', 'jose', ...NODE],
  },
  {
    path: 'src/cli',
    depth: 1,
    holds: 'The command line: options, progress, output and exit codes. It decides nothing.',
    uses: [
      ...SOURCES,
      ...REGISTRY,
      'src/release',
      'src/frameworks',
      'src/settings-file',
      'src/formats',
      'src/comparison',
      'src/remedies',
      'src/explanation',
      'src/results',
      'src/evidence',
      'src/dashboard',
      'src/security-hub',
      'src/pages',
      'src/doctor',
    ],
    packages: ['commander', '#page', ...NODE],
  },
  {
    path: 'src/embed',
    holds: 'The entry of the package: what a program that embeds the rules may import.',
    uses: [...SOURCES, ...REGISTRY, 'src/settings-file'],
  },
  {
    path: 'examples/make',
    depth: 1,
    holds: 'The program that writes the example organization.',
    uses: [...FACETS, ...REGISTRY, 'src/knowledge'],
    packages: NODE,
  },
  {
    path: 'src/generate',
    depth: 1,
    holds: 'What is derived: registry, packs, pages, lint configuration, bundles, and the start of a new rule.',
    uses: [
      ...SOURCES,
      ...OUTPUTS,
      'src/knowledge',
      'src/doctor',
      'src/lambda',
      'src/cli',
      'src/dashboard',
      'src/release',
      'rules',
      'examples/make',
    ],
    packages: ['acorn', 'ajv', 'ajv/**', 'commander', 'esbuild', 'yaml', ...NODE],
  },
  {
    path: 'infra',
    depth: 1,
    holds: 'The CDK app that rolls it out to an organization.',
    uses: [...SOURCES, ...OUTPUTS, ...REGISTRY, 'src/release', 'src/dashboard', 'src/doctor', 'src/lambda', 'src/generate'],
    packages: ['@aws-cdk/cloudformation-diff', 'aws-cdk-lib', 'aws-cdk-lib/**', 'cdk-nag', 'fflate', 'constructs', 'yaml', ...NODE],
  },
];
