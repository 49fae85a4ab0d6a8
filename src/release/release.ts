/** What judged: the version of this package, and the commit that it was built from. */
export interface Release {
  readonly version: string;
  /** `unknown` where neither git nor SOURCE_COMMIT said it; it ends in `-dirty` when files differed from the commit. */
  readonly commit: string;
}

export const UNKNOWN = 'unknown';

/** What judged, as fields of a finding; the keys begin with the name of the product. */
export const releaseFields = (
  product: string,
  {
    contentHash,
    release,
  }: { readonly contentHash?: string | undefined; readonly release?: Release | undefined },
): Record<string, string> => ({
  ...(contentHash ? { [`${product}/contentHash`]: contentHash } : {}),
  ...(release
    ? { [`${product}/version`]: release.version, [`${product}/commit`]: release.commit }
    : {}),
});
