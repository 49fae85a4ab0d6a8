import rule from '../../rules/s3-sse-c-blocked.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';

const key = 's3:x-amz-server-side-encryption-customer-algorithm';
const statement = {
  Sid: 'DenySseC',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::example-bucket/*',
  Condition: { Null: { [key]: 'false' } },
};
const deny = (change: object) => ({ policy: policyOf(denyHttp, { ...statement, ...change }) });

describeRule(rule, {
  given: { blockedEncryption: [] },
  compliant: [
    ['S3 blocks it by the setting of new buckets (no peer looks at it)', { policy: null, blockedEncryption: ['SSE-C'] }, 'blocked'],
    [
      'S3 blocks what the policy leaves open',
      { ...deny({ Resource: 'arn:aws:s3:::example-bucket/in/*' }), blockedEncryption: ['SSE-C'] },
      'blocked',
    ],
    ['the denial that AWS publishes', deny({}), 'refused'],
    ['by the one value there is', deny({ Condition: { StringEquals: { [key]: 'AES256' } } }), 'refused'],
    ['every action, by the CDK’s principal', deny({ Principal: { AWS: '*' }, Action: '*' }), 'refused'],
    [
      'two statements share the objects by a key that both ask for',
      {
        policy: policyOf(
          {
            ...statement,
            Condition: { Null: { [key]: false }, Bool: { 'aws:SecureTransport': 'true' } },
          },
          {
            ...statement,
            Condition: { Null: { [key]: false }, Bool: { 'aws:SecureTransport': 'false' } },
          },
        ),
      },
      'refused',
    ],
    ['no upload at all', deny({ Condition: undefined, Action: 's3:Put*' }), 'refused'],
  ],
  nonCompliant: [
    ['no policy', { policy: null }, 'noPolicy'],
    ['no policy, and nothing blocked on purpose', { policy: null, blockedEncryption: ['NONE'] }, 'noPolicy'],
    ['a policy about something else', { policy: policyOf(denyHttp) }, 'noDenial'],
    ['the wrong way round: all but SSE-C', deny({ Condition: { Null: { [key]: 'true' } } }), 'noDenial'],
    ['another value', deny({ Condition: { StringEquals: { [key]: 'aws:kms' } } }), 'noDenial'],
    ['a set operator on a key with one value', deny({ Condition: { 'ForAllValues:StringEquals': { [key]: 'AES256' } } }), 'noDenial'],
    ['below a prefix', deny({ Resource: 'arn:aws:s3:::example-bucket/in/*' }), 'gap'],
    ['one account only', deny({ Principal: { AWS: '111122223333' } }), 'gap'],
    [
      'a second condition',
      deny({
        Condition: { Null: { [key]: 'false' }, StringNotLike: { 'aws:PrincipalArn': '*admin' } },
      }),
      'gap',
    ],
    ['all principals but one', deny({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } }), 'gap'],
    ['reading instead of writing', deny({ Action: 's3:GetObject' }), 'noDenial'],
    ['an Allow', deny({ Effect: 'Allow' }), 'noDenial'],
  ],
});
