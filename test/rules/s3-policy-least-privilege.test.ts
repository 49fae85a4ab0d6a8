import rule from '../../rules/s3-policy-least-privilege.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';
import { allow } from './given/s3-policy-least-privilege.ts';

const service = { Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' };

describeRule(rule, {
  cases: [
    { when: 'no policy', facts: { policy: null }, says: 'noPolicy' },
    { when: 'denials may be as wide as they like', facts: { policy: policyOf(denyHttp) }, says: 'named' },
    { when: 'one action to one role', facts: allow({}), says: 'named' },
    { when: 'wildcards that only read', facts: allow({ Action: ['s3:Get*', 'S3:List*', 's3:GetObject?ersion'] }), says: 'named' },
    {
      when: 'writing below a prefix',
      facts: allow({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::example-bucket/app/*' }),
      says: 'named',
    },
    { when: 'a service that delivers', facts: allow(service), says: 'named' },
    { when: 'an action on the bucket itself', facts: allow({ Action: ['s3:PutBucketTagging', 's3:GetObject'] }), says: 'named' },
    {
      when: 'writing everywhere, where that is allowed',
      facts: allow({ Action: 's3:PutObject' }),
      params: { allowWholeBucketWrites: true },
      says: 'named',
    },
    { when: 'reading by everyone', facts: allow({ Principal: '*' }), says: 'everyone' },
    { when: 'every action', facts: allow({ Action: 's3:*' }), says: 'wildcardAction' },
    { when: 'every action of every service', facts: allow({ Action: '*' }), says: 'wildcardAction' },
    { when: 'a wildcard in another case', facts: allow({ Action: ['s3:GetObject', 'S3:putobject*'] }), says: 'wildcardAction' },
    { when: 'a question mark', facts: allow({ Action: 's3:PutObjec?' }), says: 'wildcardAction' },
    {
      when: 'all but one action (cloud-custodian crashes on this)',
      facts: allow({ Action: undefined, NotAction: 's3:DeleteBucket' }),
      says: 'notAction',
    },
    { when: 'all but one principal', facts: allow({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } }), says: 'notPrincipal' },
    {
      when: 'all but a part of the bucket',
      facts: allow({ Resource: undefined, NotResource: 'arn:aws:s3:::example-bucket/secret/*' }),
      says: 'notResource',
    },
    {
      when: 'reading by wildcard, where that is not allowed',
      facts: allow({ Action: 's3:Get*' }),
      params: { allowReadWildcards: false },
      says: 'wildcardAction',
    },
    { when: 'writing everywhere', facts: allow({ Action: ['s3:GetObject', 's3:PutObject'] }), says: 'wholeBucketWrite' },
    {
      when: 'deleting everywhere, by a wider resource',
      facts: allow({ Action: 's3:DeleteObject', Resource: '*' }),
      says: 'wholeBucketWrite',
    },
    { when: 'an action newer than our table', facts: allow({ Action: 's3:RenameObject' }), says: 'wholeBucketWrite' },
    {
      when: 'a service beside a role',
      facts: allow({ ...service, Principal: { ...service.Principal, AWS: '123456789012' } }),
      says: 'wholeBucketWrite',
    },
    { when: 'an action that is no text', facts: allow({ Action: ['s3:GetObject', 7] }), says: 'unreadable' },
    { when: 'a resource that is no text', facts: allow({ Resource: [null] }), says: 'unreadable' },
  ],
});
