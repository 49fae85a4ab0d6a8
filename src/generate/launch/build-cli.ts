import { mkdir, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { builtRelease } from '../../release/built.ts';
import { cliBundle } from '../bundle.ts';
import { VALIDATORS, validatorsFile } from '../code/precompiled.ts';

/** Only the command line, in dist/. Each file appears whole, so that a call that runs meanwhile reads no half of one. */
const dist = fileURLToPath(new URL('../../../dist/', import.meta.url));
await mkdir(dist, { recursive: true });
const files = [
  [VALIDATORS, await validatorsFile(), 0o644],
  ['s3-config-rules.js', await cliBundle(builtRelease().commit), 0o755],
] as const;
for (const [name, text, mode] of files) {
  const part = `${dist}${name}.${process.pid}`;
  await writeFile(part, text, { mode });
  await rename(part, `${dist}${name}`);
}
