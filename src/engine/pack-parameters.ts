import type { ParameterValues } from '../settings/entry.ts';
import type { Parameter } from './parameters.ts';
import type { Rule } from './rule.ts';

/**
 * How the parameters of a rule travel through AWS Config, whose InputParameters are few, short and all text: a list of the
 * settings under its own name, separated by commas, and all else of a rule as one text, `minimumDays=30; requireKms=true`.
 */
export const OWN_PARAMETERS = 'parameters';

/** What the rule is judged by, as a hash: a new one is a changed rule, which AWS Config evaluates again. The code reads none. */
export const CONTENT_HASH = 'contentHash';

/** That no event of a change is on its way: the rule runs once a day, although it could run on changes. The function reads it. */
export const ONLY_DAILY = 'onlyDaily';

/** A value that leaves the matter to the settings. */
export const UNSET = '-';

type List = Extract<Parameter, { type: 'array' }>;
type PackList = List & { readonly pack: NonNullable<List['pack']> };
type SharedList = List & { readonly setting: NonNullable<List['setting']> };

/** The lists that several rules take from the settings. */
export function sharedLists(rule: Rule): readonly (readonly [string, SharedList])[] {
  return Object.entries(rule.parameters).filter((entry): entry is [string, SharedList] =>
    isShared(entry[1]),
  );
}

/** The lists that the pack fills in. */
export function packLists(rule: Rule): readonly (readonly [string, PackList])[] {
  return Object.entries(rule.parameters).filter((entry): entry is [string, PackList] =>
    isFromPack(entry[1]),
  );
}

/** What the rule has of its own; records are too long for AWS Config and stay with the settings. */
export function ownParameters(
  rule: Rule,
): readonly (readonly [string, Exclude<Parameter, { type: 'records' }>])[] {
  return Object.entries(rule.parameters).filter(
    (entry): entry is [string, Exclude<Parameter, { type: 'records' }>] =>
      entry[1].type !== 'records' && !isShared(entry[1]) && !isFromPack(entry[1]),
  );
}

const isFromPack = (parameter: Parameter) =>
  parameter.type === 'array' && parameter.pack !== undefined;

const isShared = (parameter: Parameter) =>
  parameter.type === 'array' &&
  parameter.setting !== undefined &&
  parameter.isOwn !== true &&
  !isFromPack(parameter);

/**
 * Types the parameters that AWS Config hands over, all of them strings: "90", "true", comma-separated lists, and "-" or "" for
 * unset. What cannot be typed stays a string, so that validation names it.
 */
export function fromStrings(rule: Rule, given: Readonly<Record<string, unknown>>): ParameterValues {
  const { [OWN_PARAMETERS]: own, [CONTENT_HASH]: _, [ONLY_DAILY]: __, ...named } = given;
  const values = [...Object.entries(named), ...pairsIn(own)].flatMap(([name, raw]) => {
    const text = typeof raw === 'string' ? raw.trim() : raw;
    if (text === '' || text === UNSET || text === null) return [];
    const parameter = Object.hasOwn(rule.parameters, name) ? rule.parameters[name] : undefined;
    return [[name, typeof text === 'string' && parameter ? typed(text, parameter) : text]];
  });
  return Object.fromEntries(values);
}

/** A part without "=" becomes a name that no rule has, which validation then refuses by that name. */
function pairsIn(own: unknown): readonly (readonly [string, unknown])[] {
  if (own === undefined || own === null) return [];
  if (typeof own !== 'string') return [[OWN_PARAMETERS, own]];
  const parts = own.split(';').map((part) => part.trim());
  return parts
    .filter((part) => part !== '' && part !== UNSET)
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [part, 'no value'] : [part.slice(0, at).trim(), part.slice(at + 1)];
    });
}

function typed(text: string, parameter: Parameter): unknown {
  switch (parameter.type) {
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text;
    case 'array':
      return text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== '');
    case 'string':
    case 'records':
      return text;
  }
}
