import { Bounded } from './cache.ts';
import { type Policy, PolicySyntaxError, parsePolicy } from './document.ts';

/** A policy with a stand-in for the name of the bucket, and the text that it was read from. */
export interface SharedPolicy {
  readonly policy: Policy;
  readonly text: string;
}

/**
 * The policy of a bucket as all buckets have it whose policies differ only in the name of the bucket: with `standIn` in place of
 * the name. Null where the name might make another difference, where it may be part of a wildcard or stands elsewhere than in
 * Resource, and where the text is not a policy: such a policy has to be read as it is.
 * @param text as stored. @param arn of the bucket. @param standIn a name of 63 characters that is not in the text.
 */
export function sharedPolicy(text: string, arn: string, standIn: string): SharedPolicy | null {
  const [, prefix] = OF_BUCKET.exec(arn) ?? [];
  if (prefix === undefined || text.length > LONGEST) return null;
  // Several facets of one bucket ask for its policy, one after the other.
  if (last.text === text && last.arn === arn) return last.found;
  const found = find(text.replaceAll(arn, prefix + standIn), prefix, standIn);
  last = { text, arn, found };
  return found;
}

let last: { text: string; arn: string; found: SharedPolicy | null } = {
  ...{ text: '', arn: '', found: null },
};

const OF_BUCKET = /^(arn:aws[a-z-]*:s3:::)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** Longer policies share little, and are near the limits of what is looked at. */
const LONGEST = 20_480;
/** Policies that are the same but for the bucket that they name. */
const shared = new Bounded<SharedPolicy | null>(1000, LONGEST);

const find = (template: string, prefix: string, standIn: string): SharedPolicy | null =>
  shared.get(template, () => {
    const isAlike = differsByNameOnly(template, prefix, standIn);
    const policy = isAlike ? parsed(template, prefix + standIn) : null;
    return policy && { policy, text: template };
  });

/** Question marks make the work depend on lengths, escapes hide names, and another bucket may be named alike. */
function differsByNameOnly(template: string, prefix: string, standIn: string): boolean {
  if (/[?]|\\u/.test(template)) return false;
  const [, ...rests] = template.split(prefix);
  return rests.every(
    (rest) => rest.startsWith(standIn) && /^["/]/.test(rest.slice(standIn.length)),
  );
}

/** The policy, if the ARN stands in its resources and nowhere else, and every resource is of the bucket, or everything. */
function parsed(template: string, arn: string): Policy | null {
  let policy: Policy;
  try {
    policy = parsePolicy(template);
  } catch (error) {
    if (error instanceof PolicySyntaxError) return null;
    throw error;
  }
  const resources = policy.statements.flatMap(
    ({ resources: { entries, written } }) => written ?? entries,
  );
  const own = resources.filter((entry) => entry === arn || entry.startsWith(`${arn}/`));
  const isOwn = resources.every((entry) => entry === '*' || own.includes(entry));
  return isOwn && template.split(arn).length - 1 === own.length ? policy : null;
}
