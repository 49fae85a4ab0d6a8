import { parse } from 'yaml';
import { packs } from '../conformance-pack/packs.ts';
import { rules } from '../rules/index.ts';
import { engineMessages } from '../src/engine/evaluate.ts';
import type { Rule } from '../src/engine/rule.ts';
import { packTemplate } from '../src/generate/conformance-pack.ts';
import { deploymentSchema } from '../src/settings-file/deployment/schema.ts';
import { settingsSchemaOf } from '../src/settings-file/settings-schema.ts';

/**
 * Every name that others rely on, with what may not change about it: rules, messages, parameters, keys of the settings and of
 * the deployment file, parameters of the packs (docs/versioning.md).
 */
export type Contract = Readonly<Record<string, string>>;

const REQUIRED = 'required';
const OPTIONAL = 'optional';

export function contractOf(allRules: readonly Rule[] = rules): Contract {
  const stable = allRules.filter(({ draft }) => !draft);
  const entries = [
    ...stable.flatMap(namesOfRule),
    ...Object.entries(engineMessages).map(([id, { verdict }]) => [`message ${id}`, verdict]),
    // Parameters of rules are listed with their rule.
    ...keysOf('setting', settingsSchemaOf([])),
    ...keysOf('deployment', deploymentSchema as Schema),
    ...packs.flatMap((pack) =>
      Object.entries<{ Type: string }>(parse(packTemplate(pack, stable)).Parameters).map(
        ([name, { Type }]) => [`pack ${pack.name} parameter ${name}`, Type],
      ),
    ),
  ];
  return Object.fromEntries(entries.sort(([one = ''], [other = '']) => (one < other ? -1 : 1)));
}

function namesOfRule({ id, subject, messages, parameters }: Rule): string[][] {
  return [
    [`rule ${id}`, subject],
    ...Object.entries(messages).map(([name, { verdict }]) => [
      `rule ${id} message ${name}`,
      verdict,
    ]),
    ...Object.entries(parameters).flatMap(([name, parameter]) => [
      [`rule ${id} parameter ${name}`, parameter.type],
      ...choices(`rule ${id} parameter ${name}`, parameter),
    ]),
  ];
}

/** The part of JSON Schema that the schemas of the files use. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

/** `waivers[].owner`, for every key of a file, and whether it must be given. */
function keysOf(file: string, schema: Schema, path = ''): string[][] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
    const name = path === '' ? key : `${path}.${key}`;
    const isRequired = schema.required?.includes(key) ?? false;
    return [
      [`${file} ${name}`, isRequired ? REQUIRED : OPTIONAL],
      ...choices(`${file} ${name}`, inner),
      ...keysOf(file, inner, name),
    ];
  });
  const listed = schema.items ? keysOf(file, schema.items, `${path}[]`) : [];
  return [...own, ...listed, ...(schema.oneOf ?? []).flatMap((inner) => keysOf(file, inner, path))];
}

const choices = (name: string, schema: object) =>
  'enum' in schema && Array.isArray(schema.enum)
    ? schema.enum.map((value) => [`${name} value ${value}`, OPTIONAL])
    : [];

/** What somebody who relies on `from` would lose with `to`, one sentence each. */
export function brokenNames(from: Contract, to: Contract): string[] {
  const lost = Object.entries(from).flatMap(([name, kind]) => {
    const now = to[name];
    if (now === kind || (kind === REQUIRED && now === OPTIONAL)) return [];
    return [now === undefined ? `${name} is gone.` : `${name} was ${kind} and is ${now}.`];
  });
  const demanded = Object.entries(to).flatMap(([name, kind]) => {
    const isNew = from[name] === undefined && kind === REQUIRED;
    return isNew && isKnown(from, parentOf(name)) ? [`${name} is new and required.`] : [];
  });
  return [...lost, ...demanded];
}

/** What a key stands in: "setting waivers[].owner" in "setting waivers", and "setting waivers" in the file itself. */
const parentOf = (name: string) => name.replace(/(\[\])?(\.[^.]*|(?<= )[^ .]*)$/, '');

const isKnown = (contract: Contract, parent: string) =>
  parent.endsWith(' ') || contract[parent] !== undefined;
