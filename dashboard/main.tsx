import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.tsx';
import { follow } from './data/route.ts';
import { index, load } from './data/store.ts';
import { watchKeys } from './parts/keys.tsx';
import { footSheets, watchPrinting } from './parts/printing.ts';

/** The page: draws what the address says from the files next to it. */
const root = document.getElementById('app');
if (root) {
  follow(() => {
    scrollTo(0, 0);
    // The new view is drawn in a moment; its heading is what a screen reader goes to.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }));
  });
  render(<App />, root);
  watchPrinting();
  watchKeys();
  effect(() => {
    if (index.value) footSheets(index.value);
  });
  void load();
}
