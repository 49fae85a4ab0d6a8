import rule from '../../rules/iam-s3-least-privilege.ts';
import { describeRule } from '../describe-rule.ts';
import { identityPolicyOf } from '../facet-values.ts';

const allow = (change: object, ...more: readonly object[]) => ({
  identityPolicies: [identityPolicyOf('app', { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...change }, ...more)],
});
const deny = (change: object = {}) => ({
  Effect: 'Deny',
  Action: 's3:*',
  Resource: '*',
  ...change,
});
const everything = { Action: 's3:*' };
const role = (name: string, path = '/') => ({
  type: 'AWS::IAM::Role',
  name,
  arn: `arn:aws:iam::123456789012:role${path}${name}`,
});
const china = { arn: 'arn:aws-cn:iam::123456789012:policy/example-policy' };

describeRule(rule, {
  given: { boundaryOnly: false, permissionsBoundary: null },
  cases: [
    { when: 'reading everywhere is another question', facts: allow({}), unreadable: ['permissionsBoundary'], says: 'named' },
    { when: 'read wildcards everywhere', facts: allow({ Action: ['s3:Get*', 's3:List*'] }), says: 'named' },
    { when: 'every action on one bucket', facts: allow({ ...everything, Resource: 'arn:aws:s3:::app/*' }), says: 'named' },
    {
      when: 'writing to buckets whose names begin alike',
      facts: allow({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::app-*' }),
      says: 'named',
    },
    {
      when: 'writing to the bucket of the caller',
      facts: allow({ Action: 's3:PutObject', Resource: `arn:aws:s3:::\${aws:username}/*` }),
      says: 'named',
    },
    {
      when: 'writing to buckets with a tag',
      facts: allow({
        Action: 's3:PutObject',
        Condition: { StringEquals: { 'aws:ResourceTag/team': `\${aws:PrincipalTag/team}` } },
      }),
      says: 'named',
    },
    {
      when: 'an action on buckets, on objects alone: S3 grants nothing',
      facts: allow({ Action: ['s3:PutBucketPolicy', 's3:GetObject'], Resource: 'arn:aws:s3:::*/*' }),
      says: 'named',
    },
    {
      when: 'every action, but denied except on one bucket',
      facts: allow(everything, deny({ Resource: undefined, NotResource: ['arn:aws:s3:::app', 'arn:aws:s3:::app/*'] })),
      says: 'named',
    },
    {
      when: 'every action, but denied except for reading',
      facts: allow(everything, deny({ Action: undefined, NotAction: ['s3:Get*', 's3:List*'] })),
      says: 'named',
    },
    {
      when: 'every action, and all but reading denied in two statements',
      facts: allow(
        everything,
        deny({ Action: undefined, NotAction: ['s3:Get*', 's3:List*', 's3:Put*', 's3:Describe*'] }),
        deny({ Action: 's3:Put*' }),
      ),
      says: 'named',
    },
    {
      when: 'wildcards for buckets, on objects alone',
      facts: allow({ Action: ['s3:PutBucket*', 's3:Get*'], Resource: 'arn:aws:s3:::*/*' }),
      says: 'named',
    },
    {
      when: 'writing and deleting denied in a statement of their own',
      facts: allow({ Action: ['s3:Get*', 's3:Put*', 's3:DeleteObject'] }, deny({ Action: ['s3:Put*', 's3:Delete*'] })),
      says: 'named',
    },
    {
      when: 'every action but those on S3, and reading',
      facts: allow({ Action: undefined, NotAction: 's3:*' }, { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }),
      says: 'named',
    },
    {
      when: 'on everything but S3, and reading',
      facts: allow(
        { ...everything, Resource: undefined, NotResource: 'arn:aws:s3:*' },
        { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
      ),
      says: 'named',
    },
    {
      when: 'in a partition of other ARNs',
      facts: allow({ ...everything, Resource: ['arn:aws:s3:::*', 'arn:aws-cn:s3:::app'] }),
      subject: china,
      says: 'named',
    },
    { when: 'actions that were allowed', facts: allow({ Action: 's3:PutObject' }), params: { forbiddenActions: ['s3:*'] }, says: 'named' },
    { when: 'every action', facts: allow(everything), says: 'everyBucket' },
    { when: 'every action of every service', facts: allow({ Action: '*' }), says: 'everyBucket' },
    {
      when: 'every action on all objects',
      facts: allow({ ...everything, Resource: ['arn:aws:s3:::app', 'arn:aws:s3:::*/*'] }),
      says: 'everyBucket',
    },
    { when: 'a star in disguise', facts: allow({ Action: 'S3:?*', Resource: 'arn:aws:s3:::?*' }), says: 'everyBucket' },
    { when: 'every action that writes', facts: allow({ Action: 's3:Put*' }), says: 'everyBucket' },
    {
      when: 'an inline policy of a group',
      facts: allow(everything),
      subject: { type: 'AWS::IAM::Group', arn: 'arn:aws:iam::123456789012:group/example' },
      says: 'everyBucket',
    },
    { when: 'one action that writes', facts: allow({ Action: 's3:PutObject' }), says: 'everyBucket' },
    {
      when: 'one action that deletes',
      facts: allow({ Action: 's3:deleteobjectversion', Resource: 'arn:aws:s3:::*' }),
      says: 'everyBucket',
    },
    { when: 'actions that end alike', facts: allow({ Action: 's3:*Object' }), says: 'everyBucket' },
    {
      when: 'on everything but what is asked for by the ARN of a bucket',
      facts: allow({ ...everything, Resource: undefined, NotResource: 'arn:aws:s3:::*' }),
      says: 'everyBucket',
    },
    {
      when: 'on everything but objects',
      facts: allow({ ...everything, Resource: undefined, NotResource: 'arn:aws:s3:::*/*' }),
      says: 'everyBucket',
    },
    {
      when: 'through every access point',
      facts: allow({ Action: 's3:PutObject', Resource: 'arn:aws:s3:*:*:accesspoint/*' }),
      says: 'everyBucket',
    },
    { when: 'an action that is newer than the table', facts: allow({ Action: 's3:PutSomethingNew' }), says: 'everyBucket' },
    { when: 'switching off Block Public Access', facts: allow({ Action: 's3:PutAccountPublicAccessBlock' }), says: 'everyBucket' },
    { when: 'the policy of every bucket', facts: allow({ Action: 's3:PutBucketPolicy' }), says: 'everyBucket' },
    { when: 'all but one action', facts: allow({ Action: undefined, NotAction: 'iam:*' }), says: 'everyBucket' },
    {
      when: 'all but two buckets',
      facts: allow({
        ...everything,
        Resource: undefined,
        NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::b/*'],
      }),
      says: 'everyBucket',
    },
    { when: 'denied on one bucket alone', facts: allow(everything, deny({ Resource: 'arn:aws:s3:::app*' })), says: 'everyBucket' },
    {
      when: 'denied without MFA alone',
      facts: allow(everything, deny({ Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })),
      says: 'everyBucket',
    },
    { when: 'denied in a way that IAM does not know', facts: allow(everything, deny({ Principle: '*' })), says: 'everyBucket' },
    {
      when: 'denied on buckets, and not through access points',
      facts: allow(everything, deny({ Resource: 'arn:aws:s3:::*' })),
      says: 'everyBucket',
    },
    { when: 'some actions denied', facts: allow(everything, deny({ Action: ['s3:Put*', 's3:Delete*'] })), says: 'everyBucket' },
    {
      when: 'denied except for what writes',
      facts: allow(everything, deny({ Action: undefined, NotAction: 's3:P*' })),
      says: 'everyBucket',
    },
    {
      when: 'denied except on every bucket',
      facts: allow(everything, deny({ Resource: undefined, NotResource: 'arn:aws:s3:::*' })),
      says: 'everyBucket',
    },
    {
      when: 'denied by another policy, which may not reach the same holder',
      facts: {
        identityPolicies: [...allow(everything).identityPolicies, identityPolicyOf('guard', deny())],
      },
      says: 'everyBucket',
    },
    {
      when: 'a condition that is true of what has no tag',
      facts: allow({
        ...everything,
        Condition: { StringEqualsIfExists: { 'aws:ResourceTag/team': 'a' } },
      }),
      says: 'everyBucket',
    },
    { when: 'any tag', facts: allow({ ...everything, Condition: { StringLike: { 'aws:ResourceTag/team': '*' } } }), says: 'everyBucket' },
    {
      when: 'a condition on the caller',
      facts: allow({ ...everything, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } }),
      says: 'everyBucket',
    },
    { when: 'a Sid with marks that hide text', facts: allow({ ...everything, Sid: 'Read\u202eylno' }), says: 'everyBucket' },
    {
      when: 'the second of two policies',
      facts: { identityPolicies: [...allow({}).identityPolicies, ...allow(everything).identityPolicies] },
      says: 'everyBucket',
    },
    {
      when: 'behind a permissions boundary',
      facts: { ...allow(everything), permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary' },
      says: 'bounded',
    },
    {
      when: 'a role of another name',
      facts: allow(everything),
      params: { adminRolePatterns: ['Admin*'] },
      subject: role('app'),
      says: 'everyBucket',
    },
    {
      when: 'a user with the name of an administrator',
      facts: allow(everything),
      params: { adminRolePatterns: ['*'] },
      subject: { type: 'AWS::IAM::User' },
      says: 'everyBucket',
    },
    { when: 'in another partition', facts: allow({ ...everything, Resource: 'arn:aws-cn:s3:::*' }), subject: china, says: 'everyBucket' },
    { when: 'no policies', facts: { identityPolicies: [] }, says: 'noS3' },
    { when: 'another service', facts: allow({ Action: 'ec2:*' }), says: 'noS3' },
    { when: 'every action on another service', facts: allow({ Action: '*', Resource: 'arn:aws:ec2:*:*:instance/*' }), says: 'noS3' },
    { when: 'S3, and all of it denied', facts: allow(everything, deny()), says: 'noS3' },
    { when: 'a policy that serves as a boundary alone', facts: { ...allow(everything), boundaryOnly: true }, says: 'boundaryOnly' },
    { when: 'denials alone', facts: { identityPolicies: [identityPolicyOf('guard', deny())] }, says: 'noS3' },
    {
      when: 'a role that administers, by name',
      facts: allow(everything),
      params: { adminRolePatterns: ['Admin*'] },
      subject: role('Administrator'),
      says: 'adminRole',
    },
    {
      when: 'a role that administers, by ARN',
      facts: allow(everything),
      params: { adminRolePatterns: ['arn:aws:iam::*:role/ops/*'] },
      subject: role('app', '/ops/'),
      says: 'adminRole',
    },
    {
      when: 'a policy that AWS manages',
      facts: allow(everything),
      subject: { arn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' },
      says: 'awsManaged',
    },
  ],
});
