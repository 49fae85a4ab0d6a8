import { bucketRecord, flags, lifecycleRule, record } from './bucket.ts';
import { ACCOUNTS, keyOf, REGIONS, WORDS } from './organization.ts';
import { logDelivery } from './policies.ts';
import type { Random } from './random.ts';

/** What buckets depend on: the flags of each account, the alias of each key, the targets of access logs, the trails. */
export function* surroundings(): Generator<object> {
  for (const account of ACCOUNTS) {
    for (const region of REGIONS) {
      const place = { account, region };
      const configuration = flags(account.at(-1) !== '7');
      yield record(
        { type: 'AWS::S3::AccountPublicAccessBlock', id: account, ...place },
        { configuration },
      );
      const id = 'alias/org-data';
      const alias = { AliasName: id, TargetKeyId: keyOf(account, region) };
      const ARN = `arn:aws:kms:${region}:${account}:${id}`;
      yield record({ type: 'AWS::KMS::Alias', id, ...place }, { configuration: alias, ARN });
      yield logTarget(account, region);
    }
    const configuration = {
      name: 'trail',
      s3BucketName: `cloudtrail-${account}`,
      isMultiRegionTrail: true,
    };
    const ARN = `arn:aws:cloudtrail:us-east-1:${account}:trail/trail`;
    const trail = { type: 'AWS::CloudTrail::Trail', id: 'trail', account, region: 'us-east-1' };
    yield record(trail, { configuration, ARN });
  }
}

function logTarget(account: string, region: string) {
  const name = `access-logs-${account}-${region}`;
  const policy = {
    Version: '2012-10-17',
    Statement: [logDelivery(`arn:aws:s3:::${name}`, account)],
  };
  const byDefault = { sseAlgorithm: 'AES256', kmsMasterKeyID: null };
  return bucketRecord(
    { name, account, region },
    {
      BucketPolicy: { policyText: JSON.stringify(policy) },
      BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: false },
      ServerSideEncryptionConfiguration: {
        rules: [{ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled: false }],
      },
      PublicAccessBlockConfiguration: flags(true),
      BucketLifecycleConfiguration: { rules: [lifecycleRule('expire', 400, 30)] },
    },
    { DataClassification: 'internal' },
  );
}

const TYPES = [
  ...['EC2::NetworkInterface', 'EC2::Instance', 'EC2::SecurityGroup', 'Lambda::Function'],
  ...['EC2::Volume', 'CloudFormation::Stack', 'SSM::ManagedInstanceInventory', 'EC2::Subnet'],
];

/** A resource that no rule here is for, as a recorder of all types writes it beside buckets. */
export function otherRecord(number: number, random: Random): object {
  const [account, region] = [random.pick(ACCOUNTS), random.pick(REGIONS)];
  const type = `AWS::${TYPES[number % TYPES.length]}`;
  const id = `resource-${random.hex(17)}`;
  const items = Array.from({ length: 6 }, (_, n) => ({
    ...{
      key: `k${n}`,
      from: `10.0.${n}.0/24`,
      group: `sg-${random.hex(17)}`,
      isEnabled: random.chance(0.5),
    },
    note: random.pick(WORDS),
  }));
  const configuration = {
    id,
    vpcId: `vpc-${random.hex(17)}`,
    description: random.pick(WORDS),
    items,
  };
  return record(
    { type, id, account, region },
    { configuration, ARN: `arn:aws:x:${region}:${account}:${id}` },
  );
}
