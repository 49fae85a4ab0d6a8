import type { SubjectKind } from '../records/kinds.ts';
import type { AccessPointFacets } from './access-point.ts';
import type { AccountFacets } from './account.ts';
import type { BucketFacets } from './bucket.ts';
import type { IamPolicyFacets, IamUserFacets } from './iam.ts';

/**
 * What a rule may read of each kind of subject. A rule names the facets it needs in `reads` and is handed those, no others.
 * How a facet is read, from which records and with which permissions, is in `src/facets`.
 */
export interface FacetsOf extends Record<SubjectKind, object> {
  readonly account: AccountFacets & Timed;
  readonly accessPoint: AccessPointFacets & Timed;
  readonly bucket: BucketFacets & Timed;
  readonly iamPolicy: IamPolicyFacets & Timed;
  readonly iamUser: IamUserFacets & Timed;
}

export interface Timed {
  /** The time of the evaluation (ISO, UTC). */
  readonly now: string;
}

/** Every facet of every kind of subject. A name that two kinds share has one shape. */
export type AllFacets = {
  [K in SubjectKind]: (facets: FacetsOf[K]) => void;
}[SubjectKind] extends (facets: infer All) => void
  ? All
  : never;
export type FacetName = keyof AllFacets;
