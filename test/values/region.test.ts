import { expect, it } from 'vitest';
import { isRegion, partitionOf } from '../../src/values/region.ts';

it.each([
  ['eu-central-1', 'aws'],
  ['ap-southeast-7', 'aws'],
  ['mx-central-1', 'aws'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-east-1', 'aws-us-gov'],
  ['us-iso-west-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eu-isoe-west-1', 'aws-iso-e'],
  ['us-isof-south-1', 'aws-iso-f'],
  ['eusc-de-east-1', 'aws-eusc'],
])('knows that %s is a Region of the partition %s', (region, partition) => {
  expect([isRegion(region), partitionOf(region)]).toEqual([true, partition]);
});

it.each([
  '',
  'eu',
  'eu-1',
  'eu----1',
  'eu-central-1 ',
  'EU-CENTRAL-1',
  'x.example.com-1',
  'global',
])('takes %j for no Region', (text) => expect(isRegion(text)).toBe(false));
