// Generated from the tree by "npm run generate": a facet is a file that exports its own name, in the folder of its kind.
import type { FacetsOf } from '../facts/index.ts';
import type { SubjectKind } from '../records/kinds.ts';
import { accessPointArn as accessPointAccessPointArn } from './access-point/access-point-arn.ts';
import { accessPointPolicy as accessPointAccessPointPolicy } from './access-point/access-point-policy.ts';
import { accessPointSettings as accessPointAccessPointSettings } from './access-point/access-point-settings.ts';
import { blockPublicAccess as accountBlockPublicAccess } from './account/block-public-access.ts';
import { deliveryChannel as accountDeliveryChannel } from './account/delivery-channel.ts';
import { deployedRules as accountDeployedRules } from './account/deployed-rules.ts';
import { eventRules as accountEventRules } from './account/event-rules.ts';
import { pack as accountPack } from './account/pack.ts';
import { recorder as accountRecorder } from './account/recorder.ts';
import { trails as accountTrails } from './account/trails.ts';
import { watchedTrails as accountWatchedTrails } from './account/watched-trails.ts';
import { accessAnalysis as bucketAccessAnalysis } from './bucket/asked/access-analysis.ts';
import { blockedEncryption as bucketBlockedEncryption } from './bucket/asked/blocked-encryption.ts';
import { encryptionKey as bucketEncryptionKey } from './bucket/asked/encryption-key.ts';
import { eventDataStores as bucketEventDataStores } from './bucket/asked/event-data-stores.ts';
import { lockedBackups as bucketLockedBackups } from './bucket/asked/locked-backups.ts';
import { ownership as bucketOwnership } from './bucket/asked/ownership.ts';
import { requestAlarms as bucketRequestAlarms } from './bucket/asked/request-alarms.ts';
import { requestMetrics as bucketRequestMetrics } from './bucket/asked/request-metrics.ts';
import { trails as bucketTrails } from './bucket/asked/trails.ts';
import { accountPublicAccessBlock as bucketAccountPublicAccessBlock } from './bucket/context/account-public-access-block.ts';
import { kmsAliases as bucketKmsAliases } from './bucket/context/kms-aliases.ts';
import { logTarget as bucketLogTarget } from './bucket/context/log-target.ts';
import { replicaBuckets as bucketReplicaBuckets } from './bucket/context/replica-buckets.ts';
import { roles as bucketRoles } from './bucket/context/roles.ts';
import { acl as bucketAcl } from './bucket/recorded/acl.ts';
import { encryption as bucketEncryption } from './bucket/recorded/encryption.ts';
import { lifecycle as bucketLifecycle } from './bucket/recorded/lifecycle.ts';
import { logging as bucketLogging } from './bucket/recorded/logging.ts';
import { objectLock as bucketObjectLock } from './bucket/recorded/object-lock.ts';
import { policy as bucketPolicy } from './bucket/recorded/policy.ts';
import { policySha256 as bucketPolicySha256 } from './bucket/recorded/policy-sha256.ts';
import { publicAccessBlock as bucketPublicAccessBlock } from './bucket/recorded/public-access-block.ts';
import { replication as bucketReplication } from './bucket/recorded/replication.ts';
import { tags as bucketTags } from './bucket/recorded/tags.ts';
import { versioning as bucketVersioning } from './bucket/recorded/versioning.ts';
import type { Facet } from './facet.ts';
import { boundaryOnly as iamPolicyBoundaryOnly } from './iam-policy/boundary-only.ts';
import { identityPolicies as iamPolicyIdentityPolicies } from './iam-policy/identity-policies.ts';
import { permissionsBoundary as iamPolicyPermissionsBoundary } from './iam-policy/permissions-boundary.ts';
import { credentials as iamUserCredentials } from './iam-user/credentials.ts';
import { userPolicies as iamUserUserPolicies } from './iam-user/user-policies.ts';
import { now } from './now.ts';

/** Every facet of each kind of subject; the compiler keeps it complete and of the right type. */
export const facets: {
  readonly [K in SubjectKind]: { readonly [F in keyof FacetsOf[K]]: Facet<FacetsOf[K][F]> };
} = {
  account: {
    blockPublicAccess: accountBlockPublicAccess,
    deliveryChannel: accountDeliveryChannel,
    deployedRules: accountDeployedRules,
    eventRules: accountEventRules,
    pack: accountPack,
    recorder: accountRecorder,
    trails: accountTrails,
    watchedTrails: accountWatchedTrails,
    now,
  },
  accessPoint: {
    accessPointArn: accessPointAccessPointArn,
    accessPointPolicy: accessPointAccessPointPolicy,
    accessPointSettings: accessPointAccessPointSettings,
    now,
  },
  bucket: {
    accessAnalysis: bucketAccessAnalysis,
    blockedEncryption: bucketBlockedEncryption,
    encryptionKey: bucketEncryptionKey,
    eventDataStores: bucketEventDataStores,
    lockedBackups: bucketLockedBackups,
    ownership: bucketOwnership,
    requestAlarms: bucketRequestAlarms,
    requestMetrics: bucketRequestMetrics,
    trails: bucketTrails,
    accountPublicAccessBlock: bucketAccountPublicAccessBlock,
    kmsAliases: bucketKmsAliases,
    logTarget: bucketLogTarget,
    replicaBuckets: bucketReplicaBuckets,
    roles: bucketRoles,
    acl: bucketAcl,
    encryption: bucketEncryption,
    lifecycle: bucketLifecycle,
    logging: bucketLogging,
    objectLock: bucketObjectLock,
    policySha256: bucketPolicySha256,
    policy: bucketPolicy,
    publicAccessBlock: bucketPublicAccessBlock,
    replication: bucketReplication,
    tags: bucketTags,
    versioning: bucketVersioning,
    now,
  },
  iamPolicy: {
    boundaryOnly: iamPolicyBoundaryOnly,
    identityPolicies: iamPolicyIdentityPolicies,
    permissionsBoundary: iamPolicyPermissionsBoundary,
    now,
  },
  iamUser: {
    credentials: iamUserCredentials,
    userPolicies: iamUserUserPolicies,
    now,
  },
};
