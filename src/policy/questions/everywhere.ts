import { s3Actions } from '../language/actions.ts';
import { cached } from '../language/cache.ts';
import type { Element } from '../language/document.ts';
import { covers, isCostly, matches, mayIntersect, rests } from '../language/glob.ts';
import { withEmptyTags } from '../reach/places.ts';
import { coverNamesTogether } from './together.ts';

type Resources = Element<string>;

/** What an action acts on, as far as that decides which ARN a request is for. */
type Scope = 'bucket' | 'object' | 'point' | 'other' | 'newer';

/** Part of every bucket, or of every access point: a glob of ARNs, with the entry that grants it, null if none is written. */
export interface Place {
  readonly arns: string;
  readonly entry: string | null;
}

const lower = (names: readonly string[]) => new Set(names.map((name) => name.toLowerCase()));
const [onBuckets, onObjects, elsewhere] = [
  lower(s3Actions.bucket),
  lower(s3Actions.object),
  lower(s3Actions.other),
];

/** An action on the access point that its resource names (Service Authorization Reference, Amazon S3). */
const onAccessPoints = [...elsewhere].filter(
  (action) =>
    action.includes('accesspoint') && !/objectlambda|publicaccessblock|:list/.test(action),
);

export function scopeOf(action: string): Scope {
  if (onBuckets.has(action)) return 'bucket';
  if (onObjects.has(action)) return 'object';
  if (onAccessPoints.includes(action)) return 'point';
  return elsewhere.has(action) ? 'other' : 'newer';
}

// More places of one statement are read as everything.
const maximumPlaces = 64;

/**
 * Where statements reach every bucket, decided by the names that a bucket can have: three characters or more, small letters,
 * digits, dots and hyphens, a letter or digit first and last. An entry names buckets if it writes how their names begin or end.
 * One that does not reaches every bucket, if only some objects in each, since a `*` also stands for slashes.
 *
 * Source: Amazon S3 User Guide, "General purpose bucket naming rules", "Configuring IAM policies for using access points"; IAM
 * User Guide, "IAM JSON policy elements: Resource" (wildcards within segments, and a last one beyond).
 */
export class Everywhere {
  readonly #partition: string;
  readonly #spelled = new Map<Resources, readonly string[]>();
  readonly #known = new Map<Resources, Map<Scope, readonly Place[]>>();
  readonly #denied = new Map<Resources, Map<string, boolean>>();

  /** @param partition of the policy, such as aws. */
  constructor(partition: string) {
    this.#partition = partition;
  }

