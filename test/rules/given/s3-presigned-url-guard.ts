// What both tests of s3-presigned-url-guard are about.
import { denyHttp, policyOf } from '../../facet-values.ts';

export const age = (operator: string, milliseconds: string | number | readonly string[]) => ({
  [operator]: { 's3:signatureAge': milliseconds },
});
export const deny = (Condition: object, change: object = {}) => ({
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
export const forbid = { mode: 'forbid' };
