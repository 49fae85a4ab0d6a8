import rule from '../../rules/s3-tls-only.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';

const bucket = 'arn:aws:s3:::example-bucket';
const deny = (change: object) => ({ policy: policyOf({ ...denyHttp, ...change }) });

describeRule(rule, {
  compliant: [
    ['one statement for bucket and objects', deny({}), 'refused'],
    ['the form that the CDK writes', deny({ Principal: { AWS: '*' } }), 'refused'],
    [
      'a boolean, and the key in another case',
      deny({ Condition: { Bool: { 'AWS:securetransport': [false] } } }),
      'refused',
    ],
    [
      'two statements share the work (guard and cdk-nag judge this wrong)',
      {
        policy: policyOf(
          { ...denyHttp, Resource: bucket },
          { ...denyHttp, Resource: `${bucket}/*` },
        ),
      },
      'refused',
    ],
  ],
  nonCompliant: [
    ['no policy', { policy: null }, 'noPolicy'],
    [
      'a policy about something else',
      { policy: policyOf({ ...denyHttp, Effect: 'Allow' }) },
      'noDenial',
    ],
    [
      'HTTPS denied instead',
      deny({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      'noDenial',
    ],
    ['the bucket, but not its objects', deny({ Resource: bucket }), 'gap'],
    ['some actions only (Prowler passes this)', deny({ Action: 's3:Get*' }), 'gap'],
    [
      'one role only (Prowler passes this)',
      deny({ Principal: { AWS: 'arn:aws:iam::123456789012:role/a' } }),
      'gap',
    ],
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
