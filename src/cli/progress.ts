import { printable } from '../values/text.ts';
import type { Io } from './io.ts';
import { logProgress } from './log.ts';

const EVERY_MILLISECONDS = 100;
/** A log is kept, and a line of it is read later. */
const LOGGED_MILLISECONDS = 5000;
const WIDTH = 20;
/** Of a terminal that does not say how wide it is. */
const COLUMNS = 80;

/** A bar on standard error, drawn only where a person sees it, and gone when the work is done; in a log a line from time to time. */
export class ProgressBar {
  readonly #io: Pick<Io, 'stderr' | 'now' | 'manner' | 'env'>;
  readonly #begun: number;
  #last = 0;

  constructor(io: Pick<Io, 'stderr' | 'now' | 'manner' | 'env'>) {
    this.#io = io;
    this.#begun = io.now().getTime();
  }

  draw(done: number, total: number, label: string): void {
    const { stderr, now, manner, env } = this.#io;
    if (manner?.quiet === true || manner?.progress === false) return;
    const time = now().getTime();
    if (manner?.logFormat === 'json') {
      if (time - Math.max(this.#last, this.#begun) < LOGGED_MILLISECONDS) return;
      this.#last = time;
      logProgress(this.#io, done, total, label);
      return;
    }
    if (stderr.isTTY !== true || env?.['TERM'] === 'dumb') return;
    if (time - this.#last < EVERY_MILLISECONDS) return;
    this.#last = time;
    const share = total > 0 ? Math.min(done / total, 1) : 0;
    const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    stderr.write(`\r\u001b[K${within(`${bar} ${percent} %`, printable(label), stderr.columns)}`);
  }

  clear(): void {
    if (this.#last === 0 || this.#io.manner?.logFormat === 'json') return;
    this.#io.stderr.write('\r\u001b[K');
    this.#last = 0;
  }
}

/** The bar, and the end of the label as far as it fits: a line that is too long breaks, and every redraw would leave one behind. */
function within(bar: string, label: string, columns = COLUMNS): string {
  // The last column is left free, because some terminals break the line there.
  const space = columns - bar.length - 3;
  return space < 8 ? bar.slice(0, Math.max(columns - 1, 0)) : `${bar}  ${label.slice(-space)}`;
}
