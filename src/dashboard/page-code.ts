import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The script and the style of the page, each one text. */
export interface PageCode {
  readonly script: string;
  readonly style: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Makes them from `dashboard/`; the same sources give the same bytes. The packed command line has no esbuild and carries what this
 * returned when it was packed.
 */
export async function pageCode(): Promise<PageCode> {
  const { outputFiles } = await build({
    entryPoints: { page: `${root}dashboard/main.tsx`, style: `${root}dashboard/style/page.css` },
    absWorkingDir: root,
    outdir: 'unwritten',
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    // Only Chromium is tested; test/browser says with what.
    target: ['es2023', 'chrome117', 'firefox121', 'safari17.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'ascii',
    legalComments: 'none',
  });
  const text = (ending: string) =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text.trim() ?? '';
  return { script: text('page.js'), style: text('style.css') };
}
