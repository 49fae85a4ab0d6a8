import { printable } from './text.ts';

// What spreadsheets take for a formula (OWASP, "CSV Injection"), also behind blanks and in full-width forms.
const FORMULA = /^(?:[\s\p{C}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r])/u;

// Where the list separator is another one than the comma, a formula may begin inside of a cell, quoted or not.
const INNER_FORMULA = /([;\t])(?=\s*[=+\-@|%])/g;

/** What acts on a terminal or hides text. Line ends and tabs stay: they are text in a cell. */
const ACTING = /[^\P{C}\t\r\n]/gu;

/** What a cell may show. */
export type Cell = string | number | boolean | null | undefined;

/**
 * A value as a cell of CSV (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front, so that it is
 * shown and not run; what acts on a terminal becomes an escape.
 */
export function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const inner = value.replace(INNER_FORMULA, "$1'");
  const safe = FORMULA.test(value) ? `'${inner}` : inner;
  const shown = safe.replace(ACTING, printable);
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/** A line of CSV, with the line end that RFC 4180 wants. */
export const csvLine = (cells: Iterable<Cell>): string => `${[...cells].map(cell).join(',')}\r\n`;

/** Before the first line: without it, spreadsheets do not read UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';
