import { say } from '../../engine/message.ts';
import { flag, type ParamsOf } from '../../engine/parameters.ts';
import type { AccessPointFacets } from '../../facts/access-point.ts';
import type { BucketFacets } from '../../facts/bucket.ts';
import type { Policy } from '../../policy/language/document.ts';
import { orphanedPrincipals, unscopedGrants, type Witness } from '../../policy/questions/grants.ts';
import type { Identity } from '../../records/reading.ts';
import { foreignGrants } from '../buckets/acl.ts';
import { grantsToServices } from './service-grants.ts';
import { grantLimits, trustedGrantees, type trustedSources, trustOf } from './trust.ts';

export const bucketSharing = {
  ...trustedGrantees,
  ...grantLimits,
  orphanedPrincipalsFail: flag(false, 'Whether grants to deleted users and roles fail.'),
} as const;

/** A request that nobody approved, and the condition that was perhaps meant to stop it. */
const openStatement = (open: Witness) => {
  const condition = open.condition === null ? '' : `: ${open.condition} does not stop it`;
  return { ...open, condition };
};

/** Whom outside the account the policy and the ACL of a bucket let in, and for what. */
export function judgeSharing(
  bucket: Identity & Pick<BucketFacets, 'policy' | 'acl'>,
  params: ParamsOf<typeof bucketSharing>,
) {
  const { policy } = bucket;
  const [open] = policy === null ? [] : unscopedGrants(policy, bucket, trustOf(params, params));
  if (open?.reason === 'forbiddenAction') return say('forbiddenAction', open, open);
  if (open?.reason === 'beyondGrant') return say('beyondGrant', open, open);
  if (open) return say('openStatement', openStatement(open), open);
  const [foreign] = foreignGrants(bucket.acl, params.trustedCanonicalUsers);
  if (foreign) return say('foreignAcl', foreign);
  const [orphan] = policy === null ? [] : orphanedPrincipals(policy);
  if (!orphan) return say('scoped');
  return say(params.orphanedPrincipalsFail ? 'orphaned' : 'orphanedOnly', orphan, orphan);
}

/** Whom the policy of an access point lets in. */
export function judgeAccessPointSharing(
  accessPoint: Identity & Pick<AccessPointFacets, 'accessPointPolicy' | 'accessPointArn'>,
  params: ParamsOf<typeof trustedGrantees>,
) {
  const { accessPointPolicy: policy, account } = accessPoint;
  if (policy === null) return say('noPolicy');
  const { accessPointArn: arn } = accessPoint;
  const [open] = unscopedGrants(policy, { arn, account }, trustOf(params));
  return open ? say('openStatement', openStatement(open), open) : say('scoped');
}

/** For whom the AWS services that a policy names may act. */
export function judgeServices(
  bucketPolicy: Policy | null,
  bucket: Identity,
  {
    exemptServices,
    ...sources
  }: ParamsOf<typeof trustedSources> & { readonly exemptServices: readonly string[] },
) {
  const { policy, services } = grantsToServices(bucketPolicy, exemptServices);
  if (policy.statements.every(({ effect }) => effect === 'Deny')) return say('noServices');
  const trust = trustOf({
    ...sources,
    trustedServices: services,
    trustedCanonicalUsers: [],
    requireSourceGuard: true,
  });
  const [open] = unscopedGrants(policy, bucket, trust);
  return open ? say('unguarded', openStatement(open), open) : say('guarded');
}
