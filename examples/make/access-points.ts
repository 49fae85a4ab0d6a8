import { accounts, type Place } from './accounts.ts';
import { type Answer, answer, type Corner, refusal } from './answers/answer.ts';
import { itemOf } from './items.ts';

interface AccessPoint {
  readonly name: string;
  readonly bucket: string;
  /** null: reached from the internet. */
  readonly vpc: string | null;
  readonly blocksPublicAccess: boolean;
  /** The principal its policy lets read; null without a policy. */
  readonly reader: string | null;
}

const ACCESS_POINTS: Readonly<Record<string, readonly AccessPoint[]>> = {
  'analytics eu-central-1': [
    {
      name: 'examplehealth-lake-analysts',
      bucket: 'examplehealth-lake-silver-eu',
      vpc: 'vpc-0a1b2c3d4e5f60718',
      blocksPublicAccess: true,
      reader: `arn:aws:iam::${accounts.analytics}:role/analyst`,
    },
    {
      name: 'examplehealth-lake-plain',
      bucket: 'examplehealth-lake-silver-eu',
      vpc: 'vpc-0a1b2c3d4e5f60718',
      blocksPublicAccess: true,
      reader: null,
    },
    {
      name: 'examplehealth-lake-partners',
      bucket: 'examplehealth-lake-silver-eu',
      vpc: null,
      blocksPublicAccess: true,
      reader: `arn:aws:iam::${accounts.production}:role/reports`,
    },
    {
      name: 'examplehealth-lake-import',
      bucket: 'examplehealth-lake-silver-eu',
      vpc: null,
      blocksPublicAccess: false,
      reader: `arn:aws:iam::${accounts.analytics}:role/import`,
    },
    // Made for a trial and forgotten: no review of the bucket finds it.
    {
      name: 'examplehealth-lake-trial',
      bucket: 'examplehealth-lake-silver-eu',
      vpc: null,
      blocksPublicAccess: false,
      reader: '*',
    },
  ],
};
const RECORDED = '2026-10-05T08:12:44.120Z';

const accessPointsIn = ({ name, region }: Pick<Corner, 'name' | 'region'>) =>
  ACCESS_POINTS[`${name} ${region}`] ?? [];

const arnOf = ({ account, region }: Pick<Place, 'account' | 'region'>, name: string) =>
  `arn:aws:s3:${region}:${account}:accesspoint/${name}`;

/** Recorded with the property names of CloudFormation, without the policy. */
export function accessPointItems(corner: Pick<Corner, 'name' | 'account' | 'region'>): object[] {
  return accessPointsIn(corner).map(({ name, bucket, vpc, blocksPublicAccess: on }) =>
    itemOf(corner, {
      type: 'AWS::S3::AccessPoint',
      id: name,
      name,
      arn: arnOf(corner, name),
      zone: 'Not Applicable',
      created: null,
      recorded: RECORDED,
      configuration: {
        Name: name,
        Bucket: bucket,
        BucketAccountId: corner.account,
        NetworkOrigin: vpc === null ? 'Internet' : 'VPC',
        ...(vpc === null ? {} : { VpcConfiguration: { VpcId: vpc } }),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: on,
          IgnorePublicAcls: on,
          BlockPublicPolicy: on,
          RestrictPublicBuckets: on,
        },
      },
    }),
  );
}

export function accessPointAnswers(corner: Corner): readonly Answer[] {
  return accessPointsIn(corner).map(({ name: Name, reader }) => {
    const input = { AccountId: corner.account, Name };
    if (reader === null) {
      return refusal(corner, 'GetAccessPointPolicy', input, 'NoSuchAccessPointPolicy');
    }
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Read',
          Effect: 'Allow',
          Principal: { AWS: reader },
          Action: 's3:GetObject',
          Resource: `${arnOf(corner, Name)}/object/*`,
        },
      ],
    });
    return answer(corner, 'GetAccessPointPolicy', input, { Policy });
  });
}
