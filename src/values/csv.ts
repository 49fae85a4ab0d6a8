// What spreadsheets take for a formula (OWASP, "CSV Injection"), also behind blanks and in full-width forms.
const FORMULA = /^(?:[\s\p{C}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r])/u;

// Where the list separator is another one than the comma, a formula may begin inside of a cell, quoted or not.
const INNER_FORMULA = /([;\t])(?=\s*[=+\-@|%])/g;

/**
 * A value as a cell of CSV (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front, so that it is
 * shown and not run.
 */
export function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const inner = value.replace(INNER_FORMULA, "$1'");
  const safe = FORMULA.test(value) ? `'${inner}` : inner;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of CSV, with the line end that RFC 4180 wants. */
export const csvLine = (cells: Iterable<Parameters<typeof cell>[0]>): string =>
  `${[...cells].map(cell).join(',')}\r\n`;

/** Before the first line: without it, spreadsheets do not read UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';
