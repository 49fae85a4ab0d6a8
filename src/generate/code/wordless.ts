import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { withoutWords } from './without-words.ts';

/** What a rule says to people is for pages, results and the publisher: a function that evaluates carries no word of it. */
export const wordless: Plugin = {
  name: 'wordless',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]rules[\\/][a-z0-9-]+\.ts$/ }, async ({ path }) => ({
      contents: await withoutWords(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};
