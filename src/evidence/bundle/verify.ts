import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../results/index.ts';
import { Malformed } from '../../values/json.ts';
import {
  ENVELOPE,
  type Listed,
  MANIFEST,
  type Manifest,
  manifestOf,
  SUMS,
  sumsText,
} from './manifest.ts';
import { fingerprintOf, flawInEnvelope } from './sign.ts';
import { listedAs, treeOf } from './tree.ts';

/** The public key of the signer, so that a bundle can be checked as it is; whose key that is, no bundle can say. */
export const PUBLIC_KEY = 'public-key.pem';

/** What was found of a bundle. It is sound when there are no faults. */
export interface Verification {
  /** A sentence each. */
  readonly faults: readonly string[];
  readonly manifest: Manifest | null;
  readonly manifestSha256: string | null;
  /** Whether a signature was checked, and against what. */
  readonly signature: 'none' | 'own key' | 'given key';
}

/**
 * Checks a bundle against itself without a network: each file by its hash, and no file that is not listed. Nothing is read as
 * data before its bytes are known to be those of the manifest.
 * @param publicPem the key that must have signed it, from a source other than the bundle; without it the key in the bundle counts.
 * @throws an error of the file system when the folder cannot be read, UnusableKey when the given key is none.
 */
export async function verifyFiles(folder: string, publicPem: string | null): Promise<Verification> {
  const { files, faults } = await treeOf(folder);
  const found = [...faults];
  const rest = (): Verification => ({
    faults: found,
    manifest: null,
    manifestSha256: null,
    signature: 'none',
  });
  for (const name of [MANIFEST, SUMS]) if (!files.includes(name)) found.push(`${name} is missing.`);
  if (found.length > faults.length) return rest();
  const content = await readFile(join(folder, MANIFEST), 'utf8');
  let manifest: Manifest;
  try {
    manifest = manifestOf(content);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    found.push(`${error.message}.`);
    return rest();
  }
  const manifestSha256 = sha256(content);
  const sums = await readFile(join(folder, SUMS), 'utf8');
  if (sums !== sumsText(manifest.files, manifestSha256))
    found.push(`${SUMS} does not list the files of ${MANIFEST}.`);
  found.push(...(await faultsInFiles(folder, files, manifest.files)));
  const signature = await signatureOf(folder, { files, manifest, manifestSha256, sums, publicPem });
  found.push(...signature.faults);
  return { faults: found, manifest, manifestSha256, signature: signature.checked };
}

async function faultsInFiles(
  folder: string,
  there: readonly string[],
  listed: readonly Listed[],
): Promise<string[]> {
  const faults: string[] = [];
  const expected = new Map<string, Listed>();
  for (const file of listed) {
    if (expected.has(file.path))
      faults.push(`${MANIFEST} lists ${JSON.stringify(file.path)} twice.`);
    expected.set(file.path, file);
  }
  const present = new Set(there);
  for (const path of [...expected.keys()].sort()) {
    if (!present.has(path)) faults.push(`${JSON.stringify(path)} is missing.`);
  }
  for (const path of there) {
    if (path === MANIFEST || path === SUMS || path === ENVELOPE) continue;
    const file = expected.get(path);
    if (file === undefined) {
      faults.push(`${JSON.stringify(path)} is not in ${MANIFEST}.`);
      continue;
    }
    const { bytes, sha256: actual } = await listedAs(folder, path);
    if (bytes !== file.bytes)
      faults.push(`${JSON.stringify(path)} has ${bytes} bytes, and not ${file.bytes}.`);
    else if (actual !== file.sha256)
      faults.push(
        `${JSON.stringify(path)} was changed: its SHA-256 is ${actual}, and not ${file.sha256}.`,
      );
  }
  return faults;
}

interface ToCheck {
  readonly files: readonly string[];
  readonly manifest: Manifest;
  readonly manifestSha256: string;
  readonly sums: string;
  readonly publicPem: string | null;
}

async function signatureOf(
  folder: string,
  { files, manifest, manifestSha256, sums, publicPem }: ToCheck,
): Promise<{ readonly faults: readonly string[]; readonly checked: Verification['signature'] }> {
  const isSigned = files.includes(ENVELOPE);
  const failed = (...faults: readonly string[]) => ({ faults, checked: 'none' as const });
  if (manifest.signer === null) {
    if (isSigned) return failed(`${ENVELOPE} is there, although ${MANIFEST} names no signer.`);
    return publicPem === null
      ? failed()
      : failed('The bundle has no signature, although a key was given.');
  }
  if (!isSigned) return failed(`${ENVELOPE} is missing, although ${MANIFEST} names a signer.`);
  const own = files.includes(PUBLIC_KEY) ? await readFile(join(folder, PUBLIC_KEY), 'utf8') : null;
  const key = publicPem ?? own;
  if (key === null) return failed(`${PUBLIC_KEY} is missing.`);
  const fingerprint = publicPem === null ? fingerprintIn(key) : fingerprintOf(key);
  if (fingerprint !== manifest.signer) {
    return failed(`The bundle is signed by the key ${manifest.signer}, and not by ${fingerprint}.`);
  }
  const { id, sequence, previous } = manifest;
  const signed = {
    files: { [MANIFEST]: manifestSha256, [SUMS]: sha256(sums) },
    bundle: { id, sequence, previous },
  };
  const flaw = flawInEnvelope(await readFile(join(folder, ENVELOPE), 'utf8'), signed, key);
  if (flaw !== null) return failed(`${ENVELOPE}: ${flaw}.`);
  return { faults: [], checked: publicPem === null ? 'own key' : 'given key' };
}

/** Of the key that came with the bundle: what is wrong with that one is a fault of the bundle. */
function fingerprintIn(pem: string): string {
  try {
    return fingerprintOf(pem);
  } catch {
    return `${PUBLIC_KEY}, which is not a public key`;
  }
}
