import { Ajv, type AnySchemaObject } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { type Plugin, transform } from 'esbuild';
import { rules } from '../../../rules/index.ts';
import { schemaOf } from '../../engine/parameter-schema.ts';
import { settingsSchemaOf } from '../../settings-file/settings-schema.ts';
import { ajvOptions } from '../../settings-file/validators.ts';

/** Beside the command line and the entry for programs, in dist. */
export const VALIDATORS = 'settings-validators.cjs';

/**
 * Puts the precompiled validators of settings in the place of src/settings-file/validators.ts: to compile them takes longer than to
 * judge a thousand buckets. They are loaded when settings are read.
 */
export const precompiled: Plugin = {
  name: 'precompiled',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]settings-file[\\/]validators\.ts$/ }, () => ({
      contents: `
        import { createRequire } from 'node:module';
        let loaded;
        const load = () => (loaded ??= createRequire(import.meta.url)('./${VALIDATORS}'));
        export const validatorOf = (rule) => load().validatorOf(rule);
        export const validateSettings = (value) => load().validateSettings(value);`,
      loader: 'js',
    }));
  },
};

/** The module itself. Errors carry what they are worded from, as `ajvOptions` asks. */
export async function validatorsFile(): Promise<string> {
  const ajv = new Ajv({ ...ajvOptions, code: { source: true } });
  ajv.addSchema(settingsSchemaOf(rules) as AnySchemaObject, 'settings');
  const names = Object.fromEntries(rules.map(({ id }) => [`of_${id.replaceAll('-', '_')}`, id]));
  for (const rule of rules) ajv.addSchema(schemaOf(rule), rule.id);
  const code = standalone.default(ajv, { ...names, settings: 'settings' });
  const entries = Object.entries(names).map(
    ([name, id]) => `${JSON.stringify(id)}: exports.${name}`,
  );
  const module = `${code}
const { settings } = exports;
const validators = { ${entries} };
exports.validatorOf = (rule) => {
  if (!Object.hasOwn(validators, rule)) throw new Error('There is no rule ' + rule + '.');
  return validators[rule];
};
exports.validateSettings = (value) => (settings(value) ? [] : (settings.errors ?? []));`;
  return (await transform(module, { minify: true })).code;
}
