import { matches } from '../policy/glob.ts';
import type { BucketFacets, ReplicationRule } from './facets.ts';
import type { EntryShape } from './parameters.ts';
import type { Identity } from './subject.ts';

/** Region by Region: a wildcard such as eu-* would take in countries outside the Union. */
export const regionName: EntryShape = {
  pattern: '^[a-z]{2,4}-[a-z-]{2,30}-[0-9]{1,2}$',
  expected: 'a Region such as eu-central-1',
};
export const bucketName: EntryShape = {
  pattern: '^[A-Za-z0-9._*?-]{1,255}$',
  expected: 'the name of a bucket (wildcards * and ?)',
};

interface Approved {
  /** Any when empty. */
  readonly allowedRegions: readonly string[];
  readonly allowedReplicaAccounts: readonly string[];
  /** Names of buckets whose place somebody knows. */
  readonly approvedReplicas: readonly string[];
}

/** Why a replica leaves the approved places, with what a message has to say of it. */
export interface Outside {
  readonly as: 'replicaAccount' | 'replicaRegion' | 'replicaUnknown';
  readonly rule: string;
  readonly destination: string;
  readonly account: string;
  readonly region: string;
}

/** Does the rule send replicas outside of what is approved, or where nobody can tell? Null when it does not. */
export function replicaOutside(
  { id, destination, account }: ReplicationRule,
  bucket: Identity & Pick<BucketFacets, 'replicaBuckets'>,
  { allowedRegions, allowedReplicaAccounts, approvedReplicas }: Approved,
): Outside | null {
  const name = destination.slice(destination.lastIndexOf(':') + 1);
  const record = bucket.replicaBuckets.get(destination);
  const found = (as: Outside['as'], parts: Partial<Outside> = {}): Outside => {
    return { as, rule: id, destination: name, account: '', region: '', ...parts };
  };
  const accounts = [bucket.account, ...allowedReplicaAccounts];
  for (const owner of [account, record?.account]) {
    if (owner && !accounts.includes(owner)) return found('replicaAccount', { account: owner });
  }
  if (record === undefined) {
    return approvedReplicas.some((pattern) => matches(pattern, name))
      ? null
      : found('replicaUnknown');
  }
  const isAllowed = allowedRegions.length === 0 || allowedRegions.includes(record.region);
  return isAllowed ? null : found('replicaRegion', { region: record.region });
}
