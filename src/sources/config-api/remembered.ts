/** In milliseconds. AWS Config itself takes longer than that to record a change. */
const KEPT = 60_000;

/** So many questions are kept at most: a function that judges thousands of buckets asks about each of them. */
const MOST = 500;

/**
 * Answers that a moment ago were the same for others. A change of one bucket starts the function once for each rule, and all of them ask
 * who writes logs to it, and how the account blocks public access. What concerns the subject itself is never kept.
 */
export class Remembered {
  readonly #now: () => Date;
  readonly #answers = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** The answer of the last minute, or a new one. An error is not kept. */
  async ask<T>(question: string, ask: () => Promise<T>): Promise<T> {
    const now = this.#now().getTime();
    const known = this.#answers.get(question);
    if (known !== undefined && now - known.at < KEPT) return (await known.answer) as T;
    const answer = ask();
    this.#answers.delete(question);
    this.#answers.set(question, { at: now, answer });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST && oldest !== undefined) this.#answers.delete(oldest);
    try {
      return await answer;
    } catch (error) {
      this.#answers.delete(question);
      throw error;
    }
  }
}
