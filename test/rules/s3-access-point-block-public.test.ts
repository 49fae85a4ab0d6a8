import rule from '../../rules/s3-access-point-block-public.ts';
import { describeRule } from '../describe-rule.ts';
import { inVpc, off, point, publicAccessBlock, reading } from './given/s3-access-point-block-public.ts';

const alias = 'arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap';

describeRule(rule, {
  given: {
    accessPointArn: point,
    accessPointSettings: { publicAccessBlock, vpc: null },
    accessPointPolicy: null,
  },
  cases: [
    { when: 'all flags, no policy', says: 'blocked' },
    { when: 'a policy for one account', facts: { accessPointPolicy: reading({ AWS: '111122223333' }) }, says: 'blocked' },
    { when: 'a VPC alone', facts: inVpc, says: 'blockedInVpc' },
    { when: 'a VPC alone, where that is required', facts: inVpc, params: { requireVpcOrigin: true }, says: 'blockedInVpc' },
    { when: 'one flag off', facts: off('blockPublicPolicy'), says: 'flagsOff' },
    { when: 'the flags that only act on what is there', facts: off('ignorePublicAcls', 'restrictPublicBuckets'), says: 'flagsOff' },
    {
      when: 'a public policy',
      facts: { accessPointPolicy: reading('*') },
      says: 'publicPolicy',
      peers: 'Prowler, Checkov and Steampipe look at the flags alone.',
    },
    {
      when: 'a public policy, with a flag off that could stop it',
      facts: { ...off('restrictPublicBuckets'), accessPointPolicy: reading('*') },
      says: 'publicPolicy',
    },
    {
      when: 'a public policy of a Multi-Region Access Point',
      facts: {
        accessPointArn: alias,
        accessPointPolicy: reading('*', `${alias}/object/*`),
      },
      says: 'publicPolicy',
    },
    { when: 'the internet, where a VPC is required', params: { requireVpcOrigin: true }, says: 'internet' },
  ],
});
