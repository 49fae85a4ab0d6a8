import type { IdentityPolicy, LifecycleRule } from '../src/core/facets.ts';
import { type Policy, parseIdentityPolicy, parsePolicy } from '../src/policy/document.ts';

/** An enabled lifecycle rule for every key that does nothing, but for what is given. */
export function lifecycleRule(given: Partial<LifecycleRule> = {}): LifecycleRule {
  return {
    id: 'rule',
    enabled: true,
    narrowedTo: null,
    expirationDays: null,
    expirationDate: null,
    removesExpiredDeleteMarkers: false,
    noncurrentDays: null,
    newerNoncurrentVersions: null,
    abortIncompleteUploadDays: null,
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
