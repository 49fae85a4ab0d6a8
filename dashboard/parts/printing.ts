import { signal } from '@preact/signals';
import { options } from 'preact';
import type { Index } from '../data/shape.ts';
import { time } from '../data/words.ts';

/** Whether the page is being laid out on paper: long lists are then drawn in full. */
export const isPrinting = signal(false);

/** Draws for paper before the browser takes the page, which waits for nothing. */
export function watchPrinting(): void {
  const set = (value: boolean) => {
    const { debounceRendering } = options;
    options.debounceRendering = (draw) => draw();
    isPrinting.value = value;
    if (debounceRendering) options.debounceRendering = debounceRendering;
    else delete options.debounceRendering;
  };
  addEventListener('beforeprint', () => set(true));
  addEventListener('afterprint', () => set(false));
}

/** Every sheet says which run it is of, and its number. */
export function footSheets({ run, title }: Index): void {
  const text = (value: string) => `"${value.replace(/["\\\n\r\f]/g, ' ')}"`;
  const left = text(
    `${title} · run ${run.id} · ${time(run.at)} · settings ${run.settingsHash.slice(0, 12)} · rules ${run.rulesHash.slice(0, 12)}`,
  );
  const sheet = new CSSStyleSheet();
  const font = 'font: 7.5pt system-ui, sans-serif; color: #555';
  const right = 'counter(page) " / " counter(pages)';
  sheet.replaceSync(
    `@page { @bottom-left { content: ${left}; width: 85%; ${font} }
      @bottom-right { content: ${right}; width: 15%; white-space: nowrap; ${font} } }`,
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
