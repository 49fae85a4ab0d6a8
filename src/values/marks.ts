import { hash } from 'node:crypto';

/** So many places for marks at first; a power of two. */
const FIRST = 1024;

/**
 * Which texts were met, of each only 64 bits of its SHA-1: of two texts in many billions, one may pass for the other. A Set of as
 * many texts takes more than ten times the memory.
 */
export class Marks {
  /** Pairs of 32 bits; a place with two zeros is free. Never more than half of the places are taken. */
  #places = new Uint32Array(2 * FIRST);
  #count = 0;

  /** Answers whether the text was met before. */
  add(text: string): boolean {
    const [high, low] = halvesOf(text);
    const at = this.#find(high, low);
    if (this.#isTaken(at)) return true;
    this.#put(at, high, low);
    if (++this.#count * 4 > this.#places.length) this.#grow();
    return false;
  }

  has(text: string): boolean {
    return this.#isTaken(this.#find(...halvesOf(text)));
  }

  get size(): number {
    return this.#count;
  }

  #isTaken(at: number): boolean {
    return this.#places[at] !== 0 || this.#places[at + 1] !== 0;
  }

  #put(at: number, high: number, low: number): void {
    this.#places[at] = high;
    this.#places[at + 1] = low;
  }

  /** The place of the mark, or the free place for it. */
  #find(high: number, low: number): number {
    const last = this.#places.length - 2;
    let at = (low << 1) & last;
    while (this.#isTaken(at) && (this.#places[at] !== high || this.#places[at + 1] !== low))
      at = (at + 2) & last;
    return at;
  }

  #grow(): void {
    const before = this.#places;
    this.#places = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += 2) {
      const [high = 0, low = 0] = before.subarray(at, at + 2);
      if (high !== 0 || low !== 0) this.#put(this.#find(high, low), high, low);
    }
  }
}

function halvesOf(text: string): readonly [high: number, low: number] {
  const bytes = hash('sha1', text, 'buffer');
  // Two zeros are the sign of a free place.
  return [bytes.readUInt32BE(0), bytes.readUInt32BE(4) || 1];
}
