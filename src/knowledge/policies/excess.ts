import { s3Actions, spellingOf } from '../../policy/language/actions.ts';
import type { Element, Statement } from '../../policy/language/document.ts';
import { hasWildcard } from '../../policy/language/glob.ts';
import { labelOf } from '../../policy/questions/explain.ts';
import { keysReached, namesKeys, withEmptyTags } from '../../policy/reach/places.ts';

/** How a statement grants more than its words name. */
type ExcessKind =
  | 'unreadable'
  | 'notPrincipal'
  | 'notAction'
  | 'notResource'
  | 'wildcardAction'
  | 'wholeBucketWrite';

interface Excess {
  readonly kind: ExcessKind;
  readonly sid: string;
  /** What stands in the policy. */
  readonly what: string;
}

interface Allowance {
  readonly readWildcards: boolean;
  readonly wholeBucketWrites: boolean;
}

/** S3 names what only reads Get… or List…, so a wildcard behind such a beginning grants no change, now or later. */
const isRead = (action: string) => /^s3:(get|list)/.test(action);
const listed = (actions: readonly string[]) => actions.map(spellingOf).join(', ');

const notOnObjects = new Set(
  [...s3Actions.bucket, ...s3Actions.other].map((action) => action.toLowerCase()),
);

/**
 * Actions that put no object of their own choice anywhere. A replica has the key of its source, so a grant to replicate has no
 * narrower form than the bucket. Ending an upload and bringing an object back from an archive change no stored object.
 * Source: Amazon S3 User Guide, "Granting permissions when the source and destination buckets are owned by different accounts";
 * API reference, AbortMultipartUpload, RestoreObject.
 */
const CHANGES_NOTHING = new Set([
  's3:replicateobject',
  's3:replicatedelete',
  's3:replicatetags',
  's3:replicateobjectannotation',
  's3:initiatereplication',
  's3:objectowneroverridetobucketowner',
  's3:abortmultipartupload',
  's3:restoreobject',
]);

const isWrite = (action: string) =>
  !isRead(action) && !notOnObjects.has(action) && !CHANGES_NOTHING.has(action);

/** The first way in which an Allow of a policy of this bucket grants more than it names; null when it has none. */
export function excessOf(allow: Statement, bucketArn: string, allowance: Allowance): Excess | null {
  const { principals, actions, resources } = allow;
  const found = (kind: ExcessKind, what: string): Excess => ({ kind, sid: labelOf(allow), what });
  if (!actions.complete) return found('unreadable', 'an action');
  if (!resources.complete) return found('unreadable', 'a resource');
  if (principals.not)
    return found('notPrincipal', principals.entries.map(({ text }) => text).join(', '));
  if (actions.not) return found('notAction', listed(actions.entries));
  if (resources.not) return found('notResource', resources.entries.join(', '));

  const wildcard = actions.entries.find(
    (action) => hasWildcard(action) && !(allowance.readWildcards && isRead(action)),
  );
  if (wildcard !== undefined) return found('wildcardAction', wildcard);
  // A service delivers wherever it likes below its prefix; for whom it does is another rule's question.
  const toServices = principals.entries.every(({ kind }) => kind === 'service');
  const write = actions.entries.find(isWrite);
  if (allowance.wholeBucketWrites || toServices || write === undefined) return null;
  return isWhole(resources, bucketArn) ? found('wholeBucketWrite', listed([write])) : null;
}

/** Does one of the resources stand for every object of the bucket, in whatever words? */
function isWhole({ entries, written = entries }: Element<string>, bucketArn: string): boolean {
  return written
    .flatMap((resource) => keysReached(withoutVariables(resource), bucketArn))
    .some((keys) => !namesKeys(keys));
}

/** Variables whose value the sender of one request cannot choose, so that each caller has a folder. */
const OF_THE_CALLER =
  /^(?:aws:(?:username|userid|principal[a-z]+(?:\/.*)?|source(?:account|arn|orgid|identity)|federatedprovider|resourceaccount)|(?:saml|[a-z0-9.-]+\.com):sub)\b/i;

/** A variable in the key is read as a word where it names the caller's folder; any other, and one in the name of a bucket, as `*`. */
function withoutVariables(written: string): string {
  const resource = withEmptyTags(written);
  const slash = resource.indexOf('/', resource.lastIndexOf(':::'));
  return resource
    .replace(/\$\{([^${}]*)\}/g, (_, name: string, at: number) =>
      slash >= 0 && at > slash && OF_THE_CALLER.test(name) ? 'caller' : '*',
    )
    .replace(/\$\{.*$/s, '*');
}
