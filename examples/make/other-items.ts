import { accessPointItems } from './access-points.ts';
import {
  type AccountName,
  accounts,
  HOME_REGION,
  type KeyName,
  keyArn,
  type Region,
  uuidOf,
} from './accounts.ts';
import { iamItems } from './iam-items.ts';
import { itemOf } from './items.ts';

interface Home {
  readonly account: string;
  readonly region: Region;
}

const CREATED = '2022-01-17T09:00:00.000Z';
const RECORDED = '2026-09-14T11:20:31.482Z';

/** What a snapshot holds besides buckets: what Block Public Access says, keys, their aliases, and trails. */
export function otherItems(account: AccountName, region: Region): readonly object[] {
  const home = { account: accounts[account], region };
  return [
    ...publicAccessBlock(home, BLOCKED[account]),
    ...accessPointItems({ name: account, ...home }),
    ...KEYS[account].flatMap((name) => [keyItem(home, name), aliasItem(home, name)]),
    ...(TRAILS[`${account} ${region}`] ?? []).map((trail) => trailItem(home, trail)),
    ...(region === HOME_REGION ? iamItems(account) : []),
  ];
}

type Blocked = 'all' | 'acls' | 'never';

/** The account production cannot close everything while its marketing site is public; the sandbox never set a flag. */
export const BLOCKED: Readonly<Record<AccountName, Blocked>> = {
  logArchive: 'all',
  production: 'acls',
  analytics: 'all',
  sandbox: 'never',
};

const KEYS: Readonly<Record<AccountName, readonly KeyName[]>> = {
  logArchive: ['examplehealth-data', 'examplehealth-logs'],
  production: ['examplehealth-data'],
  analytics: ['examplehealth-data', 'aws/s3'],
  sandbox: ['examplehealth-data'],
};

interface Trail {
  readonly name: string;
  readonly bucket: string;
  readonly isOrganizationTrail: boolean;
}

const TRAILS: Readonly<Record<string, readonly Trail[]>> = {
  'logArchive eu-central-1': [
    {
      name: 'examplehealth-org-trail',
      bucket: 'examplehealth-org-cloudtrail-eu',
      isOrganizationTrail: true,
    },
  ],
  'logArchive us-east-1': [
    {
      name: 'examplehealth-legacy-trail',
      bucket: 'examplehealth-cloudtrail-legacy',
      isOrganizationTrail: false,
    },
  ],
  'production eu-central-1': [
    {
      name: 'examplehealth-data-events',
      bucket: 'examplehealth-data-events-eu',
      isOrganizationTrail: false,
    },
  ],
  'sandbox eu-central-1': [
    {
      name: 'sandbox-trail',
      bucket: 'examplehealth-cloudtrail-legacy',
      isOrganizationTrail: false,
    },
  ],
};

/** Recorded in every Region although the setting is one of the account. The record has no ARN and no name. */
function publicAccessBlock(home: Home, blocked: Blocked): readonly object[] {
  if (blocked === 'never') return [];
  const item = itemOf(home, {
    type: 'AWS::S3::AccountPublicAccessBlock',
    id: home.account,
    zone: 'Not Applicable',
    created: null,
    recorded: RECORDED,
    configuration: {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: blocked === 'all',
      restrictPublicBuckets: blocked === 'all',
    },
  });
  return [item];
}

function keyItem(home: Home, name: KeyName): object {
  const arn = keyArn(name, home.account, home.region);
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  const isAws = name.startsWith('aws/');
  return itemOf(home, {
    type: 'AWS::KMS::Key',
    id,
    name: id,
    arn,
    zone: 'Not Applicable',
    created: CREATED,
    recorded: RECORDED,
    configuration: {
      keyId: id,
      arn,
      creationDate: Date.parse(CREATED),
      enabled: true,
      description: isAws
        ? 'Default key that protects my S3 objects when no other key is defined'
        : `Encrypts buckets of Example Health (${name})`,
      keyUsage: 'ENCRYPT_DECRYPT',
      keyState: 'Enabled',
      origin: 'AWS_KMS',
      keyManager: isAws ? 'AWS' : 'CUSTOMER',
      customerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      keySpec: 'SYMMETRIC_DEFAULT',
      encryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      signingAlgorithms: [],
      multiRegion: false,
      awsaccountId: home.account,
    },
    supplementary: { Policy: keyPolicy(home.account) },
  });
}

function keyPolicy(account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'EnableIamPolicies',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

/** A newer resource type, recorded with the property names of CloudFormation. */
function aliasItem(home: Home, name: KeyName): object {
  const id = `alias/${name}`;
  const keyId = uuidOf(`${name} ${home.account} ${home.region}`);
  return itemOf(home, {
    type: 'AWS::KMS::Alias',
    id,
    name: id,
    arn: `arn:aws:kms:${home.region}:${home.account}:${id}`,
    zone: 'Not Applicable',
    created: null,
    recorded: RECORDED,
    configuration: { AliasName: id, TargetKeyId: keyId },
  });
}

function trailItem(home: Home, { name, bucket, isOrganizationTrail }: Trail): object {
  const arn = `arn:aws:cloudtrail:${home.region}:${home.account}:trail/${name}`;
  return itemOf(home, {
    type: 'AWS::CloudTrail::Trail',
    id: name,
    arn,
    zone: 'Regional',
    created: null,
    recorded: RECORDED,
    configuration: {
      name,
      s3BucketName: bucket,
      s3KeyPrefix: null,
      includeGlobalServiceEvents: true,
      isMultiRegionTrail: isOrganizationTrail,
      homeRegion: home.region,
      trailARN: arn,
      logFileValidationEnabled: true,
      hasCustomEventSelectors: !isOrganizationTrail,
      isOrganizationTrail,
    },
    supplementary: { Tags: [] },
  });
}
