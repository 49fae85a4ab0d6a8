import type { FacetName } from '../../facts/index.ts';
import { isKnown } from '../../records/reading.ts';
import { known, type Subject } from '../subject.ts';
import {
  type Ask,
  answerOf,
  NAMES,
  OWN,
  partIn,
  type Seen,
  WATCHER,
  type Watcher,
} from './asking.ts';

/** What a rule has asked of a subject, in the order in which it asked first. */
export class Trace {
  readonly steps: { readonly ask: Ask; readonly answer: unknown }[] = [];
  /** Whether it asked for what is the subject's own: then what it says holds for this subject only, and has to be said anew. */
  isOwn = false;
  readonly #seen: Seen;
  readonly #asked = new Set<unknown>();

  constructor(seen: Seen) {
    this.#seen = seen;
  }

  /** @param id the same for questions that are the same. */
  note(ask: Ask, id: unknown): void {
    if (this.isOwn || this.#asked.has(id)) return;
    this.#asked.add(id);
    const answer = answerOf(ask, this.#seen);
    this.steps.push({ ask, answer });
    this.isOwn = answer === OWN;
  }
}

export type WatchedClass = new (seen: Seen, trace: Trace) => Subject;

/**
 * The class of one kind of subject that notes what is asked of it. To a rule it looks like the subject itself.
 * @param writtenAs how shared policies name the subject that they are read for, by its ARN.
 */
export function watchedClass(
  facets: readonly FacetName[],
  writtenAs: (arn: string) => string = (arn) => arn,
): WatchedClass {
  const written: Ask = { of: 'question', answer: ({ arn }) => writtenAs(arn) };
  class Watched {
    readonly #seen: Seen;
    readonly #trace: Trace;

    constructor(seen: Seen, trace: Trace) {
      this.#seen = seen;
      this.#trace = trace;
    }

    get [WATCHER](): Watcher {
      return {
        question: (answer) => {
          const question = answer as (subject: Subject) => unknown;
          this.#trace.note({ of: 'question', answer: question }, question);
          return question(this.#seen.itself);
        },
        part: (name, part) => {
          this.#trace.note({ of: 'part', name, part }, part);
          const reading = this.#seen.shared(name);
          if (reading === OWN) return this.#seen.itself[name];
          return partIn(known(reading, name), part, this.#seen.identity);
        },
      };
    }

    static ask(subject: Watched, ask: Ask): void {
      subject.#trace.note(ask, ask);
    }

    static facet(subject: Watched, ask: Ask, name: FacetName): unknown {
      subject.#trace.note(ask, ask);
      const reading = subject.#seen.shared(name);
      if (reading === OWN) return subject.#seen.itself[name];
      const isMap = isKnown(reading) && reading.value instanceof Map;
      return isMap ? new WatchedMap(name, reading.value, subject.#trace) : known(reading, name);
    }

    static identity(subject: Watched) {
      return subject.#seen.identity;
    }
  }
  const define = (name: string, get: (subject: Watched) => unknown) =>
    Object.defineProperty(Watched.prototype, name, {
      get(this: Watched) {
        return get(this);
      },
    });
  define('writtenAs', (subject) => {
    Watched.ask(subject, written);
    return writtenAs(Watched.identity(subject).arn);
  });
  for (const key of ['type', 'account', 'region', ...NAMES] as const) {
    const ask: Ask = { of: 'identity', key };
    define(key, (subject) => {
      Watched.ask(subject, ask);
      return Watched.identity(subject)[key];
    });
  }
  for (const name of facets) {
    const ask: Ask = { of: 'facet', name, isWhole: false };
    define(name, (subject) => Watched.facet(subject, ask, name));
  }
  return Watched as unknown as WatchedClass;
}

/** A map that notes which of its entries are looked at. */
class WatchedMap<V> implements ReadonlyMap<unknown, V> {
  readonly #name: FacetName;
  readonly #map: ReadonlyMap<unknown, V>;
  readonly #trace: Trace;

  constructor(name: FacetName, map: ReadonlyMap<unknown, V>, trace: Trace) {
    this.#name = name;
    this.#map = map;
    this.#trace = trace;
  }

  get(key: unknown): V | undefined {
    if (typeof key !== 'string') return this.#whole.get(key);
    this.#trace.note({ of: 'entry', name: this.#name, key }, `${this.#name} ${key}`);
    return this.#map.get(key);
  }

  has(key: unknown): boolean {
    return this.#whole.has(key);
  }

  get size(): number {
    return this.#whole.size;
  }

  forEach(see: (value: V, key: unknown, map: ReadonlyMap<unknown, V>) => void): void {
    for (const [key, value] of this.#whole) see(value, key, this);
  }

  keys(): MapIterator<unknown> {
    return this.#whole.keys();
  }

  values(): MapIterator<V> {
    return this.#whole.values();
  }

  entries(): MapIterator<[unknown, V]> {
    return this.#whole.entries();
  }

  [Symbol.iterator](): MapIterator<[unknown, V]> {
    return this.#whole.entries();
  }

  get #whole(): ReadonlyMap<unknown, V> {
    this.#trace.note({ of: 'facet', name: this.#name, isWhole: true }, `whole ${this.#name}`);
    return this.#map;
  }
}
