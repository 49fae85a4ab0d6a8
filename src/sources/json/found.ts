/** A record as it was found among the records of a stream. */
export interface Found {
  readonly value: Readonly<Record<string, unknown>>;
  /** JSON, byte for byte as it was read. */
  readonly text: string;
  /** Its 0-based position among the records. */
  readonly index: number;
  /** Where an element of an array of records stands: offsets of its first byte, and behind its last. */
  readonly span?: readonly [from: number, to: number];
}

/** Records of an array that were read before, and need not be read again. */
interface Run {
  readonly from: number;
  to: number;
  readonly first: number;
  count: number;
  /** When its first and its last record were captured (ISO, UTC). */
  readonly since: string;
  until: string;
}

/** Records to pass over: how many bytes and records, and when the first and the last of them were captured. */
export type Ahead = Pick<Run, 'count' | 'since' | 'until'> & { readonly bytes: number };

/** Where runs of so many records would not be kept any more, the rest is read again. */
const MOST_RUNS = 100_000;

/** Which records of a stream nobody needs. They were read whole once, so that any damage in them is known. */
export class Needless {
  readonly #runs: Run[] = [];

  /** Adds a record, in the order of the stream. @param at when it was captured (ISO, UTC): without it, it is read again. */
  add({ index, span }: Pick<Found, 'index' | 'span'>, at: string | null): void {
    if (span === undefined || at === null) return;
    const [from, to] = span;
    const last = this.#runs.at(-1);
    if (last !== undefined && last.first + last.count === index && last.to < from) {
      last.to = to;
      last.until = at;
      last.count++;
    } else if (this.#runs.length < MOST_RUNS) {
      this.#runs.push({ from, to, first: index, count: 1, since: at, until: at });
    }
  }

  /** What begins at an offset, to be asked for one after the other. */
  ahead(): (offset: number) => Ahead | undefined {
    let next = 0;
    return (offset) => {
      while ((this.#runs[next]?.from ?? Number.POSITIVE_INFINITY) < offset) next++;
      const run = this.#runs[next];
      if (run?.from !== offset) return undefined;
      return { ...run, bytes: run.to - run.from };
    };
  }
}
