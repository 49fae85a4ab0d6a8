import { table } from '../pages/table.ts';
import { rooms } from './layers.ts';

const BEGIN = '<!-- The map is written by "npm run generate" from src/generate/layers.ts. -->';
const END = '<!-- End of the map. -->';

/** The page on architecture with the map of the code as the table of rooms has it. @throws Error when the page has no place for it. */
export function withMap(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('docs/architecture.md has no place for the map.');
  return `${page.slice(0, begin)}${BEGIN}\n\n${map()}\n\n${page.slice(end)}`;
}

function map(): string {
  const rows = rooms.map(({ path, holds, uses = [] }) => [
    `[${path}](../${path})`,
    holds,
    roomsIn(uses).join(', '),
  ]);
  return table(['folder', 'what may stand there', 'may import'], rows);
}

/** Files that a room names count as their folder; names are short where they can be. */
function roomsIn(uses: readonly string[]): readonly string[] {
  const folders = uses
    .filter((used) => used !== 'package.json')
    .map((used) => used.replace(/\/[^/]*\.ts$/, ''));
  return [...new Set(folders)].map((folder) => `\`${folder.replace(/^src\//, '')}\``);
}
