import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as sdk from '@aws-sdk/client-securityhub';

/**
 * The API model of Security Hub as the AWS SDK publishes it: members, types, which are required, and the lengths that
 * their descriptions state. What an unknown phrase says is not checked, so tests also pin what must have been read.
 */

/** What is wrong with a value, each sentence beginning with where. */
export type Problems = readonly string[];

interface Member {
  readonly type: string;
  readonly isRequired: boolean;
  /** Of a string: its length. Of a list or a map: the number of entries. */
  readonly most: number;
  readonly least: number;
  /** Of a map: the lengths of its keys and values. */
  readonly mapOf: readonly [keys: number, values: number];
}

type Structure = ReadonlyMap<string, Member>;

const models = join(
  dirname(createRequire(import.meta.url).resolve('@aws-sdk/client-securityhub/package.json')),
  'dist-types/models',
);

/** The structures of the model, by name. */
export const structures: ReadonlyMap<string, Structure> = new Map(
  ['models_0', 'models_1', 'models_2', 'models_3'].flatMap((name) =>
    structuresIn(readFileSync(join(models, `${name}.d.ts`), 'utf8')),
  ),
);

function structuresIn(source: string): [string, Structure][] {
  return source
    .split('export interface ')
    .slice(1)
    .map((part) => {
      const [name = ''] = part.split(' ', 1);
      return [name, membersIn(part.slice(part.indexOf('{'), part.indexOf('\n}')))];
    });
}

function membersIn(body: string): Structure {
  const members = new Map<string, Member>();
  let comment = '';
  for (const line of body.split('\n').slice(1)) {
    const [, name, mark, type] = /^ {4}(\w+)(\??): (.*) \| undefined;$/.exec(line) ?? [];
    if (name === undefined || type === undefined) {
      comment = line.trim() === '/**' ? '' : `${comment} ${line.trim().replace(/^\* ?/, '')}`;
      continue;
    }
    members.set(name, { type, isRequired: mark === '', ...limitsIn(comment.replace(/\s+/g, ' ')) });
  }
  return members;
}

function limitsIn(comment: string): Pick<Member, 'least' | 'most' | 'mapOf'> {
  const number = (pattern: RegExp, otherwise = Number.POSITIVE_INFINITY) =>
    Number(pattern.exec(comment)?.[1] ?? otherwise);
  const exact = number(/Length Constraints: (\d+)\./);
  const length = number(/Maximum (?:length )?of (\d+)(?: length)?\./);
  const items = number(/Maximum number of (\d+) items/);
  const pairs = number(/up to (\d+) key-value pairs/);
  const atLeast = number(/Minimum (?:length |number )?of (\d+)/, 0);
  return {
    least: Math.max(atLeast, Number.isFinite(exact) ? exact : 0),
    most: Math.min(exact, length, items, pairs),
    mapOf: [number(/key can contain up to (\d+)/), number(/value can contain up to (\d+)/)],
  };
}

/** Everything in a value that breaks the model. */
export function problemsOf(type: string, value: unknown, at = type, member?: Member): Problems {
  const { least = 0, most = Number.POSITIVE_INFINITY, mapOf = [most, most] } = member ?? {};
  const list = /^(.*)\[\]$/.exec(type)?.[1];
  if (list !== undefined) {
    if (!Array.isArray(value)) return [`${at} is no list`];
    const many = value.length > most ? [`${at} has ${value.length} entries, at most ${most}`] : [];
    const few =
      value.length < least ? [`${at} has ${value.length} entries, at least ${least}`] : [];
    return [
      ...many,
      ...few,
      ...value.flatMap((one, index) => problemsOf(list, one, `${at}[${index}]`)),
    ];
  }
  if (type === 'Record<string, string>') return problemsOfMap(value, at, most, mapOf);
  if (type === 'string') return problemsOfText(value, at, most, least);
  if (type === 'boolean' || type === 'number') {
    return typeof value === type ? [] : [`${at} is no ${type}`];
  }
  const structure = structures.get(type);
  if (structure === undefined) return problemsOfEnum(type, value, at);
  if (typeof value !== 'object' || value === null) return [`${at} is no ${type}`];
  const missing = [...structure]
    .filter(([name, { isRequired }]) => isRequired && !Object.hasOwn(value, name))
    .map(([name]) => `${at}.${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, one]) => {
    const known = structure.get(name);
    if (known === undefined) return [`${at}.${name} is not in the model`];
    return problemsOf(known.type, one, `${at}.${name}`, known);
  });
  return [...missing, ...wrong];
}

/** Every text of this API is a NonEmptyString: API Reference, pattern .*\S.* */
function problemsOfText(value: unknown, at: string, most: number, least = 1): Problems {
  if (typeof value !== 'string') return [`${at} is no text`];
  if (value.trim() === '') return [`${at} is blank`];
  if (value.length < least) return [`${at} has ${value.length} characters, at least ${least}`];
  return value.length > most ? [`${at} has ${value.length} characters, at most ${most}`] : [];
}

function problemsOfMap(
  value: unknown,
  at: string,
  most: number,
  [keys, values]: readonly [number, number],
): Problems {
  if (typeof value !== 'object' || value === null) return [`${at} is no map`];
  const entries = Object.entries(value);
  return [
    ...(entries.length > most ? [`${at} has ${entries.length} entries, at most ${most}`] : []),
    ...entries.flatMap(([key, one]) => [
      ...problemsOfText(key, `${at} key`, keys),
      ...problemsOfText(one, `${at}.${key}`, values),
    ]),
  ];
}

function problemsOfEnum(type: string, value: unknown, at: string): Problems {
  const values: unknown = (sdk as Readonly<Record<string, unknown>>)[type];
  if (typeof values !== 'object' || values === null)
    throw new Error(`No model of ${type}, at ${at}`);
  return Object.values(values).includes(value) ? [] : [`${at} is not one of ${type}: ${value}`];
}
