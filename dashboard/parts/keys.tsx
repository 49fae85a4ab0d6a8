import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { to } from '../data/route.ts';

const isOpen = signal(false);

/** What the keys do, for the list and for the keys themselves. */
const GOES: Readonly<Record<string, readonly [string, string]>> = {
  o: ['Overview', ''],
  q: ['Requirements', 'requirements'],
  r: ['Rules', 'rules'],
  a: ['Accounts', 'accounts'],
  f: ['Findings', 'findings'],
  w: ['Waivers', 'waivers'],
  c: ['Changes', 'changes'],
  v: ['Coverage', 'coverage'],
};

/** Keys of one letter can be turned off (WCAG 2.1.4): they act only while no field has the focus, and after "g". */
export function watchKeys(): void {
  let isGoing = false;
  addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    const isTyping = target instanceof HTMLElement && target.matches('input, select, textarea');
    if (isTyping || ctrlKey || metaKey || altKey) return;
    const view = isGoing ? GOES[key]?.[1] : undefined;
    isGoing = key === 'g';
    if (view !== undefined) location.hash = to(view === '' ? [] : [view]);
    if (key === '?') isOpen.value = true;
    if (key === '/') {
      event.preventDefault();
      search();
    }
  });
}

function search(): void {
  const field = () => document.querySelector<HTMLInputElement>('main .search');
  if (field()) {
    field()?.focus();
    return;
  }
  location.hash = to(['findings']);
  // The field comes with the judgements, which may still be read.
  const wait = (times: number) => setTimeout(() => (field() ? field()?.focus() : times > 0 && wait(times - 1)), 60);
  wait(50);
}

export function Keys() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen.value) dialog.current?.showModal();
  }, [isOpen.value]);
  return (
    <dialog
      ref={dialog}
      onClose={() => {
        isOpen.value = false;
      }}
      aria-labelledby="keys"
    >
      <h2 id="keys">Keys</h2>
      <dl>
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>Search findings</dd>
        <dt>
          <kbd>Arrows</kbd>
        </dt>
        <dd>Move in a grid of cells; Enter opens</dd>
        {Object.entries(GOES).map(([key, [name]]) => (
          <>
            <dt>
              <kbd>g</kbd> <kbd>{key}</kbd>
            </dt>
            <dd>{name}</dd>
          </>
        ))}
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>This list</dd>
      </dl>
      <form method="dialog">
        <button class="small" type="submit">
          Close
        </button>
      </form>
    </dialog>
  );
}

export const KeysButton = () => (
  <button
    type="button"
    class="small quiet"
    onClick={() => {
      isOpen.value = true;
    }}
  >
    Keys
  </button>
);
