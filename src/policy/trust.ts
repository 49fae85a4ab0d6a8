/** Whom a bucket may let in, besides the account that owns it. All comparisons are exact. */
export interface Trust {
  /** Account ids, 12 digits. */
  readonly accounts: readonly string[];
  /** Organization ids (`o-exampleorg`): every member account is trusted. */
  readonly organizations: readonly string[];
  /**
   * Values of aws:PrincipalOrgPaths with IAM wildcards: `o-exampleorg/r-ab12/ou-ab12-11111111/*`.
   * One without a literal organization and slash in front is ignored.
   */
  readonly organizationPaths: readonly string[];
  /** Service principals: `cloudtrail.amazonaws.com`. */
  readonly services: readonly string[];
  /** Canonical user ids; also the ids or ARNs of origin access identities. */
  readonly canonicalUsers: readonly string[];
  /** Trusted services must prove that they act for a trusted account or organization. */
  readonly requireSourceGuard: boolean;
}
