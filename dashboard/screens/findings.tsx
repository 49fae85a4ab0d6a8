import { useComputed } from '@preact/signals';
import { useState } from 'preact/hooks';
import { csv } from '../data/csv.ts';
import { download } from '../data/download.ts';
import { COLUMNS, type ColumnName, columnNames, exportRows } from '../data/findings.ts';
import type { Judgements } from '../data/judgements.ts';
import { isDefault, select, withStates } from '../data/query.ts';
import { requery, route, withValues } from '../data/route.ts';
import type { Index } from '../data/shape.ts';
import { judgements } from '../data/store.ts';
import { counted, number } from '../data/words.ts';
import { coverageSentence, Loading, Missing, Title } from '../parts/common.tsx';
import { Filters } from '../parts/filters.tsx';
import { Table } from './findings-table.tsx';

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
  const cells = useComputed(() => select(found, withStates(route.value.query))).value;
  const { query } = route.value;
  const columns = columnsShown(query);
  return (
    <>
      <Filters judgements={found} />
      <div class="listhead">
        <p role="status">
          <strong>{counted(cells.length, 'finding')}</strong>{' '}
          {isDefault(query) ? (
            <>
              that fail or are unknown. <a href="#/findings?all=1">Show every state</a>
            </>
          ) : (
            !query.has('state') && 'in every state'
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
