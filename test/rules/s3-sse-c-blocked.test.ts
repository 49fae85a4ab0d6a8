import rule from '../../rules/s3-sse-c-blocked.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';
import { deny, key, statement } from './given/s3-sse-c-blocked.ts';

describeRule(rule, {
  given: { blockedEncryption: [] },
  cases: [
    {
      when: 'S3 blocks it by the setting of new buckets',
      facts: { policy: null, blockedEncryption: ['SSE-C'] },
      says: 'blocked',
      peers: 'none of them looks at the setting',
    },
    {
      when: 'S3 blocks what the policy leaves open',
      facts: { ...deny({ Resource: 'arn:aws:s3:::example-bucket/in/*' }), blockedEncryption: ['SSE-C'] },
      says: 'blocked',
    },
    { when: 'the denial that AWS publishes', facts: deny({}), says: 'refused' },
    { when: 'by the one value there is', facts: deny({ Condition: { StringEquals: { [key]: 'AES256' } } }), says: 'refused' },
    { when: 'every action, by the CDK’s principal', facts: deny({ Principal: { AWS: '*' }, Action: '*' }), says: 'refused' },
    {
      when: 'two statements share the objects by a key that both ask for',
      facts: {
        policy: policyOf(
          { ...statement, Condition: { Null: { [key]: false }, Bool: { 'aws:SecureTransport': 'true' } } },
          { ...statement, Condition: { Null: { [key]: false }, Bool: { 'aws:SecureTransport': 'false' } } },
        ),
      },
      says: 'refused',
    },
    { when: 'no upload at all', facts: deny({ Condition: undefined, Action: 's3:Put*' }), says: 'refused' },
    { when: 'no policy', facts: { policy: null }, says: 'noPolicy' },
    { when: 'no policy, and nothing blocked on purpose', facts: { policy: null, blockedEncryption: ['NONE'] }, says: 'noPolicy' },
    { when: 'a policy about something else', facts: { policy: policyOf(denyHttp) }, says: 'noDenial' },
    { when: 'the wrong way round: all but SSE-C', facts: deny({ Condition: { Null: { [key]: 'true' } } }), says: 'noDenial' },
    { when: 'another value', facts: deny({ Condition: { StringEquals: { [key]: 'aws:kms' } } }), says: 'noDenial' },
    {
      when: 'a set operator on a key with one value',
      facts: deny({ Condition: { 'ForAllValues:StringEquals': { [key]: 'AES256' } } }),
      says: 'noDenial',
    },
    { when: 'below a prefix', facts: deny({ Resource: 'arn:aws:s3:::example-bucket/in/*' }), says: 'gap' },
    { when: 'one account only', facts: deny({ Principal: { AWS: '111122223333' } }), says: 'gap' },
    {
      when: 'a second condition',
      facts: deny({ Condition: { Null: { [key]: 'false' }, StringNotLike: { 'aws:PrincipalArn': '*admin' } } }),
      says: 'gap',
    },
    { when: 'all principals but one', facts: deny({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } }), says: 'gap' },
    { when: 'reading instead of writing', facts: deny({ Action: 's3:GetObject' }), says: 'noDenial' },
    { when: 'an Allow', facts: deny({ Effect: 'Allow' }), says: 'noDenial' },
  ],
});
