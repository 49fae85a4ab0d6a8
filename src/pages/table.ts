/** A Markdown table; empty without rows. Text of others is made harmless to tables and to HTML. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const cell = (text: string) =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');

/** A Markdown list, one line for each text; empty without texts. */
export const bullets = (texts: readonly string[]) => texts.map((text) => `- ${text}`).join('\n');
