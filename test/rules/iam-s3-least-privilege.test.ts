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
  compliant: [
    ['reading everywhere is another question', allow({}), 'named'],
    ['read wildcards everywhere', allow({ Action: ['s3:Get*', 's3:List*'] }), 'named'],
    [
      // iam-policy-no-statements-with-full-access fails every unrestricted wildcard, whatever the resource.
      'every action on one bucket',
      allow({ ...everything, Resource: 'arn:aws:s3:::app/*' }),
      'named',
    ],
    ['writing to buckets whose names begin alike', allow({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::app-*' }), 'named'],
    [
      // The bucket of each caller: read as * it would be every bucket.
      'writing to the bucket of the caller',
      allow({ Action: 's3:PutObject', Resource: `arn:aws:s3:::\${aws:username}/*` }),
      'named',
    ],
    [
      'writing to buckets with a tag',
      allow({
        Action: 's3:PutObject',
        Condition: { StringEquals: { 'aws:ResourceTag/team': `\${aws:PrincipalTag/team}` } },
      }),
      'named',
    ],
    [
      'an action on buckets, on objects alone: S3 grants nothing',
      allow({ Action: ['s3:PutBucketPolicy', 's3:GetObject'], Resource: 'arn:aws:s3:::*/*' }),
      'named',
    ],
    [
      'every action, but denied except on one bucket',
      allow(everything, deny({ Resource: undefined, NotResource: ['arn:aws:s3:::app', 'arn:aws:s3:::app/*'] })),
      'named',
    ],
    [
      'every action, but denied except for reading',
      allow(everything, deny({ Action: undefined, NotAction: ['s3:Get*', 's3:List*'] })),
      'named',
    ],
    [
      'every action, and all but reading denied in two statements',
      allow(
        everything,
        deny({ Action: undefined, NotAction: ['s3:Get*', 's3:List*', 's3:Put*', 's3:Describe*'] }),
        deny({ Action: 's3:Put*' }),
      ),
      'named',
    ],
    ['wildcards for buckets, on objects alone', allow({ Action: ['s3:PutBucket*', 's3:Get*'], Resource: 'arn:aws:s3:::*/*' }), 'named'],
    [
      'writing and deleting denied in a statement of their own',
      allow({ Action: ['s3:Get*', 's3:Put*', 's3:DeleteObject'] }, deny({ Action: ['s3:Put*', 's3:Delete*'] })),
      'named',
    ],
    [
      'every action but those on S3, and reading',
      allow({ Action: undefined, NotAction: 's3:*' }, { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }),
      'named',
    ],
    [
      'on everything but S3, and reading',
      allow(
        { ...everything, Resource: undefined, NotResource: 'arn:aws:s3:*' },
        { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
      ),
      'named',
    ],
    ['in a partition of other ARNs', allow({ ...everything, Resource: ['arn:aws:s3:::*', 'arn:aws-cn:s3:::app'] }), 'named', {}, china],
    ['actions that were allowed', allow({ Action: 's3:PutObject' }), 'named', { forbiddenActions: ['s3:*'] }],
  ],
  nonCompliant: [
    ['every action', allow(everything), 'everyBucket'],
    ['every action of every service', allow({ Action: '*' }), 'everyBucket'],
    [
      // iam-policy-no-statements-with-admin-access asks for "Action": "*" on "Resource": "*" alone.
      'every action on all objects',
      allow({ ...everything, Resource: ['arn:aws:s3:::app', 'arn:aws:s3:::*/*'] }),
      'everyBucket',
    ],
    ['a star in disguise', allow({ Action: 'S3:?*', Resource: 'arn:aws:s3:::?*' }), 'everyBucket'],
    [
      // iam-policy-no-statements-with-full-access is COMPLIANT with wildcards behind a prefix, as its page says.
      'every action that writes',
      allow({ Action: 's3:Put*' }),
      'everyBucket',
    ],
    [
      // The same rule does not look at inline policies.
      'an inline policy of a group',
      allow(everything),
      'everyBucket',
      {},
      { type: 'AWS::IAM::Group', arn: 'arn:aws:iam::123456789012:group/example' },
    ],
    ['one action that writes', allow({ Action: 's3:PutObject' }), 'everyBucket'],
    ['one action that deletes', allow({ Action: 's3:deleteobjectversion', Resource: 'arn:aws:s3:::*' }), 'everyBucket'],
    ['actions that end alike', allow({ Action: 's3:*Object' }), 'everyBucket'],
    [
      'on everything but what is asked for by the ARN of a bucket',
      allow({ ...everything, Resource: undefined, NotResource: 'arn:aws:s3:::*' }),
      'everyBucket',
    ],
    ['on everything but objects', allow({ ...everything, Resource: undefined, NotResource: 'arn:aws:s3:::*/*' }), 'everyBucket'],
    ['through every access point', allow({ Action: 's3:PutObject', Resource: 'arn:aws:s3:*:*:accesspoint/*' }), 'everyBucket'],
    ['an action that is newer than the table', allow({ Action: 's3:PutSomethingNew' }), 'everyBucket'],
    ['switching off Block Public Access', allow({ Action: 's3:PutAccountPublicAccessBlock' }), 'everyBucket'],
    ['the policy of every bucket', allow({ Action: 's3:PutBucketPolicy' }), 'everyBucket'],
    ['all but one action', allow({ Action: undefined, NotAction: 'iam:*' }), 'everyBucket'],
    [
      'all but two buckets',
      allow({
        ...everything,
        Resource: undefined,
        NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::b/*'],
      }),
      'everyBucket',
    ],
    ['denied on one bucket alone', allow(everything, deny({ Resource: 'arn:aws:s3:::app*' })), 'everyBucket'],
    [
      'denied without MFA alone',
      allow(everything, deny({ Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })),
      'everyBucket',
    ],
    ['denied in a way that IAM does not know', allow(everything, deny({ Principle: '*' })), 'everyBucket'],
    ['denied on buckets, and not through access points', allow(everything, deny({ Resource: 'arn:aws:s3:::*' })), 'everyBucket'],
    ['some actions denied', allow(everything, deny({ Action: ['s3:Put*', 's3:Delete*'] })), 'everyBucket'],
    ['denied except for what writes', allow(everything, deny({ Action: undefined, NotAction: 's3:P*' })), 'everyBucket'],
    ['denied except on every bucket', allow(everything, deny({ Resource: undefined, NotResource: 'arn:aws:s3:::*' })), 'everyBucket'],
    [
      'denied by another policy, which may not reach the same holder',
      {
        identityPolicies: [...allow(everything).identityPolicies, identityPolicyOf('guard', deny())],
      },
      'everyBucket',
    ],
    [
      'a condition that is true of what has no tag',
      allow({
        ...everything,
        Condition: { StringEqualsIfExists: { 'aws:ResourceTag/team': 'a' } },
      }),
      'everyBucket',
    ],
    ['any tag', allow({ ...everything, Condition: { StringLike: { 'aws:ResourceTag/team': '*' } } }), 'everyBucket'],
    ['a condition on the caller', allow({ ...everything, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } }), 'everyBucket'],
    ['a Sid with marks that hide text', allow({ ...everything, Sid: 'Read\u202eylno' }), 'everyBucket'],
    [
      'the second of two policies',
      { identityPolicies: [...allow({}).identityPolicies, ...allow(everything).identityPolicies] },
      'everyBucket',
    ],
    [
      'behind a permissions boundary',
      { ...allow(everything), permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary' },
      'bounded',
    ],
    ['a role of another name', allow(everything), 'everyBucket', { adminRolePatterns: ['Admin*'] }, role('app')],
    [
      'a user with the name of an administrator',
      allow(everything),
      'everyBucket',
      { adminRolePatterns: ['*'] },
      { type: 'AWS::IAM::User' },
    ],
    ['in another partition', allow({ ...everything, Resource: 'arn:aws-cn:s3:::*' }), 'everyBucket', {}, china],
  ],
  notApplicable: [
    ['no policies', { identityPolicies: [] }, 'noS3'],
    ['another service', allow({ Action: 'ec2:*' }), 'noS3'],
    ['every action on another service', allow({ Action: '*', Resource: 'arn:aws:ec2:*:*:instance/*' }), 'noS3'],
    ['S3, and all of it denied', allow(everything, deny()), 'noS3'],
    ['a policy that serves as a boundary alone', { ...allow(everything), boundaryOnly: true }, 'boundaryOnly'],
    ['denials alone', { identityPolicies: [identityPolicyOf('guard', deny())] }, 'noS3'],
    ['a role that administers, by name', allow(everything), 'adminRole', { adminRolePatterns: ['Admin*'] }, role('Administrator')],
    [
      'a role that administers, by ARN',
      allow(everything),
      'adminRole',
      { adminRolePatterns: ['arn:aws:iam::*:role/ops/*'] },
      role('app', '/ops/'),
    ],
    ['a policy that AWS manages', allow(everything), 'awsManaged', {}, { arn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' }],
  ],
});
