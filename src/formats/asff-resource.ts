import type { Identity } from '../records/reading.ts';

/** The partitions that the format knows (API model of Security Hub, Partition); others are left out. */
const PARTITIONS: readonly string[] = ['aws', 'aws-cn', 'aws-us-gov'];

/** The names of other types that rules judge, in the format (Security Hub User Guide, "Resources" in ASFF). */
const TYPES: Readonly<Record<string, string>> = {
  'AWS::CloudTrail::Trail': 'AwsCloudTrailTrail',
  'AWS::CloudWatch::Alarm': 'AwsCloudWatchAlarm',
  'AWS::KMS::Key': 'AwsKmsKey',
};

/** The kinds of IAM, whose unique id AWS Config takes for the id of the resource. */
const IAM: Readonly<Record<string, string>> = {
  'AWS::IAM::Group': 'Group',
  'AWS::IAM::Policy': 'Policy',
  'AWS::IAM::Role': 'Role',
  'AWS::IAM::User': 'User',
};

/**
 * The subject of a finding as a resource of the AWS Security Finding Format.
 * @param region the Region of the finding: that of a record of IAM is the word "global", which names no Region.
 */
export function resourceOf(subject: Identity, partition: string, region: string) {
  const { type, id, name, arn, account } = subject;
  const place = PARTITIONS.includes(partition) ? { Partition: partition, Region: region } : {};
  const resource = (Type: string, Id: string, Details?: object) => ({
    Type,
    Id,
    ...place,
    ...(Details ? { Details } : {}),
  });
  switch (type) {
    case 'AWS::S3::Bucket':
      return resource('AwsS3Bucket', arn, {
        AwsS3Bucket: { Name: name, OwnerAccountId: account },
      });
    case 'AWS::S3::AccessPoint':
      return resource('AwsS3AccessPoint', arn, {
        AwsS3AccessPoint: { AccessPointArn: arn, Name: name },
      });
    // Security Hub's own findings name an account so.
    case 'AWS::::Account':
      return resource('AwsAccount', `AWS::::Account:${account}`);
    default: {
      const kind = Object.hasOwn(IAM, type) ? IAM[type] : undefined;
      if (kind !== undefined) {
        // Only the id is known of a resource that is gone.
        const named = arn === '' ? {} : { [`${kind}Name`]: name };
        const Details = { [`AwsIam${kind}`]: { [`${kind}Id`]: id, ...named } };
        return resource(`AwsIam${kind}`, arn || id, Details);
      }
      const known = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
      // A resource without its own type is described in a field that allows any text.
      const other = { Other: { resourceType: type, resourceId: id, resourceName: name } };
      return resource(known ?? 'Other', arn || id, known ? undefined : other);
    }
  }
}
