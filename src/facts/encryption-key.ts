import type { Policy } from '../policy/language/document.ts';
/** The KMS key of the default encryption of a bucket. */
export interface EncryptionKey {
  /** As the bucket names it. */
  readonly name: string;
  /** null when KMS has no such key. */
  readonly key: KmsKeyState | null;
}

/**
 * States in which a key encrypts and decrypts. A multi-Region key is Updating for a few seconds while its primary Region changes.
 * Source: AWS KMS API reference, UpdatePrimaryRegion; Developer Guide, "Key states of AWS KMS keys".
 */
export const isUsable = (state: string) => state === 'Enabled' || state === 'Updating';

export interface KmsKeyState {
  readonly arn: string;
  readonly account: string;
  /** One that AWS made for S3, with a policy and a rotation of its own. */
  readonly isAwsManaged: boolean;
  /** Enabled, Disabled, PendingDeletion and so on, as KMS calls it. */
  readonly state: string;
  /**
   * What kind of key it is, as KMS calls it (SYMMETRIC_DEFAULT, RSA_2048), or its use where that is not to encrypt
   * (SIGN_VERIFY); null where the answer does not say.
   */
  readonly spec: string | null;
  /** Days between rotations; null when it is not rotated; 'cannot' for imported material and custom key stores. */
  readonly rotationDays: number | null | 'cannot';
  /** null when it belongs to another account, the only place where it can be read. */
  readonly policy: Policy | null;
}
