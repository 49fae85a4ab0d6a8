import type { Acl } from './facets.ts';

/** Log delivery by AWS itself, within the account and Region of the bucket: not a grant to strangers. */
const LOG_DELIVERY = 'LogDelivery';

/** Grants to anyone but the owner, the approved canonical users and AWS's own log delivery. */
export function foreignGrants(
  { owner, grants }: Acl,
  approved: readonly string[],
): { readonly grantee: string; readonly permission: string }[] {
  return grants.flatMap(({ grantee, permission }) => {
    if (grantee.kind === 'group') {
      return grantee.name === LOG_DELIVERY ? [] : [{ grantee: grantee.name, permission }];
    }
    const isKnown = grantee.id === owner || approved.includes(grantee.id);
    return isKnown ? [] : [{ grantee: `canonical user ${grantee.id}`, permission }];
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
