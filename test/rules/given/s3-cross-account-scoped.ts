// What both tests of s3-cross-account-scoped are about.
import { policyOf } from '../../facet-values.ts';

export const owner = 'a'.repeat(64);
export const partner = 'b'.repeat(64);
export const acl = (...grants: { id?: string; group?: string }[]) => ({
  acl: {
    owner,
    grants: grants.map(({ id, group }) => ({
      grantee: id ? ({ kind: 'canonicalUser', id } as const) : ({ kind: 'group', name: group ?? '' } as const),
      permission: 'Read',
    })),
  },
});
export const allow = (change: object) => ({
  policy: policyOf({
    Sid: 'Share',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::example-bucket/*',
    ...change,
  }),
});
export const toEveryone = (Condition: object) => allow({ Principal: '*', Condition });
