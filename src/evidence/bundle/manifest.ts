import { canonicalJson } from '../../results/index.ts';
import { isObject, list, Malformed, object, optionalText, text } from '../../values/json.ts';
import { parseCanonical } from './canonical.ts';

/** Files about the bundle itself. The manifest lists every other file; only the envelope is in no list. */
export const MANIFEST = 'manifest.json';
export const SUMS = 'SHA256SUMS';
export const ENVELOPE = 'manifest.dsse.json';

export const SCHEMA = 's3-config-rules/evidence/1';

/** One file of a bundle. */
export interface Listed {
  /** Path within the bundle, with "/" between its parts. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** `manifest.json`: what a bundle is, and every file of it. Written as canonical JSON. */
export interface Manifest {
  readonly schema: typeof SCHEMA;
  /** UUID of organization, period and frameworks: a bundle that is made again keeps it. */
  readonly id: string;
  /** 1 for the first bundle of a chain; the next has one more. */
  readonly sequence: number;
  /** SHA-256 of the manifest of the bundle before it; null only for the first. */
  readonly previous: string | null;
  /** From the first moment to before the last (ISO, UTC). */
  readonly period: { readonly from: string; readonly to: string };
  readonly madeAt: string;
  readonly tool: { readonly name: string; readonly version: string; readonly commit: string };
  /** The runs that it is made from, the last of which gives the results. */
  readonly runs: readonly string[];
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER) that signs it; null for a bundle without a signature. */
  readonly signer: string | null;
  /** By path, in the order of code units. */
  readonly files: readonly Listed[];
}

export const manifestText = (manifest: Manifest): string => `${canonicalJson(manifest)}\n`;

/** What `sha256sum -c SHA256SUMS` checks: every file of the manifest, and the manifest. */
export function sumsText(files: readonly Listed[], manifestSha256: string): string {
  const all = [...files, { path: MANIFEST, sha256: manifestSha256 }];
  return all
    .sort(byPath)
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('');
}

export const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : Number(a.path > b.path);

/** @throws Malformed naming the key that is not as expected. */
export function manifestOf(content: string): Manifest {
  const value = object(parseCanonical(content, MANIFEST), MANIFEST);
  if (value['schema'] !== SCHEMA) throw new Malformed(`${MANIFEST}: schema is not ${SCHEMA}`);
  const { sequence } = value;
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 1) {
    throw new Malformed(`${MANIFEST}: sequence is not a whole number from 1`);
  }
  const previous = optionalText(value['previous'], 'previous');
  if ((sequence === 1) !== (previous === null)) {
    throw new Malformed(
      `${MANIFEST}: only the first bundle of a chain has no previous one, and this is number ${sequence}`,
    );
  }
  for (const key of ['id', 'madeAt']) text(value[key], key);
  for (const key of ['from', 'to']) text(object(value['period'], 'period')[key], `period.${key}`);
  for (const key of ['name', 'version', 'commit'])
    text(object(value['tool'], 'tool')[key], `tool.${key}`);
  for (const run of list(value['runs'], 'runs')) text(run, 'runs[]');
  optionalText(value['signer'], 'signer');
  for (const file of list(value['files'], 'files')) checkListed(file);
  return value as unknown as Manifest;
}

function checkListed(file: unknown): void {
  const isListed =
    isObject(file) &&
    typeof file['path'] === 'string' &&
    Number.isSafeInteger(file['bytes']) &&
    typeof file['sha256'] === 'string' &&
    /^[0-9a-f]{64}$/.test(file['sha256']);
  if (!isListed)
    throw new Malformed(`${MANIFEST}: files[] has an entry without path, bytes and sha256`);
}
