import { readFile } from 'node:fs/promises';
import type { ErrorObject } from 'ajv';
import { isNode, isPair, LineCounter, parseDocument } from 'yaml';
import { rules } from '../../rules/index.ts';
import { parametersOf } from '../core/parameters.ts';
import { emptySettings, type Settings } from '../core/settings.ts';
import { list, printable } from '../core/text.ts';
import { MAXIMUM_WAIVER_DAYS, unitsOf } from '../core/waiver.ts';
import { parameterProblems } from './parameter-problems.ts';
import { validateSettings, validatorOf } from './validators.ts';

/** A settings file that cannot be used; each problem names file, line and what was expected. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** @throws SettingsError */
export async function loadSettings(file: string): Promise<Settings> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError([`${printable(file)}: cannot be read: ${printable(reason)}.`]);
  }
  return parseSettings(text, file);
}

type Path = readonly (string | number)[];

/** @param file named in errors. @throws SettingsError with every problem found, not just the first. */
export function parseSettings(text: string, file: string): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${printable(file)}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0) {
    throw new SettingsError(
      document.errors.map(({ pos, message }) => `${at(pos[0])}: ${printable(message)}.`),
    );
  }
  const place = (path: Path) => at(offsetOf(document, path));
  const value = plainOf(document, file) ?? {};
  const errors = validateSettings(value);
  if (errors.length > 0)
    throw new SettingsError([...new Set(errors.flatMap((error) => sentence(error, place)))]);
  const settings = complete(value as Partial<Settings>);
  const problems = [...ruleProblems(settings, place), ...waiverProblems(settings, place)];
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

/** @throws SettingsError when aliases would expand without measure. */
function plainOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError([`${printable(file)}: ${printable(reason)}.`]);
  }
}

function complete(given: { [K in keyof Settings]?: Partial<Settings[K]> }): Settings {
  return {
    trust: { ...emptySettings.trust, ...given.trust },
    iam: { ...emptySettings.iam, ...given.iam },
    kms: { ...emptySettings.kms, ...given.kms },
    logs: { ...emptySettings.logs, ...given.logs },
    organization: { ...emptySettings.organization, ...given.organization },
    reviews: (given.reviews ?? []) as Settings['reviews'],
    rules: (given.rules ?? {}) as Settings['rules'],
    waivers: (given.waivers ?? []) as Settings['waivers'],
  };
}

/** Where the innermost node of the path stands that exists. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true) as
      | { items?: unknown[] }
      | undefined;
    const key = path[length - 1];
    const pair = parent?.items?.find(
      (item) =>
        isPair(item) &&
        String((item.key as { value?: unknown })?.value ?? item.key) === String(key),
    );
    const node = pair && isPair(pair) ? pair.key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function sentence(error: ErrorObject, place: (path: Path) => string): string[] {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const name = path.join('.') || 'the file';
  const { params, parentSchema, data } = error;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {});
      const full = [...path, key];
      const wanted =
        known.length > 0 ? `one of ${known.join(', ')}` : parentSchema?.['description'];
      return [`${place(full)}: ${printable(full.join('.'))} is unknown, expected ${wanted}.`];
    }
    case 'required':
      return [`${place(path)}: ${printable(name)} lacks ${params['missingProperty']}.`];
    default: {
      const got = printable(JSON.stringify(data)?.slice(0, 80) ?? 'nothing');
      return [`${place(path)}: ${printable(name)} is ${got}, expected ${expected(error)}.`];
    }
  }
}

function expected({ keyword, params, parentSchema, schema }: ErrorObject): string {
  const description = (parentSchema as { description?: string } | undefined)?.description;
  if (keyword === 'type' && params['type'] === 'string')
    return `${description ?? 'a text'}, in quotes`;
  if (keyword === 'type')
    return `${params['type'] === 'object' ? 'a section with keys' : `type ${params['type']}`}`;
  if (keyword === 'pattern') return description ?? `text like ${schema}`;
  if (keyword === 'enum') return `one of ${list((schema as string[]).map(String))}`;
  if (keyword === 'minProperties' || keyword === 'maxProperties')
    return 'one of arn, account and ou';
  return String(
    params['comparison'] ? `a number ${params['comparison']} ${params['limit']}` : keyword,
  );
}

/** What the schema of the whole file cannot say: a parameter against the defaults of its neighbours. */
function ruleProblems(settings: Settings, place: (path: Path) => string): string[] {
  return rules.flatMap((rule) => {
    if (!Object.hasOwn(settings.rules, rule.id)) return [];
    const values = parametersOf(rule, settings);
    const problems = parameterProblems(rule, values, validatorOf(rule.id));
    return problems.map((problem) => `${place(['rules', rule.id])}: ${problem}`);
  });
}

function waiverProblems(
  { waivers, organization }: Settings,
  place: (path: Path) => string,
): string[] {
  const seen = new Set<string>();
  const units = new Set(
    Object.keys(organization.accounts).flatMap((id) => unitsOf(id, organization.accounts)),
  );
  return waivers.flatMap(({ id, rule, subject, created, expires }, index) => {
    const where = (key: string) => `${place(['waivers', index, key])}: waiver ${id}`;
    const problems: string[] = [];
    if (seen.has(id))
      problems.push(`${where('id')}: the id is used twice, expected one of its own.`);
    seen.add(id);
    if (!rules.some((known) => known.id === rule)) {
      const known = rules.map((each) => each.id).join(', ');
      problems.push(`${where('rule')}: rule is ${printable(rule)}, expected one of ${known}.`);
    }
    if ('ou' in subject && !units.has(subject.ou)) {
      problems.push(
        `${where('subject')}: ou is ${subject.ou}, expected one that an account of organization.accounts is in, or the waiver never applies.`,
      );
    }
    const length = (Date.parse(expires) - Date.parse(created)) / 86_400_000;
    if (!(length >= 0 && length <= MAXIMUM_WAIVER_DAYS)) {
      problems.push(
        `${where('expires')}: expires is ${expires}, expected at most ${MAXIMUM_WAIVER_DAYS} days after created (${created}).`,
      );
    }
    return problems;
  });
}
