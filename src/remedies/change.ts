import type { Identity } from '../records/reading.ts';
import type { Json } from '../values/json.ts';

/** A statement of a policy, as it is written. */
export type Statement = Json;

/** A rule of a lifecycle that covers the whole bucket, in days. */
export interface LifecycleRule {
  readonly id: string;
  readonly expirationDays?: number;
  readonly noncurrentDays?: number;
  readonly abortDays?: number;
  readonly removesDeleteMarkers?: true;
}

/** A change that can be made as it stands: nothing of it is left to fill in. */
export type Change =
  /** The whole policy as it is then, because S3 only replaces it; null: the policy is deleted. */
  | { readonly kind: 'policy'; readonly document: Json | null }
  /** All four flags of Block Public Access on. */
  | { readonly kind: 'blockPublicAccess'; readonly of: 'bucket' | 'account' }
  /** Object Ownership is BucketOwnerEnforced, which switches ACLs off. */
  | { readonly kind: 'ownership' }
  /** The ACL grants nothing to others. */
  | { readonly kind: 'acl' }
  /** Default encryption; without a key with SSE-S3. */
  | { readonly kind: 'encryption'; readonly key?: string; readonly bucketKey: boolean }
  | { readonly kind: 'versioning' }
  /** One more rule; those that are there stay. */
  | { readonly kind: 'lifecycle'; readonly rule: LifecycleRule; readonly hasOthers: boolean }
  | {
      readonly kind: 'objectLock';
      readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
      readonly days: number;
    }
  | { readonly kind: 'keyRotation'; readonly key: string; readonly days: number }
  | { readonly kind: 'requestMetrics' }
  | { readonly kind: 'analyzer'; readonly type: 'ACCOUNT' | 'ACCOUNT_UNUSED_ACCESS' };

/** A change as text to paste; null where the tool cannot make it, or not to what is there already. */
export type Render = (change: Change, subject: Identity) => string | null;
