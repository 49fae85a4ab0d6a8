import { useState } from 'preact/hooks';
import type { Judgements } from '../data/judgements.ts';
import { labelOf, type Option, optionsOf } from '../data/options.ts';
import { FILTERS, type FilterName, filterNames, withStates } from '../data/query.ts';
import { requery, route, withValues } from '../data/route.ts';
import { number, shown } from '../data/words.ts';

/** Filters that are chosen from a menu; the others are set by links, and shown as chips like these. */
const MENUS: readonly FilterName[] = [
  'state',
  'severity',
  'account',
  'ou',
  'region',
  'tag',
  'framework',
  'strength',
  'rule',
  'type',
];
/** A menu shows so many choices; its search finds the others. */
const CHOICES = 100;
const SEARCHED = 12;

/** A search, a menu for each filter, and what is chosen as chips that can be removed. */
export function Filters({ judgements, menus = MENUS }: { judgements: Judgements; menus?: readonly FilterName[] }) {
  const { query } = route.value;
  return (
    <div class="filters" role="search" aria-label="Filters" onKeyDown={closeOnEscape} onFocusOut={closeOnLeave}>
      <input
        type="search"
        class="search"
        placeholder="Name, account or rule"
        aria-label="Search names, accounts and rules"
        value={query.get('q') ?? ''}
        onInput={({ currentTarget: { value } }) => requery(withValues(query, 'q', value === '' ? [] : [value]), true)}
      />
      {menus.map((name) => (
        <Menu key={name} {...{ name, judgements }} />
      ))}
      <Chips judgements={judgements} />
    </div>
  );
}

const closeOnEscape = ({ key, target }: KeyboardEvent) => {
  const open = (target as Element).closest<HTMLDetailsElement>('details[open]');
  if (key !== 'Escape' || !open) return;
  open.open = false;
  open.querySelector('summary')?.focus();
};

const closeOnLeave = ({ target, relatedTarget }: FocusEvent) => {
  const open = (target as Element).closest<HTMLDetailsElement>('details[open]');
  if (open && relatedTarget instanceof Node && !open.contains(relatedTarget)) open.open = false;
};

function Menu({ name, judgements }: { name: FilterName; judgements: Judgements }) {
  const [isOpen, setOpen] = useState(false);
  const chosen = route.value.query.getAll(name);
  return (
    <details class="menu" name="filter" onToggle={({ currentTarget: { open } }) => setOpen(open)}>
      <summary>
        {FILTERS[name]}
        {chosen.length > 0 && <span class="chosen"> {chosen.length}</span>}
      </summary>
      {isOpen && <Choices {...{ name, judgements, chosen }} />}
    </details>
  );
}

function Choices({ name, judgements, chosen }: { name: FilterName; judgements: Judgements; chosen: readonly string[] }) {
  const [text, setText] = useState('');
  const options = optionsOf(judgements, name);
  const fitting = options.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
  const toggle = ({ value }: Option) => {
    const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
    const { path, query } = route.value;
    // A filter narrows what is on the screen: it does not bring back what passes.
    requery(withValues(path[0] === 'findings' && name !== 'state' ? withStates(query) : query, name, next));
  };
  return (
    <fieldset class="panel">
      <legend class="sr">{FILTERS[name]}</legend>
      {options.length > SEARCHED && (
        <input
          type="search"
          class="search"
          placeholder={`Find among ${number(options.length)}`}
          aria-label={`Find in ${FILTERS[name]}`}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      )}
      {fitting.slice(0, CHOICES).map((option) => (
        <label key={option.value}>
          <input type="checkbox" checked={chosen.includes(option.value)} onChange={() => toggle(option)} />{' '}
          <bdi>{shown(option.label)}</bdi>
        </label>
      ))}
      {fitting.length > CHOICES && <p class="note">{number(fitting.length - CHOICES)} more: type to find them.</p>}
      {fitting.length === 0 && <p class="note">There is none.</p>}
    </fieldset>
  );
}

function Chips({ judgements }: { judgements: Judgements }) {
  const { query } = route.value;
  const chips = filterNames.flatMap((name) => query.getAll(name).map((value) => ({ name, value })));
  if (chips.length === 0) return null;
  /** What was clicked is gone with its filter: the focus goes to the next, or to the search. */
  const leave = ({ currentTarget }: { currentTarget: Element }, left: URLSearchParams) => {
    const group = currentTarget.closest('.filters');
    requery(left);
    setTimeout(() => (group?.querySelector<HTMLElement>('.chip') ?? group?.querySelector<HTMLElement>('.search'))?.focus(), 60);
  };
  return (
    <ul class="chips" aria-label="Filters that are set">
      {chips.map(({ name, value }) => (
        <li key={`${name} ${value}`}>
          <button
            type="button"
            class="chip"
            onClick={(event) =>
              leave(
                event,
                withValues(
                  query,
                  name,
                  query.getAll(name).filter((each) => each !== value),
                ),
              )
            }
          >
            {FILTERS[name]}: <bdi>{shown(labelOf(judgements, name, value))}</bdi> <span aria-hidden="true">×</span>
            <span class="sr">, remove</span>
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          class="chip clear"
          onClick={(event) =>
            leave(
              event,
              filterNames.reduce((left, name) => withValues(left, name, []), query),
            )
          }
        >
          Remove all
        </button>
      </li>
    </ul>
  );
}
