import type { Policy } from '../policy/language/document.ts';
export interface IdentityPolicy {
  readonly name: string;
  readonly policy: Policy;
}

export interface Credentials {
  /** The active access keys, at most two. */
  readonly accessKeys: readonly AccessKey[];
  /** Whether the user can sign in to the console with a password. */
  readonly hasPassword: boolean;
  readonly hasMfa: boolean;
}

export interface AccessKey {
  /** 1 or 2, as the credential report numbers them. */
  readonly number: number;
  /** When it was created or last changed (ISO, UTC). */
  readonly changedAt: string;
  /** ISO, UTC; null when no use is known. */
  readonly usedAt: string | null;
}
