import type { Judgements } from '../data/judgements.ts';
import { to } from '../data/route.ts';
import type { Account } from '../data/shape.ts';
import { applying, tally } from '../data/tally.ts';
import { counted } from '../data/words.ts';
import { Grid, type GridCell } from './grid.tsx';

/** Accounts by rules: how much of a cell is filled is the share of its subjects that fails. */
export function AccountsGrid({ judgements, accounts }: { judgements: Judgements; accounts: readonly Account[] }) {
  const { rules } = judgements.index;
  const cell = (row: number, column: number): GridCell => {
    const account = accounts[row] as Account;
    const rule = rules[column];
    const counts = tally(judgements, column, account.first, account.size);
    const [fail, unknown, waived, pass, other] = counts;
    const of = applying(counts);
    const href = to(
      ['findings'],
      [['account', account.id], ['rule', rule?.id ?? ''], ...(fail > 0 ? [['state', 'FAIL'] as const] : [])],
    );
    if (account.assessed === 'no' && of + other === 0)
      return { look: 'unassessed', quarters: 0, words: 'not assessed', href: to(['coverage']) };
    if (fail > 0) {
      const words = `${fail} of ${counted(of, rule?.noun ?? 'subject')} fail`;
      return {
        look: rule?.severity ?? 'low',
        quarters: Math.max(1, Math.ceil((4 * fail) / of)),
        words,
        href,
      };
    }
    if (unknown > 0)
      return {
        look: 'UNKNOWN',
        quarters: 0,
        words: `${unknown} of ${of} unknown, none fails`,
        href,
      };
    if (waived > 0) return { look: 'WAIVED', quarters: 0, words: `${waived} of ${of} waived, none fails`, href };
    if (pass > 0) return { look: 'PASS', quarters: 0, words: of === 1 ? 'passes' : `all ${of} pass`, href };
    return {
      look: 'NOT_APPLICABLE',
      quarters: 0,
      words: other > 0 ? 'does not apply' : 'nothing to judge',
      href,
    };
  };
  const row = (at: number) => {
    const { id, name } = accounts[at] as Account;
    return { key: id, name: name ?? id, aside: name ? id : '', href: to(['accounts', id]) };
  };
  return <Grid label="Accounts by rule" {...{ rules, row, cell }} rows={accounts.length} />;
}
