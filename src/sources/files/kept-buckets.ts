import type { ConfigurationItem } from '../../records/configuration-item.ts';

/** What the records of buckets say that access logs may be delivered to: a policy for the service, or a grant to the group. */
const SIGNS = ['logging.s3.amazonaws.com', 'LogDelivery'];

/** Characters of records that are kept in memory. */
const MOST_KEPT = 8 * 1024 * 1024;
/** Bits that note the names of the others. */
const BITS = 2 ** 23;

/**
 * Records of buckets that others probably name as targets of their access logs: that they are named shows only when all were read.
 * Of every other bucket one bit is kept, so that it is known whether the files have to be read once more.
 */
export class KeptBuckets {
  readonly #kept = new Map<string, ConfigurationItem[]>();
  readonly #others = new Uint8Array(BITS / 8);
  #size = 0;

  add(item: ConfigurationItem, text: string): void {
    if (item.resourceType !== 'AWS::S3::Bucket') return;
    const { resourceName: name } = item;
    const isKept =
      this.#size + text.length < MOST_KEPT && SIGNS.some((sign) => text.includes(sign));
    if (isKept) {
      this.#size += text.length;
      const known = this.#kept.get(name);
      if (known) known.push(item);
      else this.#kept.set(name, [item]);
    } else {
      const bit = bitOf(name);
      this.#others[bit >> 3] = (this.#others[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
  }

  /** All records of the buckets with these names, in their order; null when there may be others that were not kept. */
  of(names: Iterable<string>): readonly ConfigurationItem[] | null {
    const found: ConfigurationItem[] = [];
    for (const name of names) {
      const bit = bitOf(name);
      if (((this.#others[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0) return null;
      for (const item of this.#kept.get(name) ?? []) found.push(item);
    }
    return found;
  }
}

/** FNV-1a. */
function bitOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) {
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0) % BITS;
}
