import type { Settings } from '../src/core/settings.ts';
import { contentHash, FUNCTIONS, type FunctionName, lambdaBundle } from '../src/generate/bundle.ts';

/** What the functions run, with the settings baked in. */
export interface Code {
  readonly bundles: Readonly<Record<FunctionName, string>>;
  /** SHA-256, in hexadecimal, of all bundles: names the release and its settings. */
  readonly hash: string;
}

export async function codeOf(settings: Settings): Promise<Code> {
  const built = await Promise.all(
    FUNCTIONS.map(async (name) => [name, await lambdaBundle(settings, name)] as const),
  );
  return {
    bundles: Object.fromEntries(built) as Record<FunctionName, string>,
    hash: contentHash(built.map(([, bundle]) => bundle).join('')),
  };
}
