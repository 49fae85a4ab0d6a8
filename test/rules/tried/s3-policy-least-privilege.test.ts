import rule from '../../../rules/s3-policy-least-privilege.ts';
import { describeConfigurations } from '../../describe-rule.ts';
import { allow } from '../given/s3-policy-least-privilege.ts';

const writing = (keys: string) => allow({ Action: 's3:PutObject', Resource: `arn:aws:s3:::example-bucket/${keys}` });

describeConfigurations(rule, {
  cases: [
    ...['app/?*', 'a*', '/*', '*.parquet', '*/incoming/*', '????????-report'].map((keys) => ({
      when: `writing to ${keys}`,
      facts: writing(keys),
      says: 'named',
    })),
    ...['?*', '*?', '*?*', '??*', '*.*', '*-*', '*/*', '*e*', '???', '*/?/*'].map((keys) => ({
      when: `writing to ${keys}, which is every object`,
      facts: writing(keys),
      says: 'wholeBucketWrite',
    })),
    ...['arn:aws:s3:::*', 'arn:aws:s3:::*/*', 'arn:aws:s3:::example-*/?*', 'arn:aws:s3:::?xample-bucket/*.*', '*'].map((Resource) => ({
      when: `writing to ${Resource}`,
      facts: allow({ Action: 's3:PutObject', Resource }),
      says: 'wholeBucketWrite',
    })),
    {
      when: 'another bucket alone',
      facts: allow({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::other/*' }),
      says: 'named',
    },
    ...['aws:username', 'aws:userid', 'aws:PrincipalTag/team', 'aws:PrincipalAccount', 'cognito-identity.amazonaws.com:sub'].map(
      (name) => ({
        when: `a folder for each ${name}`,
        facts: writing(`${'$'}{${name}}/*`),
        says: 'named',
      }),
    ),
    ...['aws:UserAgent', 'aws:Referer', 's3:prefix', 'aws:RequestTag/a', '*'].map((name) => ({
      when: `a folder for each ${name}, which the sender chooses`,
      facts: writing(`${'$'}{${name}}*`),
      says: 'wholeBucketWrite',
    })),
    {
      when: 'keys that begin with a tag of the caller, which may be empty',
      facts: writing(`${'$'}{aws:PrincipalTag/team}*`),
      says: 'wholeBucketWrite',
    },
    {
      when: 'keys that begin with the name of the caller',
      facts: writing(`${'$'}{aws:username}*`),
      says: 'named',
    },
    {
      when: 'a variable in the name of the bucket',
      facts: allow({
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${'$'}{aws:PrincipalTag/bucket}/*`,
      }),
      says: 'wholeBucketWrite',
    },
    {
      when: 'replication from another account, as AWS documents it',
      facts: allow({
        Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags', 's3:ObjectOwnerOverrideToBucketOwner'],
      }),
      says: 'named',
    },
    {
      when: 'replication of bucket and objects in one statement',
      facts: allow({
        Action: ['s3:List*', 's3:GetBucketVersioning', 's3:PutBucketVersioning', 's3:ReplicateDelete', 's3:ReplicateObject'],
        Resource: ['arn:aws:s3:::example-bucket', 'arn:aws:s3:::example-bucket/*'],
      }),
      says: 'named',
    },
    {
      when: 'replication and uploads',
      facts: allow({ Action: ['s3:ReplicateObject', 's3:PutObject'] }),
      says: 'wholeBucketWrite',
    },
    {
      when: 'replication by wildcard',
      facts: allow({ Action: 's3:Replicate*' }),
      says: 'wildcardAction',
    },
    {
      when: 'ending uploads',
      facts: allow({ Action: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts'] }),
      says: 'named',
    },
    {
      when: 'bringing objects back from an archive',
      facts: allow({ Action: ['s3:GetObject', 's3:RestoreObject'] }),
      says: 'named',
    },
    ...['s3:PutObjectTagging', 's3:DeleteObjectVersion', 's3:PutObjectRetention', 's3:BypassGovernanceRetention'].map((Action) => ({
      when: `${Action} everywhere`,
      facts: allow({ Action }),
      says: 'wholeBucketWrite',
    })),
    { when: 'reading by everyone', facts: allow({ Principal: '*' }), says: 'everyone' },
    {
      when: 'reading by every account',
      facts: allow({ Principal: { AWS: '*' } }),
      says: 'everyone',
    },
    {
      when: 'reading by a role and everyone',
      facts: allow({ Principal: { AWS: ['123456789012', '*'] } }),
      says: 'everyone',
    },
    {
      when: 'reading by everyone from a browser that says where it was',
      facts: allow({
        Principal: '*',
        Condition: { StringLike: { 'aws:Referer': 'https://example.com/*' } },
      }),
      says: 'everyone',
    },
    {
      when: 'reading by everyone in some organization',
      facts: allow({ Principal: '*', Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*' } } }),
      says: 'everyone',
    },
    {
      when: 'reading by everyone in one organization',
      facts: allow({
        Principal: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } },
      }),
      says: 'named',
    },
  ],
});
