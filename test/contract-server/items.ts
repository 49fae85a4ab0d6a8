import type { EventItem, StoredResult } from './state.ts';

const acl = {
  grantSet: null,
  grantList: [{ grantee: { id: 'f00d', displayName: null }, permission: 'FullControl' }],
  owner: { displayName: null, id: 'f00d' },
  isRequesterCharged: false,
};

/** A bucket as AWS Config sends it in an event: the ACL is JSON text, the rest are objects. */
export function bucketItem(name: string, parts: Partial<EventItem> = {}): EventItem {
  return {
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: '2026-03-01T10:00:00.250Z',
    configurationItemStatus: 'OK',
    configurationStateId: 1772359200250,
    configurationStateMd5Hash: '',
    awsAccountId: '111122223333',
    awsRegion: 'eu-central-1',
    availabilityZone: 'Regional',
    ARN: `arn:aws:s3:::${name}`,
    resourceType: 'AWS::S3::Bucket',
    resourceId: name,
    resourceName: name,
    resourceCreationTime: '2026-02-01T08:00:00.000Z',
    tags: { team: 'a' },
    relatedEvents: [],
    relationships: [],
    configuration: { name, owner: { displayName: null, id: 'f00d' } },
    supplementaryConfiguration: {
      AccessControlList: JSON.stringify(acl),
      BucketPolicy: { policyText: null },
      BucketTaggingConfiguration: { tagSets: [{ tags: { team: 'a' } }] },
      BucketVersioningConfiguration: { status: 'Off', isMfaDeleteEnabled: null },
      IsRequesterPaysEnabled: false,
    },
    ...parts,
  };
}

/** What Config records when the bucket is gone. */
export const deletedItem = (name: string, at: string): EventItem =>
  bucketItem(name, {
    configurationItemCaptureTime: at,
    configurationItemStatus: 'ResourceDeleted',
    ...{ configuration: null, supplementaryConfiguration: {}, tags: {} },
    ...{ availabilityZone: null, resourceCreationTime: null },
  });

export const storedResult = (
  resourceId: string,
  complianceType: StoredResult['complianceType'],
  orderingTimestamp: number,
): StoredResult => ({
  ...{ resourceType: 'AWS::S3::Bucket', resourceId, complianceType, orderingTimestamp },
});
