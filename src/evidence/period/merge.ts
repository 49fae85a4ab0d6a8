import type { Identity } from '../../records/reading.ts';

/** A stream was not in the order that a merge needs. */
export class OutOfOrder extends Error {
  override readonly name = 'OutOfOrder';
}

/** The order of findings and changes in the data set: by account, Region, type, ARN and rule, in the order of code units. */
export const orderOf = ({
  rule,
  subject,
}: {
  readonly rule: string;
  readonly subject: Identity;
}): string =>
  [subject.account, subject.region, subject.type, subject.arn, subject.id, rule].join('\n');

/** What several streams say of one finding: an entry for each stream, undefined where it says nothing. */
export type Group<T> = readonly (T | undefined)[];

/**
 * Reads sorted streams side by side, so that memory does not grow with their length.
 * @throws OutOfOrder when a stream is not sorted by {@link orderOf}, or holds a finding twice.
 */
export async function* mergeSorted<T extends Parameters<typeof orderOf>[0]>(
  streams: readonly AsyncIterable<T>[],
): AsyncGenerator<Group<T>> {
  const readers = streams.map((stream) => new Reader(stream));
  try {
    for (const reader of readers) await reader.advance();
    for (;;) {
      let least: string | undefined;
      for (const { key } of readers)
        if (key !== undefined && (least === undefined || key < least)) least = key;
      if (least === undefined) return;
      const group: (T | undefined)[] = [];
      for (const reader of readers) {
        const isIn = reader.key === least;
        group.push(isIn ? reader.row : undefined);
        if (isIn) await reader.advance();
      }
      yield group;
    }
  } finally {
    for (const reader of readers) await reader.close();
  }
}

class Reader<T extends Parameters<typeof orderOf>[0]> {
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
    if (key !== undefined && this.key !== undefined && key <= this.key) {
      throw new OutOfOrder(
        `The row of ${JSON.stringify(key.split('\n'))} is not in order, or stands twice.`,
      );
    }
    this.row = done ? undefined : value;
    this.key = key;
  }

  async close(): Promise<void> {
    await this.#rows.return?.();
  }
}
