// What both tests of s3-access-point-block-public are about.
import { policyOf } from '../../facet-values.ts';

export const point = 'arn:aws:s3:eu-central-1:123456789012:accesspoint/example-point';
export const reading = (Principal: unknown, Resource = `${point}/object/*`, more: object = {}) =>
  policyOf({ Sid: 'Read', Effect: 'Allow', Principal, Action: 's3:GetObject', Resource, ...more });
export const publicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
export const off = (...names: (keyof typeof publicAccessBlock)[]) => ({
  accessPointSettings: {
    publicAccessBlock: {
      ...publicAccessBlock,
      ...Object.fromEntries(names.map((name) => [name, false])),
    },
    vpc: null,
  },
});
export const inVpc = { accessPointSettings: { publicAccessBlock, vpc: 'vpc-0a1b2c3d' } };
