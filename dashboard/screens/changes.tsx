import { readJson } from '../data/files.ts';
import type { Judgements } from '../data/judgements.ts';
import { requery, route, withValues } from '../data/route.ts';
import type { Index } from '../data/shape.ts';
import { judgements } from '../data/store.ts';
import type { Changed } from '../data/summary.ts';
import type { Changes as Table } from '../data/tables.ts';
import { counted, number, shown, time } from '../data/words.ts';
import { Csv, Loading, Missing, Named, Title, usePromise } from '../parts/common.tsx';
import { Head } from '../parts/head.tsx';
import { Side } from '../parts/side.tsx';
import { rowOf } from './change.tsx';

const SHOWN = 500;

/** What is not as it was in the run before, and why: a rule that was relaxed is not a fix. */
export function Changes({ index }: { index: Index }) {
  const found = judgements.value;
  const { value, error } = usePromise(() => readJson<Table>(`${index.folder}/changes.json.gz`), [index.run.id]);
  const before = index.history.at(-2);
  return (
    <>
      <Title>Changes</Title>
      <p class="byline">
        {index.run.previous === null
          ? 'This is the first run, so there is nothing to compare it with.'
          : `Since run ${index.run.previous}${before ? ` of ${time(before.at)}` : ''}.`}
      </p>
      {error && <Missing>The changes could not be read: {error}</Missing>}
      {(!found || !value) && !error && <Loading what="the changes" />}
      {found && value && index.run.previous !== null && <List {...{ found, table: value }} />}
    </>
  );
}

function List({ found, table }: { found: Judgements; table: Table }) {
  const { query } = route.value;
  const [kinds, causes] = [query.getAll('kind'), query.getAll('cause')];
  const fits = (wanted: readonly string[], value: string) => wanted.length === 0 || wanted.includes(value);
  const rows = Array.from(table.rules.keys()).filter(
    (at) => fits(kinds, table.kinds[table.kind[at] ?? 0] ?? '') && fits(causes, table.causes[table.cause[at] ?? 0]?.id ?? ''),
  );
  const rowsOf = (at: number) => rowOf(found, table, at);
  if (table.rules.length === 0) return <p class="lead">No finding has changed.</p>;
  return (
    <>
      <Toggles name="kind" label="Filters" of={found.index.changes} />
      <Toggles name="cause" label="Causes" of={table.causes} before="because " />
      <div class="listhead">
        <p role="status">
          <strong>{counted(rows.length, 'change')}</strong>
        </p>
        <Csv
          name={`changes-${found.index.run.id}`}
          rows={() => [
            ['change', 'cause', 'severity', 'rule', 'resource', 'account', 'region', 'from', 'to'],
            ...rows.map((at) => {
              const { kind, cause, rule, name, account, region, from, to } = rowsOf(at);
              return [kind, cause, rule?.severity ?? '', rule?.id ?? '', name, account, region, from, to];
            }),
          ]}
        />
      </div>
      <table class="counts">
        <caption class="sr">Changes since the last run</caption>
        <Head columns={[['Resource'], ['Rule', 'wide'], ['Was'], ['Is'], ['Because', 'wide']]} />
        <tbody>
          {rows.slice(0, SHOWN).map((at) => {
            const { href, name, account, rule, from, to: now, why } = rowsOf(at);
            return (
              <tr key={at}>
                <th scope="row">
                  <Named {...{ name, href }} />{' '}
                  {account !== name && (
                    <span class="note">
                      <bdi>{shown(account)}</bdi>
                    </span>
                  )}
                  <code class="phone">{rule?.id}</code>
                </th>
                <td class="wide">
                  <code>{rule?.id}</code>
                </td>
                <td>
                  <Side side={from} severity={rule?.severity ?? 'low'} />
                </td>
                <td>
                  <Side side={now} severity={rule?.severity ?? 'low'} />
                </td>
                <td class="wide">{why}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length > SHOWN && (
        <p class="note">
          The first {number(SHOWN)} of {number(rows.length)}. The CSV has all.
        </p>
      )}
    </>
  );
}

function Toggles({ name, label, of, before = '' }: { name: string; label: string; of: readonly Changed[]; before?: string }) {
  const { query } = route.value;
  const own = query.getAll(name);
  return (
    <div class="filters" role="group" aria-label={label}>
      {of.map(({ id, count, words }) => (
        <button
          key={id}
          type="button"
          class="toggle"
          aria-pressed={own.includes(id)}
          onClick={() => requery(withValues(query, name, own.includes(id) ? own.filter((each) => each !== id) : [...own, id]))}
        >
          {number(count)} {before}
          {words}
        </button>
      ))}
    </div>
  );
}
