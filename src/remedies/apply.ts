import type { ConfigurationItem } from '../records/configuration-item.ts';
import { isObject } from '../values/json.ts';
import type { Change, LifecycleRule } from './change.ts';
import { sectionOf } from './situation.ts';

/**
 * The record as AWS Config would write it after the change, so that it can be judged again; null where the record does not show
 * what changes.
 */
export function applied(item: ConfigurationItem, change: Change): ConfigurationItem | null {
  const section = sectionAfter(item, change);
  if (section === null) return null;
  return { ...item, supplementary: { ...item.supplementary, ...section } };
}

function sectionAfter(
  item: ConfigurationItem,
  change: Change,
): Readonly<Record<string, unknown>> | null {
  switch (change.kind) {
    case 'policy': {
      const policyText = change.document === null ? null : JSON.stringify(change.document);
      return { BucketPolicy: { policyText } };
    }
    case 'blockPublicAccess':
      return change.of === 'account' ? null : { PublicAccessBlockConfiguration: FLAGS };
    case 'acl': {
      const { owner } = sectionOf(item, 'AccessControlList');
      const id = isObject(owner) ? owner['id'] : undefined;
      const grant = { grantee: { id, displayName: null }, permission: 'FullControl' };
      return { AccessControlList: { owner, grantSet: null, grantList: [grant] } };
    }
    case 'encryption': {
      const sseAlgorithm = change.key === undefined ? 'AES256' : 'aws:kms';
      const applyServerSideEncryptionByDefault = {
        sseAlgorithm,
        kmsMasterKeyID: change.key ?? null,
      };
      const rules = [{ applyServerSideEncryptionByDefault, bucketKeyEnabled: change.bucketKey }];
      return { ServerSideEncryptionConfiguration: { rules } };
    }
    case 'versioning':
      return { BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: null } };
    case 'lifecycle': {
      const { rules } = sectionOf(item, 'BucketLifecycleConfiguration');
      const others = Array.isArray(rules) ? rules : [];
      return { BucketLifecycleConfiguration: { rules: [...others, recorded(change.rule)] } };
    }
    case 'objectLock': {
      const defaultRetention = { mode: change.mode, days: change.days, years: null };
      return {
        ObjectLockConfiguration: { objectLockEnabled: 'Enabled', rule: { defaultRetention } },
      };
    }
    default:
      return null;
  }
}

const FLAGS = {
  ...{ blockPublicAcls: true, ignorePublicAcls: true },
  ...{ blockPublicPolicy: true, restrictPublicBuckets: true },
};

const recorded = (rule: LifecycleRule) => ({
  ...{ id: rule.id, status: 'Enabled', prefix: null, filter: { predicate: null } },
  expirationInDays: rule.expirationDays ?? -1,
  noncurrentVersionExpirationInDays: rule.noncurrentDays ?? -1,
  noncurrentVersionExpiration: rule.noncurrentDays ? { noncurrentDays: rule.noncurrentDays } : null,
  expiredObjectDeleteMarker: rule.removesDeleteMarkers ?? false,
  abortIncompleteMultipartUpload: rule.abortDays ? { daysAfterInitiation: rule.abortDays } : null,
});
