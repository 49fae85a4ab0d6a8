/** The value under the key, made on first use and kept. */
export function cached<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/**
 * Values by key, so many at most, because strangers write what they are made of. Those that were asked for again stay longest:
 * whenever half of them are new, the others go.
 */
export class Bounded<V> {
  private readonly half: number;
  private readonly longest: number;
  private recent = new Map<string, V>();
  private before = new Map<string, V>();

  /** @param longest how long the keys are at most of which the values are kept. */
  constructor(most: number, longest = 2000) {
    this.half = most / 2;
    this.longest = longest;
  }

  get(key: string, make: () => V): V {
    if (key.length > this.longest) return make();
    const known = this.recent.get(key);
    if (known !== undefined) return known;
    const older = this.before.get(key);
    const value = older === undefined ? make() : older;
    if (this.recent.size >= this.half) {
      this.before = this.recent;
      this.recent = new Map();
    }
    this.recent.set(key, value);
    return value;
  }
}
