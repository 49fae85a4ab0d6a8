import type { AllFacets, FacetName } from '../facts/index.ts';
import { accessPointArn } from './access-point/access-point-arn.ts';
import { accessPointPolicy } from './access-point/access-point-policy.ts';
import { accessPointSettings } from './access-point/access-point-settings.ts';
import { blockPublicAccess } from './account/block-public-access.ts';
import { deliveryChannel } from './account/delivery-channel.ts';
import { deployedRules } from './account/deployed-rules.ts';
import { recorder } from './account/recorder.ts';
import { acl } from './bucket/acl.ts';
import { encryption } from './bucket/encryption.ts';
import { lifecycle } from './bucket/lifecycle.ts';
import { logging } from './bucket/logging.ts';
import { objectLock } from './bucket/object-lock.ts';
import { policy } from './bucket/policy.ts';
import { policySha256 } from './bucket/policy-sha256.ts';
import { publicAccessBlock } from './bucket/public-access-block.ts';
import { replication } from './bucket/replication.ts';
import { tags } from './bucket/tags.ts';
import { versioning } from './bucket/versioning.ts';
import { accessAnalysis } from './bucket-context/access-analysis.ts';
import { accountPublicAccessBlock } from './bucket-context/account-public-access-block.ts';
import { blockedEncryption } from './bucket-context/blocked-encryption.ts';
import { encryptionKey } from './bucket-context/encryption-key.ts';
import { kmsAliases } from './bucket-context/kms-aliases.ts';
import { lockedBackups } from './bucket-context/locked-backups.ts';
import { logTarget } from './bucket-context/log-target.ts';
import { ownership } from './bucket-context/ownership.ts';
import { replicaBuckets } from './bucket-context/replica-buckets.ts';
import { requestAlarms } from './bucket-context/request-alarms.ts';
import { requestMetrics } from './bucket-context/request-metrics.ts';
import { roles } from './bucket-context/roles.ts';
import type { Facet } from './facet.ts';
import { boundaryOnly } from './iam/boundary-only.ts';
import { credentials } from './iam/credentials.ts';
import { identityPolicies } from './iam/identity-policies.ts';
import { permissionsBoundary } from './iam/permissions-boundary.ts';
import { userPolicies } from './iam/user-policies.ts';
import { now } from './now.ts';
import { pack } from './pack.ts';
import { eventDataStores } from './watching/event-data-stores.ts';
import { eventRules } from './watching/event-rules.ts';
import { trails } from './watching/trails.ts';
import { watchedTrails } from './watching/watched-trails.ts';

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
