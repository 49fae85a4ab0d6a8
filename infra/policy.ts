import { CfnDeletionPolicy, type CfnResource, Fn } from 'aws-cdk-lib';

/** A statement of a policy. Values are strings, or what CloudFormation fills in. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}

export const policy = (...statements: readonly Statement[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** The account itself, that is to say: whom its IAM policies let. */
export const thisAccount = { AWS: Fn.sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') };

/** For services that act for the account whose resource it is. */
export const ofThisAccount = { 'aws:SourceAccount': Fn.ref('AWS::AccountId') };

/** ARN of a resource of this account in this Region, whose name is fixed. */
export const arnHere = (service: string, resource: string) =>
  Fn.sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

/** A grant of these actions, for the policy of a role. */
export const allow = (
  actions: readonly string[],
  Resource: unknown,
  Condition?: object,
): Statement => ({
  ...{ Effect: 'Allow', Action: [...actions], Resource },
  ...(Condition ? { Condition } : {}),
});

/** A denial of what comes without TLS. */
export const onlyOverTls = (action: string, resource: unknown): Statement => ({
  Sid: 'OnlyOverTls',
  Effect: 'Deny',
  Principal: '*',
  Action: action,
  Resource: resource,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** The resource stays when the stack goes, or when another takes its place. */
export function retain({ cfnOptions }: CfnResource): void {
  cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
}
