import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The script and the style of the page, each one text. The packed command line carries them; a checkout makes them here. */
export interface PageCode {
  readonly script: string;
  readonly style: string;
}

/** The same sources give the same bytes. */
export async function pageCode(): Promise<PageCode> {
  const { outputFiles } = await build({
    entryPoints: { page: `${root}dashboard/main.tsx`, style: `${root}dashboard/style/page.css` },
    absWorkingDir: root,
    outdir: 'unwritten',
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: ['es2022', 'chrome110', 'firefox115', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'ascii',
    legalComments: 'none',
  });
  const text = (ending: string) =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text.trim() ?? '';
  return { script: text('page.js'), style: text('style.css') };
}
