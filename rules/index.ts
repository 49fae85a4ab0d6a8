// Generated from the names of the files by "npm run generate".
import type { Rule } from '../src/core/rule.ts';
import s3AclDisabled from './s3-acl-disabled.ts';
import s3CrossAccountScoped from './s3-cross-account-scoped.ts';
import s3LogRetention from './s3-log-retention.ts';
import s3SseKmsApprovedKeys from './s3-sse-kms-approved-keys.ts';
import s3TlsOnly from './s3-tls-only.ts';
import s3VersioningWithLifecycle from './s3-versioning-with-lifecycle.ts';

export const rules: readonly Rule[] = [
  s3AclDisabled,
  s3CrossAccountScoped,
  s3LogRetention,
  s3SseKmsApprovedKeys,
  s3TlsOnly,
  s3VersioningWithLifecycle,
];
