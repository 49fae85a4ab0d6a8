import { homeRegionOf } from '../../settings-file/deployment/deployment.ts';
import { about, type Diagnosis } from '../diagnosis.ts';
import type { CentralFacts, Plan } from '../facts.ts';
import { judgeDeliveryBucket } from './deliveries.ts';
import { judgeSiteKey } from './site.ts';

/** What the templates of the roll-out ask for (aws-cdk-lib, DefaultStackSynthesizer, parameter BootstrapVersion). */
export const BOOTSTRAP_VERSION = 6;

export function judgeCentral(facts: CentralFacts, plan: Plan): readonly Diagnosis[] {
  return [
    judgeBootstrap(facts, plan),
    ...judgeBuckets(facts, plan),
    ...judgeDeliveryBucket(facts, plan),
    ...judgeSiteKey(facts, plan),
  ];
}

function judgeBootstrap({ bootstrap }: CentralFacts, { deployment }: Plan): Diagnosis {
  const account = deployment.centralAccount;
  const region = homeRegionOf(deployment);
  const { ok, fix, warn, from } = about('bootstrap', { account, region, name: 'CDKToolkit' });
  const command = `npx cdk bootstrap aws://${account}/${region}`;
  return from(bootstrap, { what: 'The CDK bootstrap could not be examined' }, (stack) => {
    if (stack === null) return fix('The CDK is not bootstrapped.', command);
    const { status, version } = stack;
    if (/FAILED|DELETE|^ROLLBACK|REVIEW/.test(status)) {
      return fix(`The CDK bootstrap stack has status ${status}.`, command);
    }
    if (version === undefined)
      return warn('The CDK bootstrap stack does not report its version.', command);
    return version >= BOOTSTRAP_VERSION
      ? ok('The CDK is bootstrapped.')
      : fix(
          `The CDK bootstrap has version ${version}; version ${BOOTSTRAP_VERSION} or later is required.`,
          command,
        );
  });
}

function judgeBuckets({ buckets }: CentralFacts, { deployment }: Plan): readonly Diagnosis[] {
  return buckets.map(({ bucket, region, found }) => {
    const { ok, fix, from } = about('code-bucket', { region, name: bucket });
    return from(found, { what: 'The bucket for the code could not be examined' }, (state) => {
      switch (state) {
        case 'own':
          return ok('The bucket for the code exists.');
        case 'missing':
          return fix(
            'The bucket for the code does not exist.',
            // S3 takes no constraint for us-east-1 (Amazon S3 API reference, CreateBucket).
            `aws s3api create-bucket --bucket ${bucket} --region ` +
              `${region}${region === 'us-east-1' ? '' : ` --create-bucket-configuration LocationConstraint=${region}`}`,
          );
        case 'in another Region':
          return fix(
            'The bucket for the code is in another Region.',
            'Use another assetBucketPrefix in the deployment file: Lambda reads code only from a bucket in its own Region.',
          );
        case 'of another account':
          return fix(
            'The bucket for the code does not belong to the central account: its owner controls the code that runs.',
            `Check who owns it. If it is not yours, replace assetBucketPrefix ${deployment.assetBucketPrefix} in the deployment file.`,
          );
      }
    });
  });
}
