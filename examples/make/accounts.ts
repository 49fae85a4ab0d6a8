import { createHash } from 'node:crypto';

/** Example Health, a company that does not exist: its accounts, Regions and keys. Every id is made up. */
export const ORGANIZATION = 'o-examplehealth';

/** The group of companies that the laboratory belongs to. */
export const PARTNER_ORGANIZATION = 'o-examplelaboratory';

/** When AWS Config delivered the snapshots. */
export const DELIVERED = '2026-11-02T06:05:12.000Z';

/** When the services were asked: the morning of the day on which the rules are run over the example. */
export const ASKED = '2026-11-02T06:00:00.000Z';

export const accounts = {
  logArchive: '111122223333',
  production: '444455556666',
  analytics: '123456789012',
  sandbox: '210987654321',
} as const;
export type AccountName = keyof typeof accounts;

/** Accounts of others: a laboratory and a vendor under contract, and two that nobody approves (any more). */
export const outsiders = {
  laboratory: '777788889999',
  siemVendor: '222233334444',
  formerLaboratory: '888899990000',
  billingVendor: '999900001111',
} as const;

export const REGIONS = ['eu-central-1', 'us-east-1'] as const;
export type Region = (typeof REGIONS)[number];

/** Where rules that judge an account run. */
export const HOME_REGION: Region = 'eu-central-1';

/** Where a bucket is. */
export interface Place {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: Region;
}

export const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** A UUID that is always the same for the same text. */
export function uuidOf(text: string): string {
  const hex = digest(text);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}

/** Canonical user ids have 64 hexadecimal digits, as SHA-256 has. */
export const canonicalUserOf = (text: string) => digest(`canonical user ${text}`);

/** What an alias of a key is called; `aws/s3` is the one that AWS manages. */
export type KeyName = 'examplehealth-data' | 'examplehealth-logs' | 'aws/s3' | 'vendor';

export function keyArn(name: KeyName, account: string, region: Region): string {
  return `arn:aws:kms:${region}:${account}:key/${uuidOf(`${name} ${account} ${region}`)}`;
}

/** The bucket that takes the access logs of an account and Region: S3 delivers to no other account or Region. */
export function accessLogsOf(account: string, region: Region): string {
  const slug = { logArchive: 'logarchive', production: 'production' } as Record<string, string>;
  const [name = ''] = Object.entries(accounts).find(([, id]) => id === account) ?? [];
  return `examplehealth-access-logs-${slug[name] ?? name}-${region.slice(0, 2)}`;
}
