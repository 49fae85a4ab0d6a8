import { BYTE_ORDER_MARK, type Cell, csvLine } from '../../values/csv.ts';

/** The columns of a table by name, each with what it shows of a row. */
export type Columns<T> = Readonly<Record<string, (row: T) => Cell>>;

/** What a table begins with. */
export const headOf = (columns: Columns<never>): string =>
  BYTE_ORDER_MARK + csvLine(Object.keys(columns));

export const lineOf = <T>(columns: Columns<T>, row: T): string =>
  csvLine(Object.values(columns).map((read) => read(row)));

/** A whole table of few rows. */
export const tableOf = <T>(columns: Columns<T>, rows: readonly T[]): string =>
  headOf(columns) + rows.map((row) => lineOf(columns, row)).join('');
