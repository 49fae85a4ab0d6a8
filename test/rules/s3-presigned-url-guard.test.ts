import rule from '../../rules/s3-presigned-url-guard.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';
import { age, deny, forbid } from './given/s3-presigned-url-guard.ts';

const inUrl = { StringEquals: { 's3:authType': 'REST-QUERY-STRING' } };

describeRule(rule, {
  cases: [
    { when: 'an hour in milliseconds', facts: deny(age('NumericGreaterThan', '3600000')), says: 'refused' },
    { when: 'ten minutes, as the documentation has it', facts: deny(age('NumericGreaterThan', 600000)), says: 'refused' },
    { when: 'an hour and above', facts: deny(age('NumericGreaterThanEquals', '3600001')), says: 'refused' },
    { when: 'one of two limits', facts: deny(age('NumericGreaterThan', ['600000', '86400000'])), says: 'refused' },
    {
      when: 'where the parameter allows a day',
      facts: deny(age('NumericGreaterThan', '86400000')),
      params: { maximumSignatureAgeSeconds: 86_400 },
      says: 'refused',
    },
    { when: 'for signatures in URLs only', facts: deny({ ...age('NumericGreaterThan', '3600000'), ...inUrl }), says: 'refused' },
    { when: 'no pre-signed URL at all', facts: deny({ StringNotEquals: { 's3:authType': 'REST-HEADER' } }), says: 'refused' },
    { when: 'forbidden, as asked', facts: deny(inUrl), params: forbid, says: 'refused' },
    { when: 'no policy', facts: { policy: null }, says: 'noPolicy' },
    { when: 'a policy about something else', facts: { policy: policyOf(denyHttp) }, says: 'noDenial' },
    { when: 'a day', facts: deny(age('NumericGreaterThan', '86400000')), says: 'tooLong' },
    { when: 'young signatures instead of old ones', facts: deny(age('NumericLessThan', '3600000')), says: 'noDenial' },
    { when: 'just the first millisecond after the limit', facts: deny(age('NumericEquals', '3600001')), says: 'noDenial' },
    { when: 'all but one age', facts: deny(age('NumericNotEquals', '3600002')), says: 'noDenial' },
    { when: 'not a number', facts: deny(age('NumericGreaterThan', '1h')), says: 'noDenial' },
    { when: 'signatures in headers', facts: deny({ StringEquals: { 's3:authType': 'REST-HEADER' } }), says: 'noDenial' },
    { when: 'reading, but not writing', facts: deny(age('NumericGreaterThan', '3600000'), { Action: 's3:GetObject' }), says: 'gap' },
    {
      when: 'one role only',
      facts: deny(age('NumericGreaterThan', '3600000'), { Principal: { AWS: 'arn:aws:iam::123456789012:role/a' } }),
      says: 'gap',
      peers: 'Stave sees a condition and passes it',
    },
    {
      when: 'below a prefix',
      facts: deny(age('NumericGreaterThan', '3600000'), { Resource: 'arn:aws:s3:::example-bucket/a/*' }),
      says: 'gap',
    },
    { when: 'bounded where forbidden', facts: deny(age('NumericGreaterThan', '3600000')), params: forbid, says: 'tooLong' },
    { when: 'nothing about signatures where forbidden', facts: { policy: policyOf(denyHttp) }, params: forbid, says: 'noDenial' },
  ],
});
