import { type Deployment, homeRegionOf } from '../settings/deployment.ts';
import type { Access } from './aws.ts';
import { type Diagnosis, examine, fix, isNamed, ok } from './diagnosis.ts';

/** Is there what the command of the roll-out itself needs? */
export async function examineCentral(
  access: Access,
  deployment: Deployment,
): Promise<readonly Diagnosis[]> {
  const { centralAccount: account, assetBucketPrefix: prefix, regions } = deployment;
  const home = homeRegionOf(deployment);
  const bootstrap = examine('CDK bootstrap', { account, region: home }, async () => {
    try {
      await access.ask('DescribeStacks', { StackName: 'CDKToolkit' }, home);
      return ok('It is there.');
    } catch (error) {
      // CloudFormation has no error of its own for a stack that does not exist.
      if (!isNamed(error, 'ValidationError')) throw error;
      return fix('It is missing.', `npx cdk bootstrap aws://${account}/${home}`);
    }
  });
  const buckets = (prefix === null ? [] : regions).map((region) =>
    examine('bucket of the code', { account, region }, async () => {
      const bucket = `${prefix}-${region}`;
      try {
        const { LocationConstraint } = await access.ask(
          'GetBucketLocation',
          { Bucket: bucket },
          region,
        );
        const is = LocationConstraint === 'EU' ? 'eu-west-1' : (LocationConstraint ?? 'us-east-1');
        return is === region
          ? ok(`Bucket ${bucket} is there.`)
          : fix(
              `Bucket ${bucket} is in ${is}.`,
              `Make it in ${region}: Lambda reads code there alone.`,
            );
      } catch (error) {
        if (!isNamed(error, 'NoSuchBucket')) throw error;
        return fix(`There is no bucket ${bucket}.`, `aws s3 mb s3://${bucket} --region ${region}`);
      }
    }),
  );
  return await Promise.all([bootstrap, ...buckets]);
}
