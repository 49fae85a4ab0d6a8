import type { FacetName } from '../facts/index.ts';
import { type Identity, isKnown, type Reading, reasonOf } from '../records/reading.ts';

/** An identity with its facets. Reading a facet that is not available throws {@link EvidenceUnavailable}. */
export type Subject = Identity & { readonly [F in FacetName]?: unknown };

/** Reads one facet of one subject. */
export type ReadFacet = (facet: FacetName) => Reading<unknown>;

export type SubjectClass = new (identity: Identity, read: ReadFacet) => Subject;

/** A rule needs a facet that could not be read. This must never become a verdict of the rule. */
export class EvidenceUnavailable extends Error {
  override readonly name = 'EvidenceUnavailable';
  readonly facet: string;
  readonly reason: string;

  constructor(facet: string, reason: string) {
    // It is caught by the engine, which needs no stack, and is thrown for every bucket where evidence is missing.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`${facet}: ${reason}`);
    Error.stackTraceLimit = stackTraceLimit;
    this.facet = facet;
    this.reason = reason;
  }
}

/** What was read; a rule that needs what could not be read cannot give a verdict. @throws EvidenceUnavailable */
export function known<T>(reading: Reading<T>, facet: FacetName): T {
  if (isKnown(reading)) return reading.value;
  throw new EvidenceUnavailable(facet, reasonOf(reading));
}

/**
 * The class of one kind of subject. Facets are getters of its prototype, read when a rule first asks for them, and once: a
 * name may decide before the tags are looked at. The own properties of a subject are its identity and nothing else.
 */
export function subjectClass(facets: readonly FacetName[]): SubjectClass {
  class SubjectOfKind implements Identity {
    readonly type: string;
    readonly id: string;
    readonly name: string;
    readonly arn: string;
    readonly account: string;
    readonly region: string;
    readonly #read: ReadFacet;
    readonly #readings = new Map<FacetName, Reading<unknown>>();

    constructor({ type, id, name, arn, account, region }: Identity, read: ReadFacet) {
      this.type = type;
      this.id = id;
      this.name = name;
      this.arn = arn;
      this.account = account;
      this.region = region;
      this.#read = read;
    }

    static facet(subject: SubjectOfKind, name: FacetName): unknown {
      const reading = subject.#readings.get(name) ?? subject.#read(name);
      subject.#readings.set(name, reading);
      return known(reading, name);
    }
  }
  for (const name of facets) {
    Object.defineProperty(SubjectOfKind.prototype, name, {
      get(this: SubjectOfKind) {
        return SubjectOfKind.facet(this, name);
      },
    });
  }
  return SubjectOfKind;
}
