/** Characters that a spreadsheet takes for the beginning of a formula, also after blanks and in full width. */
const FORMULA = /^[\s\u00a0]*[=+\-@＝＋－＠\t\r]/;

/** One cell: a formula is made text by an apostrophe before it (OWASP, "CSV Injection"). */
export function csvCell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]|^\s|\s$|^'/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table for spreadsheets: UTF-8 with a mark, lines ended as RFC 4180 wants it. */
export const csv = (rows: readonly (readonly string[])[]) =>
  `\ufeff${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
