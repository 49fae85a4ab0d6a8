import { faultsInChain, type Linked, notesOnChain } from '../../evidence/bundle/chain.ts';
import type { Manifest } from '../../evidence/bundle/manifest.ts';
import { UnusableKey } from '../../evidence/bundle/sign.ts';
import { type Verification, verifyFiles } from '../../evidence/bundle/verify.ts';
import { faultsInContents } from '../../evidence/check-contents.ts';
import { printable } from '../../values/text.ts';
import { EXIT, type ExitCode, type Io, UsageError } from '../io.ts';
import { fileOf } from './options.ts';

export interface VerifyOptions {
  readonly key?: string;
  readonly count?: number;
}

const SIGNATURES: Readonly<Record<Verification['signature'], string>> = {
  'given key': 'signed by the given key',
  'own key': 'signed by the key in the bundle (give --key to check whose it is)',
  none: 'not signed',
};

const aboutOf = ({ scope: { requirements } }: Manifest) =>
  requirements === null ? 'everything that was judged' : requirements.map(printable).join(', ');

/** Writes a line for each fault, or one for each sound bundle. @throws UsageError when a folder or the key cannot be read. */
export async function verifyCommand(
  folders: readonly string[],
  { key, count }: VerifyOptions,
  io: Io,
): Promise<ExitCode> {
  const publicPem = key === undefined ? null : (await fileOf(key, '--key')).toString('utf8');
  if (publicPem?.includes('PRIVATE KEY'))
    throw new UsageError(`--key ${key} is a private key. Give the public one that belongs to it.`);
  const linked: Linked[] = [];
  let isSound = true;
  const say = (line: string) => io.stdout.write(`${printable(line)}\n`);
  const wrong = (line: string) => {
    isSound = false;
    say(line);
  };
  for (const folder of folders) {
    const { faults, manifest, manifestSha256, signature } = await verified(folder, publicPem);
    // Content is looked at only where its bytes are those of the manifest.
    const all = faults.length > 0 ? faults : await faultsInContents(folder);
    for (const fault of all) wrong(`${folder}: ${fault}`);
    if (manifest && manifestSha256) linked.push({ name: folder, manifest, manifestSha256 });
    if (all.length === 0 && manifest)
      say(
        `${folder}: sound, number ${manifest.sequence}, ${manifest.files.length} files, ` +
          `about ${aboutOf(manifest)}, ${SIGNATURES[signature]}.`,
      );
  }
  for (const fault of faultsInChain(linked, count ?? null)) wrong(fault);
  for (const note of notesOnChain(linked)) say(note);
  return isSound ? EXIT.clean : EXIT.findings;
}

async function verified(folder: string, publicPem: string | null): Promise<Verification> {
  try {
    return await verifyFiles(folder, publicPem);
  } catch (error) {
    const isUsage = error instanceof UnusableKey || (error instanceof Error && 'code' in error);
    if (isUsage) throw new UsageError(`${folder}: ${error.message}`);
    throw error;
  }
}
