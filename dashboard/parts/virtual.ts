import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { isPrinting } from './printing.ts';

interface Options {
  readonly count: number;
  /** Height of every row in pixels. */
  readonly size: number;
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** So few rows are all drawn. */
  readonly whole?: number;
}

/** How many rows are printed of a long list; the page says so where there are more. */
export const PRINTED = 2000;
/** Rows drawn above and below what is on the screen, so that a slow scroll shows no gap. */
const SPARE = 8;
/** Browsers lay out nothing that is higher than some 33 million pixels (Chromium: LayoutUnit of 32 bits with 6 of fraction). */
export const HIGHEST = 20_000_000;

export interface Virtual {
  /** Positions of the rows to draw. */
  readonly items: readonly number[];
  /** Height of all rows in pixels; null where all are drawn, one below the other. */
  readonly height: number | null;
  reveal(row: number): void;
}

/** The rows of a long list that are on the screen, or on paper. Rows of one height need no more than a division. */
export function useVirtual({ count, size, scroller, whole = 0 }: Options): Virtual {
  const [window, setWindow] = useState({ top: 0, height: 800 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => setWindow({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller.current]);
  if (isPrinting.value) return { items: range(0, Math.min(count, PRINTED)), height: null, reveal };
  if (count <= whole) return { items: range(0, count), height: null, reveal };
  const from = Math.max(0, Math.floor(window.top / size) - SPARE);
  const to = Math.min(count, Math.ceil((window.top + window.height) / size) + SPARE);
  return {
    items: range(Math.min(from, to), to),
    height: Math.min(count * size, HIGHEST),
    reveal: (row) => {
      const element = scroller.current;
      if (!element) return;
      const [first, last] = [row * size, (row + 3) * size - element.clientHeight];
      if (element.scrollTop > first) element.scrollTop = first;
      else if (element.scrollTop < last) element.scrollTop = last;
    },
  };
}

const reveal = () => {};
/** Pixels of so many `rem`: on very large screens the page is set larger. */
export const rem = (many: number) =>
  many * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