  /** What an Allow of these resources reaches of every bucket; what cannot be read may be anything. */
  granted(resources: Resources, scope: Scope): readonly Place[] {
    const whole = this.#whole(scope).map((arns) => ({ arns, entry: null }));
    if (resources.not) return whole.filter(({ arns }) => !this.#covers(resources, arns));
    const places = this.#named(resources, scope);
    if (!resources.complete || places.length > maximumPlaces)
      return [...whole, ...places.slice(0, 1)];
    return places.length === 0 && this.#coversTogether(resources) ? whole : places;
  }

  /** Does a Deny of these resources certainly reach all of the place? */
  denied(resources: Resources, scope: Scope, { arns }: Place): boolean {
    const answers = cached(this.#denied, resources, () => new Map<string, boolean>());
    return cached(answers, `${scope} ${arns}`, () => {
      if (!resources.not) return this.#covers(resources, arns);
      const spared = () => this.#named(resources, scope).some((each) => mayShare(each.arns, arns));
      return resources.complete && !this.#covers(resources, arns) && !spared();
    });
  }

  #entries(resources: Resources): readonly string[] {
    return cached(this.#spelled, resources, () => resources.entries.map(spelledOut));
  }

  #covers(resources: Resources, arns: string): boolean {
    return this.#entries(resources).some((entry) => coversAll(entry, arns));
  }

  #named(resources: Resources, scope: Scope): readonly Place[] {
    const scopes = cached(this.#known, resources, () => new Map<Scope, readonly Place[]>());
    return cached(scopes, scope, () => {
      const places = new Map<string, Place>();
      for (const entry of resources.entries) {
        const may = spelledOut(withEmptyTags(entry));
        for (const arns of this.#placesOf(may, scope)) places.set(arns, { arns, entry });
      }
      return [...places.values()];
    });
  }

  /** All that an action of this scope can act on. */
  #whole(scope: Scope): readonly string[] {
    const service = `arn:${this.#partition}:s3:`;
    const [bucket, object] = [`${service}::???*`, `${service}::???*/?*`];
    const point = `${service}*:*:accesspoint/*`;
    if (scope === 'bucket') return [bucket];
    if (scope === 'object') return [object, point];
    if (scope === 'point') return [point];
    return scope === 'other' ? [`${service}*`] : [bucket, object, point];
  }

  #placesOf(entry: string, scope: Scope): readonly string[] {
    if (scope === 'other') return this.#whole(scope).filter((arns) => coversAll(entry, arns));
    const found = this.#names(entry).flatMap((rest) => [
      ...(scope === 'bucket' || scope === 'newer' ? everyBucket(rest) : []),
      ...(scope === 'object' || scope === 'newer' ? inEveryBucket(rest) : []),
    ]);
    const points = scope === 'bucket' ? [] : this.#everyPoint(entry);
    return [...found.map((rest) => `arn:${this.#partition}:s3:::${rest}`), ...points];
  }

  /** What the entry says of names and keys. No name has a colon: one comes from reading a wildcard beyond its segment. */
  #names(entry: string): readonly string[] {
    return rests(entry, `arn:${this.#partition}:s3:::`).filter((rest) => !/^[^/]*:/.test(rest));
  }

  /** Every access point, of whichever account and Region: their names are as free as those of buckets. */
  #everyPoint(entry: string): readonly string[] {
    const [whole = ''] = this.#whole('point');
    if (coversAll(entry, whole)) return [whole];
    const parts = entry.split(':');
    const [arn = '', partition = '', service = '', region = '*', account = '*', ...name] = parts;
    const isTheirs =
      matches(arn, 'arn') && matches(partition, this.#partition) && matches(service, 's3');
    if (!isTheirs || account === '' || (parts.length < 6 && !entry.endsWith('*'))) return [];
    return rests(name.length === 0 ? '*' : name.join(':'), 'accesspoint/')
      .filter((rest) => !isNaming(rest.split('/')[0] ?? ''))
      .map((rest) => `arn:${this.#partition}:s3:${region}:${account}:accesspoint/${rest}`);
  }

  #coversTogether(resources: Resources): boolean {
    return coverNamesTogether(this.#entries(resources).flatMap((entry) => this.#names(entry)));
  }
}

/** Could one ARN be in both places? A bucket is no access point. */
const mayShare = (one: string, other: string) =>
  isOfBucket(one) === isOfBucket(other) && mayIntersect(one, other);
const isOfBucket = (arns: string) => /^arn:[^:]*:s3:::/.test(arns);

/** A Deny that would be slow to compare counts for nothing. */
const coversAll = (entry: string, arns: string) => !isCostly(entry, arns) && covers(entry, arns);

/** A glob that says how the names it matches begin or end. */
function isNaming(name: string): boolean {
  const parts = name.split('*');
  return [parts[0] ?? '', parts.at(-1) ?? ''].some((part) => /[a-z0-9]/i.test(part));
}

const everyBucket = (rest: string): readonly string[] =>
  rest === '' || rest.includes('/') || isNaming(rest) ? [] : [anyName(rest)];

function inEveryBucket(rest: string): readonly string[] {
  // Without a slash, or a key behind it, it is the first star that reaches beyond the name.
  const slash = rest.slice(0, -1).indexOf('/');
  const end = slash < 0 ? rest.indexOf('*') + 1 : slash;
  const name = rest.slice(0, end);
  const keys = slash < 0 ? rest.slice(end - 1) : rest.slice(slash + 1);
  if (name === '' || keys === '' || isNaming(name)) return [];
  return [`${anyName(name)}/${keys === '*' ? '?*' : keys}`];
}

/** What matches each name there can be, in one spelling. */
const anyName = (name: string) => (covers(name, '???*') ? '???*' : name);

// The caller chooses what these hold; all others are set by who made the caller.
const CHOSEN = /^(s3:|aws:(useragent|referer|requesttag\/|tagkeys|requestedregion))/i;
/** A default of a variable that has a wildcard; whether IAM reads it as one is not documented, so it counts as one. */
const OPEN_DEFAULT = /,\s*'[^']{0,100}[*?]/;

/**
 * One spelling for globs that mean the same (`*?` is `?*`), in which a variable is a name that is written out, or anything if
 * the caller chooses it.
 */
export function spelledOut(entry: string): string {
  return entry
    .replace(/\$\{([^{}]{0,200})\}/g, (_, key: string) =>
      CHOSEN.test(key) || OPEN_DEFAULT.test(key) ? '*' : 'x',
    )
    .replace(/[*?]{2,}/g, (run) => {
      const one = '?'.repeat(run.replaceAll('*', '').length);
      return run.includes('*') ? `${one}*` : one;
    });
}
