import rule from '../../rules/s3-tls-only.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';

const bucket = 'arn:aws:s3:::example-bucket';
const deny = (change: object) => ({ policy: policyOf({ ...denyHttp, ...change }) });

const before = (version: string | number) => ({ NumericLessThan: { 's3:TlsVersion': version } });
const both = (version: string | number, change: object = {}) => ({
  policy: policyOf(denyHttp, { ...denyHttp, Condition: before(version), ...change }),
});
const atLeast12 = { minimumTlsVersion: '1.2' };

describeRule(rule, {
  cases: [
    { when: 'TLS before 1.2 denied as well', facts: both('1.2'), params: atLeast12, says: 'refused' },
    { when: 'TLS before 1.3 denied, where 1.2 is asked for', facts: both('1.3'), params: atLeast12, says: 'refused' },
    { when: 'TLS before 1.3 denied', facts: both(1.3), params: { minimumTlsVersion: '1.3' }, says: 'refused' },
    { when: 'one statement for bucket and objects', facts: deny({}), says: 'refused' },
    { when: 'the form that the CDK writes', facts: deny({ Principal: { AWS: '*' } }), says: 'refused' },
    {
      when: 'a boolean, and the key in another case',
      facts: deny({ Condition: { Bool: { 'AWS:securetransport': [false] } } }),
      says: 'refused',
    },
    {
      when: 'two statements share the work',
      facts: { policy: policyOf({ ...denyHttp, Resource: bucket }, { ...denyHttp, Resource: `${bucket}/*` }) },
      says: 'refused',
      peers: 'Guard and cdk-nag judge it wrong',
    },
    { when: 'TLS 1.1 not denied by the policy, where that is asked for', facts: deny({}), params: atLeast12, says: 'oldTls' },
    { when: 'TLS 1.2 where 1.3 is asked for', facts: both('1.2'), params: { minimumTlsVersion: '1.3' }, says: 'oldTls' },
    {
      when: 'plain HTTP and old TLS in one condition, so that neither is denied alone',
      facts: deny({ Condition: { ...denyHttp.Condition, ...before('1.2') } }),
      says: 'gap',
    },
    { when: 'old TLS denied for objects only', facts: both('1.2', { Resource: `${bucket}/*` }), params: atLeast12, says: 'oldTls' },
    {
      when: 'old TLS alone, which proves nothing of plain HTTP',
      facts: deny({ Condition: before('1.2') }),
      params: atLeast12,
      says: 'noDenial',
    },
    {
      when: 'a version spelled as text, which S3 may spell otherwise',
      facts: both('', { Condition: { StringEquals: { 's3:TlsVersion': ['1.0', '1.1'] } } }),
      params: atLeast12,
      says: 'oldTls',
    },
    { when: 'no policy', facts: { policy: null }, says: 'noPolicy' },
    { when: 'a policy about something else', facts: { policy: policyOf({ ...denyHttp, Effect: 'Allow' }) }, says: 'noDenial' },
    { when: 'HTTPS denied instead', facts: deny({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }), says: 'noDenial' },
    { when: 'the bucket, but not objects in the bucket', facts: deny({ Resource: bucket }), says: 'gap' },
    { when: 'some actions only', facts: deny({ Action: 's3:Get*' }), says: 'gap', peers: 'Prowler passes it' },
    {
      when: 'one role only',
      facts: deny({ Principal: { AWS: 'arn:aws:iam::123456789012:role/a' } }),
      says: 'gap',
      peers: 'Prowler passes it',
    },
    {
      when: 'a second condition',
      facts: deny({ Condition: { ...denyHttp.Condition, StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }),
      says: 'gap',
      peers: 'cdk-nag passes it',
    },
  ],
});
