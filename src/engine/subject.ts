import type { FacetName } from '../facts/index.ts';

/** What a rule judges: which resource it is. How it is configured is in its facets. */
export interface Identity {
  /** Type as AWS Config names it, such as AWS::S3::Bucket. */
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
}

/** A facet that was read, or the reason why it could not be. */
export type Reading<T> = { readonly value: T } | Unread;

export interface Unread {
  readonly unavailable: string;
  /** The IAM action that was refused, where one was. */
  readonly action?: string;
}

/** Why it could not be read, with the permission that it takes. */
export const reasonOf = ({ unavailable, action }: Unread) =>
  action ? `${unavailable} (needs ${action})` : unavailable;

/** An identity with its facets. Reading a facet that is not available throws {@link EvidenceUnavailable}. */
export type Subject = Identity & { readonly [F in FacetName]?: unknown };

/** A rule asked for a facet that could not be read. It must never end as a verdict of the rule. */
export class EvidenceUnavailable extends Error {
  override readonly name = 'EvidenceUnavailable';
  readonly facet: string;
  readonly reason: string;

  constructor(facet: string, reason: string) {
    super(`${facet}: ${reason}`);
    this.facet = facet;
    this.reason = reason;
  }
}

/** Builds a subject whose facets are read when a rule first asks for them, and once. */
export function subjectOf(
  identity: Identity,
  facets: readonly FacetName[],
  read: (facet: FacetName) => Reading<unknown>,
): Subject {
  const readings = new Map<FacetName, Reading<unknown>>();
  const subject = { ...identity };
  for (const facet of facets) {
    Object.defineProperty(subject, facet, {
      enumerable: true,
      get() {
        const reading = readings.get(facet) ?? read(facet);
        readings.set(facet, reading);
        if ('value' in reading) return reading.value;
        throw new EvidenceUnavailable(facet, reasonOf(reading));
      },
    });
  }
  return Object.freeze(subject);
}
