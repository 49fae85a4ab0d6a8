import { accounts, keyArn, type Place } from './accounts.ts';
import { denyVersionDeletion, type Statement } from './policies.ts';

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';

/** Where Example Health works from; the same is in the settings. */
const ENDPOINTS = ['vpce-0a1b2c3d4e5f60718', 'vpce-0f1e2d3c4b5a69788'];
const OFFICES = ['203.0.113.0/24', '198.51.100.0/25'];

const deny =
  (
    Sid: string,
    Action: string,
    condition: (at: Place) => object,
    on: (at: Place) => string | readonly string[] = ({ arn }) => `${arn}/*`,
  ): Statement =>
  (at) => ({
    Sid,
    Effect: 'Deny',
    Principal: '*',
    Action,
    Resource: on(at),
    Condition: condition(at),
  });

/** Keys that the caller brings. */
const denySseC = deny('DenySseC', 's3:PutObject', () => ({
  Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' },
}));

/** Pre-signed URLs, in milliseconds. */
const denyOldUrls = (milliseconds: number, action = 's3:*') =>
  deny('DenyOldPresignedUrls', action, () => ({
    NumericGreaterThan: { 's3:signatureAge': String(milliseconds) },
  }));

const denyOutside = (more: object = {}) =>
  deny(
    'DenyOutsidePerimeter',
    's3:*',
    () => ({
      StringNotEqualsIfExists: { 'aws:SourceVpce': ENDPOINTS },
      NotIpAddressIfExists: { 'aws:SourceIp': OFFICES },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
      ...more,
    }),
    ({ arn }) => [arn, `${arn}/*`],
  );

const keysOf = ({ account, region }: Place) => [
  keyArn('examplehealth-data', account, region),
  ...(account === accounts.logArchive ? [keyArn('examplehealth-logs', account, region)] : []),
];
const denySseS3 = deny('DenySseS3', 's3:PutObject', () => ({
  StringEquals: { [ALGORITHM]: 'AES256' },
}));
const denyOtherKeys = deny('DenyOtherKeys', 's3:PutObject', (at) => ({
  Null: { [ALGORITHM]: 'false' },
  StringNotEquals: { [KEY]: keysOf(at) },
}));

const below = (prefix: string, statement: Statement): Statement => {
  return (at) => ({ ...statement(at), Resource: `${at.arn}/${prefix}*` });
};

const HOUR = 3_600_000;

/** What the module of the platform team denies on every bucket. */
const common = [denySseC, denyOldUrls(HOUR), denyOutside()];
const encryption = [denySseS3, denyOtherKeys, denyVersionDeletion];

export const guards = {
  none: [],
  full: [...common, ...encryption],
  /** S3 writes access logs with SSE-S3, so the encryption is left to the bucket. */
  logTarget: common,
  /** Shared with others, who come from networks of their own. */
  shared: [denySseC, denyOldUrls(HOUR), ...encryption],
  /** Denies SSE-C where uploads arrive, and forgets the rest. */
  sseCBelow: (prefix: string) => [
    below(prefix, denySseC),
    denyOldUrls(HOUR),
    denyOutside(),
    ...encryption,
  ],
  /** Links for a week, and links for reading alone. */
  weekLongUrls: [denySseC, denyOldUrls(167 * HOUR), denyOutside(), ...encryption],
  readingUrlsOnly: [denySseC, denyOldUrls(HOUR, 's3:GetObject'), denyOutside(), ...encryption],
  /** Spares the break-glass role, which then works from anywhere. */
  perimeterBut: (role: string) => [
    denySseC,
    denyOldUrls(HOUR),
    denyOutside({ ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/${role}` } }),
    ...encryption,
  ],
  /** The statement of the S3 documentation, which refuses uploads without a header as well. */
  namedKey: [
    ...common,
    deny('DenyOtherKeys', 's3:PutObject', (at) => ({
      ArnNotEqualsIfExists: { [KEY]: keysOf(at) },
    })),
    denyVersionDeletion,
  ],
  /** Any key will do, one of another account too. */
  anyKey: [...common, denySseS3, denyVersionDeletion],
  sseS3Below: (prefix: string) => [
    ...common,
    below(prefix, denySseS3),
    deny('DenyOtherKeys', 's3:PutObject', (at) => ({
      StringLike: { [ALGORITHM]: 'aws:kms*' },
      StringNotEquals: { [KEY]: keysOf(at) },
    })),
  ],
} as const satisfies Record<
  string,
  readonly Statement[] | ((name: string) => readonly Statement[])
>;
