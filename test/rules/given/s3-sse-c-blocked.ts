// What both tests of s3-sse-c-blocked are about.
import { denyHttp, policyOf } from '../../facet-values.ts';

export const key = 's3:x-amz-server-side-encryption-customer-algorithm';
export const statement = {
  Sid: 'DenySseC',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::example-bucket/*',
  Condition: { Null: { [key]: 'false' } },
};
export const deny = (change: object) => ({ policy: policyOf(denyHttp, { ...statement, ...change }) });
