import { s3Actions, spellingOf } from '../../policy/language/actions.ts';
import type { Statement } from '../../policy/language/document.ts';
import { covers, hasWildcard } from '../../policy/language/glob.ts';
import { labelOf } from '../../policy/questions/explain.ts';

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
  const isWhole = resources.entries.some((resource) => covers(resource, `${bucketArn}/*`));
  const write = actions.entries.find((action) => !isRead(action) && !notOnObjects.has(action));
  if (allowance.wholeBucketWrites || toServices || !isWhole || write === undefined) return null;
  return found('wholeBucketWrite', listed([write]));
}
