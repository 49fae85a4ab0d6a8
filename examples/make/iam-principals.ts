import { type AccountName, digest } from './accounts.ts';
import type { Keys } from './credential-report.ts';

/** Actions and resources of one statement. */
export type Allow = readonly [
  action: string | readonly string[],
  resource: string | readonly string[],
];

export interface Principal {
  readonly name: string;
  /** What its one inline policy allows; null without one. */
  readonly inline: Allow | null;
  /** ARNs of policies managed by AWS or by the account. */
  readonly attached?: readonly string[];
  readonly boundary?: string;
}
export interface User extends Principal {
  readonly keys: Keys;
}

export const READ_ONLY = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
export const objectsOf = (bucket: string) => `arn:aws:s3:::${bucket}/*`;

/** People and programs, of which the older ones still use keys. */
export const USERS: Readonly<Partial<Record<AccountName, readonly User[]>>> = {
  production: [
    {
      name: 'backup-agent',
      inline: ['s3:PutObject', objectsOf('examplehealth-backups-us')],
      keys: { changed: '2026-09-28', used: '2026-10-30' },
    },
    // Its key is older than the program that uses it.
    {
      name: 'legacy-etl',
      inline: [['s3:GetObject', 's3:PutObject'], objectsOf('examplehealth-claims-raw-eu')],
      keys: { changed: '2024-05-06', used: '2026-10-30' },
    },
    {
      name: 'report-reader',
      inline: null,
      attached: [READ_ONLY],
      keys: { changed: '2026-08-20', used: '2026-09-01' },
    },
    {
      name: 'console-analyst',
      inline: null,
      attached: [READ_ONLY],
      keys: { password: 'alone', signedIn: '2026-05-29' },
    },
    {
      name: 'auditor',
      inline: null,
      attached: [READ_ONLY],
      keys: { password: 'with MFA', signedIn: '2026-10-21' },
    },
    { name: 'mail-sender', inline: ['ses:SendEmail', '*'], keys: { changed: '2023-01-15' } },
  ],
  // Nobody was allowed to ask for the credential report here.
  sandbox: [{ name: 'intern', inline: ['s3:GetObject', '*'], keys: {} }],
};

export const ROLES: Readonly<Partial<Record<AccountName, readonly Principal[]>>> = {
  production: [
    { name: 'deploy', inline: ['s3:PutObject', objectsOf('examplehealth-deploy-artifacts-eu')] },
    // The settings name it: somebody has to administer S3.
    { name: 'platform-admin', inline: ['s3:*', '*'] },
    // Copied from an answer on the internet.
    { name: 'data-mover', inline: ['s3:*', '*'] },
    {
      name: 'contractor',
      inline: [['s3:GetObject', 's3:PutObject'], objectsOf('*')],
      boundary: 'contractor-boundary',
    },
    { name: 'mailer', inline: ['ses:SendEmail', '*'] },
  ],
};

/** An id as IAM makes them up, the same for the same ARN. */
export const idOf = (prefix: string, text: string) =>
  prefix + digest(text).slice(0, 17).toUpperCase();

const documentOf = ([Action, Resource]: Allow) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
/** AWS Config keeps the text of the IAM API, which is URL-encoded. */
export const encoded = (allow: Allow) => encodeURIComponent(JSON.stringify(documentOf(allow)));
