import { type EntryShape, type ParameterValues, SENSITIVE, scopeEntry } from '../settings/entry.ts';
import { placedAccounts } from '../settings/placed-accounts.ts';
import {
  emptySettings,
  type RecordList,
  type RecordOf,
  type Settings,
  type SettingsList,
  settingsEntries,
} from '../settings/settings.ts';

/** One parameter of a rule: a flat JSON Schema property with a default. Names carry the unit (`minimumDays`). */
export type Parameter = { readonly description: string } & (
  | {
      readonly type: 'integer';
      readonly default: number;
      readonly minimum: number;
      readonly maximum: number;
      /** Another integer parameter that this one must not exceed. */
      readonly atMost?: string;
    }
  | { readonly type: 'boolean'; readonly default: boolean }
  | { readonly type: 'string'; readonly default: string; readonly enum: readonly string[] }
  | {
      readonly type: 'array';
      readonly default: readonly string[];
      readonly items: EntryShape;
      /** The list of the settings that is used if the rule is not given its own. */
      readonly setting?: SettingsList;
      /** The pack has no parameter of its own for the list of the settings. */
      readonly isOwn?: true;
      /** Entries name buckets, and may speak of the classification in the settings. */
      readonly isScope?: true;
      /** Accounts that the settings place in a trusted organization count too. */
      readonly withPlaced?: true;
      /** What the pack that deploys the rule knows about itself, and passes to it. */
      readonly pack?: PackFact;
    }
  /** Entries of several fields, too long for a pack parameter: given only in the settings. */
  | { readonly type: 'records'; readonly default: readonly []; readonly setting: RecordList }
);
export type PackFact = 'frameworks' | 'homeRegion' | 'tiers';
export type Parameters = Readonly<Record<string, Parameter>>;

/** A number of days, up to a hundred years; `atMost` names the parameter it must not exceed. */
export const days = (
  byDefault: number,
  description: string,
  bounds: { readonly minimum?: number; readonly atMost?: string } = {},
) =>
  ({
    type: 'integer',
    default: byDefault,
    minimum: 1,
    maximum: 36_500,
    ...bounds,
    description,
  }) as const;

/** A number of hours, up to a year. */
export const hours = (byDefault: number, description: string) =>
  ({ type: 'integer', default: byDefault, minimum: 1, maximum: 8_784, description }) as const;

/** A number of seconds, up to the seven days that a signature in a URL may last (SigV4). */
export const seconds = (byDefault: number, description: string) =>
  ({ type: 'integer', default: byDefault, minimum: 1, maximum: 604_800, description }) as const;

export const choice = <const E extends string>(
  byDefault: NoInfer<E>,
  options: readonly E[],
  description: string,
) => ({ type: 'string', default: byDefault, enum: options, description }) as const;

/** A list that only the rule itself is given. */
export const ownList = (items: EntryShape, description: string, given: readonly string[] = []) =>
  ({ type: 'array', default: given, items, description }) as const;

/** Like {@link ownList}, but where neither the pack nor the settings of the rule give it, taken from another section. */
export const ownListFrom = (setting: SettingsList, items: EntryShape, description: string) =>
  ({
    type: 'array',
    default: listOf(emptySettings, setting) as readonly string[],
    setting,
    isOwn: true,
    items,
    description,
  }) as const;

/** Buckets by name, tag or classification. */
export const scopeList = (description: string) =>
  ({ type: 'array', default: [], items: scopeEntry, isScope: true, description }) as const;

/** A list that the pack fills in where it deploys the rule. */
export const fromPack = <const L extends Extract<Parameter, { type: 'array' }>>(
  pack: PackFact,
  list: L,
) => ({ ...list, pack });

/** Entries of several fields, taken from the settings, unless the settings of the rule have their own. */
export const recordsFrom = <const S extends RecordList>(setting: S, description: string) =>
  ({ type: 'records', default: [], setting, description }) as const;

export const flag = (byDefault: boolean, description: string) =>
  ({ type: 'boolean', default: byDefault, description }) as const;

/** A list taken from the settings, unless the rule is given its own. */
export const listFrom = (setting: SettingsList, description: string) =>
  ({ type: 'array', default: [], setting, items: settingsEntries[setting], description }) as const;

/** The trusted accounts, with those that `organization.accounts` places in a trusted organization or organization path. */
export const trustedAccounts = (description: string) =>
  ({ ...listFrom('trust.accounts', description), withPlaced: true }) as const;

export type ValueOf<P> = P extends { enum: readonly (infer E)[] }
  ? E
  : P extends { type: 'integer' }
    ? number
    : P extends { type: 'boolean' }
      ? boolean
      : P extends { type: 'array' }
        ? readonly string[]
        : P extends { type: 'records'; setting: infer S extends RecordList }
          ? readonly RecordOf<S>[]
          : string;

/** The values of a group of parameters. */
export type ParamsOf<P extends Parameters> = { readonly [Name in keyof P]: ValueOf<P[Name]> };

/** What a rule is, as far as its parameters go. */
export type Parametrised = { readonly id: string; readonly parameters: Parameters };

/** The values a rule runs with: its defaults, then the lists of the settings, then the settings of the rule, then `overrides`. */
export function parametersOf(
  rule: Parametrised,
  settings: Settings,
  overrides: ParameterValues = {},
): ParameterValues {
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(rule.parameters)) {
    const given =
      'setting' in parameter && parameter.setting !== undefined
        ? listOf(settings, parameter.setting)
        : parameter.default;
    const isWider = parameter.type === 'array' && parameter.withPlaced === true;
    values[name] = isWider ? [...(given as string[]), ...placedAccounts(settings)] : given;
  }
  const own = Object.hasOwn(settings.rules, rule.id) ? settings.rules[rule.id] : {};
  const all: Record<string, unknown> = { ...values, ...own, ...overrides };
  for (const [name, parameter] of Object.entries(rule.parameters)) {
    const isScope = parameter.type === 'array' && parameter.isScope === true;
    if (isScope) all[name] = classified(all[name], settings.classification);
  }
  return all;
}

/**
 * The scope with the tags of sensitive data in the place of the word for them. Where there are none the word stays, which names
 * no bucket: an empty list would mean every bucket. Validation names it, as it does what is not a list.
 */
function classified(scope: unknown, { tags, sensitive }: Settings['classification']): unknown {
  if (!Array.isArray(scope) || !scope.includes(SENSITIVE)) return scope;
  const entries = tags.flatMap((key) => sensitive.map((value) => `${key}=${value}`));
  if (entries.length === 0) return scope;
  return scope.flatMap((entry) => (entry === SENSITIVE ? entries : [entry]));
}

function listOf(settings: Settings, path: SettingsList | RecordList): readonly unknown[] {
  let part: unknown = settings;
  for (const key of path.split('.')) part = (part as Record<string, unknown> | undefined)?.[key];
  return (part as readonly unknown[] | undefined) ?? [];
}
