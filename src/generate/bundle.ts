import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build, type Plugin } from 'esbuild';
import { rules } from '../../rules/index.ts';
import { schemaOf } from '../core/parameters.ts';
import type { Settings } from '../core/settings.ts';
import { ruleTexts } from '../settings/rule-texts.ts';
import { ajvOptions } from '../settings/validators.ts';

const root = new URL('../../', import.meta.url).pathname;

/** The entry points of Lambda, by the name of their file in src/lambda. */
export type Entry = 'evaluate' | 'publish-findings';

/**
 * A function as one CommonJS file for `Code.ZipFile` of CloudFormation: handler `index.handler`, AWS SDK from the runtime,
 * validators precompiled (no ajv at run time), and these settings baked in. The same input gives the same bytes.
 */
export async function lambdaBundle(settings: Settings, entry: Entry = 'evaluate'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${root}src/lambda/${entry}.ts`],
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minify: true,
    external: ['@aws-sdk/*'],
    // Lambda finds its SDK for require; an import would look beside the file.
    supported: { 'dynamic-import': false },
    plugins: [
      baked({
        '#rule-texts': `export const ruleTexts = ${JSON.stringify(ruleTexts)};`,
        '#settings': `export const settings = ${JSON.stringify(settings)};`,
        '#validators': validatorsModule(),
      }),
    ],
  });
  return outputFiles[0]?.text ?? '';
}

/**
 * Names what runs: SHA-256, in hexadecimal, of a bundle, which holds the code and the settings. Findings and evidence carry
 * it, so that anybody can tell what judged a bucket.
 */
export const contentHash = (bundle: string): string =>
  createHash('sha256').update(bundle).digest('hex');

/** The command line as one file beside the packages it depends on, since Node runs no TypeScript inside node_modules. */
export async function cliBundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${root}src/cli/bin.ts`],
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    alias: {
      '#rule-texts': './src/settings/rule-texts.ts',
      '#settings': './src/settings/baked.ts',
      '#validators': './src/settings/validators.ts',
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

/** The same schemas, with the same options, as `src/settings/validators.ts` compiles at run time. */
function validatorsModule(): string {
  const ajv = new Ajv({ ...ajvOptions, code: { source: true } });
  for (const rule of rules) ajv.addSchema(schemaOf(rule), rule.id);
  const names = Object.fromEntries(rules.map(({ id }) => [`of_${id.replaceAll('-', '_')}`, id]));
  const code = standalone.default(ajv, names);
  return `${code}\nexports.validatorOf = (id) => exports['of_' + id.replaceAll('-', '_')];`;
}
