// What both tests of s3-policy-least-privilege are about.
import { denyHttp, policyOf } from '../../facet-values.ts';

export const allow = (change: object) => ({
  policy: policyOf(denyHttp, {
    Sid: 'Share',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::123456789012:role/app' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::example-bucket/*',
    ...change,
  }),
});
