import { strToU8, zipSync } from 'fflate';
import { rules } from '../rules/index.ts';
import { parametersOf } from '../src/engine/parameters.ts';
import { needsOf } from '../src/facets/needs.ts';
import {
  contentHash,
  FUNCTIONS,
  type FunctionName,
  JUDGE,
  lambdaBundle,
  lambdaCode,
  SIGN_IN,
  WATCHER,
} from '../src/generate/bundle.ts';
import { HASH_LENGTH } from '../src/generate/pack-limits.ts';
import { builtRelease } from '../src/release/built.ts';
import type { Release } from '../src/release/release.ts';
import type { Settings } from '../src/settings/settings.ts';

/** What the functions run, with the settings baked in. */
export interface Code {
  readonly bundles: Readonly<Record<FunctionName, string>>;
  /** SHA-256, in hexadecimal, of all bundles: names the release and its settings. */
  readonly hash: string;
  /** What the function of the central account runs. */
  readonly watcher: string;
  /** What judges the organization in the central account; only where the deployment wants it. */
  readonly judge?: string;
  /** What signs people in to the dashboard; only where the deployment wants it. */
  readonly signIn?: string;
  /** What decides the verdicts of each rule, as a hash by its id; that of its bundle where it is left out. */
  readonly ruleHashes?: Readonly<Record<string, string>>;
  /** What the bundles were made from. It does not stand in them: a commit that changes no code leaves their hash as it is. */
  readonly release: Release;
}

/** @param isCentral whether the central account judges. @param hasSite whether it shows its dashboard in CloudFront. */
export async function codeOf(
  settings: Settings,
  isCentral = false,
  hasSite = false,
): Promise<Code> {
  const built = await Promise.all(
    FUNCTIONS.map(async (name) => [name, await lambdaBundle(settings, name)] as const),
  );
  return {
    bundles: Object.fromEntries(built) as Record<FunctionName, string>,
    watcher: await lambdaCode(WATCHER),
    ...(isCentral ? { judge: await lambdaBundle(settings, JUDGE) } : {}),
    ...(hasSite ? { signIn: await lambdaCode(SIGN_IN) } : {}),
    hash: contentHash(built.map(([, bundle]) => bundle).join('')),
    ruleHashes: await ruleHashes(settings),
    release: builtRelease(),
  };
}

/**
 * What decides the verdicts of each rule, as a hash by its id: the code of its function, the parameters that the settings give
 * it, and its waivers. A change of one list of the settings changes the rules that use it and no others, as AWS bills each
 * evaluation.
 */
export async function ruleHashes(settings: Settings): Promise<Readonly<Record<string, string>>> {
  const code = {
    recorded: contentHash(await lambdaCode('recorded')),
    live: contentHash(await lambdaCode('live')),
  };
  const { accounts } = settings.organization;
  const others = Object.entries(settings).filter(([section]) => !BY_RULE.has(section));
  return Object.fromEntries(
    rules.map((rule) => {
      const waivers = settings.waivers.filter((waiver) => waiver.rule === rule.id);
      const isPlaced = waivers.some(({ subject }) => 'ou' in subject);
      const decisive = [parametersOf(rule, settings), waivers, isPlaced ? accounts : {}, others];
      const text = code[needsOf(rule).function] + JSON.stringify(decisive);
      return [rule.id, contentHash(text).slice(0, HASH_LENGTH)];
    }),
  );
}

/** Sections that reach a rule only through its parameters and its waivers. Any other section counts for every rule. */
const BY_RULE: ReadonlySet<string> = new Set<keyof Settings>([
  ...(['trust', 'iam', 'kms', 'logs', 'classification', 'organization', 'reviews'] as const),
  ...(['attestations', 'retention', 'rules', 'waivers'] as const),
]);

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
