import { useComputed } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { csv, download } from '../data/csv.ts';
import { COLUMNS, type ColumnName, columnNames, exportRows, fetchSentences, type Row, rowOf, sentenceOf } from '../data/findings.ts';
import { filterNames, SORTS, type Sort, select } from '../data/query.ts';
import { requery, route, withValues } from '../data/route.ts';
import type { Index } from '../data/shape.ts';
import { type Judgements, judgements } from '../data/store.ts';
import { subjectLink } from '../data/subject.ts';
import { counted, number, shown } from '../data/words.ts';
import { coverageSentence, Loading, Missing, Title } from '../parts/common.tsx';
import { Filters } from '../parts/filters.tsx';
import { Mark, STATE_WORDS } from '../parts/mark.tsx';
import { isPrinting } from '../parts/printing.ts';
import { HIGHEST, PRINTED, useVirtual } from '../parts/virtual.ts';

/** Everything that was judged, for whoever wants to cut it in a way of their own. */
export function Findings({ index }: { index: Index }) {
  const found = judgements.value;
  return (
    <>
      <Title>Findings</Title>
      <p class="byline">{coverageSentence(index)} What was not assessed is not in this list.</p>
      {found ? <List judgements={found} /> : <Loading what="the judgements" />}
    </>
  );
}

const columnsShown = (query: URLSearchParams): ColumnName[] => {
  const hidden = query.getAll('hide');
  const asked = query.getAll('show');
  return columnNames.filter((name) => (name === 'tags' ? asked.includes(name) : !hidden.includes(name)));
};

function List({ judgements: found }: { judgements: Judgements }) {
  const cells = useComputed(() => {
    const query = new URLSearchParams(route.value.query);
    // Without any filter a reader wants what is wrong or not known; every state is one chip away.
    if (!filterNames.some((name) => query.has(name)) && !query.has('q') && !query.has('all')) {
      query.append('state', 'FAIL');
      query.append('state', 'UNKNOWN');
    }
    return select(found, query);
  }).value;
  const { query } = route.value;
  const columns = columnsShown(query);
  const isDefault = !filterNames.some((name) => query.has(name)) && !query.has('q') && !query.has('all');
  return (
    <>
      <Filters judgements={found} />
      <div class="listhead">
        <p role="status">
          <strong>{counted(cells.length, 'finding')}</strong>{' '}
          {isDefault && (
            <>
              that fail or are unknown. <a href="#/findings?all=1">Show every state</a>
            </>
          )}
        </p>
        <Columns columns={columns} />
        <Export {...{ found, cells, columns }} />
        <button type="button" class="small" onClick={() => print()}>
          Print
        </button>
      </div>
      {cells.length === 0 ? (
        <Missing>Nothing that was assessed has all of these. What was not assessed is not in this list.</Missing>
      ) : (
        <Table {...{ found, cells, columns }} />
      )}
    </>
  );
}

function Columns({ columns }: { columns: readonly ColumnName[] }) {
  const toggle = (name: ColumnName) => {
    const key = name === 'tags' ? 'show' : 'hide';
    const own = route.value.query.getAll(key);
    const next = own.includes(name) ? own.filter((each) => each !== name) : [...own, name];
    requery(withValues(route.value.query, key, next), true);
  };
  return (
    <details class="menu end" name="filter">
      <summary>Columns</summary>
      <fieldset class="panel">
        <legend class="sr">Columns</legend>
        {columnNames.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={columns.includes(name)} onChange={() => toggle(name)} /> {COLUMNS[name]}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function Export({ found, cells, columns }: { found: Judgements; cells: Uint32Array; columns: readonly ColumnName[] }) {
  const [state, setState] = useState('CSV');
  const write = async () => {
    try {
      const rows = await exportRows(found, cells, columns, (done, of) => setState(`${number(done)} of ${counted(of, 'file')}`));
      download(`findings-${found.index.run.id}.csv`, csv(rows));
      setState('CSV');
    } catch (error) {
      setState(`Failed: ${error instanceof Error ? error.message : error}`);
    }
  };
  return (
    <button type="button" class="small" onClick={write} aria-live="polite">
      {state}
    </button>
  );
}

const SORTED: Readonly<Partial<Record<ColumnName | 'state', Sort>>> = {
  state: 'severity',
  name: 'name',
  rule: 'rule',
  account: 'account',
  region: 'region',
};

function Table({ found, cells, columns }: { found: Judgements; cells: Uint32Array; columns: readonly ColumnName[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = matchMedia('(max-width: 760px)').matches;
  const size = isNarrow ? 92 : 34;
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
  const placed = (at: number) => (height === null ? undefined : { transform: `translateY(${at * size}px)`, position: 'absolute' as const });
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
      {sort === undefined || !(SORTS as readonly string[]).includes(sort) ? (
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
