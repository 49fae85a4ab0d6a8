import { frozen, isObject, property } from '../../values/json.ts';

/** The part of a record whose entries many records share. */
const PART = 'supplementaryConfiguration';
const START = `"${PART}":{`;

/** Shorter values are parsed as fast as they are looked up. */
const SHORTEST = 32;
const LONGEST = 16_384;
/** Bounds of what is kept, because strangers write the records. */
const MOST_CHARACTERS = 8_000_000;
const MOST_KEYS = 48;
/** A key whose values differ nearly always is left alone after so many. */
const TRIED = 3000;

/** Stands in the text for a value that is known: no stranger can write it, because each process has another one. */
const MARK = `~${crypto.randomUUID()}~`;

interface Key {
  readonly name: string;
  readonly written: string;
  tried: number;
  found: number;
}

interface Cut {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly value: unknown;
}

/**
 * JSON.parse for records that have much in common: an entry of their supplementary configuration that was met before is not parsed
 * again, and is the same frozen object in all records that have it.
 *
 * It answers what JSON.parse answers, and throws where that throws. A text in which a whole value stands at a place is JSON if, and
 * only if, it is with any other whole value there; so known values are replaced by a mark, which is then looked for in the result.
 */
export class SectionParser {
  readonly #keys: Key[] = [];
  /** What comes behind the part. */
  #after = '';
  readonly #values = new Map<string, unknown>();
  #characters = 0;

  parse(text: string): unknown {
    const start = text.indexOf(START);
    if (start < 0) return JSON.parse(text);
    const cuts = this.#cuts(text, start + START.length);
    return (cuts.length > 0 ? restored(text, cuts) : undefined) ?? this.#whole(text);
  }

  /** The values that are known, in the order of the text. */
  #cuts(text: string, start: number): readonly Cut[] {
    const cuts: Cut[] = [];
    let [key, from] = this.#next(text, start, 0);
    while (key !== undefined) {
      const [following, at] = this.#next(text, from, this.#keys.indexOf(key) + 1);
      // Without the comma before the next key, or the brace that ends the part.
      const to =
        following === undefined
          ? text.indexOf(this.#after, from)
          : at - following.written.length - 1;
      const value = isWorthwhile(key, to - from)
        ? this.#known(key, text.slice(from, to))
        : undefined;
      if (value !== undefined) cuts.push({ name: key.name, from, to, value });
      [key, from] = [following, at];
    }
    return cuts;
  }

  /** The next of the keys that stands in the text, and where its value begins. They come in nearly the same order everywhere. */
  #next(text: string, from: number, first: number): readonly [Key | undefined, number] {
    for (let index = first; index < this.#keys.length; index++) {
      const key = this.#keys[index];
      if (key === undefined) break;
      const at = text.indexOf(key.written, from);
      if (at >= 0) return [key, at + key.written.length];
    }
    return [undefined, -1];
  }

  #known(key: Key, text: string): unknown {
    key.tried++;
    const known = this.#values.get(text);
    if (known !== undefined) {
      key.found++;
      return known;
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return undefined;
    }
    if (this.#characters > MOST_CHARACTERS) {
      this.#values.clear();
      this.#characters = 0;
    }
    this.#characters += text.length;
    // A copy: a slice would keep the text of the whole record in memory.
    this.#values.set(Buffer.from(text).toString(), frozen(value));
    return value;
  }

  /** Parses the text as it is, and learns in which order its keys come. */
  #whole(text: string): unknown {
    const value: unknown = JSON.parse(text);
    const part = isObject(value) ? property(value, PART) : undefined;
    if (!isObject(value) || !isObject(part) || this.#keys.length >= MOST_KEYS) return value;
    const names = Object.keys(value);
    this.#after = `},"${names[names.indexOf(PART) + 1] ?? ''}":`;
    this.#learn(Object.keys(part));
    return value;
  }

  #learn(names: readonly string[]): void {
    let place = 0;
    for (const name of names) {
      const known = this.#keys.findIndex((key) => key.name === name);
      if (known >= 0) place = known + 1;
      else if (/^[A-Za-z]{1,64}$/.test(name)) {
        this.#keys.splice(place++, 0, { name, written: `"${name}":`, tried: 0, found: 0 });
      }
    }
  }
}

const isWorthwhile = ({ tried, found }: Key, length: number) =>
  length >= SHORTEST && length <= LONGEST && (tried < TRIED || found * 3 > tried);

/** The record, with the known values in their places; undefined where one of them is not where it was taken for. */
function restored(text: string, cuts: readonly Cut[]): unknown {
  let short = '';
  let at = 0;
  for (const [index, { from, to }] of cuts.entries()) {
    short += `${text.slice(at, from)}"${MARK}${index}"`;
    at = to;
  }
  let record: unknown;
  try {
    record = JSON.parse(short + text.slice(at));
  } catch {
    return undefined;
  }
  const part = isObject(record) ? property(record, PART) : undefined;
  if (!isObject(part)) return undefined;
  const places = part as Record<string, unknown>;
  for (const [index, { name, value }] of cuts.entries()) {
    if (property(part, name) !== `${MARK}${index}`) return undefined;
    places[name] = value;
  }
  return record;
}
