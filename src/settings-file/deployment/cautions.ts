import { KNOWN_REGIONS } from '../../values/known-regions.ts';
import { partitionOf } from '../../values/region.ts';
import { didYouMean } from '../nearest.ts';
import { type Deployment, isJudgedCentrally } from './deployment.ts';

/** What is allowed in a deployment, but probably a mistake: one sentence each. */
export function cautionsOf(deployment: Deployment): readonly string[] {
  const { regions, rules, delivery } = deployment;
  return [
    // AWS opens Regions after a release is made, so that it cannot be refused.
    ...regions
      .filter((region) => !KNOWN_REGIONS.includes(region))
      .map(
        (region) =>
          `regions names ${region}, which is not a Region that this release knows.${didYouMean(region, KNOWN_REGIONS)}`,
      ),
    // The note of AWS says "currently" and may be out of date, so this is not refused either.
    ...(rules !== 'central' && regions.some((region) => partitionOf(region) === 'aws-cn')
      ? [
          'In China, CloudFormation StackSets cannot use AWS Organizations (CloudFormation User Guide for the China Regions, "Activate ' +
            `trusted access with Amazon Organizations"), as rules: ${rules} does. ` +
            'Choose rules: central, or run npm run deploy:here in each account.',
        ]
      : []),
    ...(delivery === undefined || isJudgedCentrally(deployment)
      ? []
      : [
          `delivery is not used with rules: ${rules}: nothing is judged from ${delivery.bucket}. Choose rules: central or rules: both ` +
            'if it should be.',
        ]),
  ];
}
