import { mkdir, writeFile } from 'node:fs/promises';
import { emptySettings } from '../core/settings.ts';
import { loadSettings } from '../settings/settings-file.ts';
import { cliBundle, lambdaBundle } from './bundle.ts';

/** npm run build [-- settings.yaml]: the command line and the Lambda functions, with those settings baked in, in dist/. */
const [file] = process.argv.slice(2);
const settings = file ? await loadSettings(file) : emptySettings;
const dist = new URL('../../dist/', import.meta.url);
await mkdir(new URL('lambda/publish-findings/', dist), { recursive: true });
await writeFile(new URL('s3-config-rules.js', dist), await cliBundle(), { mode: 0o755 });
await writeFile(new URL('lambda/index.js', dist), await lambdaBundle(settings));
const publisher = await lambdaBundle(settings, 'publish-findings');
await writeFile(new URL('lambda/publish-findings/index.js', dist), publisher);
