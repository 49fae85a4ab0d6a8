import { strToU8, zipSync } from 'fflate';
import { contentHash, FUNCTIONS, type FunctionName, lambdaBundle } from '../src/generate/bundle.ts';
import { builtRelease } from '../src/release/built.ts';
import type { Release } from '../src/release/release.ts';
import type { Settings } from '../src/settings/settings.ts';

/** What the functions run, with the settings baked in. */
export interface Code {
  readonly bundles: Readonly<Record<FunctionName, string>>;
  /** SHA-256, in hexadecimal, of all bundles: names the release and its settings. */
  readonly hash: string;
  /** What the bundles were made from. It does not stand in them: a commit that changes no code leaves their hash as it is. */
  readonly release: Release;
}

export async function codeOf(settings: Settings): Promise<Code> {
  const built = await Promise.all(
    FUNCTIONS.map(async (name) => [name, await lambdaBundle(settings, name)] as const),
  );
  return {
    bundles: Object.fromEntries(built) as Record<FunctionName, string>,
    hash: contentHash(built.map(([, bundle]) => bundle).join('')),
    release: builtRelease(),
  };
}

/** Where a function finds its code in a bucket. A new bundle is a new key, or CloudFormation would see no change. */
export const codeKey = (name: FunctionName, bundle: string): string =>
  `s3-config-rules/${name}-${contentHash(bundle)}.zip`;

/** The ZIP files for the buckets of a deployment that names some, by key. The same bundles give the same bytes. */
export const zipsOf = ({ bundles }: Code): ReadonlyMap<string, Uint8Array> =>
  new Map(
    FUNCTIONS.map((name) => [
      codeKey(name, bundles[name]),
      zipSync(
        { 'index.js': strToU8(bundles[name]) },
        // A ZIP file has local times: made of fields, this one is the same everywhere.
        { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o644 << 16 },
      ),
    ]),
  );
