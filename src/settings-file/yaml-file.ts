import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { ErrorObject } from 'ajv';
import type * as Yaml from 'yaml';
import { printable } from '../values/text.ts';
import { didYouMean } from './nearest.ts';
import { expected, syntaxProblem } from './problems/words.ts';

/** A settings file that cannot be used; each problem names file, line and what was expected. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

// Loading it takes as long as to start, and most commands read no YAML. A settings file is read at once, so it cannot be imported.
let loaded: typeof Yaml | undefined;
const yaml = (): typeof Yaml => {
  loaded ??= createRequire(import.meta.url)('yaml') as typeof Yaml;
  return loaded;
};

export type Path = readonly (string | number)[];

/** A file that was read: what it says, and where it says it ("settings.yaml:12"). */
export interface YamlFile {
  readonly value: unknown;
  readonly place: (path: Path) => string;
}

/** @throws SettingsError */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file === '-' ? '/dev/stdin' : file, 'utf8');
  } catch (error) {
    const isFolder = (error as NodeJS.ErrnoException).code === 'EISDIR';
    const said = error instanceof Error ? error.message : String(error);
    const reason = isFolder ? 'it is a folder, expected a file' : said;
    throw new SettingsError([`${printable(file)}: cannot be read: ${printable(reason)}.`]);
  }
}

/**
 * @param file named in errors.
 * @param validate gives the errors of ajv (with `verbose`).
 * @throws SettingsError with every problem found, not just the first.
 */
export function parseYamlFile(
  text: string,
  file: string,
  validate: (value: unknown) => readonly ErrorObject[],
): YamlFile {
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    // Merge keys (<<) are YAML 1.1, and many people write them. Node must not warn about keys that the schema refuses anyway.
    ...{ prettyErrors: false, merge: true, logLevel: 'error' as const },
  });
  const at = (offset: number) => `${printable(file)}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0) {
    throw new SettingsError(
      document.errors.map((error) => `${at(error.pos[0])}: ${syntaxProblem(error, text)}.`),
    );
  }
  const place = (path: Path) => at(offsetOf(document, path));
  const value = plainOf(document, file) ?? {};
  const errors = validate(value);
  if (errors.length > 0) {
    throw new SettingsError([...new Set(errors.flatMap((error) => sentence(error, place)))]);
  }
  return { value, place };
}

/** @throws SettingsError when aliases would expand without measure. */
function plainOf(document: Yaml.Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError([`${printable(file)}: ${printable(reason)}.`]);
  }
}

/** Where the innermost node of the path stands that exists. */
function offsetOf(document: Yaml.Document.Parsed, path: Path): number {
  const { isNode, isPair } = yaml();
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
      const meant = didYouMean(key, known);
      return [
        `${place(full)}: ${printable(full.join('.'))} is unknown, expected ${wanted}.${meant}`,
      ];
    }
    case 'required':
      return [`${place(path)}: ${printable(name)} lacks ${params['missingProperty']}.`];
    default: {
      const got = printable(JSON.stringify(data)?.slice(0, 80) ?? 'nothing');
      return [`${place(path)}: ${printable(name)} is ${got}, expected ${expected(error)}.`];
    }
  }
}
