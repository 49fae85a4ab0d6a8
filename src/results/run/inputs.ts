import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { type InputFile, listFiles } from '../../sources/files/files.ts';
import { deliveryOf } from '../../sources/files/snapshot-files.ts';
import { byText } from '../canonical.ts';
import type { InputHead, InputRow } from '../tables.ts';

/** A file, and the source that it was found in, as problems name it. */
export interface Input {
  readonly source: string;
  readonly head: InputHead;
}

/** The files that sources stand for, by their paths. */
export type Inputs = ReadonlyMap<string, Input>;

/** A sentence with the names of inputs in the place of their paths: a path of one machine means nothing on another. */
export function withNames(sentence: string, inputs: Inputs): string {
  let named = sentence;
  for (const [path, { head }] of inputs) named = named.split(path).join(head.name);
  return named;
}

/**
 * Sources in an order that does not depend on the one in which they were named: of two records of a resource that were captured at
 * the same time the first counts.
 */
export const inOrder = (paths: readonly string[]): readonly string[] =>
  paths.toSorted((one, other) => byText(basename(one), basename(other)) || byText(one, other));

export interface Listing {
  /** What folders held at this time (ISO, UTC), instead of their newest state. */
  readonly until?: string | undefined;
  /** How a source is called that is not called as its path. */
  readonly named?: (path: string) => string | undefined;
}

/**
 * Every file that is judged, with its hash. @param paths files and folders, as {@link listFiles} takes them.
 * @throws UnreadableInput when a path cannot be found.
 */
export async function fileInputs(
  paths: readonly string[],
  { until, named = () => undefined }: Listing = {},
): Promise<Inputs> {
  const inputs = new Map<string, Input>();
  for (const path of paths) {
    const { current } = await listFiles([path], until);
    const source = named(path) ?? basename(path);
    for (const file of current)
      inputs.set(file.path, { source, head: await headOf(path, file, source) });
  }
  return inputs;
}

async function headOf(
  folder: string,
  { path, size, inFolder }: InputFile,
  source: string,
): Promise<InputHead> {
  // A path of the machine is nobody's business but its user's, and would make the same input look different elsewhere.
  const name = inFolder ? relative(folder, path).split(sep).join('/') : source;
  const delivery = deliveryOf(path);
  return {
    kind: 'file',
    name,
    holds: delivery?.kind ?? 'items',
    account: delivery?.account ?? null,
    region: delivery?.region ?? null,
    snapshotId: delivery?.snapshotId ?? null,
    versionId: null,
    deliveredAt: delivery?.at ?? null,
    bytes: size,
    sha256: await hashOfFile(path),
  };
}

/** What was found in the files. @param counts of the subjects in each. @param answers the files that hold answers of services. */
export function inputRows(
  heads: readonly InputHead[],
  inputs: Inputs,
  counts: ReadonlyMap<string, number>,
  answers: ReadonlySet<string>,
): readonly InputRow[] {
  const paths = new Map([...inputs].map(([path, { head }]) => [head, path]));
  return heads.map((head) => {
    const path = paths.get(head) ?? '';
    const isAnswers = head.holds === 'items' && answers.has(path);
    const holds = isAnswers ? 'answers' : head.holds;
    return { ...head, holds, subjects: counts.get(path) ?? 0 };
  });
}

async function hashOfFile(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch {
    // Reading its records fails too, and says why; the other files are still judged.
    return null;
  }
  return hash.digest('hex');
}
