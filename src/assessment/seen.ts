import { Evaluation } from '../engine/evaluation.ts';
import type { Seen } from '../engine/precedents/asking.ts';
import { OWN } from '../engine/precedents/asking.ts';
import type { Surroundings } from '../engine/precedents/precedents.ts';
import { watchedClass } from '../engine/precedents/watched.ts';
import type { Subject } from '../engine/subject.ts';
import type { Facet } from '../facets/facet.ts';
import { facetOf } from '../facets/facet-of.ts';
import { facets } from '../facets/index.ts';
import type { FacetName } from '../facts/index.ts';
import { Budget } from '../policy/reach/budget.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { SubjectKind } from '../records/kinds.ts';
import type { Identity, Reading } from '../records/reading.ts';
import { standInFor } from '../values/stand-in.ts';
import type { Memory } from './assessment.ts';
import { type Circumstances, identityOf, readFacet, subjectOf } from './subject.ts';

/** A bucket and what is read of it, as precedents see it: each facet is read once, when it is first asked for. */
class SeenItem implements Seen {
  readonly identity: Identity;
  readonly #kind: SubjectKind;
  readonly #item: ConfigurationItem;
  readonly #circumstances: Circumstances;
  readonly #readings = new Map<FacetName, Reading<unknown>>();
  readonly #shared = new Map<FacetName, Reading<unknown> | typeof OWN>();
  #itself: Subject | undefined;

  constructor(kind: SubjectKind, item: ConfigurationItem, circumstances: Circumstances) {
    this.identity = identityOf(item);
    this.#kind = kind;
    this.#item = item;
    this.#circumstances = circumstances;
  }

  shared(name: FacetName): Reading<unknown> | typeof OWN {
    const known = this.#shared.get(name);
    if (known !== undefined) return known;
    const facet: Facet<unknown> = facetOf(this.#kind, name);
    const reading =
      facet.from === 'item' && facet.shared !== undefined
        ? (facet.shared(this.#item) ?? OWN)
        : this.#read(name);
    this.#shared.set(name, reading);
    return reading;
  }

  get itself(): Subject {
    this.#itself ??= subjectOf(this.#kind, this.identity, (name) => this.#read(name));
    return this.#itself;
  }

  #read(name: FacetName): Reading<unknown> {
    const known = this.#readings.get(name);
    if (known !== undefined) return known;
    const reading = readFacet(this.#kind, name, this.#item, this.#circumstances);
    this.#readings.set(name, reading);
    return reading;
  }
}

/** How rules on buckets are watched. */
const surroundings: Surroundings = {
  exhaustions: () => Budget.exhausted,
  Watched: watchedClass(Object.keys(facets.bucket) as FacetName[], standInFor),
};

/** The memory of a run over many buckets. */
export const bucketMemory: Memory = {
  see: (item, circumstances) => new SeenItem('bucket', item, circumstances),
  evaluation: (rule, context) => new Evaluation(rule, context, surroundings),
};
