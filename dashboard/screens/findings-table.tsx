import { useEffect, useRef } from 'preact/hooks';
import { COLUMNS, type ColumnName, fetchSentences, type Row, rowOf, sentenceOf } from '../data/findings.ts';
import type { Judgements } from '../data/judgements.ts';
import { requery, route, withValues } from '../data/route.ts';
import type { Sort } from '../data/sort.ts';
import { subjectLink } from '../data/subject.ts';
import { number, shown } from '../data/words.ts';
import { Mark, STATE_WORDS } from '../parts/mark.tsx';
import { isPrinting } from '../parts/printing.ts';
import { HIGHEST, PRINTED, rem, useVirtual } from '../parts/virtual.ts';

const SORTED: Readonly<Partial<Record<ColumnName | 'state', Sort>>> = {
  state: 'severity',
  name: 'name',
  rule: 'rule',
  account: 'account',
  region: 'region',
};

/** The rows that are on the screen of as many as there are. */
export function Table({ found, cells, columns }: { found: Judgements; cells: Uint32Array; columns: readonly ColumnName[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = matchMedia('(max-width: 47.5em)').matches;
  const size = rem(isNarrow ? 5.75 : 2.125);
  const most = Math.floor(HIGHEST / size);
  const { items, height } = useVirtual({ count: Math.min(cells.length, most), size, scroller });
  const rows = items.map((at) => ({ at, row: rowOf(found, cells[at] ?? 0) }));
  const [first, last] = [items[0], items.at(-1)];
  useEffect(() => {
    const timer = setTimeout(
      () =>
        void fetchSentences(
          found,
          rows.map(({ row }) => row),
        ),
      120,
    );
    return () => clearTimeout(timer);
  }, [cells, first, last]);
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [cells]);
  const placed = (at: number) =>
    height === null ? undefined : { transform: `translateY(${at * size}px)`, position: 'absolute' as const };
  return (
    <>
      <div
        class="findings"
        role="table"
        aria-label="Findings"
        aria-rowcount={cells.length + 1}
        aria-colcount={columns.length + 1}
        ref={scroller}
        tabIndex={0}
      >
        <div class="frow fhead" role="row" aria-rowindex={1}>
          <Head name="state" label="State" />
          {columns.map((name) => (
            <Head key={name} name={name} label={COLUMNS[name]} />
          ))}
        </div>
        <div role="rowgroup" class="fbody" style={height === null ? undefined : { height: `${height}px` }}>
          {rows.map(({ at, row }) => (
            <div key={at} class="frow" role="row" aria-rowindex={at + 2} style={placed(at)}>
              <span role="cell" class="c-state">
                <Mark state={row.outcome.state} severity={row.rule.severity} /> {STATE_WORDS[row.outcome.state]}
                {row.outcome.state === 'FAIL' && <span class="muted"> {row.rule.severity}</span>}
              </span>
              {columns.map((name) => (
                <span key={name} role="cell" class={`c-${name}`}>
                  <Cell {...{ found, row, name }} />
                </span>
              ))}
            </div>
          ))}
        </div>
      </div>
      {cells.length > most && <p class="note">The first {number(most)} are shown. Filters show the others.</p>}
      {isPrinting.value && cells.length > PRINTED && (
        <p class="note">
          The first {number(PRINTED)} of {number(cells.length)} findings are printed. The CSV has all.
        </p>
      )}
    </>
  );
}

function Head({ name, label }: { name: ColumnName | 'state'; label: string }) {
  const sort = SORTED[name];
  const current = route.value.query.get('sort') ?? 'severity';
  const isOwn = sort !== undefined && (current === sort || current === `${sort}-down`);
  const direction = !isOwn ? 'none' : current.endsWith('-down') ? 'descending' : 'ascending';
  const next = isOwn && direction === 'ascending' ? `${sort}-down` : sort;
  return (
    <span role="columnheader" class={`c-${name}`} aria-sort={sort === undefined ? undefined : direction}>
      {sort === undefined ? (
        label
      ) : (
        <button type="button" onClick={() => requery(withValues(route.value.query, 'sort', [next ?? sort]))}>
          {label}
          <span aria-hidden="true">{direction === 'ascending' ? ' ↑' : direction === 'descending' ? ' ↓' : ''}</span>
        </button>
      )}
    </span>
  );
}

function Cell({ found, row, name }: { found: Judgements; row: Row; name: ColumnName }) {
  const { columns } = found;
  switch (name) {
    case 'name':
      return (
        <a href={subjectLink(found, row.subject, row.rule.id)}>
          <bdi>{shown(row.name)}</bdi>
        </a>
      );
    case 'rule':
      return <code>{row.rule.id}</code>;
    case 'message':
      return <bdi>{shown(sentenceOf(found, row))}</bdi>;
    case 'account':
      return <bdi>{shown(row.account?.name ?? row.account?.id ?? '')}</bdi>;
    case 'region':
      return <>{row.region}</>;
    case 'tags':
      return <bdi>{(columns.tagsOf[row.subject] ?? []).map((tag) => shown(columns.tags[tag] ?? '')).join(', ')}</bdi>;
  }
}
