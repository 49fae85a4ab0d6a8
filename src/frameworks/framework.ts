/** A law or standard, as data: what its requirements say, never how a rule serves them. */
export interface Framework {
  readonly id: string;
  readonly name: string;
  readonly citation: string;
  readonly url: string;
  /** Day (ISO) of the text that the quotes were compared with. */
  readonly asOf?: string;
  /** The copy that the quotes were compared with, and what of it could not be verified. */
  readonly source?: string;
  /** Which of its paragraphs are not listed, because stored data does not touch them or people serve them. */
  readonly leftOut?: string;
  /** Parts that have a name of their own, by how the ids of their requirements begin. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly requirements: Readonly<Record<string, Requirement>>;
}

export interface Requirement {
  /** The official title of the article, standard or implementation specification. */
  readonly title: string;
  /** Words of the text, verbatim; […] where something is left out, also at the beginning and at the end of a sentence. */
  readonly text: string;
  /** HIPAA Security Rule only: an addressable specification may be met by a documented alternative (45 CFR 164.306(d)(3)). */
  readonly implementation?: 'required' | 'addressable';
  /** Why no rule serves it. A requirement that a rule serves has none. */
  readonly unserved?: string;
}

/** "GDPR 32(1)(a)", "HIPAA Privacy Rule 164.502(b)(1)": a requirement as people cite it. @param id within the framework. */
export function citationOf({ name, parts = {} }: Framework, id: string): string {
  const part = Object.entries(parts).find(([start]) => id.startsWith(start))?.[1];
  return [name, part, id].filter((word) => word !== undefined).join(' ');
}

/** The reasons why no rule serves a requirement. */
export const organizational = (what: string) => `Organizational: ${what}`;
export const physical = (what: string) => `Physical: ${what}`;
export const outsideS3 = (what: string) => `Outside S3: ${what}`;
