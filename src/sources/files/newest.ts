import { hash } from 'node:crypto';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { counted, few } from '../../values/text.ts';

type Recorded = Pick<
  ConfigurationItem,
  'resourceType' | 'resourceId' | 'account' | 'region' | 'captureTime'
>;

/**
 * Which record of a resource counts, where files hold several: the one captured last. Of every resource only eight bytes are
 * kept, so that memory hardly grows with their number; names and times only of those that may be there twice.
 */
export class Newest {
  readonly #met = new Set<bigint>();
  readonly #repeated = new Set<bigint>();
  readonly #latest = new Map<string, string>();
  readonly #undated = new Set<string>();

  /** First, of every record: notes that the resource was met. */
  meet(item: Recorded): void {
    const mark = markOf(nameOf(item));
    if (this.#met.has(mark)) this.#repeated.add(mark);
    else this.#met.add(mark);
  }

  /** Was any resource met twice? Only then a second look is needed. */
  get hasRepeated(): boolean {
    return this.#repeated.size > 0;
  }

  /** Then, of every record once more: keeps the time of the latest of those that were met twice. */
  compare(item: Recorded): void {
    const name = nameOf(item);
    if (!this.#repeated.has(markOf(name))) return;
    const known = this.#latest.get(name);
    if (item.captureTime === null) this.#undated.add(name);
    if (known === undefined || timeOf(item) > known) this.#latest.set(name, timeOf(item));
  }

  /** A sentence on resources of which not every record says when it was captured; null when there are none. */
  get doubt(): string | null {
    const { size } = this.#undated;
    if (size === 0) return null;
    const named = few([...this.#undated]);
    return (
      `There are several records of ${counted(size, 'resource')}, and not all of them say when they were captured ` +
      `(configurationItemCaptureTime): ${named}. The record that was used may not be the newest.`
    );
  }

  /** The records that count, each resource once. Of two that were captured at the same time the first. */
  async *of(
    batches: AsyncIterable<readonly ConfigurationItem[]>,
  ): AsyncGenerator<ConfigurationItem> {
    const counts = this.counts();
    for await (const items of batches) {
      for (const item of items) if (counts(item)) yield item;
    }
  }

  /** Whether a record counts, to be asked of one after the other in the order in which they come. */
  counts(): (item: Recorded) => boolean {
    const given = new Set<string>();
    return (item) => {
      const name = nameOf(item);
      const latest = this.#latest.get(name);
      if (latest === undefined) return true;
      if (timeOf(item) !== latest || given.has(name)) return false;
      given.add(name);
      return true;
    };
  }
}

/** A record that does not say when it was captured is older than every one that does. */
const timeOf = ({ captureTime }: Recorded) => captureTime ?? '';

const nameOf = ({ resourceType, resourceId, account, region }: Recorded) =>
  `${resourceType} ${account} ${region} ${resourceId}`;

const markOf = (name: string) => hash('sha1', name, 'buffer').readBigUInt64BE();
