import { EvidenceUnavailable } from '../../engine/subject.ts';
import type { IdentityPolicy } from '../../facts/iam.ts';
import { parseIdentityPolicy } from '../../policy/language/document.ts';
import { AWS_MANAGED } from './aws-managed-table.ts';

let table: ReadonlyMap<string, string> | null = null;

/**
 * Policies that AWS manages, by name, as far as they concern S3: what they grant on every bucket, and whether they grant anything
 * else. A policy that is newer than the table is only named. A document may limit a grant by a condition, never by a bucket.
 */
export function awsManagedPolicies(names: readonly string[]) {
  const known: IdentityPolicy[] = [];
  const newer: string[] = [];
  for (const name of names) {
    table ??= readTable();
    const granted = table.get(name);
    if (granted === undefined) newer.push(name);
    else known.push({ name, policy: policyOf(statementsOf(granted)) });
  }
  return { known, newer };
}

/** What is newer may grant anything. @throws EvidenceUnavailable naming the first. */
export function assertKnown([first]: readonly string[]): void {
  if (first === undefined) return;
  const reason = `${first} is newer than the list of policies in this release`;
  throw new EvidenceUnavailable('attachedAwsPolicies', reason);
}

const policyOf = (Statement: readonly object[]) =>
  parseIdentityPolicy(JSON.stringify({ Statement }));

function statementsOf(granted: string): readonly object[] {
  if (granted === 'nothing') return [];
  const Effect = 'Allow';
  // Which bucket it names does not matter.
  if (granted === 'named') return [{ Effect, Action: 's3:*', Resource: 'arn:*:s3:::named' }];
  return [{ Effect, Action: granted.split(' ').map((name) => `s3:${name}`), Resource: '*' }];
}

function readTable(): ReadonlyMap<string, string> {
  const entries = AWS_MANAGED.trim().replaceAll('\n  ', ' ').split('\n');
  return new Map(
    entries.flatMap((entry) => {
      const [granted = '', names = ''] = entry.split(' : ');
      return names.split(' ').map((name) => [name, granted] as const);
    }),
  );
}
