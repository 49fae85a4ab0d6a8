import rule from '../../rules/s3-presigned-url-guard.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';

const age = (operator: string, milliseconds: string | number | readonly string[]) => ({
  [operator]: { 's3:signatureAge': milliseconds },
});
const deny = (Condition: object, change: object = {}) => ({
  policy: policyOf(denyHttp, {
    Sid: 'DenyOldSignatures',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: 'arn:aws:s3:::example-bucket/*',
    Condition,
    ...change,
  }),
});
const forbid = { mode: 'forbid' };
const inUrl = { StringEquals: { 's3:authType': 'REST-QUERY-STRING' } };

describeRule(rule, {
  compliant: [
    ['an hour in milliseconds', deny(age('NumericGreaterThan', '3600000')), 'refused'],
    ['ten minutes, as the documentation has it', deny(age('NumericGreaterThan', 600000)), 'refused'],
    ['an hour and above', deny(age('NumericGreaterThanEquals', '3600001')), 'refused'],
    ['one of two limits', deny(age('NumericGreaterThan', ['600000', '86400000'])), 'refused'],
    ['where the parameter allows a day', deny(age('NumericGreaterThan', '86400000')), 'refused', { maximumSignatureAgeSeconds: 86_400 }],
    ['for signatures in URLs only', deny({ ...age('NumericGreaterThan', '3600000'), ...inUrl }), 'refused'],
    ['no pre-signed URL at all', deny({ StringNotEquals: { 's3:authType': 'REST-HEADER' } }), 'refused'],
    ['forbidden, as asked', deny(inUrl), 'refused', forbid],
  ],
  nonCompliant: [
    ['no policy', { policy: null }, 'noPolicy'],
    ['a policy about something else', { policy: policyOf(denyHttp) }, 'noDenial'],
    ['a day', deny(age('NumericGreaterThan', '86400000')), 'tooLong'],
    ['young signatures instead of old ones', deny(age('NumericLessThan', '3600000')), 'noDenial'],
    ['just the first millisecond after the limit', deny(age('NumericEquals', '3600001')), 'noDenial'],
    ['all but one age', deny(age('NumericNotEquals', '3600002')), 'noDenial'],
    ['not a number', deny(age('NumericGreaterThan', '1h')), 'noDenial'],
    ['signatures in headers', deny({ StringEquals: { 's3:authType': 'REST-HEADER' } }), 'noDenial'],
    ['reading, but not writing', deny(age('NumericGreaterThan', '3600000'), { Action: 's3:GetObject' }), 'gap'],
    [
      'one role only (Stave sees a condition and passes)',
      deny(age('NumericGreaterThan', '3600000'), {
        Principal: { AWS: 'arn:aws:iam::123456789012:role/a' },
      }),
      'gap',
    ],
    ['below a prefix', deny(age('NumericGreaterThan', '3600000'), { Resource: 'arn:aws:s3:::example-bucket/a/*' }), 'gap'],
    ['bounded where forbidden', deny(age('NumericGreaterThan', '3600000')), 'tooLong', forbid],
    ['nothing about signatures where forbidden', { policy: policyOf(denyHttp) }, 'noDenial', forbid],
  ],
});
