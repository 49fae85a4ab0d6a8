import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import { rules } from '../../rules/index.ts';
import { schemaOf } from '../engine/parameter-schema.ts';
import { settingsSchemaOf } from './settings-schema.ts';

/** How every schema of the project is compiled: at run time here, to standalone code for Lambda in src/generate. */
export const ajvOptions = { $data: true, allErrors: true, verbose: true } as const;

const ajv = new Ajv(ajvOptions);
const compiled = new Map<string, ValidateFunction>();
let settingsValidator: ValidateFunction | undefined;

/** The validator of one rule's parameters. In the Lambda bundle a precompiled one stands in its place. */
export function validatorOf(rule: string): ValidateFunction {
  const known = compiled.get(rule);
  if (known) return known;
  const definition = rules.find(({ id }) => id === rule);
  if (!definition) throw new Error(`There is no rule ${rule}.`);
  const validator = ajv.compile(schemaOf(definition));
  compiled.set(rule, validator);
  return validator;
}

export function validateSettings(settings: unknown): ReturnType<typeof errorsOf> {
  // Compiling takes a tenth of a second, and whoever embeds the engine reads settings more than once.
  settingsValidator ??= ajv.compile(settingsSchemaOf(rules) as AnySchemaObject);
  return errorsOf(settingsValidator, settings);
}

function errorsOf(validator: ValidateFunction, value: unknown) {
  return validator(value) ? [] : (validator.errors ?? []);
}
