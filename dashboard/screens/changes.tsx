import { csv } from '../data/csv.ts';
import { download } from '../data/download.ts';
import { readJson } from '../data/files.ts';
import type { Judgements } from '../data/judgements.ts';
import { requery, route, withValues } from '../data/route.ts';
import type { Index } from '../data/shape.ts';
import { judgements } from '../data/store.ts';
import type { Changes as Table } from '../data/tables.ts';
import { CAUSES, counted, number, shown, time } from '../data/words.ts';
import { Loading, Missing, Title, usePromise } from '../parts/common.tsx';
import { Head } from '../parts/head.tsx';
import { Side } from '../parts/side.tsx';
import { rowOf } from './change.tsx';

const WORDS: Readonly<Record<string, string>> = {
  new: 'new failures',
  fixed: 'fixed',
  reopened: 'failing again',
  waived: 'waived',
  unwaived: 'no longer waived',
  unknown: 'no longer known',
  known: 'known again',
  message: 'with another reason',
  appeared: 'on new resources',
  gone: 'gone with their resource',
  deleted: 'deleted',
  applies: 'that apply, or no longer do',
};
/** How a kind of change is counted: "12 new failures". */
export const changeWords = (kind: string, count: number) => (kind === 'new' && count === 1 ? 'new failure' : (WORDS[kind] ?? kind));

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
    (at) => fits(kinds, table.kinds[table.kind[at] ?? 0] ?? '') && fits(causes, table.causes[table.cause[at] ?? 0] ?? ''),
  );
  const count = (list: readonly number[], wanted: number) => list.reduce((sum, each) => sum + (each === wanted ? 1 : 0), 0);
  const toggle = (name: string, own: readonly string[], value: string) =>
    requery(withValues(query, name, own.includes(value) ? own.filter((each) => each !== value) : [...own, value]));
  const rowsOf = (at: number) => rowOf(found, table, at);
  const write = () => {
    const head = ['change', 'cause', 'severity', 'rule', 'resource', 'account', 'region', 'from', 'to'];
    download(
      `changes-${found.index.run.id}.csv`,
      csv([
        head,
        ...rows.map((at) => {
          const { kind, cause, rule, name, account, region, from, to } = rowsOf(at);
          return [kind, cause, rule?.severity ?? '', rule?.id ?? '', name, account, region, from, to];
        }),
      ]),
    );
  };
  if (table.rules.length === 0) return <p class="lead">No finding has changed.</p>;
  return (
    <>
      <div class="filters" role="group" aria-label="Filters">
        {table.kinds.map((kind, at) => (
          <button
            key={kind}
            type="button"
            class="toggle"
            aria-pressed={kinds.includes(kind)}
            onClick={() => toggle('kind', kinds, kind)}
          >
            {number(count(table.kind, at))} {changeWords(kind, count(table.kind, at))}
          </button>
        ))}
      </div>
      <div class="filters" role="group" aria-label="Causes">
        {table.causes.map((cause, at) => (
          <button
            key={cause}
            type="button"
            class="toggle"
            aria-pressed={causes.includes(cause)}
            onClick={() => toggle('cause', causes, cause)}
          >
            {number(count(table.cause, at))} because {CAUSES[cause] ?? cause}
          </button>
        ))}
      </div>
      <div class="listhead">
        <p role="status">
          <strong>{counted(rows.length, 'change')}</strong>
        </p>
        <button type="button" class="small" onClick={write}>
          CSV
        </button>
      </div>
      <table class="counts">
        <caption class="sr">Changes since the last run</caption>
        <Head columns={[['Resource'], ['Rule', 'wide'], ['Was'], ['Is'], ['Because', 'wide']]} />
        <tbody>
          {rows.slice(0, SHOWN).map((at) => {
            const { href, name, account, rule, from, to: now, cause } = rowsOf(at);
            return (
              <tr key={at}>
                <th scope="row">
                  {href ? (
                    <a href={href}>
                      <bdi>{shown(name)}</bdi>
                    </a>
                  ) : (
                    <bdi>{shown(name)}</bdi>
                  )}{' '}
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
                <td class="wide">{CAUSES[cause] ?? cause}</td>
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
