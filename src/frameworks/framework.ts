/** A law or standard, as data: what its requirements say, never how a rule serves them. */
export interface Framework {
  readonly id: string;
  readonly name: string;
  readonly citation: string;
  readonly url: string;
  readonly requirements: Readonly<Record<string, Requirement>>;
}

export interface Requirement {
  /** The official title of the article, standard or implementation specification. */
  readonly title: string;
  /** The words of the text that a bucket can help to satisfy, or the gist where nothing in S3 can. */
  readonly text: string;
  /** HIPAA only: an addressable specification may be met by a documented alternative (45 CFR 164.306(d)(3)). */
  readonly implementation?: 'required' | 'addressable';
  /** Why no rule serves it. A requirement that a rule serves has none. */
  readonly unserved?: string;
}

/** The reasons why no rule serves a requirement. */
export const organizational = (what: string) => `Organizational: ${what}`;
export const physical = (what: string) => `Physical: ${what}`;
export const outsideS3 = (what: string) => `Outside S3: ${what}`;
