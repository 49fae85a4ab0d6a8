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
  /** What some of the trusted may do at most; a grantee that is not named here may do anything. */
  readonly grants?: readonly Grant[] | undefined;
  /** Action globs (`s3:PutBucketPolicy`) that no other account may have, trusted or not. */
  readonly forbiddenActions?: readonly string[] | undefined;
  /** Accept requests through access points of the owner's or a trusted account, regardless of the sender. */
  readonly allowDelegation?: boolean | undefined;
}

/** An approval of some actions on some objects. */
export interface Grant {
  /** Account id, ARN of a user or role, or organization id. */
  readonly principal: string;
  /** Globs; all actions when left out. */
  readonly actions?: readonly string[] | undefined;
  /** Beginnings of object keys, without wildcards; all objects when left out. */
  readonly prefixes?: readonly string[] | undefined;
}

/** Is the canonical user, or origin access identity, approved by its own id? */
export const isTrustedUser = (user: string, trust: Trust | null): boolean =>
  (trust?.canonicalUsers ?? []).some(
    (id) =>
      id !== '' && (id === user || user.endsWith(`:user/CloudFront Origin Access Identity ${id}`)),
  );
