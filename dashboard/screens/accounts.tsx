import { requery, route, to, withValues } from '../data/route.ts';
import type { Account, Index } from '../data/shape.ts';
import { judgements } from '../data/store.ts';
import { applying, sum, worstFirst } from '../data/tally.ts';
import { counted, number } from '../data/words.ts';
import { AccountsGrid } from '../parts/accounts-grid.tsx';
import { StateBar } from '../parts/bar.tsx';
import { CountLink, coverageSentence, Loading, Missing, Title } from '../parts/common.tsx';

/** All accounts, or those of one organizational unit: which fail where, and which were not assessed. */
export function Accounts({ index }: { index: Index }) {
  const { query } = route.value;
  const ou = query.get('ou');
  const text = (query.get('q') ?? '').toLowerCase();
  const found = judgements.value;
  const inside = index.accounts.filter((account) => ou === null || partsOf(account).includes(ou));
  const shown = inside
    .filter(({ id, name }) => id.includes(text) || (name?.toLowerCase().includes(text) ?? false))
    .toSorted((one, other) => worstFirst(one.counts, other.counts));
  const counts = sum(inside.map((account) => account.counts));
  const missing = inside.filter(({ assessed }) => assessed !== 'yes');
  return (
    <>
      <Title over={ou === null ? undefined : <a href={to(['accounts'])}>All accounts</a>}>
        {ou === null ? (
          'Accounts'
        ) : (
          <>
            Organizational unit <bdi>{ou}</bdi>
          </>
        )}
      </Title>
      <p class="byline">
        {counted(inside.length, 'account')}, {number(counts[0])} of {counted(applying(counts), 'judgement')} fail.{' '}
        {ou === null
          ? coverageSentence(index)
          : missing.length === 0
            ? 'All of them were assessed.'
            : `${number(missing.length)} of them not, or not completely.`}
      </p>
      {ou === null && <Units index={index} />}
      <section>
        <h2>
          By rule <small>worst first</small>
        </h2>
        {inside.length > 12 && (
          <p class="row">
            <input
              type="search"
              class="search"
              placeholder="Name or number"
              aria-label="Search accounts"
              value={query.get('q') ?? ''}
              onInput={({ currentTarget: { value } }) => requery(withValues(query, 'q', value === '' ? [] : [value]), true)}
            />
          </p>
        )}
        {!found && <Loading what="the judgements" />}
        {found && shown.length > 0 && <AccountsGrid judgements={found} accounts={shown} />}
        {shown.length === 0 && (
          <Missing>
            There is no such account. <a href={to(['accounts'])}>All accounts</a>
          </Missing>
        )}
      </section>
    </>
  );
}

const partsOf = ({ ou }: Account) => ou?.split('/').filter((part) => part !== '') ?? [];

function Units({ index }: { index: Index }) {
  const units = Map.groupBy(
    index.accounts.flatMap((account) =>
      partsOf(account)
        .filter((part) => part.startsWith('ou-'))
        .map((unit) => ({ unit, account })),
    ),
    ({ unit }) => unit,
  );
  const nowhere = index.accounts.filter(({ ou }) => ou === null).length;
  const rows = [...units].map(([unit, own]) => ({
    ...{ unit, accounts: own.length, counts: sum(own.map(({ account }) => account.counts)) },
    missing: own.filter(({ account }) => account.assessed !== 'yes').length,
  }));
  if (rows.length === 0)
    return <p class="note">Neither the settings nor the organization say in which organizational units these accounts are.</p>;
  return (
    <section>
      <h2>
        Organizational units <small>an account counts in each unit above it</small>
      </h2>
      <table class="counts narrow">
        <caption class="sr">Organizational units</caption>
        <thead>
          <tr>
            <th scope="col">Unit</th>
            <th scope="col" class="n wide">
              Accounts
            </th>
            <th scope="col" class="n">
              Not wholly assessed
            </th>
            <th scope="col" class="n">
              Fail
            </th>
            <th scope="col" class="n">
              Unknown
            </th>
            <th scope="col" class="barcell wide">
              Of judgements that apply
            </th>
          </tr>
        </thead>
        <tbody>
          {rows
            .toSorted((one, other) => worstFirst(one.counts, other.counts))
            .map(({ unit, accounts, counts, missing }) => (
              <tr key={unit}>
                <th scope="row">
                  <a href={to(['accounts'], [['ou', unit]])}>
                    <bdi>{unit}</bdi>
                  </a>
                </th>
                <td class="n wide">{number(accounts)}</td>
                <td class="n">{missing === 0 ? <span class="zero">0</span> : number(missing)}</td>
                <td class="n">
                  <CountLink count={counts[0]} query={{ ou: unit, state: 'FAIL' }} />
                </td>
                <td class="n">
                  <CountLink count={counts[1]} query={{ ou: unit, state: 'UNKNOWN' }} />
                </td>
                <td class="barcell wide">
                  <StateBar counts={counts} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      {nowhere > 0 && (
        <p class="note">
          {counted(nowhere, 'account')} {nowhere === 1 ? 'is' : 'are'} in no unit that is known.
        </p>
      )}
    </section>
  );
}
