import type { Collecting } from '../../services/collecting.ts';
import { eachOf } from '../../services/pool.ts';
import { GLOBAL_REGION, partitionOf } from '../../values/region.ts';
import type { Ask } from './access.ts';
import { iamRecords } from './iam.ts';
import { lowered, type Place, type RawRecord, recordOf } from './item.ts';
import { outcomeOf } from './outcome.ts';

/** How many of them are asked about at the same time. */
interface Pace {
  readonly concurrency: number;
}

/** How the resources of some types become records, besides buckets. */
export interface Collector {
  readonly types: readonly string[];
  /** How a sentence names them. */
  readonly noun: string;
  readonly asks: readonly (keyof Collecting)[];
  /** Whether its resources stand in this Region; services of one endpoint have "global". */
  readonly isIn: (region: string) => boolean;
  /** @throws what keeps them from being listed. */
  readonly records: (
    ask: Ask,
    place: Place & Pace,
    now: () => string,
  ) => Promise<readonly RawRecord[]>;
}

const isRegional = (region: string) => region !== GLOBAL_REGION;

/** Requests on Multi-Region Access Points go there (Amazon S3 User Guide, "Managing Multi-Region Access Points"). */
const OREGON = 'us-west-2';

const accessPoints: Collector = {
  types: ['AWS::S3::AccessPoint'],
  noun: 'access points',
  asks: ['ListAccessPoints', 'GetAccessPoint'],
  isIn: isRegional,
  async records(ask, place, now) {
    const { account: AccountId, region } = place;
    const { AccessPointList = [] } = await ask('ListAccessPoints', { AccountId }, region);
    return eachOf(
      AccessPointList,
      place.concurrency,
      async ({ Name = '', AccessPointArn, Bucket, BucketAccountId, ...listed }) => {
        const outcome = await outcomeOf(
          ask('GetAccessPoint', { AccountId, Name }, region),
          'NoSuchAccessPoint',
        );
        const identity = { type: 'AWS::S3::AccessPoint', id: Name, name: Name };
        if ('none' in outcome)
          return recordOf(place, now(), { ...identity, configuration: null, isGone: true });
        const flags = 'answer' in outcome ? outcome.answer.PublicAccessBlockConfiguration : outcome;
        return recordOf(place, now(), {
          ...identity,
          arn:
            AccessPointArn ??
            `arn:${partitionOf(region)}:s3:${region}:${AccountId}:accesspoint/${Name}`,
          configuration: {
            ...{ Name, Bucket, BucketAccountId, Alias: listed.Alias, Arn: AccessPointArn },
            NetworkOrigin: listed.NetworkOrigin,
            ...(listed.VpcConfiguration ? { VpcConfiguration: listed.VpcConfiguration } : {}),
            PublicAccessBlockConfiguration: flags,
          },
        });
      },
    );
  },
};

const multiRegionAccessPoints: Collector = {
  types: ['AWS::S3::MultiRegionAccessPoint'],
  noun: 'Multi-Region Access Points',
  asks: ['ListMultiRegionAccessPoints'],
  isIn: (region) => region === OREGON,
  async records(ask, place, now) {
    const { account: AccountId, region } = place;
    const { AccessPoints = [] } = await ask('ListMultiRegionAccessPoints', { AccountId }, region);
    return AccessPoints.map(({ Name = '', Alias, CreatedAt, PublicAccessBlock, Regions }) =>
      recordOf(place, now(), {
        ...{ type: 'AWS::S3::MultiRegionAccessPoint', id: Name, name: Name },
        arn: `arn:${partitionOf(region)}:s3::${AccountId}:accesspoint/${Alias}`,
        created: CreatedAt,
        configuration: {
          ...{ Name, Alias, CreatedAt: CreatedAt?.toISOString() },
          PublicAccessBlockConfiguration: PublicAccessBlock,
          Regions: Regions?.map(({ Bucket }) => ({ Bucket })),
        },
      }),
    );
  },
};

/** An account that never set a flag has no record. */
const flags: Collector = {
  types: ['AWS::S3::AccountPublicAccessBlock'],
  noun: 'the Block Public Access of the account',
  asks: ['GetAccountPublicAccessBlock'],
  isIn: isRegional,
  async records(ask, place, now) {
    try {
      const { account: AccountId, region } = place;
      const { PublicAccessBlockConfiguration } = await ask(
        'GetAccountPublicAccessBlock',
        { AccountId },
        region,
      );
      const configuration = lowered(PublicAccessBlockConfiguration) as object;
      return [
        recordOf(place, now(), {
          type: 'AWS::S3::AccountPublicAccessBlock',
          id: AccountId,
          configuration,
        }),
      ];
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchPublicAccessBlockConfiguration')
        return [];
      throw error;
    }
  },
};

const trails: Collector = {
  types: ['AWS::CloudTrail::Trail'],
  noun: 'trails',
  asks: ['DescribeTrails'],
  isIn: isRegional,
  async records(ask, place, now) {
    const { trailList = [] } = await ask(
      'DescribeTrails',
      { includeShadowTrails: false },
      place.region,
    );
    return trailList.map(({ Name = '', TrailARN = '', ...trail }) =>
      recordOf(place, now(), {
        ...{ type: 'AWS::CloudTrail::Trail', id: Name, arn: TrailARN, zone: 'Regional' },
        configuration: { name: Name, trailARN: TrailARN, ...(lowered(trail) as object) },
        supplementary: { Tags: [] },
      }),
    );
  },
};

const aliases: Collector = {
  types: ['AWS::KMS::Alias'],
  noun: 'aliases of KMS keys',
  asks: ['ListAliases'],
  isIn: isRegional,
  async records(ask, place, now) {
    const { Aliases = [] } = await ask('ListAliases', {}, place.region);
    return Aliases.map(({ AliasName = '', AliasArn = '', TargetKeyId, CreationDate }) =>
      recordOf(place, now(), {
        ...{ type: 'AWS::KMS::Alias', id: AliasName, name: AliasName, arn: AliasArn },
        created: CreationDate,
        configuration: { AliasName, TargetKeyId },
      }),
    );
  },
};

const iam: Collector = {
  types: ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::Policy'],
  noun: 'users, groups, roles and policies of IAM',
  asks: ['GetAccountAuthorizationDetails'],
  isIn: (region) => region === GLOBAL_REGION,
  records: iamRecords,
};

export const collectors: readonly Collector[] = [
  accessPoints,
  multiRegionAccessPoints,
  flags,
  trails,
  aliases,
  iam,
];
