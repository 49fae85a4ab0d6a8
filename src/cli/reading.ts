import type { Style } from '../formats/format.ts';

type Paint = (style: Style, text: string) => string;

/** Lines longer than this are hard to read, however wide the terminal is. */
const WIDEST = 100;
const NARROWEST = 40;

interface Reader {
  readonly paint?: Paint | undefined;
  /** Of the terminal. */
  readonly columns?: number | undefined;
}

/**
 * A page of the documentation as text to read: without comments, links and marks of Markdown, in lines that fit. A table becomes a
 * list, because its cells hold sentences.
 */
export function readable(
  page: string,
  { paint = (_, text) => text, columns = WIDEST }: Reader = {},
): string {
  const width = Math.max(NARROWEST, Math.min(columns - 1, WIDEST));
  const blocks = page
    .replace(/<!--[\s\S]*?-->\n*/g, '')
    .split(/\n{2,}/)
    .filter((block) => block.trim() !== '');
  const written = blocks.map((block) => {
    const heading = /^#+ (.*)$/.exec(block);
    if (heading) return paint('bold', plain(heading[1] ?? ''));
    if (block.startsWith('```'))
      return block
        .replace(/^```.*\n?/gm, '')
        .replace(/^/gm, '    ')
        .trimEnd();
    if (block.startsWith('|')) return listed(block.split('\n'), width, paint);
    if (/^[-*] /.test(block)) {
      return block
        .split(/\n(?=[-*] )/)
        .map((item) => wrapped(`- ${plain(item.slice(2))}`, width, 2))
        .join('\n');
    }
    return wrapped(plain(block), width, 0);
  });
  return `${written.join('\n\n')}\n`;
}

/** The rows of a table: the first cell by itself, the others below it with their headings. */
function listed(lines: readonly string[], width: number, paint: Paint): string {
  const [head = [], , ...rows] = lines.map((line) =>
    line
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => plain(cell.trim().replaceAll('\\|', '|'))),
  );
  return rows
    .map(([first = '', ...cells]) => {
      const below = cells.flatMap((cell, index) =>
        cell === '' ? [] : [wrapped(`    ${head[index + 1] ?? ''}: ${cell}`, width, 6)],
      );
      return [paint('cyan', wrapped(`  ${first}`, width, 4)), ...below].join('\n');
    })
    .join('\n');
}

const plain = (text: string) =>
  text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|`/g, '')
    .replace(/<br>/g, ' ')
    .replace(/\s*\n\s*/g, ' ');

/** Breaks a text between its words. @param indent of the lines after the first. */
export function wrapped(text: string, width: number, indent: number): string {
  const [, before = '', rest = ''] = /^(\s*)(.*)$/s.exec(text) ?? [];
  const lines: string[] = [];
  let line = before;
  for (const word of rest.split(/ +/)) {
    const isFirst = line.trim() === '';
    if (!isFirst && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    } else line += isFirst ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}
