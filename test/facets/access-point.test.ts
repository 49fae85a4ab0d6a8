import { describe, expect, it } from 'vitest';
import { accessPointArn } from '../../src/facets/access-point/access-point-arn.ts';
import { accessPointSettings } from '../../src/facets/access-point/access-point-settings.ts';
import { bucketItem } from '../contract-server/items.ts';
import { inEveryEncoding } from './encodings.ts';

const arn = 'arn:aws:s3:eu-central-1:111122223333:accesspoint/door';
const flags = (isOn: boolean) => ({
  BlockPublicAcls: isOn,
  BlockPublicPolicy: isOn,
  IgnorePublicAcls: isOn,
  RestrictPublicBuckets: isOn,
});
const point = (configuration: object) =>
  bucketItem('door', {
    resourceType: 'AWS::S3::AccessPoint',
    ARN: arn,
    configuration: { Name: 'door', PublicAccessBlockConfiguration: flags(true), ...configuration },
  });
const inVpc = point({ NetworkOrigin: 'VPC', VpcConfiguration: { VpcId: 'vpc-1a2b3c4d' } });
const multiRegion = bucketItem('global', {
  resourceType: 'AWS::S3::MultiRegionAccessPoint',
  configuration: { Alias: 'mfzwi23gnjvgw.mrap', PublicAccessBlockConfiguration: flags(false) },
});

describe.each(Object.entries(inEveryEncoding(inVpc)))('an access point in %s', (_, item) => {
  it('has its ARN, its flags and its VPC', () => {
    expect(accessPointArn.read(item)).toEqual({ value: arn });
    expect(accessPointSettings.read(item)).toMatchObject({
      value: { publicAccessBlock: { blockPublicAcls: true }, vpc: 'vpc-1a2b3c4d' },
    });
  });
});

describe.each(
  Object.entries(inEveryEncoding(multiRegion)),
)('a Multi-Region Access Point in %s', (_, item) => {
  it('is known to policies by its alias, and is in no VPC', () => {
    expect(accessPointArn.read(item)).toEqual({
      value: 'arn:aws:s3::111122223333:accesspoint/mfzwi23gnjvgw.mrap',
    });
    expect(accessPointSettings.read(item)).toMatchObject({
      value: { publicAccessBlock: { blockPublicAcls: false }, vpc: null },
    });
  });
});

it.each([
  { NetworkOrigin: 'Internet', VpcConfiguration: { VpcId: 'vpc-1a2b3c4d' } },
  { PublicAccessBlockConfiguration: null },
  { PublicAccessBlockConfiguration: { BlockPublicAcls: 'yes' } },
  { VpcConfiguration: { VpcId: 7 } },
])('damage is missing evidence: %j', (change) => {
  for (const item of Object.values(inEveryEncoding(point(change)))) {
    expect(accessPointSettings.read(item)).toEqual({ unavailable: expect.stringMatching(/\S/) });
  }
});
