import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { type InputFile, listFiles } from '../../sources/files/files.ts';
import { deliveryOf } from '../../sources/files/snapshot-files.ts';
import { byText } from '../canonical.ts';
import type { InputHead } from '../tables.ts';

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
  for (const [path, { head }] of inputs) named = named.replaceAll(path, head.name);
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
 * @throws UnreadableInput when a path cannot be found, and what reading a file throws.
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
    holds: delivery?.kind ?? (/answers/i.test(name) ? 'answers' : 'items'),
    account: delivery?.account ?? null,
    region: delivery?.region ?? null,
    snapshotId: delivery?.snapshotId ?? null,
    versionId: null,
    deliveredAt: delivery?.at ?? null,
    bytes: size,
    sha256: await hashOfFile(path),
  };
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
