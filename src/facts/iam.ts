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

/** The password for the console. */
export interface Password {
  /** When it was last set (ISO, UTC). */
  readonly changedAt: string;
  /** ISO, UTC; null when no use is known. */
  readonly usedAt: string | null;
}

export interface AccessKey {
  /** 1 or 2, as the credential report numbers them. */
  readonly number: number;
  /** When it was created or last changed (ISO, UTC). */
  readonly changedAt: string;
  /** ISO, UTC; null when no use is known. */
  readonly usedAt: string | null;
}

/** What a rule may read of a place where identity policies are written. */
export interface IamPolicyFacets {
  /** Names of the policies managed by AWS that are attached to a user, group or role; a policy has none. */
  readonly attachedAwsPolicies: readonly string[];
  /** Whether a managed policy is attached to nobody and only serves as permissions boundary, which grants nothing. */
  readonly boundaryOnly: boolean;
  /** What a managed policy says now, or the inline policies of a user, group or role; empty when it has none. */
  readonly identityPolicies: readonly IdentityPolicy[];
  /** ARN of the policy that limits what a user or role can do, whatever it is granted; null when there is none. */
  readonly permissionsBoundary: string | null;
}

/** What a rule on an IAM user may read. */
export interface IamUserFacets {
  readonly credentials: Credentials;
  /** null for a user who cannot sign in to the console with a password. */
  readonly password: Password | null;
  /** All that grants or denies the user something: inline, attached, and those of its groups. */
  readonly userPolicies: readonly IdentityPolicy[];
}
