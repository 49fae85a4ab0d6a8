import { printable } from '../../values/text.ts';
import type { Coverage, CoverageRow } from './coverage.ts';

const SHOWN = 20;
const ORDER: readonly Coverage[] = ['tampered', 'missing', 'outdated', 'starting', 'current'];

/** What needs a person. What is just being created is no news. */
export const troubles = (rows: readonly CoverageRow[]): readonly CoverageRow[] =>
  rows
    .filter(({ coverage, reason }) => coverage !== 'starting' && reason !== null)
    .sort((one, other) => ORDER.indexOf(one.coverage) - ORDER.indexOf(other.coverage));

/** "4,990 current, 10 missing", the worst first. */
export function countsOf(rows: readonly CoverageRow[]): string {
  const parts = ORDER.flatMap((coverage) => {
    const count = rows.filter((row) => row.coverage === coverage).length;
    return count === 0 ? [] : [`${count.toLocaleString('en-US')} ${coverage}`];
  });
  return parts.length === 0 ? 'no account is in the units' : parts.join(', ');
}

/**
 * One mail for all that there is to say, or null. Reasons hold texts of other accounts.
 * @param unknown sentences on units whose accounts are not among the rows.
 */
export function mailOf(
  rows: readonly CoverageRow[],
  whole: string,
  unknown: readonly string[] = [],
): string | null {
  const found = troubles(rows);
  if (found.length + unknown.length === 0) return null;
  const lines = found
    .slice(0, SHOWN)
    .map((row) => `${row.coverage}: ${row.account} ${row.region}: ${printable(row.reason ?? '')}.`);
  const rest = found.length - lines.length;
  return [
    `Accounts and Regions in which the rules should run: ${countsOf(rows)}.`,
    '',
    ...unknown,
    ...lines,
    ...(rest > 0 ? [`${rest.toLocaleString('en-US')} more.`] : []),
    '',
    `All of them: ${whole}`,
  ].join('\n');
}
