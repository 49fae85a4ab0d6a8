// Generated from the tree by "npm run generate": a facet is a file that exports its own name, in the folder of its kind.
import type { FacetsOf } from '../facts/index.ts';
import type { SubjectKind } from '../records/kinds.ts';
import { accessPointArn } from './access-point/access-point-arn.ts';
import { accessPointPolicy } from './access-point/access-point-policy.ts';
import { accessPointSettings } from './access-point/access-point-settings.ts';
import { blockPublicAccess } from './account/block-public-access.ts';
import { deliveryChannel } from './account/delivery-channel.ts';
import { deployedRules } from './account/deployed-rules.ts';
import { eventRules } from './account/event-rules.ts';
import { guardDuty } from './account/guard-duty.ts';
import { keysInDeletion } from './account/keys-in-deletion.ts';
import { pack } from './account/pack.ts';
import { recorder } from './account/recorder.ts';
import { rootAccessKey } from './account/root-access-key.ts';
import { trails } from './account/trails.ts';
import { watchedTrails } from './account/watched-trails.ts';
import { accessAnalysis } from './bucket/asked/access-analysis.ts';
import { blockedEncryption } from './bucket/asked/blocked-encryption.ts';
import { encryptionKey } from './bucket/asked/encryption-key.ts';
import { eventDataStores } from './bucket/asked/event-data-stores.ts';
import { lockedBackups } from './bucket/asked/locked-backups.ts';
import { newestBackup } from './bucket/asked/newest-backup.ts';
import { ownership } from './bucket/asked/ownership.ts';
import { requestAlarms } from './bucket/asked/request-alarms.ts';
import { requestMetrics } from './bucket/asked/request-metrics.ts';
import { trails as bucketTrails } from './bucket/asked/trails.ts';
import { accountPublicAccessBlock } from './bucket/context/account-public-access-block.ts';
import { kmsAliases } from './bucket/context/kms-aliases.ts';
import { logTarget } from './bucket/context/log-target.ts';
import { replicaBuckets } from './bucket/context/replica-buckets.ts';
import { roles } from './bucket/context/roles.ts';
import { tags } from './bucket/context/tags.ts';
import { acl } from './bucket/recorded/acl.ts';
import { encryption } from './bucket/recorded/encryption.ts';
import { lifecycle } from './bucket/recorded/lifecycle.ts';
import { logging } from './bucket/recorded/logging.ts';
import { objectLock } from './bucket/recorded/object-lock.ts';
import { policy } from './bucket/recorded/policy.ts';
import { policySha256 } from './bucket/recorded/policy-sha256.ts';
import { publicAccessBlock } from './bucket/recorded/public-access-block.ts';
import { replication } from './bucket/recorded/replication.ts';
import { requesterPays } from './bucket/recorded/requester-pays.ts';
import { versioning } from './bucket/recorded/versioning.ts';
import type { Facet } from './facet.ts';
import { attachedAwsPolicies } from './iam-policy/attached-aws-policies.ts';
import { boundaryOnly } from './iam-policy/boundary-only.ts';
import { identityPolicies } from './iam-policy/identity-policies.ts';
import { permissionsBoundary } from './iam-policy/permissions-boundary.ts';
import { credentials } from './iam-user/credentials.ts';
import { password } from './iam-user/password.ts';
import { userPolicies } from './iam-user/user-policies.ts';
import { now } from './now.ts';

/** Every facet of each kind of subject; the compiler keeps it complete and of the right type. */
export const facets: {
  readonly [K in SubjectKind]: { readonly [F in keyof FacetsOf[K]]: Facet<FacetsOf[K][F]> };
} = {
  account: {
    blockPublicAccess,
    deliveryChannel,
    deployedRules,
    eventRules,
    guardDuty,
    keysInDeletion,
    pack,
    recorder,
    rootAccessKey,
    trails,
    watchedTrails,
    now,
  },
  accessPoint: {
    accessPointArn,
    accessPointPolicy,
    accessPointSettings,
    now,
  },
  bucket: {
    accessAnalysis,
    blockedEncryption,
    encryptionKey,
    eventDataStores,
    lockedBackups,
    newestBackup,
    ownership,
    requestAlarms,
    requestMetrics,
    trails: bucketTrails,
    accountPublicAccessBlock,
    kmsAliases,
    logTarget,
    replicaBuckets,
    roles,
    tags,
    acl,
    encryption,
    lifecycle,
    logging,
    objectLock,
    policySha256,
    policy,
    publicAccessBlock,
    replication,
    requesterPays,
    versioning,
    now,
  },
  iamPolicy: {
    attachedAwsPolicies,
    boundaryOnly,
    identityPolicies,
    permissionsBoundary,
    now,
  },
  iamUser: {
    credentials,
    password,
    userPolicies,
    now,
  },
};
