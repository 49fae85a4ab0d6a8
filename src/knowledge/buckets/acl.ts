import { partOf } from '../../engine/precedents/asking.ts';
import type { Acl } from '../../facts/bucket-settings.ts';

interface Bucket {
  readonly acl: Acl;
}

/** Stands for every ACL that grants nothing of what is asked for: whose it is then makes no difference. */
const NO_GRANTS: Acl = { owner: '', grants: [] };

/** Log delivery by AWS itself, within the account and Region of the bucket: not a grant to strangers. */
const LOG_DELIVERY = 'LogDelivery';

export interface ForeignGrant {
  /** Name of a group, or "canonical user …". */
  readonly grantee: string;
  readonly permission: string;
  readonly isGroup: boolean;
}

/** Grants to anyone but the owner, the approved canonical users and, unless it is not allowed, AWS's own log delivery. */
export function foreignGrants(
  { owner, grants }: Acl,
  approved: readonly string[],
  allowLogDelivery = true,
): readonly ForeignGrant[] {
  return grants.flatMap(({ grantee, permission }): ForeignGrant[] => {
    if (grantee.kind === 'group') {
      const isDelivery = allowLogDelivery && grantee.name === LOG_DELIVERY;
      return isDelivery ? [] : [{ grantee: grantee.name, permission, isGroup: true }];
    }
    const isKnown = grantee.id === owner || approved.includes(grantee.id);
    const name = `canonical user ${grantee.id}`;
    return isKnown ? [] : [{ grantee: name, permission, isGroup: false }];
  });
}

/**
 * Grants to AllUsers or AuthenticatedUsers, whatever they permit: S3 calls both public ("The meaning of public"). So does a
 * group that we do not know.
 */
export function publicGrants({
  grants,
}: Acl): { readonly group: string; readonly permission: string }[] {
  return grants.flatMap(({ grantee, permission }) =>
    grantee.kind === 'group' && grantee.name !== LOG_DELIVERY
      ? [{ group: grantee.name, permission }]
      : [],
  );
}

/** The first such grant in the ACL of a bucket. */
export function foreignGrantOn(bucket: Bucket, approved: readonly string[]) {
  const first = (acl: Acl) => foreignGrants(acl, approved)[0];
  return first(partOf(bucket, 'acl', (acl) => (first(acl) ? acl : NO_GRANTS)));
}

export function publicGrantOn(bucket: Bucket) {
  const first = (acl: Acl) => publicGrants(acl)[0];
  return first(partOf(bucket, 'acl', (acl) => (first(acl) ? acl : NO_GRANTS)));
}
