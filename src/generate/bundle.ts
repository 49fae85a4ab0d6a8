import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build, type Plugin, transform } from 'esbuild';
import { rules } from '../../rules/index.ts';
import { packOf } from '../assessment/pack-of.ts';
import { pageCode } from '../dashboard/page-code.ts';
import { schemaOf } from '../engine/parameter-schema.ts';
import type { Rule } from '../engine/rule.ts';
import { needsOf } from '../facets/needs.ts';
import { UNKNOWN } from '../release/release.ts';
import type { Settings } from '../settings/settings.ts';
import { ajvOptions } from '../settings-file/validators.ts';
import { lazyPackages } from './code/lazy-packages.ts';
import { precompiled } from './code/precompiled.ts';
import { ruleTextsModule } from './code/rule-texts-module.ts';
import { wordless } from './code/wordless.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The functions: two that evaluate, each the rules that need what it may do, and the one that publishes findings. */
export const FUNCTIONS = ['recorded', 'live', 'publish-findings'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** And those of the central account: one watches over them, one judges what AWS Config delivers of all accounts. */
export const WATCHER = 'coverage';
export const JUDGE = 'judge-organization';
/** Signs people in to its dashboard. */
export const SIGN_IN = 'sign-in';
type Bundled = FunctionName | typeof WATCHER | typeof JUDGE | typeof SIGN_IN;

const ENTRIES: Readonly<Record<Bundled, string>> = {
  [WATCHER]: 'coverage',
  [JUDGE]: 'judge-organization',
  [SIGN_IN]: 'sign-in',
  recorded: 'evaluate',
  live: 'evaluate-live',
  'publish-findings': 'publish-findings',
};

/**
 * A function as one CommonJS file for `Code.ZipFile` of CloudFormation: handler `index.handler`, AWS SDK from the runtime,
 * validators precompiled (no ajv at run time), and these settings baked in. The same input gives the same bytes.
 */
export async function lambdaBundle(settings: Settings, name: Bundled): Promise<string> {
  const { code } = await transform(`x=${JSON.stringify(settings)}`, { minify: true });
  const literal = code.trim().replace(/^x=|;$/g, '');
  return (await lambdaCode(name)).replace(SETTINGS, () => `(${literal})`);
}

/** Stands in the code where the settings come to stand. */
const SETTINGS = '__SETTINGS_OF_THE_DEPLOYMENT__';

const built = new Map<Bundled, Promise<string>>();

/** The code of a function without any settings, built once: everything in it but them is the same for all. */
export function lambdaCode(name: Bundled): Promise<string> {
  const code = built.get(name) ?? buildLambda(name);
  built.set(name, code);
  return code;
}

async function buildLambda(name: Bundled): Promise<string> {
  const isWhole = name === JUDGE;
  const own = isWhole ? rules : rules.filter((rule) => needsOf(rule).function === name);
  const { outputFiles } = await build({
    entryPoints: [`${root}src/lambda/${ENTRIES[name]}.ts`],
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minify: true,
    external: ['@aws-sdk/*'],
    // Of the files of an organization a function knows only the types: what reads them is left out, and checked below.
    logOverride: { 'empty-import-meta': 'silent' },
    // Lambda finds its SDK for require; an import would look beside the file.
    supported: { 'dynamic-import': false },
    plugins: [
      ...(isWhole ? [] : [wordless]),
      baked({
        ...(isWhole ? { '#page': await pageModule() } : {}),
        '#pack': `export const pack = ${JSON.stringify(packOf(rules))};`,
        '#rules': registryModule(own),
        '#rule-texts': ruleTextsModule(),
        '#settings': `export const settings = ${SETTINGS};`,
        '#validators': validatorsModule(own),
      }),
    ],
  });
  const code = outputFiles[0]?.text ?? '';
  if (code.includes('node:module'))
    throw new Error(`The function ${name} reads import.meta, which it has not.`);
  return code;
}

/**
 * Names what runs: SHA-256, in hexadecimal, of a bundle, which holds the code and the settings. Findings and evidence carry
 * it, so that anybody can tell what judged a bucket.
 */
export const contentHash = (bundle: string): string =>
  createHash('sha256').update(bundle).digest('hex');

/** What programs that embed the rules import, as one file next to the packages it depends on. */
export const embedBundle = (): Promise<string> => nodeBundle('src/embed/index.ts', UNKNOWN);

/** The command line as one file beside the packages it depends on, since Node runs no TypeScript inside node_modules. */
export async function cliBundle(commit = UNKNOWN): Promise<string> {
  return await nodeBundle('src/cli/bin.ts', commit, [baked({ '#page': await pageModule() })]);
}

/** The page of the dashboard as it is packed: what writes dashboards elsewhere has no bundler. */
const pageModule = async () =>
  `export const pageCode = async () => (${JSON.stringify(await pageCode())});`;

async function nodeBundle(entry: string, commit: string, plugins: Plugin[] = []): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${root}${entry}`],
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    plugins: [precompiled, lazyPackages, ...plugins],
    define: { 'process.env.SOURCE_COMMIT': JSON.stringify(commit) },
    alias: {
      '#pack': './src/lambda/pack.ts',
      '#rules': './rules/index.ts',
      '#rule-texts': './src/settings-file/rule-texts.ts',
      '#settings': './src/settings-file/baked.ts',
      '#validators': './src/settings-file/validators.ts',
    },
  });
  return outputFiles[0]?.text ?? '';
}

function baked(modules: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'baked',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#/ }, ({ path }) => ({ path, namespace: 'baked' }));
      onLoad({ filter: /.*/, namespace: 'baked' }, ({ path }) => ({
        contents: modules[path] ?? '',
        loader: 'js',
        resolveDir: root,
      }));
    },
  };
}

/** Only the rules of one function. */
function registryModule(own: readonly Rule[]): string {
  const imports = own.map(({ id }, index) => `import rule${index} from './rules/${id}.ts';`);
  return `${imports.join('\n')}\nexport const rules = [${own.map((_, index) => `rule${index}`)}];`;
}

/**
 * What is checked at run time: pack parameters. Entries of several fields stand only in the settings, which were checked before
 * they were built in; to check them again would take some 15 KB for each rule.
 */
function bakedSchemaOf(rule: Rule): object {
  const schema = schemaOf(rule);
  const properties = Object.entries(schema['properties'] ?? {}).map(([name, property]) => {
    const isRecords = rule.parameters[name]?.type === 'records';
    const { description: _, ...checked } = property as { readonly description?: string };
    return [name, isRecords ? { type: 'array' } : checked];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** What an error says is worded only from its keyword and place, so neither ajv's sentences nor the schemas have to travel. */
function validatorsModule(own: readonly Rule[]): string {
  const options = { ...ajvOptions, verbose: false, messages: false };
  const ajv = new Ajv({ ...options, code: { source: true } });
  for (const rule of own) ajv.addSchema(bakedSchemaOf(rule), rule.id);
  const names = Object.fromEntries(own.map(({ id }) => [`of_${id.replaceAll('-', '_')}`, id]));
  const code = standalone.default(ajv, names);
  return `${code}\nexports.validatorOf = (id) => exports['of_' + id.replaceAll('-', '_')];`;
}
