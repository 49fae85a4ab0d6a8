import { asking } from '../../engine/precedents/asking.ts';
import type { Identity } from '../../records/reading.ts';

interface Bucket extends Pick<Identity, 'name' | 'account' | 'region'> {
  readonly tags: ReadonlyMap<string, string>;
}

/** Of a qualifier: AllowedPattern of the bootstrap template of the CDK (aws/aws-cdk, bootstrap-template.yaml), in lower case. */
const QUALIFIER = /^cdk-[a-z0-9-]{1,10}-assets-/;
/** The account has one for each Region; what stands between is not documented, and short. */
const TEMPLATES = /^cf-templates-[a-z0-9]{8,20}-/;

/**
 * The tool whose uploads the bucket is for, and which uploads them again when they are missing; null when it is not known.
 * Anybody may choose a name. For the CDK the bucket must therefore also carry the tag of CloudFormation that only the bootstrap
 * stack gives it, and that no one can set: the prefix aws: is reserved (CloudFormation User Guide, "Resource tag"). The buckets
 * that CloudFormation itself creates (same guide, "Selecting a stack template") carry no documented tag.
 */
export const assetsOf = (bucket: Bucket): string | null => asking(bucket, toolOf);

function toolOf(bucket: Bucket): string | null {
  const { name, account, region } = bucket;
  const isStaging = QUALIFIER.test(name) && name.endsWith(`-assets-${account}-${region}`);
  if (isStaging && bucket.tags.get('aws:cloudformation:logical-id') === 'StagingBucket') {
    return 'the AWS CDK';
  }
  const isForTemplates = TEMPLATES.test(name) && name.replace(TEMPLATES, '') === region;
  return isForTemplates ? 'CloudFormation' : null;
}
