// What both tests of s3-access-point-scoped are about.
import { policyOf } from '../../facet-values.ts';

export const point = 'arn:aws:s3:eu-central-1:123456789012:accesspoint/example-point';
export const objects = `${point}/object/*`;
export const policy = (...statements: object[]) => ({ accessPointPolicy: policyOf(...statements) });
export const allow = (change: object) => ({
  Sid: 'Share',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 's3:GetObject',
  Resource: objects,
  ...change,
});
const outsiders = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } };
export const deny = (Resource: string) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource,
  Condition: outsiders,
});
export const trusted = { trustedOrganizations: ['o-exampleorg1'] };
