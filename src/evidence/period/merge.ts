import type { Identity } from '../../records/reading.ts';
import { subjectKey } from '../../results/index.ts';

/** A stream was not in the order that a merge needs. */
export class OutOfOrder extends Error {
  override readonly name = 'OutOfOrder';
}

/** What is merged: a row on a finding. */
export interface Ordered {
  readonly id: string;
  readonly rule: string;
  readonly subject: Identity;
}

/** The order of findings and changes in a data set. A bucket that was made again has several ids under one key. */
export const orderOf = ({ rule, subject }: Omit<Ordered, 'id'>): string =>
  `${subjectKey(subject)}\u0000${rule}`;

/** What several streams say of one finding: an entry for each stream, undefined where it says nothing. */
export type Group<T> = readonly (T | undefined)[];

/**
 * Reads sorted streams next to one another, so that memory does not grow with their length.
 * @throws OutOfOrder when a stream is not sorted by {@link orderOf}, or holds a finding twice.
 */
export async function* mergeSorted<T extends Ordered>(
  streams: readonly AsyncIterable<T>[],
): AsyncGenerator<Group<T>> {
  const readers = streams.map((stream) => new Reader(stream));
  try {
    for (const reader of readers) await reader.advance();
    for (;;) {
      let least: string | undefined;
      for (const { key } of readers) {
        if (key !== undefined && (least === undefined || key < least)) least = key;
      }
      if (least === undefined) return;
      const groups = new Map<string, (T | undefined)[]>();
      for (const [index, reader] of readers.entries()) {
        while (reader.row !== undefined && reader.key === least) {
          const { row } = reader;
          const group = groups.get(row.id) ?? streams.map(() => undefined);
          if (group[index] !== undefined)
            throw new OutOfOrder(`The finding ${row.id} stands twice.`);
          group[index] = row;
          groups.set(row.id, group);
          await reader.advance();
        }
      }
      yield* groups.values();
    }
  } finally {
    for (const reader of readers) await reader.close();
  }
}

class Reader<T extends Ordered> {
  row: T | undefined;
  /** undefined at the end. */
  key: string | undefined;
  readonly #rows: AsyncIterator<T>;

  constructor(stream: AsyncIterable<T>) {
    this.#rows = stream[Symbol.asyncIterator]();
  }

  async advance(): Promise<void> {
    const { value, done } = await this.#rows.next();
    const key = done ? undefined : orderOf(value);
    if (key !== undefined && this.key !== undefined && key < this.key) {
      throw new OutOfOrder(`The row of the finding ${value.id} is not in order.`);
    }
    this.row = done ? undefined : value;
    this.key = key;
  }

  async close(): Promise<void> {
    await this.#rows.return?.();
  }
}
