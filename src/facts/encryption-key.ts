import type { Policy } from '../policy/language/document.ts';
/** The KMS key of the default encryption of a bucket. */
export interface EncryptionKey {
  /** As the bucket names it. */
  readonly name: string;
  /** null when KMS has no such key. */
  readonly key: KmsKeyState | null;
}

export interface KmsKeyState {
  readonly arn: string;
  readonly account: string;
  /** One that AWS made for S3, with a policy and a rotation of its own. */
  readonly isAwsManaged: boolean;
  /** Enabled, Disabled, PendingDeletion and so on, as KMS calls it. */
  readonly state: string;
  /** Days between rotations; null when it is not rotated; 'cannot' for imported material and custom key stores. */
  readonly rotationDays: number | null | 'cannot';
  /** null when it belongs to another account, where alone it can be read. */
  readonly policy: Policy | null;
}
