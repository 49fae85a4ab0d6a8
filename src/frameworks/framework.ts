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
  /** The words of the text that a bucket can help to satisfy. */
  readonly text: string;
  /** HIPAA only: an addressable specification may be met by a documented alternative (45 CFR 164.306(d)(3)). */
  readonly implementation?: 'required' | 'addressable';
}
