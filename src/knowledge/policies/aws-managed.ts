import { EvidenceUnavailable } from '../../engine/subject.ts';
import type { IdentityPolicy } from '../../facts/iam.ts';
import { changingActions, contentActions } from '../../policy/language/action-levels.ts';
import { s3Actions } from '../../policy/language/actions.ts';
import { parseIdentityPolicy } from '../../policy/language/document.ts';
import { matches } from '../../policy/language/glob.ts';
import { AWS_MANAGED } from './aws-managed-table.ts';

let table: ReadonlyMap<string, string> | null = null;

/**
 * Policies that AWS manages, by name, as far as they concern S3: what they grant on every bucket of these actions, and whether
 * they grant anything else. Those of which the table does not say it are named in `unknown`, too. The document of a policy may
 * limit a grant by a condition, never by a bucket.
 */
export function awsManagedPolicies(names: readonly string[], actions: readonly string[]) {
  table ??= readTable();
  const known: IdentityPolicy[] = [];
  const unknown: string[] = [];
  const isListed = !actions.some(mayBeUnlisted);
  for (const name of names) {
    const granted = table.get(name);
    if (granted === undefined || !(isListed || COMPLETE.includes(granted))) unknown.push(name);
    if (granted !== undefined) known.push({ name, policy: policyOf(statementsOf(granted)) });
  }
  return { known, unknown };
}

/** What is not known may be granted. @throws EvidenceUnavailable naming the first policy. */
export function assertKnown([first]: readonly string[]): void {
  if (first === undefined) return;
  const reason = `the list of AWS managed policies in this release does not say what ${first} grants`;
  throw new EvidenceUnavailable('attachedAwsPolicies', reason);
}

/** Entries that say everything there is to say. */
const COMPLETE = ['*', 'named', 'nothing'];

const listed = new Set([...changingActions, ...contentActions]);
const unlisted = Object.values(s3Actions)
  .flat()
  .filter((action) => !listed.has(action) && !/^s3:(Put|Delete|Future)/.test(action))
  .map((action) => action.toLowerCase());

/** Does a pattern stand for an action that the table leaves out? `s3:*` stands for that wildcard. */
const mayBeUnlisted = (pattern: string) =>
  !['*', 's3:*'].includes(pattern) &&
  unlisted.some((action) => matches(pattern.toLowerCase(), action));

const policyOf = (Statement: readonly object[]) =>
  parseIdentityPolicy(JSON.stringify({ Statement }));

function statementsOf(granted: string): readonly object[] {
  if (granted === 'nothing') return [];
  const Effect = 'Allow';
  // Which bucket it names does not matter.
  if (granted === 'named') return [{ Effect, Action: 's3:*', Resource: 'arn:*:s3:::named' }];
  if (granted === 'settings') return [{ Effect, Action: 's3:ListAllMyBuckets', Resource: '*' }];
  return [{ Effect, Action: granted.split(' ').map((name) => `s3:${name}`), Resource: '*' }];
}

function readTable(): ReadonlyMap<string, string> {
  const entries = AWS_MANAGED.trim().replaceAll('\n  ', ' ').split('\n');
  return new Map(
    entries.flatMap((entry) => {
      const [granted = '', names = ''] = entry.split(' : ');
      return spelledOut(names).map((name) => [name, granted] as const);
    }),
  );
}

/** AB, AC and A for `A{B C .}`. */
function spelledOut(names: string): readonly string[] {
  const found: string[] = [];
  const beginnings = [''];
  for (const [whole, text = '', opens = ''] of names.matchAll(/([^{} ]+)(\{?)|\}/g)) {
    const beginning = beginnings.at(-1) ?? '';
    if (whole === '}') beginnings.pop();
    else if (opens !== '') beginnings.push(beginning + text);
    else found.push(text === '.' ? beginning : beginning + text);
  }
  return found;
}
