import { to } from '../data/route.ts';
import type { Index } from '../data/shape.ts';
import { judgements } from '../data/store.ts';
import { worstFirst } from '../data/tally.ts';
import { number } from '../data/words.ts';
import { AccountsGrid } from '../parts/accounts-grid.tsx';
import { Loading } from '../parts/common.tsx';
import { Trend } from '../parts/trend.tsx';
import { FixFirst } from './fix-first.tsx';
import { Headline } from './headline.tsx';
import { NotKnown, Score, Since, Waivers } from './standing.tsx';

const ACCOUNTS = 12;

/** What a person reads who has ten seconds, and where to go from there. */
export function Overview({ index }: { index: Index }) {
  return (
    <>
      <Headline index={index} />
      <div class="columns">
        <FixFirst index={index} />
        <div class="side">
          <Score index={index} />
          <section>
            <h2>Open findings, 90 days</h2>
            <Trend history={index.history} />
          </section>
          <NotKnown index={index} />
          <Waivers index={index} />
          <Since index={index} />
        </div>
      </div>
      <section class="full">
        <h2>
          Accounts by rule{' '}
          <small>most severe rules first, worst accounts first; a cell is filled as far as its resources fail</small>
        </h2>
        <WorstAccounts index={index} />
      </section>
    </>
  );
}

function WorstAccounts({ index }: { index: Index }) {
  const found = judgements.value;
  if (!found) return <Loading what="the judgements" />;
  const worst = index.accounts.toSorted((one, other) => worstFirst(one.counts, other.counts)).slice(0, ACCOUNTS);
  return (
    <>
      <AccountsGrid judgements={found} accounts={worst} />
      {index.accounts.length > ACCOUNTS && (
        <p>
          <a href={to(['accounts'])}>All {number(index.accounts.length)} accounts</a>
        </p>
      )}
    </>
  );
}
