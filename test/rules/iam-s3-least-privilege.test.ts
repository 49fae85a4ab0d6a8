import { expect, it } from 'vitest';
import rule from '../../rules/iam-s3-least-privilege.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { changingActions, isReading } from '../../src/policy/language/action-levels.ts';
import { s3Actions } from '../../src/policy/language/actions.ts';
import { matches } from '../../src/policy/language/glob.ts';
import { kinds } from '../../src/records/kinds.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { describeRule } from '../describe-rule.ts';
import { identityPolicyOf } from '../facet-values.ts';
import { subjectOf } from '../subject-of.ts';

const allow = (change: object, ...more: readonly object[]) => ({
  identityPolicies: [identityPolicyOf('app', { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...change }, ...more)],
});
const deny = (change: object = {}) => ({
  Effect: 'Deny',
  Action: 's3:*',
  Resource: '*',
  ...change,
});
const about = ['s3:GetBucket*', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:List*'];
const ownPoints = (region: string) => `arn:aws:s3:${region}:123456789012:accesspoint/*`;
const logs = 'arn:aws:s3:::*/logs/*';
const reads = ['s3:GetObject', 's3:ListBucket'];
const only = { Action: 's3:GetObject*' };
const spare = (NotResource: string) => deny({ Resource: undefined, NotResource });
const linked = '/aws-service-role/x.amazonaws.com/';
const everywhere = [
  ...['*', 'arn:*', 'arn:aws:s3*', 'arn:aws:s3:::?*', 'arn:aws:s3:::*?/*', 'arn:aws:s3:::*-*/*', 'arn:aws:s3:::*.*/*', 'arn:aws:s3:::*/*'],
  ...[
    logs,
    'arn:aws:s3:::*/',
    'arn:aws:s3:::*-*/',
    'arn:aws:s3:::*/a*',
    'arn:*:s3:::*/*.csv',
    'arn:aws:s3:::*.csv',
    '*/tmp/*',
    'arn:aws:s3:::*-?*/*',
    'arn:aws:s3:::*data*/*',
  ],
  ...[
    'arn:aws:s3:::???*/x',
    'arn:aws:s3:::??????????/*',
    `arn:aws:s3:::\${s3:prefix}/*`,
    `arn:aws:s3:::\${aws:PrincipalTag/p}*/*`,
    `arn:aws:s3:::?\${aws:PrincipalTag/p}*`,
    `arn:aws:s3:::\${aws:UserAgent}*/*`,
  ],
  ...[ownPoints('eu-west-1'), ownPoints('*').replace('123456789012', '*'), 'arn:aws:s3:*:123456789012:*', 'arn:aws:s3:eu-west-1:*'],
];
const somewhere = [
  ...[
    'arn:aws:s3:::app',
    'arn:aws:s3:::app/*',
    'arn:*:s3:::app/*',
    'arn:aws:s3:::a*/*',
    'arn:aws:s3:::app-?*/logs/*',
    'arn:aws:s3:::*-logs/*',
  ],
  ...[
    'arn:aws:s3:::?pp-*/*',
    `arn:aws:s3:::\${aws:PrincipalTag/team}-*/*`,
    `arn:aws:s3:::\${aws:PrincipalTag/p}/*`,
    `arn:aws:s3:::\${aws:username}*/*`,
    'arn:aws:s3:eu-west-1:123456789012:accesspoint/app/*',
  ],
];
const ends = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
const within = [...ends, '.', '-'];
const named = (names: readonly string[]) => names.map((name) => `arn:aws:s3:::${name}`);
const allBut9 = ends.slice(0, -1);
/** Which beginnings or ends that are written out one by one leave out no name. */
const togetherAll: readonly (readonly [string, readonly string[]])[] = [
  ['every first character', ends.map((first) => `${first}*`)],
  ['every first character, and one more,', ends.map((first) => `${first}?*/*`)],
  [
    'every first character, some with every second,',
    [...allBut9.map((first) => `${first}*/*`), ...within.map((second) => `9${second}*/*`)],
  ],
  ['every last character', ends.map((last) => `*${last}/*`)],
  [
    'every last character, some with every one before,',
    [...allBut9.map((last) => `*${last}/*`), ...within.map((before) => `*${before}9/*`)],
  ],
];
const togetherMost: readonly (readonly [string, readonly string[]])[] = [
  ['all but one first character', allBut9.map((first) => `${first}*`)],
  ['all but one last character', allBut9.map((last) => `*${last}/*`)],
  ['all but one second character', [...allBut9.map((first) => `${first}*/*`), ...ends.map((second) => `9${second}*/*`)]],
  ['every first character alone', ends.map((first) => `${first}/*`)],
  [
    'half of the first and half of the last characters',
    [...ends.slice(0, 18).map((first) => `${first}*/*`), ...ends.slice(18).map((last) => `*${last}/*`)],
  ],
];
const changes = [
  ...['ReplicateObject', 'ReplicateDelete', 'ReplicateTags', 'BypassGovernanceRetention', 'ObjectOwnerOverrideToBucketOwner'],
  ...['PutObjectRetention', 'PutObjectLegalHold', 'PutBucketAcl', 'DeleteBucketPolicy', 'PutLifecycleConfiguration'],
  ...['UpdateObjectEncryption', 'InitiateReplication', 'CreateAccessGrant', 'PutAccessPointPolicy', 'TagResource', 'Replicate*'],
];
const harmless = [
  'GetDataAccess',
  'CreateBucket',
  'ListAllMyBuckets',
  'GetBucketLocation',
  'AbortMultipartUpload',
  'RestoreObject',
  'ListBucket',
];
const everything = { Action: 's3:*' };
const holding = (...names: readonly string[]) => ({ ...allow({ Resource: 'arn:aws:s3:::app/*' }), attachedAwsPolicies: names });
const attached = (...names: readonly string[]) =>
  names.map((name) => ({ when: `${name} is attached`, facts: holding(name), subject: role('app') }));
const fails = (each: object) => ({ ...(each as ReturnType<typeof attached>[number]), says: 'attached' });
const role = (name: string, path = '/') => ({
  type: 'AWS::IAM::Role',
  name,
  arn: `arn:aws:iam::123456789012:role${path}${name}`,
});
const china = { arn: 'arn:aws-cn:iam::123456789012:policy/example-policy' };

const list = { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' };
const inBucket = (...actions: readonly string[]) => ({
  Action: actions.map((name) => `s3:${name}`),
  Resource: ['arn:aws:s3:::amzn-s3-demo-bucket', 'arn:aws:s3:::amzn-s3-demo-bucket/*'],
});
const lens = ['s3:GetStorageLensConfiguration', 's3:PutStorageLensConfiguration', 's3:PutStorageLensConfigurationTagging'];
/** As AWS writes them in its guides; what is right was decided before the rule was asked. */
const documented: readonly (readonly [guide: string, facts: object, says: string])[] = [
  [
    'S3, identity-based policies: one bucket',
    allow(inBucket('PutObject', 'PutObjectAcl', 'GetObject', 'GetObjectAcl', 'DeleteObject', 'ListBucket', 'GetBucketLocation'), list),
    'named',
  ],
  [
    'S3, identity-based policies: a folder for each user',
    allow({ Action: ['s3:PutObject', 's3:GetObject'], Resource: `arn:aws:s3:::amzn-s3-demo-bucket/\${aws:username}/*` }, list),
    'named',
  ],
  [
    'S3, identity-based policies: read-only',
    allow({ Action: ['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*'] }),
    'everyBucket',
  ],
  [
    'IAM, managing one bucket',
    allow(inBucket('*'), { ...spare('arn:aws:s3:::amzn-s3-demo-bucket*'), Action: undefined, NotAction: 's3:*' }),
    'named',
  ],
  [
    'IAM, users get into their home folder in the console',
    allow(
      {
        Action: 's3:*',
        Resource: [`arn:aws:s3:::amzn-s3-demo-bucket/home/\${aws:username}`, `arn:aws:s3:::amzn-s3-demo-bucket/home/\${aws:username}/*`],
      },
      {
        ...list,
        Action: ['s3:ListAllMyBuckets', 's3:GetBucketLocation'],
      },
    ),
    'named',
  ],
  [
    'IAM, console lists every bucket',
    allow({ Action: ['s3:ListAllMyBuckets', 's3:GetBucketLocation'], Resource: 'arn:aws:s3:::*' }),
    'named',
  ],
  [
    'S3, role of replication',
    allow(
      { Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'], Resource: 'arn:aws:s3:::amzn-s3-demo-source-bucket' },
      { Effect: 'Allow', Action: 's3:GetObjectVersionForReplication', Resource: 'arn:aws:s3:::amzn-s3-demo-source-bucket/*' },
      {
        Effect: 'Allow',
        Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
        Resource: 'arn:aws:s3:::amzn-s3-demo-destination-bucket/*',
      },
    ),
    'named',
  ],
  ['S3, role of batch replication', allow(inBucket('InitiateReplication', 'GetObject', 'GetObjectVersion', 'PutObject')), 'named'],
  [
    'S3, creating batch jobs',
    allow({ Action: ['s3:CreateJob', 's3:ListJobs', 's3:DescribeJob', 's3:UpdateJobPriority', 's3:UpdateJobStatus'] }),
    'named',
  ],
  ['S3 Storage Lens, permissions of an account', allow({ Action: lens }), 'named'],
  [
    'S3, access points of one name',
    allow({ Action: 's3:PutObject', Resource: 'arn:aws:s3:us-west-2:123456789012:accesspoint/my-access-point/object/*' }),
    'named',
  ],
  ['IAM, access with MFA alone', allow({ Action: 's3:*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }), 'everyBucket'],
  [
    'CDK, deployment role, artifacts in other accounts',
    allow({
      Action: ['s3:GetObject*', 's3:PutObject*', 's3:DeleteObject*'],
      Condition: { StringNotEquals: { 's3:ResourceAccount': '123456789012' } },
    }),
    'everyBucket',
  ],
  [
    'Systems Manager, buckets of AWS',
    allow({ Resource: ['arn:aws:s3:::aws-ssm-eu-west-1/*', 'arn:aws:s3:::patch-baseline-snapshot-eu-west-1/*'] }),
    'named',
  ],
  [
    'Glue, scripts of every bucket',
    allow({ Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::*/*aws-glue-*/*' }),
    'everyBucket',
  ],
  ['Glue, buckets that begin alike', allow({ Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::aws-glue-*/*' }), 'named'],
  ['Macie, reading to find sensitive data', allow({ Action: ['s3:GetObject', 's3:GetBucket*', 's3:ListBucket'] }), 'everyBucket'],
];

describeRule(rule, {
  given: { attachedAwsPolicies: [], boundaryOnly: false, permissionsBoundary: null },
  cases: [
    {
      when: 'reading everywhere, which is allowed here',
      facts: allow({ Action: ['s3:Get*', 's3:List*'] }),
      params: { forbidReadingEverything: false },
      unreadable: ['permissionsBoundary'],
      says: 'named',
    },
    { when: 'reading settings and listing objects everywhere', facts: allow({ Action: about }), says: 'named' },
    { when: 'reading one bucket', facts: allow({ Resource: 'arn:aws:s3:::app/*' }), says: 'named' },
    { when: 'reading everywhere', facts: allow({}), says: 'everyBucket' },
    { when: 'read wildcards everywhere', facts: allow({ Action: ['s3:Get*', 's3:List*'] }), says: 'everyBucket' },
    { when: 'reading old versions everywhere', facts: allow({ Action: 's3:GetObjectVersion' }), says: 'everyBucket' },
    { when: 'reading versions as replication does', facts: allow({ Action: 's3:GetObjectVersionForReplication' }), says: 'everyBucket' },
    {
      when: 'reading everything but one bucket',
      facts: allow({ Resource: undefined, NotResource: 'arn:aws:s3:::a/*' }),
      says: 'everyBucket',
    },
    { when: 'reading through every access point', facts: allow({ Resource: ownPoints('*') }), says: 'everyBucket' },
    ...everywhere.map((Resource) => ({
      when: `writing to ${Resource}`,
      facts: allow({ Action: 's3:PutObject', Resource }),
      says: 'everyBucket',
    })),
    ...somewhere.map((Resource) => ({ when: `writing to ${Resource}`, facts: allow({ Action: 's3:PutObject', Resource }), says: 'named' })),
    ...documented.map(([when, facts, says]) => ({ when, facts, says })),
    { when: 'Storage Lens, if it is named', facts: allow({ Action: lens }), params: { forbiddenActions: lens }, says: 'everyBucket' },
    ...changes.map((name) => ({ when: `${name} everywhere`, facts: allow({ Action: `s3:${name}` }), says: 'everyBucket' })),
    ...harmless.map((name) => ({ when: `${name} everywhere`, facts: allow({ Action: `s3:${name}` }), says: 'named' })),
    ...togetherAll.map(([when, names]) => ({ when: `${when} of a name`, facts: allow({ Resource: named(names) }), says: 'everyBucket' })),
    ...togetherMost.map(([when, names]) => ({ when: `${when} of a name`, facts: allow({ Resource: named(names) }), says: 'named' })),
    {
      when: 'denied everywhere in other words',
      facts: allow({ Action: reads, Resource: 'arn:aws:s3:::*' }, deny({ Resource: 'arn:aws:s3:::*?', ...only })),
      says: 'named',
    },
    { when: 'an action with an invisible character', facts: allow({ Action: 's3:Put\u200bObject' }), says: 'noS3' },
    { when: 'denied below the same key', facts: allow({ Resource: logs }, deny({ Resource: logs })), says: 'noS3' },
    { when: 'denied in names with a hyphen alone', facts: allow({}, deny({ Resource: 'arn:aws:s3:::*-*/*' })), says: 'everyBucket' },
    { when: 'denied but for names with a hyphen', facts: allow({}, spare('arn:aws:s3:::*-*/*')), says: 'everyBucket' },
    { when: 'denied but below a key', facts: allow({}, spare(logs)), says: 'everyBucket' },
    { when: 'denied but for names that begin alike', facts: allow({}, spare('arn:aws:s3:::app-*/*')), says: 'named' },
    ...attached('AmazonS3FullAccess', 'AmazonS3ReadOnlyAccess', 'AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess').map(fails),
    ...attached('SystemAdministrator', 'DataScientist', 'AmazonEC2RoleforSSM', 'AWSGlueServiceRole').map(fails),
    ...attached('SecurityAudit', 'ViewOnlyAccess', 'AWSLambdaBasicExecutionRole').map((each) => ({ ...each, says: 'named' })),
    {
      when: 'reading is allowed, and a policy of AWS reads',
      facts: holding('AmazonS3ReadOnlyAccess'),
      params: { forbidReadingEverything: false },
      says: 'named',
    },
    {
      when: 'a policy of AWS on another service',
      facts: { identityPolicies: [], attachedAwsPolicies: ['AmazonEC2FullAccess'] },
      says: 'noS3',
    },
    {
      when: 'a policy of AWS behind a boundary',
      facts: { ...holding('AdministratorAccess'), permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary' },
      says: 'attachedBounded',
    },
    {
      when: 'a policy of AWS on a role that administers',
      facts: holding('AdministratorAccess'),
      params: { adminRolePatterns: ['Admin*'] },
      subject: role('Administrator'),
      says: 'adminRole',
    },
    {
      when: 'a newer policy of AWS, where the inline policy decides',
      facts: { ...allow(everything), attachedAwsPolicies: ['NotInTheTable'] },
      says: 'everyBucket',
    },
    {
      when: 'a service-linked role',
      facts: holding('AdministratorAccess'),
      subject: role('AWSServiceRoleForX', linked),
      says: 'serviceLinked',
    },
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
      facts: allow({ Action: ['s3:PutBucketPolicy', 's3:GetObjectAcl'], Resource: 'arn:aws:s3:::*/*' }),
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
      params: { forbidReadingEverything: false },
      says: 'named',
    },
    {
      when: 'every action, and all but reading denied in two statements',
      facts: allow(
        everything,
        deny({ Action: undefined, NotAction: ['s3:Get*', 's3:List*', 's3:Put*', 's3:Describe*'] }),
        deny({ Action: 's3:Put*' }),
      ),
      params: { forbidReadingEverything: false },
      says: 'named',
    },
    {
      when: 'wildcards for buckets, on objects alone',
      facts: allow({ Action: ['s3:PutBucket*', 's3:GetBucket*'], Resource: 'arn:aws:s3:::*/*' }),
      says: 'named',
    },
    {
      when: 'writing and deleting denied in a statement of their own',
      facts: allow({ Action: ['s3:List*', 's3:Put*', 's3:DeleteObject'] }, deny({ Action: ['s3:Put*', 's3:Delete*'] })),
      says: 'named',
    },
    {
      when: 'every action but those on S3, and reading',
      facts: allow({ Action: undefined, NotAction: 's3:*' }, { Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' }),
      says: 'named',
    },
    {
      when: 'on everything but S3, and reading',
      facts: allow(
        { ...everything, Resource: undefined, NotResource: 'arn:aws:s3:*' },
        { Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' },
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

it('what a policy of AWS grants that is newer than the list is missing evidence, whatever its name', () => {
  const facts: Readonly<Record<string, unknown>> = { ...holding('AmazonS3FullAccessV2'), boundaryOnly: false };
  const subject = subjectOf({ ...kinds.iamPolicy.example, ...role('app') }, [...rule.reads], (name) => ({ value: facts[name] }));
  expect(() => rule.evaluate(subject, parametersOf(rule, emptySettings))).toThrow(/does not say what AmazonS3FullAccessV2 grants/);
});

it('forbids by default what the table of actions of S3 lists as a change, and nothing that reads', () => {
  const { forbiddenActions } = parametersOf(rule, emptySettings) as { forbiddenActions: readonly string[] };
  const isForbidden = (action: string) =>
    forbiddenActions.some((pattern) => pattern !== 's3:*' && matches(pattern.toLowerCase(), action.toLowerCase()));
  expect(changingActions.filter((action) => !isForbidden(action))).toEqual([]);
  expect(
    Object.values(s3Actions)
      .flat()
      .filter((action) => isReading(action) && isForbidden(action)),
  ).toEqual([]);
});
