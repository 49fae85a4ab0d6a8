import type { Wait } from '../sources/config-api/recorded-items.ts';

/** Spreads calls evenly, so that a service is never asked more often than it allows. */
export class Pace {
  readonly #interval: number;
  readonly #now: () => Date;
  readonly #wait: Wait;
  #next = 0;

  constructor(perSecond: number, now: () => Date, wait: Wait) {
    this.#interval = 1000 / perSecond;
    this.#now = now;
    this.#wait = wait;
  }

  /** Returns when it is the caller's turn. */
  async turn(): Promise<void> {
    const now = this.#now().getTime();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#interval;
    if (at > now) await this.#wait(at - now);
  }
}
