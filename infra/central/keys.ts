import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { policy, retain, type Statement, thisAccount } from '../policy.ts';

const ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

const REMOVAL = ['kms:DisableKey', 'kms:ScheduleKeyDeletion'];

/**
 * A key of one purpose, which changes its material every year.
 * @param keep whether it stays when the stack goes, as without it what it encrypted is lost. Nobody may then delete it, or
 * switch it off, who has not changed its policy first, and is seen doing it.
 */
export function addKey(
  stack: Stack,
  id: string,
  {
    name,
    description,
    keep,
    use,
  }: {
    readonly name: string;
    readonly description: string;
    readonly keep: boolean;
    readonly use: readonly Statement[];
  },
): CfnKey {
  const key = new CfnKey(stack, id, {
    description,
    enableKeyRotation: true,
    keyPolicy: policy(
      {
        Sid: 'Administration',
        Effect: 'Allow',
        Principal: thisAccount,
        Action: keep ? ADMINISTRATION : [...ADMINISTRATION, ...REMOVAL],
        Resource: '*',
      },
      ...use,
    ),
  });
  if (keep) retain(key);
  new CfnAlias(stack, `${id}Alias`, {
    aliasName: `alias/s3-config-rules-${name}`,
    targetKeyId: key.attrKeyId,
  });
  return key;
}

/** Whoever of the account may read and write objects uses the key, through S3 alone. The suffix differs in China. */
export const throughS3: Statement = {
  Sid: 'ThroughS3',
  Effect: 'Allow',
  Principal: thisAccount,
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource: '*',
  Condition: {
    StringEquals: {
      'kms:CallerAccount': Fn.ref('AWS::AccountId'),
      'kms:ViaService': [
        Fn.sub('s3.${AWS::Region}.amazonaws.com'),
        Fn.sub('s3.${AWS::Region}.${AWS::URLSuffix}'),
      ],
    },
  },
};
