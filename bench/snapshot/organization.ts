import { Random } from './random.ts';

/** The organization that the snapshots are of: 40 accounts in five Regions, each with a key of its own. */
const random = new Random(7);

export const ORGANIZATION_ID = 'o-a1b2c3d4e5';
export const ENDPOINTS = ['vpce-0a1b2c3d4e5f60718', 'vpce-0f1e2d3c4b5a69788'] as const;
export const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1', 'us-west-2', 'ap-southeast-2'];
export const ACCOUNTS = Array.from({ length: 40 }, (_, n) => String(100_000_000_000 + n * 7919));
export const WORDS =
  'billing analytics raw-events customer-uploads audit backup media static-site ml-features exports datalake invoices logs sessions'.split(
    ' ',
  );

const canonicalIds = new Map(ACCOUNTS.map((account) => [account, random.hex(64)]));
const keys = new Map(
  ACCOUNTS.flatMap((account) =>
    REGIONS.map((region) => [`${account} ${region}`, random.hex(32)] as const),
  ),
);

export const canonicalId = (account: string) => canonicalIds.get(account) ?? '';

/** The id of the key behind alias/org-data. */
export const keyOf = (account: string, region: string) => keys.get(`${account} ${region}`) ?? '';

export const SETTINGS = `
trust:
  accounts: [${ACCOUNTS.map((id) => `"${id}"`).join(', ')}]
  organizations: [${ORGANIZATION_ID}]
  services: [logging.s3.amazonaws.com, cloudtrail.amazonaws.com, config.amazonaws.com, delivery.logs.amazonaws.com]
kms:
  approvedKeys: ["arn:aws:kms:*:*:alias/org-*"]
rules:
  s3-policy-network-perimeter:
    vpcEndpoints: [${ENDPOINTS.join(', ')}]
    organizations: [${ORGANIZATION_ID}]
  s3-object-lock-retention:
    appliesTo: [Retention=record]
  s3-lifecycle-expiration:
    appliesTo: [Retention=year]
  s3-data-classification:
    classificationTags: [DataClassification]
    allowedValues: [public, internal, confidential, restricted]
  s3-residency:
    allowedRegions: [us-east-1, eu-west-1, eu-central-1, us-west-2]
`;
