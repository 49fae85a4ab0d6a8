import type { LifecycleRule } from '../src/facts/bucket-settings.ts';
import type { IdentityPolicy } from '../src/facts/iam.ts';
import type { Trail } from '../src/facts/trails.ts';
import { type Policy, parseIdentityPolicy, parsePolicy } from '../src/policy/language/document.ts';

/** An enabled lifecycle rule for every key that does nothing, but for what is given. */
export function lifecycleRule(given: Partial<LifecycleRule> = {}): LifecycleRule {
  return {
    id: 'rule',
    enabled: true,
    prefix: '',
    filter: null,
    expirationDays: null,
    expirationDate: null,
    removesExpiredDeleteMarkers: false,
    noncurrentDays: null,
    newerNoncurrentVersions: null,
    abortIncompleteUploadDays: null,
    ...given,
  };
}

/** A trail of all Regions that runs, validates, encrypts and has just delivered, but selects no data events, but for what is given. */
export function trail(given: Partial<Trail> = {}): Trail {
  const delivered = { at: '2026-03-02T11:45:00.000Z', error: null };
  return {
    name: 'audit',
    arn: 'arn:aws:cloudtrail:eu-central-1:123456789012:trail/audit',
    bucketName: 'audit-logs',
    isOrganization: false,
    isMultiRegion: true,
    validatesLogFiles: true,
    key: 'arn:aws:kms:eu-central-1:123456789012:key/1234',
    status: { value: { isLogging: true, logFiles: delivered, digestFiles: delivered } },
    selectors: { value: [] },
    management: { value: { reads: 'all', writes: 'all' } },
    ...given,
  };
}

/** A bucket policy of these statements. */
export function policyOf(...statements: readonly object[]): Policy {
  return parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
}

/** A policy of IAM, called `name`, of these statements. */
export function identityPolicyOf(name: string, ...statements: readonly object[]): IdentityPolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return { name, policy: parseIdentityPolicy(text) };
}

/** The statement that refuses plain HTTP, as AWS recommends it. */
export const denyHttp = {
  Sid: 'DenyHttp',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::example-bucket', 'arn:aws:s3:::example-bucket/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

/** An attestation of what another account watches for all others, but for what is given. */
export const attestation = (given: object) => ({
  accounts: ['*'],
  attestedBy: 'Head of security',
  at: '2026-02-01',
  ...given,
});
