import rule from '../../rules/s3-access-point-block-public.ts';
import { describeRule } from '../describe-rule.ts';
import { policyOf } from '../facet-values.ts';

const point = 'arn:aws:s3:eu-central-1:123456789012:accesspoint/example-point';
const reading = (Principal: unknown, Resource = `${point}/object/*`) =>
  policyOf({ Sid: 'Read', Effect: 'Allow', Principal, Action: 's3:GetObject', Resource });
const publicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
const off = (...names: (keyof typeof publicAccessBlock)[]) => ({
  accessPointSettings: {
    publicAccessBlock: {
      ...publicAccessBlock,
      ...Object.fromEntries(names.map((name) => [name, false])),
    },
    vpc: null,
  },
});
const inVpc = { accessPointSettings: { publicAccessBlock, vpc: 'vpc-0a1b2c3d' } };
const alias = 'arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap';

describeRule(rule, {
  given: {
    accessPointArn: point,
    accessPointSettings: { publicAccessBlock, vpc: null },
    accessPointPolicy: null,
  },
  compliant: [
    ['all flags, no policy', {}, 'blocked'],
    ['a policy for one account', { accessPointPolicy: reading({ AWS: '111122223333' }) }, 'blocked'],
    ['a VPC alone', inVpc, 'blockedInVpc'],
    ['a VPC alone, where that is required', inVpc, 'blockedInVpc', { requireVpcOrigin: true }],
  ],
  nonCompliant: [
    ['one flag off', off('blockPublicPolicy'), 'flagsOff'],
    ['the flags that only act on what is there', off('ignorePublicAcls', 'restrictPublicBuckets'), 'flagsOff'],
    // Prowler, Checkov and Steampipe look at the flags alone.
    ['a public policy', { accessPointPolicy: reading('*') }, 'publicPolicy'],
    [
      'a public policy, with a flag off that could stop it',
      { ...off('restrictPublicBuckets'), accessPointPolicy: reading('*') },
      'publicPolicy',
    ],
    ['a public policy behind a VPC', { ...inVpc, accessPointPolicy: reading('*') }, 'publicPolicy'],
    [
      'a public policy of a Multi-Region Access Point',
      {
        accessPointArn: alias,
        accessPointPolicy: reading('*', `${alias}/object/*`),
      },
      'publicPolicy',
    ],
    ['the internet, where a VPC is required', {}, 'internet', { requireVpcOrigin: true }],
  ],
});
