// Generated from the names of the files by "npm run generate".
import type { Rule } from '../src/engine/rule.ts';
import accessAnalyzerS3Reviewed from './access-analyzer-s3-reviewed.ts';
import cloudtrailLogIntegrity from './cloudtrail-log-integrity.ts';
import cloudwatchS3ActivityAlarms from './cloudwatch-s3-activity-alarms.ts';
import configRecorderHealth from './config-recorder-health.ts';
import guarddutyS3Protection from './guardduty-s3-protection.ts';
import iamAccessKeyRotation from './iam-access-key-rotation.ts';
import iamRootAccessKey from './iam-root-access-key.ts';
import iamS3CredentialRotation from './iam-s3-credential-rotation.ts';
import iamS3LeastPrivilege from './iam-s3-least-privilege.ts';
import iamUnusedCredentials from './iam-unused-credentials.ts';
import kmsKeyDeletion from './kms-key-deletion.ts';
import s3AccessLogging from './s3-access-logging.ts';
import s3AccessPointBlockPublic from './s3-access-point-block-public.ts';
import s3AccessPointScoped from './s3-access-point-scoped.ts';
import s3AclDisabled from './s3-acl-disabled.ts';
import s3AclNoForeignGrants from './s3-acl-no-foreign-grants.ts';
import s3BackupRecent from './s3-backup-recent.ts';
import s3BlockPublicAccessAccount from './s3-block-public-access-account.ts';
import s3BlockPublicAccessBucket from './s3-block-public-access-bucket.ts';
import s3CrossAccountScoped from './s3-cross-account-scoped.ts';
import s3DataClassification from './s3-data-classification.ts';
import s3DataEventsLogged from './s3-data-events-logged.ts';
import s3DeletionProtection from './s3-deletion-protection.ts';
import s3KmsKeyHealth from './s3-kms-key-health.ts';
import s3LifecycleExpiration from './s3-lifecycle-expiration.ts';
import s3LogRetention from './s3-log-retention.ts';
import s3NoPublicAccess from './s3-no-public-access.ts';
import s3ObjectLockRetention from './s3-object-lock-retention.ts';
import s3PolicyLeastPrivilege from './s3-policy-least-privilege.ts';
import s3PolicyNetworkPerimeter from './s3-policy-network-perimeter.ts';
import s3PolicyReviewAttested from './s3-policy-review-attested.ts';
import s3PresignedUrlGuard from './s3-presigned-url-guard.ts';
import s3RequestMetricsAlarms from './s3-request-metrics-alarms.ts';
import s3Residency from './s3-residency.ts';
import s3ServicePrincipalsGuarded from './s3-service-principals-guarded.ts';
import s3SseCBlocked from './s3-sse-c-blocked.ts';
import s3SseKmsApprovedKeys from './s3-sse-kms-approved-keys.ts';
import s3TlsOnly from './s3-tls-only.ts';
import s3UploadEncryptionEnforced from './s3-upload-encryption-enforced.ts';
import s3VersioningWithLifecycle from './s3-versioning-with-lifecycle.ts';

export const rules: readonly Rule[] = [
  accessAnalyzerS3Reviewed,
  cloudtrailLogIntegrity,
  cloudwatchS3ActivityAlarms,
  configRecorderHealth,
  guarddutyS3Protection,
  iamAccessKeyRotation,
  iamRootAccessKey,
  iamS3CredentialRotation,
  iamS3LeastPrivilege,
  iamUnusedCredentials,
  kmsKeyDeletion,
  s3AccessLogging,
  s3AccessPointBlockPublic,
  s3AccessPointScoped,
  s3AclDisabled,
  s3AclNoForeignGrants,
  s3BackupRecent,
  s3BlockPublicAccessAccount,
  s3BlockPublicAccessBucket,
  s3CrossAccountScoped,
  s3DataClassification,
  s3DataEventsLogged,
  s3DeletionProtection,
  s3KmsKeyHealth,
  s3LifecycleExpiration,
  s3LogRetention,
  s3NoPublicAccess,
  s3ObjectLockRetention,
  s3PolicyLeastPrivilege,
  s3PolicyNetworkPerimeter,
  s3PolicyReviewAttested,
  s3PresignedUrlGuard,
  s3RequestMetricsAlarms,
  s3Residency,
  s3ServicePrincipalsGuarded,
  s3SseCBlocked,
  s3SseKmsApprovedKeys,
  s3TlsOnly,
  s3UploadEncryptionEnforced,
  s3VersioningWithLifecycle,
];
