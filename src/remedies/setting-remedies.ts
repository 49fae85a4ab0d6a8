import { isObject } from '../values/json.ts';
import type { Change, LifecycleRule } from './change.ts';
import { number, sectionOf, type Situation, texts } from './situation.ts';

export const blockBucket = (): Change => ({ kind: 'blockPublicAccess', of: 'bucket' });
export const blockAccount = (): Change => ({ kind: 'blockPublicAccess', of: 'account' });
export const enforceOwnership = (): Change => ({ kind: 'ownership' });
export const closeAcl = (): Change => ({ kind: 'acl' });
export const enableVersioning = (): Change => ({ kind: 'versioning' });
export const measureRequests = (): Change => ({ kind: 'requestMetrics' });
export const encryptWithS3 = (): Change => ({ kind: 'encryption', bucketKey: false });

export const createAnalyzer = (type: 'ACCOUNT' | 'ACCOUNT_UNUSED_ACCESS') => (): Change => ({
  kind: 'analyzer',
  type,
});

/** The default encryption with the one approved key that this bucket can use; none where there is a choice. */
export function encryptWithApprovedKey(situation: Situation): Change | null {
  const { region, account } = situation.finding.subject;
  const usable = texts(situation, 'approvedKeys').filter((key) => {
    const [, , service, where, owner, name = ''] = key.split(':');
    const isFixed = !/[*?]/.test(key) && /^(key|alias)\//.test(name);
    return (
      service === 'kms' &&
      where === region &&
      isFixed &&
      (name.startsWith('key/') || owner === account)
    );
  });
  const [key, other] = usable;
  if (key === undefined || other !== undefined) return null;
  return { kind: 'encryption', key, bucketKey: true };
}

/** The key stays, and gets a Bucket Key. */
export function addBucketKey({ item }: Situation): Change | null {
  const { rules } = sectionOf(item, 'ServerSideEncryptionConfiguration');
  const [rule] = Array.isArray(rules) ? rules : [];
  const byDefault = isObject(rule) ? rule['applyServerSideEncryptionByDefault'] : undefined;
  const key = isObject(byDefault) ? byDefault['kmsMasterKeyID'] : undefined;
  return typeof key === 'string' ? { kind: 'encryption', key, bucketKey: true } : null;
}

const adding =
  (ruleOf: (situation: Situation) => LifecycleRule) =>
  (situation: Situation): Change => {
    const { rules } = sectionOf(situation.item, 'BucketLifecycleConfiguration');
    const hasOthers = Array.isArray(rules) && rules.length > 0;
    return { kind: 'lifecycle', rule: ruleOf(situation), hasOthers };
  };

export const expireVersions = adding((situation) => ({
  id: 'expire-noncurrent-versions',
  noncurrentDays: number(situation, 'noncurrentMaximumDays'),
}));

export const abortUploads = adding((situation) => ({
  id: 'abort-incomplete-uploads',
  abortDays: number(situation, 'abortIncompleteUploadDays'),
}));

export const removeDeleteMarkers = adding(() => ({
  id: 'remove-expired-delete-markers',
  removesDeleteMarkers: true,
}));

/** Objects and their noncurrent versions together are gone by the maximum. */
export const expireObjects = adding((situation) => {
  const maximum = number(situation, 'maximumDays');
  const noncurrentDays = Math.min(30, Math.floor(maximum / 2));
  return { id: 'expire-objects', expirationDays: maximum - noncurrentDays, noncurrentDays };
});

export function lockObjects(situation: Situation): Change | null {
  const { mode } = situation.params;
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') return null;
  return { kind: 'objectLock', mode, days: number(situation, 'minimumDays') };
}

/** Only of a key that the bucket names by its ARN. */
export function rotateKey({ item, params }: Situation): Change | null {
  const change = addBucketKey({ item } as Situation);
  const key = change?.kind === 'encryption' ? change.key : undefined;
  if (key === undefined || !/^arn:[^:]+:kms:[^:]+:\d{12}:key\//.test(key)) return null;
  return { kind: 'keyRotation', key, days: Number(params['maximumRotationDays'] ?? 365) };
}
