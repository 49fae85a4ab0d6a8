import { printable } from '../values/text.ts';
import type { Io } from './io.ts';

const EVERY_MILLISECONDS = 100;
const WIDTH = 20;

/** A bar on standard error, drawn only where a person sees it, and gone when the work is done. */
export class ProgressBar {
  readonly #stream: Io['stderr'];
  readonly #now: () => Date;
  #last = 0;

  constructor({ stderr, now }: Io) {
    this.#stream = stderr;
    this.#now = now;
  }

  draw(done: number, total: number, label: string): void {
    const time = this.#now().getTime();
    if (!this.#stream.isTTY || time - this.#last < EVERY_MILLISECONDS) return;
    this.#last = time;
    const share = total > 0 ? Math.min(done / total, 1) : 0;
    const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    this.#stream.write(`\r\u001b[K${bar} ${percent} %  ${printable(label).slice(-50)}`);
  }

  clear(): void {
    if (this.#last > 0) this.#stream.write('\r\u001b[K');
    this.#last = 0;
  }
}
