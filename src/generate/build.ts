import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtRelease } from '../release/built.ts';
import { emptySettings } from '../settings/settings.ts';
import { loadSettings } from '../settings-file/settings-file.ts';
import { cliBundle, embedBundle, FUNCTIONS, lambdaBundle } from './bundle.ts';
import { VALIDATORS, validatorsFile } from './code/precompiled.ts';

/** A module of ours that a declaration names: TypeScript leaves the ending .ts, which a package does not have. */
const RELATIVE = /((?:from |import\()["']\.[^"']*)\.ts(["'])/g;
const RELATIVE_NAME = /(?:from |import\()["'](\.[^"']*)\.ts["']/g;

/**
 * npm run build [-- settings.yaml]: the command line, the entry for programs that embed the rules with its types, and the Lambda
 * functions with those settings baked in, in dist/.
 */
const [file] = process.argv.slice(2);
const settings = file ? await loadSettings(file) : emptySettings;
const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'dist');
await mkdir(dist, { recursive: true });
await writeFile(join(dist, 's3-config-rules.js'), await cliBundle(builtRelease().commit), {
  mode: 0o755,
});
await writeFile(join(dist, 'index.js'), await embedBundle());
await writeFile(join(dist, VALIDATORS), await validatorsFile());
await rm(join(dist, 'types'), { recursive: true, force: true });
for (const [path, text] of declarations('src/embed/index.ts')) {
  const target = join(dist, 'types', path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
}
for (const name of FUNCTIONS) {
  const folder = join(dist, 'lambda', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.js'), await lambdaBundle(settings, name));
}

/** The types of an entry, by path: what TypeScript says of it, and of the files that those types come from, and of no others. */
function declarations(entry: string): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 's3-config-rules-types-'));
  try {
    const tsc = join(
      dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
      'bin/tsc',
    );
    const args = [tsc, '--project', join(root, 'tsconfig.declarations.json'), '--outDir', folder];
    execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    const found = new Map<string, string>();
    const follow = (path: string) => {
      if (found.has(path)) return;
      const text = readFileSync(join(folder, path), 'utf8');
      found.set(path, text.replaceAll(RELATIVE, '$1.js$2'));
      for (const [, name = ''] of text.matchAll(RELATIVE_NAME)) {
        follow(join(dirname(path), `${name}.d.ts`));
      }
    };
    follow(entry.replace(/\.ts$/, '.d.ts'));
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
