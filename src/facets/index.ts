import type { AllFacets, FacetName } from '../core/facets.ts';
import { accessAnalysis } from './access-analysis.ts';
import { accessPointArn } from './access-point-arn.ts';
import { accessPointPolicy } from './access-point-policy.ts';
import { accessPointSettings } from './access-point-settings.ts';
import { accountPublicAccessBlock } from './account-public-access-block.ts';
import { acl } from './acl.ts';
import { blockPublicAccess } from './block-public-access.ts';
import { blockedEncryption } from './blocked-encryption.ts';
import { boundaryOnly } from './boundary-only.ts';
import { credentials } from './credentials.ts';
import { deliveryChannel } from './delivery-channel.ts';
import { deployedRules } from './deployed-rules.ts';
import { encryption } from './encryption.ts';
import { encryptionKey } from './encryption-key.ts';
import { eventDataStores } from './event-data-stores.ts';
import { eventRules } from './event-rules.ts';
import type { Facet } from './facet.ts';
import { identityPolicies } from './identity-policies.ts';
import { kmsAliases } from './kms-aliases.ts';
import { lifecycle } from './lifecycle.ts';
import { lockedBackups } from './locked-backups.ts';
import { logTarget } from './log-target.ts';
import { logging } from './logging.ts';
import { now } from './now.ts';
import { objectLock } from './object-lock.ts';
import { ownership } from './ownership.ts';
import { pack } from './pack.ts';
import { permissionsBoundary } from './permissions-boundary.ts';
import { policy } from './policy.ts';
import { policySha256 } from './policy-sha256.ts';
import { publicAccessBlock } from './public-access-block.ts';
import { recorder } from './recorder.ts';
import { replicaBuckets } from './replica-buckets.ts';
import { replication } from './replication.ts';
import { requestAlarms } from './request-alarms.ts';
import { requestMetrics } from './request-metrics.ts';
import { roles } from './roles.ts';
import { tags } from './tags.ts';
import { trails } from './trails.ts';
import { userPolicies } from './user-policies.ts';
import { versioning } from './versioning.ts';
import { watchedTrails } from './watched-trails.ts';

/** Every facet; the compiler keeps it complete and of the right type. */
export const facets: { readonly [F in FacetName]: Facet<AllFacets[F]> } = {
  accessAnalysis,
  accessPointArn,
  accessPointPolicy,
  accessPointSettings,
  accountPublicAccessBlock,
  acl,
  blockPublicAccess,
  blockedEncryption,
  deliveryChannel,
  deployedRules,
  boundaryOnly,
  credentials,
  encryption,
  encryptionKey,
  eventDataStores,
  identityPolicies,
  eventRules,
  kmsAliases,
  lifecycle,
  lockedBackups,
  logging,
  logTarget,
  now,
  objectLock,
  ownership,
  pack,
  permissionsBoundary,
  policy,
  policySha256,
  publicAccessBlock,
  recorder,
  replicaBuckets,
  replication,
  requestAlarms,
  requestMetrics,
  roles,
  tags,
  trails,
  userPolicies,
  versioning,
  watchedTrails,
};

export const facetNames = Object.keys(facets) as FacetName[];
