import type { Change } from './change.ts';
import {
  bindStatement,
  denyCustomerKeys,
  denyErasure,
  denyOldTls,
  denyOldUrls,
  denyOtherEncryption,
  denyOutsidePerimeter,
  denyPlainHttp,
  dropAction,
  dropStatement,
} from './policy-remedies.ts';
import {
  abortUploads,
  addBucketKey,
  blockAccount,
  blockBucket,
  closeAcl,
  createAnalyzer,
  enableVersioning,
  encryptWithApprovedKey,
  encryptWithS3,
  enforceOwnership,
  expireObjects,
  expireVersions,
  lockObjects,
  measureRequests,
  removeDeleteMarkers,
  rotateKey,
} from './setting-remedies.ts';
import type { Situation } from './situation.ts';

/** Finds the change that fixes a finding; null where it takes a decision, or is not known well enough to be made as it stands. */
type Remedy = (situation: Situation) => Change | null;

const denied = (remedy: Remedy) => ({ noPolicy: remedy, noDenial: remedy, gap: remedy });

/**
 * The change for each message that one can be computed for, by rule. What is not here takes a decision of a person: which class
 * data has, who may have access, where logs go.
 */
export const remedies: Readonly<Record<string, Readonly<Record<string, Remedy>>>> = {
  'access-analyzer-s3-reviewed': {
    noAnalyzer: createAnalyzer('ACCOUNT'),
    noUnusedAccess: createAnalyzer('ACCOUNT_UNUSED_ACCESS'),
  },
  's3-acl-disabled': { enabled: enforceOwnership },
  's3-acl-no-foreign-grants': { foreign: closeAcl, group: closeAcl },
  's3-block-public-access-account': { neverSet: blockAccount, flagsOff: blockAccount },
  's3-block-public-access-bucket': {
    bucketOff: blockBucket,
    off: blockBucket,
    offUnrecorded: blockBucket,
  },
  's3-cross-account-scoped': {
    ...{ openStatement: bindStatement, beyondGrant: dropStatement, orphaned: dropStatement },
    ...{ forbiddenAction: dropAction, foreignAcl: closeAcl },
  },
  's3-deletion-protection': { notVersioned: enableVersioning, unprotected: denyErasure },
  's3-kms-key-health': { notRotated: rotateKey, rotatedLate: rotateKey },
  's3-lifecycle-expiration': { endless: expireObjects, tooLong: expireObjects },
  's3-log-retention': {
    notVersioned: enableVersioning,
    unlimited: expireObjects,
    deletable: denyErasure,
  },
  's3-no-public-access': {
    publicPolicy: dropStatement,
    latent: dropStatement,
    publicAcl: closeAcl,
  },
  's3-object-lock-retention': {
    ...{ off: lockObjects, noRetention: lockObjects, weakMode: lockObjects },
    ...{ tooShort: lockObjects, tooLong: lockObjects },
  },
  's3-policy-network-perimeter': denied(denyOutsidePerimeter),
  's3-presigned-url-guard': { ...denied(denyOldUrls), tooLong: denyOldUrls },
  's3-request-metrics-alarms': { notMeasured: measureRequests },
  's3-service-principals-guarded': { unguarded: bindStatement },
  's3-sse-c-blocked': denied(denyCustomerKeys),
  's3-sse-kms-approved-keys': {
    ...{
      notRecorded: encryptWithApprovedKey,
      notKms: encryptWithApprovedKey,
      awsManagedKey: encryptWithApprovedKey,
    },
    ...{ notApproved: encryptWithApprovedKey, otherRegion: encryptWithApprovedKey },
    ...{ noBucketKey: addBucketKey, undeliverable: encryptWithS3 },
  },
  's3-tls-only': { ...denied(denyPlainHttp), oldTls: denyOldTls },
  's3-upload-encryption-enforced': denied(denyOtherEncryption),
  's3-versioning-with-lifecycle': {
    ...{ notEnabled: enableVersioning, unbounded: expireVersions, tooLate: expireVersions },
    ...{ deleteMarkers: removeDeleteMarkers, uploads: abortUploads },
  },
};

/** The change that fixes a finding, if one can be computed. It is not made, only described. */
export function changeFor(situation: Situation): Change | null {
  const { rule, messageId } = situation.finding;
  const ofRule = Object.hasOwn(remedies, rule) ? remedies[rule] : undefined;
  const remedy = ofRule && Object.hasOwn(ofRule, messageId) ? ofRule[messageId] : undefined;
  try {
    return remedy?.(situation) ?? null;
  } catch (error) {
    // A policy that does not parse is not known, and must not be replaced.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
