import rule from '../../rules/s3-policy-least-privilege.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';

const allow = (change: object) => ({
  policy: policyOf(denyHttp, {
    Sid: 'Share',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::123456789012:role/app' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::example-bucket/*',
    ...change,
  }),
});
const service = { Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' };

describeRule(rule, {
  compliant: [
    ['no policy', { policy: null }, 'named'],
    ['denials may be as wide as they like', { policy: policyOf(denyHttp) }, 'named'],
    ['one action to one role', allow({}), 'named'],
    ['wildcards that only read', allow({ Action: ['s3:Get*', 'S3:List*', 's3:GetObject?ersion'] }), 'named'],
    ['writing below a prefix', allow({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::example-bucket/app/*' }), 'named'],
    ['a service that delivers', allow(service), 'named'],
    ['an action on the bucket itself', allow({ Action: ['s3:PutBucketTagging', 's3:GetObject'] }), 'named'],
    ['writing everywhere, where that is allowed', allow({ Action: 's3:PutObject' }), 'named', { allowWholeBucketWrites: true }],
  ],
  nonCompliant: [
    ['every action', allow({ Action: 's3:*' }), 'wildcardAction'],
    ['every action of every service', allow({ Action: '*' }), 'wildcardAction'],
    ['a wildcard in another case', allow({ Action: ['s3:GetObject', 'S3:putobject*'] }), 'wildcardAction'],
    ['a question mark', allow({ Action: 's3:PutObjec?' }), 'wildcardAction'],
    ['all but one action (cloud-custodian crashes on this)', allow({ Action: undefined, NotAction: 's3:DeleteBucket' }), 'notAction'],
    ['all but one principal', allow({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } }), 'notPrincipal'],
    ['all but a part of the bucket', allow({ Resource: undefined, NotResource: 'arn:aws:s3:::example-bucket/secret/*' }), 'notResource'],
    ['reading by wildcard, where that is not allowed', allow({ Action: 's3:Get*' }), 'wildcardAction', { allowReadWildcards: false }],
    ['writing everywhere', allow({ Action: ['s3:GetObject', 's3:PutObject'] }), 'wholeBucketWrite'],
    ['deleting everywhere, by a wider resource', allow({ Action: 's3:DeleteObject', Resource: '*' }), 'wholeBucketWrite'],
    ['an action newer than our table', allow({ Action: 's3:RenameObject' }), 'wholeBucketWrite'],
    ['a service beside a role', allow({ ...service, Principal: { ...service.Principal, AWS: '123456789012' } }), 'wholeBucketWrite'],
    ['an action that is no text', allow({ Action: ['s3:GetObject', 7] }), 'unreadable'],
    ['a resource that is no text', allow({ Resource: [null] }), 'unreadable'],
  ],
});
