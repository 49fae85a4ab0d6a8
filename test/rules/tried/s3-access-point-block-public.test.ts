import rule from '../../../rules/s3-access-point-block-public.ts';
import { describeConfigurations } from '../../describe-rule.ts';
import { inVpc, off, point, publicAccessBlock, reading } from '../given/s3-access-point-block-public.ts';

describeConfigurations(rule, {
  given: {
    accessPointArn: point,
    accessPointSettings: { publicAccessBlock, vpc: null },
    accessPointPolicy: null,
  },
  cases: [
    ...['*', { AWS: '*' }, { Federated: 'graph.facebook.com' }].map((Principal) => ({
      when: `a policy for ${JSON.stringify(Principal)} behind a VPC`,
      facts: { ...inVpc, accessPointPolicy: reading(Principal) },
      says: 'blockedInVpc',
    })),
    {
      when: 'a flag off behind a VPC',
      facts: {
        ...off('blockPublicAcls'),
        accessPointSettings: { ...off('blockPublicAcls').accessPointSettings, vpc: 'vpc-1' },
      },
      says: 'flagsOff',
    },
    ...[
      { StringEquals: { 's3:DataAccessPointArn': point } },
      { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:123456789012:accesspoint/*' } },
      {
        StringLike: {
          'S3:DataAccessPointArn': 'arn:aws:s3:eu-central-1:123456789012:accesspoint/*',
        },
      },
      { StringEquals: { 's3:DataAccessPointAccount': '123456789012' } },
      { StringEquals: { 's3:AccessPointNetworkOrigin': 'Internet' } },
      {
        StringEquals: {
          's3:DataAccessPointArn': point,
          's3:DataAccessPointAccount': '123456789012',
        },
      },
    ].map((Condition) => ({
      when: `a condition on the access point itself: ${JSON.stringify(Condition)}`,
      facts: { accessPointPolicy: reading('*', undefined, { Condition }) },
      says: 'publicPolicy',
    })),
    {
      when: 'a condition on the access point and on the organization',
      facts: {
        accessPointPolicy: reading('*', undefined, {
          Condition: {
            StringEquals: { 's3:DataAccessPointArn': point, 'aws:PrincipalOrgID': 'o-exampleorg1' },
          },
        }),
      },
      says: 'blocked',
    },
    {
      when: 'a condition on the access point, for one account',
      facts: {
        accessPointPolicy: reading({ AWS: '111122223333' }, undefined, {
          Condition: { StringEquals: { 's3:DataAccessPointArn': point } },
        }),
      },
      says: 'blocked',
    },
    {
      when: 'everyone, on a path that reaches no object',
      facts: { accessPointPolicy: reading('*', `${point}/other/*`) },
      says: 'blocked',
    },
  ],
});
