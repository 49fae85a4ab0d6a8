import { to } from '../data/route.ts';
import type { Index } from '../data/shape.ts';
import { judgements } from '../data/store.ts';
import { identityOf, subjectLink } from '../data/subject.ts';
import type { Coverage } from '../data/tables.ts';
import { counted, number, sentence, shown, time, typeName } from '../data/words.ts';
import { Csv, Loading, Named } from '../parts/common.tsx';
import { Head } from '../parts/head.tsx';

const SHOWN = 300;
const LOOKS = { yes: 'PASS', partly: 'UNKNOWN', no: 'none' } as const;
const WORDS = { yes: 'assessed', partly: 'assessed partly', no: 'not assessed' } as const;

/** Each Region of each account, those with gaps first. */
export function Regions({ index, table }: { index: Index; table: Coverage }) {
  const rows = Map.groupBy(table.account.keys(), (at) => table.account[at] ?? 0);
  const worst = index.accounts
    .map((account, at) => ({ account, own: rows.get(at) ?? [] }))
    .sort((one, other) => rank(one.account.assessed) - rank(other.account.assessed));
  const regions = [...new Set(table.region)].sort((one, other) => one - other);
  const reasonOf = (at: number) => table.reasons[table.reason[at] ?? -1] ?? null;
  const lines = () => [
    ['account', 'name', 'region', 'assessed', 'reason', 'recorder', 'observed', 'resources', 'known from'],
    ...Array.from(table.account.keys(), (at) => {
      const account = index.accounts[table.account[at] ?? 0];
      return [
        account?.id ?? '',
        account?.name ?? '',
        index.regions[table.region[at] ?? 0] ?? '',
        WORDS[table.assessed[at] ?? 'no'],
        reasonOf(at) ?? '',
        table.recorder[at] ?? '',
        table.observed[at] ?? '',
        String(table.subjects[at] ?? 0),
        (table.knownFrom[at] ?? []).join(' '),
      ];
    }),
  ];
  return (
    <>
      <p class="row">
        <Csv name={`coverage-${index.run.id}`} rows={lines} />
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Regions by account">
        <table class="counts regions">
          <caption class="sr">Accounts by Region</caption>
          <thead>
            <tr>
              <th scope="col">Account</th>
              {regions.map((region) => (
                <th key={region} scope="col">
                  {index.regions[region]}
                </th>
              ))}
              <th scope="col">Why not</th>
            </tr>
          </thead>
          <tbody>
            {worst.slice(0, SHOWN).map(({ account, own }) => (
              <tr key={account.id}>
                <th scope="row">
                  <Named name={account.name ?? account.id} href={to(['accounts', account.id])} />{' '}
                  <span class="note">{WORDS[account.assessed]}</span>
                </th>
                {regions.map((region) => {
                  const at = own.find((each) => table.region[each] === region);
                  if (at === undefined)
                    return (
                      <td key={region}>
                        <span class="zero">–</span>
                        <span class="sr">not known to be used</span>
                      </td>
                    );
                  const assessed = table.assessed[at] ?? 'no';
                  return (
                    <td key={region}>
                      <i class={`cell ${assessed === 'no' ? 'unassessed' : LOOKS[assessed]}`} />{' '}
                      <span class="note">
                        {assessed === 'yes'
                          ? table.observed[at]
                            ? time(table.observed[at] ?? null).replace(/ \d{4},/, ',')
                            : 'assessed'
                          : WORDS[assessed]}
                      </span>
                    </td>
                  );
                })}
                <td>
                  <bdi class="note">
                    {shown(
                      [account.reason, ...new Set(own.map(reasonOf))]
                        .filter((reason) => reason !== null && reason !== undefined)
                        .map((reason) => sentence(reason ?? ''))
                        .join(' '),
                    )}
                  </bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {worst.length > SHOWN && (
        <p class="note">
          The {number(SHOWN)} accounts with gaps first. The CSV has all {number(worst.length)}.
        </p>
      )}
    </>
  );
}

const rank = (assessed: 'yes' | 'partly' | 'no') => ['no', 'partly', 'yes'].indexOf(assessed);

/** Resources that some rules could not judge. */
export function Subjects() {
  const found = judgements.value;
  const gaps = Object.entries(found?.columns.gaps ?? {});
  return (
    <section>
      <h2>
        Resources not assessed completely <small>{counted(gaps.length, 'resource')}</small>
      </h2>
      {!found && <Loading what="the resources" />}
      {found && gaps.length === 0 && <p>Every resource that is known was assessed completely.</p>}
      {found && gaps.length > 0 && (
        <table class="counts">
          <caption class="sr">Resources that were not assessed completely</caption>
          <Head columns={[['Resource'], ['Account', 'wide'], ['How far', 'wide'], ['Why not']]} />
          <tbody>
            {gaps.slice(0, SHOWN).map(([key, [assessed, reason]]) => {
              const { name, type, account } = identityOf(found, Number(key));
              return (
                <tr key={key}>
                  <th scope="row">
                    <Named name={name} href={subjectLink(found, Number(key))} /> <span class="note">{typeName(type)}</span>
                  </th>
                  <td class="wide">
                    <bdi>{shown(account?.name ?? account?.id ?? '')}</bdi>
                  </td>
                  <td class="nowrap wide">{WORDS[assessed]}</td>
                  <td>
                    <bdi class="note">{shown(reason)}</bdi>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {gaps.length > SHOWN && (
        <p class="note">
          The first {number(SHOWN)} of {number(gaps.length)}. Filter the findings by state Unknown for the others.
        </p>
      )}
    </section>
  );
}
