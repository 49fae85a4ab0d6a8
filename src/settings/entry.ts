/** What an entry of a list must look like: a pattern without nested repetition, and the words for it in errors. */
export interface EntryShape {
  readonly pattern: string;
  readonly expected: string;
}

export type ParameterValues = Readonly<Record<string, unknown>>;
