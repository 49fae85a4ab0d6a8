import { hash } from 'node:crypto';
import { inspect, isDeepStrictEqual } from 'node:util';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { Marks } from '../../values/marks.ts';
import { counted, few } from '../../values/text.ts';

/** The record that counts of a resource that was met twice, as far as it is known, and those that may count as well. */
interface Candidate {
  time: string;
  content: string;
  /** Whether it may be one that does not count. */
  isFlawed: boolean;
  /** By content. */
  rivals: Map<string, ConfigurationItem>;
}

/**
 * Which record of a resource counts, where files hold several: the one captured last. Of every resource only eight bytes are
 * kept, so that memory hardly grows with their number; names and times only of those that may be there twice, and records only
 * where they say different things and no time tells which of them is the newest.
 */
export class Newest {
  readonly #met = new Marks();
  readonly #repeated = new Marks();
  readonly #latest = new Map<string, Candidate>();
  readonly #unplaced = new Map<string, ConfigurationItem[]>();
  readonly #undated = new Map<string, ConfigurationItem[]>();

  /** First, of every record: notes that the resource was met. */
  meet(item: ConfigurationItem): void {
    const name = nameOf(item);
    if (this.#met.add(name)) this.#repeated.add(name);
  }

  /** Was any resource met twice, or may it have been? Only then a second look is needed. */
  get hasRepeated(): boolean {
    return this.#repeated.size > 0 || this.#unplaced.size > 0;
  }

  /** Then, of every record once more: keeps the time of the latest of those that were met twice. */
  compare(item: ConfigurationItem): void {
    const name = nameOf(item);
    if (!this.#repeated.has(name)) return;
    if (item.captureTime === null) {
      const undated = this.#undated.get(name);
      if (undated) undated.push(item);
      else this.#undated.set(name, [item]);
    }
    const known = this.#latest.get(name);
    const [time, content] = [timeOf(item), contentOf(item)];
    if (known === undefined || time > known.time) {
      this.#latest.set(name, {
        time,
        content,
        isFlawed: item.flaw !== undefined,
        rivals: new Map(),
      });
    } else if (time === known.time && content !== known.content) {
      known.rivals.set(content, item);
      known.isFlawed ||= item.flaw !== undefined;
      if (content < known.content) known.content = content;
    }
  }

  /**
   * The other records of a resource that may be the newest as well and say something else: those of the same time, and those
   * without a time. @param item one that counts.
   */
  rivalsOf(item: ConfigurationItem): readonly ConfigurationItem[] {
    const unplaced = this.#unplaced.size === 0 ? [] : this.#unplacedOf(item);
    if (this.#latest.size === 0) return unplaced;
    const name = nameOf(item);
    const { rivals } = this.#latest.get(name) ?? {};
    if (rivals === undefined) return unplaced;
    const others = [...rivals.values(), ...(this.#undated.get(name) ?? [])];
    return [...others.filter((each) => !isAlike(each, item)), ...unplaced];
  }

  #unplacedOf({ resourceType, resourceId, captureTime: at }: ConfigurationItem) {
    const same = this.#unplaced.get(`${resourceType} ${resourceId}`) ?? [];
    return same.filter(
      ({ captureTime }) => at === null || captureTime === null || captureTime >= at,
    );
  }

  /** Keeps an older record where the newest may be one that does not count, and says whether it does: what it says is in doubt too. */
  keepsOlder(item: ConfigurationItem): boolean {
    const latest = this.#latest.get(nameOf(item));
    if (latest?.isFlawed !== true) return false;
    latest.rivals.set(contentOf(item), item);
    return true;
  }

  /** Notes a record that does not count and does not say in which account and Region its resource is. */
  meetUnplaced(item: ConfigurationItem): void {
    const name = `${item.resourceType} ${item.resourceId}`;
    this.#unplaced.set(name, [...(this.#unplaced.get(name) ?? []), item]);
  }

  /** A sentence on resources of which not every record says when it was captured; null when there are none. */
  get doubt(): string | null {
    const { size } = this.#undated;
    if (size === 0) return null;
    const named = few([...this.#undated.keys()]);
    return (
      `There are several records of ${counted(size, 'resource')}, and not all of them say when they were captured ` +
      `(configurationItemCaptureTime): ${named}. The record that was used may not be the newest.`
    );
  }

  /**
   * The records that count, each resource once. Of those captured at the same time always the same, in whatever order they come.
   * @param older is told of the others.
   */
  async *of(
    batches: AsyncIterable<readonly ConfigurationItem[]>,
    older: (item: ConfigurationItem) => void = () => {},
  ): AsyncGenerator<ConfigurationItem> {
    const counts = this.counts();
    for await (const items of batches) {
      for (const item of items) {
        if (counts(item)) yield item;
        else older(item);
      }
    }
  }

  /** Whether a record counts, to be asked of one after the other in the order in which they come. */
  counts(): (item: ConfigurationItem) => boolean {
    const given = new Set<string>();
    return (item) => {
      const name = nameOf(item);
      const latest = this.#latest.get(name);
      if (latest === undefined) return true;
      if (timeOf(item) !== latest.time || given.has(name)) return false;
      if (latest.rivals.size > 0) {
        const content = contentOf(item);
        // The first of them was not kept, because nothing contradicted it yet.
        latest.rivals.set(content, item);
        if (content !== latest.content) return false;
      }
      given.add(name);
      return true;
    };
  }
}

/**
 * A record that does not say when it was captured is older than every one that does. Of one time, what a query selected says
 * less than the whole record.
 */
const timeOf = ({ captureTime, fromQuery }: ConfigurationItem) =>
  captureTime === null ? '' : `${captureTime}${fromQuery ? '' : ' whole'}`;

const nameOf = ({ resourceType, resourceId, account, region }: ConfigurationItem) =>
  `${resourceType} ${account} ${region} ${resourceId}`;

/** What rules judge of a record. */
const saidIn = ({ status, configuration, supplementary, tags, flaw }: ConfigurationItem) => ({
  ...{ status, configuration, supplementary, tags, flaw },
});

/** Two records that differ below this depth differ in nothing that a rule judges. */
const DEPTH = 50;

function contentOf(item: ConfigurationItem): string {
  try {
    return hash('sha1', JSON.stringify(saidIn(item)), 'base64');
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return hash('sha1', inspect(saidIn(item), { depth: DEPTH }), 'base64');
  }
}

function isAlike(one: ConfigurationItem, other: ConfigurationItem): boolean {
  try {
    return isDeepStrictEqual(saidIn(one), saidIn(other));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
}
