import type { ErrorObject } from 'ajv';
import type { YAMLError } from 'yaml';
import { list, printable } from '../../values/text.ts';

/** The words of ajv for what was expected, in ours. */
export function expected({ keyword, params, parentSchema, schema }: ErrorObject): string {
  const description = (parentSchema as { description?: string } | undefined)?.description;
  switch (keyword) {
    case 'type':
      return params['type'] === 'string'
        ? `${description ?? 'a text'}, in quotes`
        : `${TYPES[String(params['type'])] ?? description ?? params['type']}${closer(parentSchema)}`;
    case 'pattern':
      return description ?? `text like ${schema}`;
    case 'enum':
      return `one of ${list((schema as string[]).map(String))}`;
    case 'const':
      return JSON.stringify(schema);
    case 'minProperties':
    case 'maxProperties':
      return description ?? 'one of arn, account and ou';
    case 'minLength':
      return description ?? atLeast(params['limit'], 'character');
    case 'maxLength':
      return `at most ${params['limit']} characters`;
    case 'minItems':
      return atLeast(params['limit'], 'entry', 'entries');
    case 'maxItems':
      return `at most ${params['limit']} entries`;
    case 'uniqueItems':
      return `different entries: ${params['j']} and ${params['i']} are the same`;
    case 'oneOf':
    case 'anyOf':
      return description ?? 'one of the forms that the example shows';
    case 'multipleOf':
      return 'a whole number';
    default:
      return params['comparison']
        ? `a number ${params['comparison']} ${params['limit']}`
        : (description ?? 'another value');
  }
}

const MOST_KEYS = 8;

/** What the schema says besides the type: the keys of a small section, the range of a number. */
function closer(schema: unknown): string {
  const { properties, minimum, maximum } = (schema ?? {}) as {
    properties?: object;
    minimum?: number;
    maximum?: number;
  };
  const keys = Object.keys(properties ?? {});
  if (keys.length > 0 && keys.length <= MOST_KEYS) return ` (${keys.join(', ')})`;
  return minimum === undefined || maximum === undefined ? '' : ` from ${minimum} to ${maximum}`;
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a section with keys',
  array: 'a list',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

const atLeast = (limit: unknown, noun: string, nouns = `${noun}s`) =>
  `at least ${limit} ${limit === 1 ? noun : nouns}`;

/** What the reader of YAML refuses, in our words where its own speak of its functions, or do not name the place. */
export function syntaxProblem({ code, pos, message }: YAMLError, text: string): string {
  switch (code) {
    case 'DUPLICATE_KEY': {
      const key = text.slice(pos[0], pos[0] + 200).split(/[:\n]/)[0] ?? '';
      return `the key ${printable(key.trim())} stands here twice, expected once`;
    }
    case 'MULTIPLE_DOCS':
      return 'a second document begins here (---), expected one document in a file';
    case 'TAB_AS_INDENT':
      return 'the line is indented with a tab, expected spaces';
    default:
      return printable(message);
  }
}
