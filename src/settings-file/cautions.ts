import { KNOWN_REGIONS } from '../values/known-regions.ts';
import { type Deployment, isJudgedCentrally } from './deployment.ts';
import { didYouMean } from './nearest.ts';

/** What of a deployment is allowed and probably not meant. @returns a sentence each. */
export function cautionsOf(deployment: Deployment): readonly string[] {
  const { regions, rules, delivery } = deployment;
  return [
    // AWS opens Regions after a release is made, so that it cannot be refused.
    ...regions
      .filter((region) => !KNOWN_REGIONS.includes(region))
      .map(
        (region) =>
          `regions names ${region}, which is no Region that this release knows.${didYouMean(region, KNOWN_REGIONS)}`,
      ),
    ...(delivery === undefined || isJudgedCentrally(deployment)
      ? []
      : [
          `delivery is not used with rules: ${rules}: nothing is judged from ${delivery.bucket}. Choose rules: central or rules: both ` +
            'if it should be.',
        ]),
  ];
}
