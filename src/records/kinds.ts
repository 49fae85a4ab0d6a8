import { partitionOf } from '../values/region.ts';
import type { Identity } from './reading.ts';

/** A kind of subject: everything that the rest of the code needs to know of it besides its facets. */
export interface Kind {
  /** Its resource types, as AWS Config names them, each with the ARN that a record without one gets. */
  readonly types: Readonly<Record<string, ArnOf | null>>;
  /** How a sentence names it: "when AWS Config records a change of …". */
  readonly noun: string;
  /** How a heading or a cell names it. */
  readonly label: string;
  /** The home Region speaks for all Regions, because every Region would report the same. */
  readonly isGlobal: boolean;
  /** AWS Config has records of it. */
  readonly isRecorded: boolean;
  /** Its record changes whenever it does, so that a change can start an evaluation. */
  readonly changesWithRecord: boolean;
  /** The subject that pages and tests speak of. */
  readonly example: Identity;
}

interface Place {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}
type ArnOf = (place: Place) => string;

const ACCOUNT = '123456789012';
const bucketArn: ArnOf = ({ name, region }) => `arn:${partitionOf(region)}:s3:::${name}`;
const accessPointArn: ArnOf = ({ name, account, region }) =>
  `arn:${partitionOf(region)}:s3:${region}:${account}:accesspoint/${name}`;
/** The principal that stands for the whole account (IAM User Guide, "AWS account principals"). */
const rootArn: ArnOf = ({ account, region }) => `arn:${partitionOf(region)}:iam::${account}:root`;

/** Every kind of subject that a rule may judge. */
export const kinds = {
  account: {
    types: { 'AWS::::Account': rootArn },
    noun: 'the account',
    label: 'account',
    isGlobal: true,
    isRecorded: false,
    changesWithRecord: false,
    example: {
      ...{ type: 'AWS::::Account', id: ACCOUNT, name: ACCOUNT },
      ...{ arn: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT, region: 'eu-central-1' },
    },
  },
  accessPoint: {
    types: { 'AWS::S3::AccessPoint': accessPointArn, 'AWS::S3::MultiRegionAccessPoint': null },
    noun: 'the access point',
    label: 'access point',
    isGlobal: false,
    isRecorded: true,
    changesWithRecord: true,
    example: {
      ...{ type: 'AWS::S3::AccessPoint', id: 'example-point', name: 'example-point' },
      arn: `arn:aws:s3:eu-central-1:${ACCOUNT}:accesspoint/example-point`,
      ...{ account: ACCOUNT, region: 'eu-central-1' },
    },
  },
  bucket: {
    types: { 'AWS::S3::Bucket': bucketArn },
    noun: 'the bucket',
    label: 'bucket',
    isGlobal: false,
    isRecorded: true,
    changesWithRecord: true,
    example: {
      ...{ type: 'AWS::S3::Bucket', id: 'example-bucket', name: 'example-bucket' },
      ...{ arn: 'arn:aws:s3:::example-bucket', account: ACCOUNT, region: 'eu-central-1' },
    },
  },
  /** Where identity policies are written: a managed policy, or a user, group or role with its inline policies. */
  iamPolicy: {
    types: {
      'AWS::IAM::Policy': null,
      'AWS::IAM::User': null,
      'AWS::IAM::Group': null,
      'AWS::IAM::Role': null,
    },
    noun: 'the policy, or of the user, group or role that it is written in',
    label: 'IAM policy or identity',
    isGlobal: true,
    isRecorded: true,
    changesWithRecord: true,
    example: {
      ...{ type: 'AWS::IAM::Policy', id: 'ANPAEXAMPLEPOLICY0001', name: 'example-policy' },
      ...{
        arn: `arn:aws:iam::${ACCOUNT}:policy/example-policy`,
        account: ACCOUNT,
        region: 'global',
      },
    },
  },
  iamUser: {
    types: { 'AWS::IAM::User': null },
    noun: 'the user',
    label: 'IAM user',
    isGlobal: true,
    isRecorded: true,
    // The record of a user does not say its keys, its password and the policies of its groups.
    changesWithRecord: false,
    example: {
      ...{ type: 'AWS::IAM::User', id: 'AIDAEXAMPLEUSER000001', name: 'example-user' },
      ...{ arn: `arn:aws:iam::${ACCOUNT}:user/example-user`, account: ACCOUNT, region: 'global' },
    },
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type SubjectKind = keyof typeof kinds;

export const kindNames = Object.keys(kinds) as SubjectKind[];

/** The resource types of a kind, as AWS Config names them. */
export const typesOf = (kind: SubjectKind): readonly string[] => Object.keys(kinds[kind].types);

/** The ARN of a resource whose record has none; empty if it does not follow from the id. */
export function arnOf(type: string, place: Place): string {
  for (const kind of kindNames) {
    const types: Kind['types'] = kinds[kind].types;
    const arn = Object.hasOwn(types, type) ? types[type] : null;
    if (arn) return arn(place);
  }
  return '';
}
