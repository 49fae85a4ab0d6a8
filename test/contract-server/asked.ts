/** Answers by operation. A function sees the input: as JSON, or the fields of the form; it may throw a {@link ServiceError}. */
export type Answers = Readonly<
  Record<string, object | ((input: Fields, signer: Signer) => object)>
>;

/** Whose credentials asked, and for which Region, as the signature says. */
export interface Signer {
  readonly accessKeyId: string | undefined;
  readonly region: string | undefined;
}

export type Fields = Readonly<Record<string, unknown>>;
