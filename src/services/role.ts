/** A role that is assumed in other accounts: there, each has one of this name. */
export interface Role {
  /** With its path, if it has one. */
  readonly name: string;
  /** The role trusts only who knows this (IAM User Guide, "Access to AWS accounts owned by third parties"). */
  readonly externalId?: string | undefined;
}

/** IAM API reference, CreateRole: a name of 64 characters, after a path where it has one. */
const NAME = /^(?:[\w+=,.@-][\w+=,.@/-]{0,509}\/)?[\w+=,.@-]{1,64}$/;

/** AWS STS API model, externalIdType. */
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

export const isRoleName = (text: string): boolean => NAME.test(text);

export const isExternalId = (text: string): boolean => EXTERNAL_ID.test(text);

/** Under which name the role is seen in CloudTrail, and what assumes it. */
export const assumption = (
  { name, externalId }: Role,
  { account, partition, session }: Readonly<Record<'account' | 'partition' | 'session', string>>,
) => ({
  RoleArn: `arn:${partition}:iam::${account}:role/${name}`,
  RoleSessionName: session,
  ...(externalId === undefined ? {} : { ExternalId: externalId }),
});
