import rule from '../../rules/s3-tls-only.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';

const bucket = 'arn:aws:s3:::example-bucket';
const deny = (change: object) => ({ policy: policyOf({ ...denyHttp, ...change }) });

const both = (version: string | number, change: object = {}) => ({
  policy: policyOf(denyHttp, {
    ...denyHttp,
    Condition: { NumericLessThan: { 's3:TlsVersion': version } },
    ...change,
  }),
});

describeRule(rule, {
  compliant: [
    ['TLS before 1.2 denied as well', both('1.2'), 'refused', { minimumTlsVersion: '1.2' }],
    ['TLS before 1.3 denied, where 1.2 is asked for', both('1.3'), 'refused', { minimumTlsVersion: '1.2' }],
    ['TLS before 1.3 denied', both(1.3), 'refused', { minimumTlsVersion: '1.3' }],
    ['one statement for bucket and objects', deny({}), 'refused'],
    ['the form that the CDK writes', deny({ Principal: { AWS: '*' } }), 'refused'],
    ['a boolean, and the key in another case', deny({ Condition: { Bool: { 'AWS:securetransport': [false] } } }), 'refused'],
    [
      'two statements share the work (guard and cdk-nag judge this wrong)',
      {
        policy: policyOf({ ...denyHttp, Resource: bucket }, { ...denyHttp, Resource: `${bucket}/*` }),
      },
      'refused',
    ],
  ],
  nonCompliant: [
    ['TLS 1.1 not denied by the policy, where that is asked for', deny({}), 'oldTls', { minimumTlsVersion: '1.2' }],
    ['TLS 1.2 where 1.3 is asked for', both('1.2'), 'oldTls', { minimumTlsVersion: '1.3' }],
    [
      'plain HTTP and old TLS in one condition, so that neither is denied alone',
      deny({
        Condition: { ...denyHttp.Condition, NumericLessThan: { 's3:TlsVersion': '1.2' } },
      }),
      'gap',
    ],
    ['old TLS denied for objects only', both('1.2', { Resource: `${bucket}/*` }), 'oldTls', { minimumTlsVersion: '1.2' }],
    [
      'old TLS alone, which proves nothing of plain HTTP',
      deny({ Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }),
      'noDenial',
      { minimumTlsVersion: '1.2' },
    ],
    [
      'a version spelled as text, which S3 may spell otherwise',
      both('', { Condition: { StringEquals: { 's3:TlsVersion': ['1.0', '1.1'] } } }),
      'oldTls',
      { minimumTlsVersion: '1.2' },
    ],
    ['no policy', { policy: null }, 'noPolicy'],
    ['a policy about something else', { policy: policyOf({ ...denyHttp, Effect: 'Allow' }) }, 'noDenial'],
    ['HTTPS denied instead', deny({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }), 'noDenial'],
    ['the bucket, but not its objects', deny({ Resource: bucket }), 'gap'],
    ['some actions only (Prowler passes this)', deny({ Action: 's3:Get*' }), 'gap'],
    ['one role only (Prowler passes this)', deny({ Principal: { AWS: 'arn:aws:iam::123456789012:role/a' } }), 'gap'],
    [
      'a second condition (cdk-nag passes this)',
      deny({
        Condition: {
          Bool: { 'aws:SecureTransport': 'false' },
          StringEquals: { 'aws:SourceVpce': 'vpce-1' },
        },
      }),
      'gap',
    ],
  ],
});
