import type { LifecycleRule } from '../change.ts';

/** All four flags, as the APIs of S3 and CloudFormation name them. */
export const FLAGS = {
  ...{ BlockPublicAcls: true, IgnorePublicAcls: true },
  ...{ BlockPublicPolicy: true, RestrictPublicBuckets: true },
};

/** A rule of a lifecycle as the API of S3 takes it (Amazon S3 API reference, LifecycleRule). */
export const lifecycleRule = ({
  id,
  expirationDays,
  noncurrentDays,
  abortDays,
  removesDeleteMarkers,
}: LifecycleRule) => ({
  ...{ ID: id, Status: 'Enabled', Filter: {} },
  ...(expirationDays ? { Expiration: { Days: expirationDays } } : {}),
  ...(removesDeleteMarkers ? { Expiration: { ExpiredObjectDeleteMarker: true } } : {}),
  ...(noncurrentDays ? { NoncurrentVersionExpiration: { NoncurrentDays: noncurrentDays } } : {}),
  ...(abortDays ? { AbortIncompleteMultipartUpload: { DaysAfterInitiation: abortDays } } : {}),
});
