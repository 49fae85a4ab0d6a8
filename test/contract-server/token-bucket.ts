/** Security Hub: rate a second, and burst (API Reference, "Welcome"). */
const RATES: Readonly<Record<string, readonly [number, number]>> = {
  GetFindings: [3, 6],
  BatchImportFindings: [10, 30],
  BatchUpdateFindings: [10, 30],
};

/** The rate limit of an operation: a burst, refilled with time. */
export class TokenBucket {
  readonly #rate: number;
  readonly #burst: number;
  readonly #now: () => number;
  #tokens: number;
  #at: number;

  constructor(operation: string, now: () => number) {
    const [rate, burst] = RATES[operation] ?? [10, 30];
    this.#rate = rate;
    this.#burst = burst;
    this.#now = now;
    this.#tokens = burst;
    this.#at = now();
  }

  take(): boolean {
    const now = this.#now();
    const refilled = this.#tokens + ((now - this.#at) / 1000) * this.#rate;
    this.#tokens = Math.min(this.#burst, refilled);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
