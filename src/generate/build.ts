import { mkdir, writeFile } from 'node:fs/promises';
import { builtRelease } from '../release/built.ts';
import { emptySettings } from '../settings/settings.ts';
import { loadSettings } from '../settings-file/settings-file.ts';
import { cliBundle, FUNCTIONS, lambdaBundle } from './bundle.ts';

/** npm run build [-- settings.yaml]: the command line and the Lambda functions, with those settings baked in, in dist/. */
const [file] = process.argv.slice(2);
const settings = file ? await loadSettings(file) : emptySettings;
const dist = new URL('../../dist/', import.meta.url);
await mkdir(dist, { recursive: true });
await writeFile(new URL('s3-config-rules.js', dist), await cliBundle(builtRelease().commit), {
  mode: 0o755,
});
for (const name of FUNCTIONS) {
  const folder = new URL(`lambda/${name}/`, dist);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('index.js', folder), await lambdaBundle(settings, name));
}
