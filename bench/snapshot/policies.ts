import { ACCOUNTS, ENDPOINTS, ORGANIZATION_ID, WORDS } from './organization.ts';
import type { Random } from './random.ts';

type Statement = Readonly<Record<string, unknown>>;

const secureTransport = (arn: string, Principal: unknown): Statement => ({
  ...{ Sid: 'DenyInsecureTransport', Effect: 'Deny', Principal, Action: 's3:*' },
  Resource: [arn, `${arn}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

const encryptedUploads = (arn: string): Statement => ({
  ...{ Sid: 'DenyUnencryptedUploads', Effect: 'Deny', Principal: '*', Action: 's3:PutObject' },
  Resource: `${arn}/*`,
  Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
});

const network = (arn: string): Statement => ({
  ...{ Sid: 'DenyOutsideNetwork', Effect: 'Deny', Principal: '*', Action: 's3:*' },
  Resource: [arn, `${arn}/*`],
  Condition: {
    StringNotEqualsIfExists: {
      'aws:SourceVpce': ENDPOINTS,
      'aws:PrincipalOrgID': ORGANIZATION_ID,
    },
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
  },
});

const oldSignatures = (arn: string): Statement => ({
  ...{ Sid: 'DenyOldSignatures', Effect: 'Deny', Principal: '*', Action: 's3:*' },
  Resource: `${arn}/*`,
  Condition: { NumericGreaterThan: { 's3:signatureAge': '600000' } },
});

const reader = (arn: string, AWS: readonly string[], isScoped: boolean): Statement => ({
  ...{ Sid: 'CrossAccountRead', Effect: 'Allow', Principal: { AWS } },
  Action: ['s3:GetObject', 's3:ListBucket'],
  Resource: [arn, `${arn}/*`],
  ...(isScoped ? { Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION_ID } } } : {}),
});

export const logDelivery = (arn: string, account: string, prefix = ''): Statement => ({
  ...{ Sid: 'LogDelivery', Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' } },
  ...{ Action: 's3:PutObject', Resource: `${arn}/${prefix}*` },
  Condition: { StringEquals: { 'aws:SourceAccount': account } },
});

const team = (arn: string, account: string, random: Random): Statement => ({
  Sid: `Team${random.hex(4)}`,
  Effect: 'Allow',
  Principal: {
    AWS: Array.from(
      { length: 4 },
      () => `arn:aws:iam::${account}:role/service-role/team-${random.pick(WORDS)}-${random.hex(6)}`,
    ),
  },
  Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
  Resource: `${arn}/team/${random.pick(WORDS)}/*`,
});

const open = (arn: string): Statement => ({
  ...{ Sid: 'Public', Effect: 'Allow', Principal: '*' },
  ...{ Action: 's3:GetObject', Resource: `${arn}/*` },
});

/** What the modules of an organization write: the same for every bucket but for its ARN and account. */
const MODULES: readonly ((arn: string, account: string) => readonly Statement[])[] = [
  () => [],
  (arn) => [secureTransport(arn, '*')],
  (arn) => [secureTransport(arn, { AWS: '*' })],
  (arn) => [secureTransport(arn, '*'), encryptedUploads(arn)],
  (arn) => [secureTransport(arn, '*'), encryptedUploads(arn), network(arn), oldSignatures(arn)],
  (arn) => [
    secureTransport(arn, '*'),
    reader(arn, [`arn:aws:iam::${ACCOUNTS[0]}:role/DataReader`], true),
  ],
  (arn, account) => [
    secureTransport(arn, '*'),
    reader(arn, [`arn:aws:iam::${account}:root`], false),
  ],
  (arn, account) => [secureTransport(arn, '*'), network(arn), logDelivery(arn, account, 'logs/')],
  (arn) => [secureTransport(arn, '*'), open(arn)],
];

export const modulePolicy = (arn: string, account: string, random: Random): readonly Statement[] =>
  random.pick(MODULES)(arn, account);

/** A policy that no other bucket has: the roles in it have names of their own. */
export function uniquePolicy(arn: string, account: string, random: Random): readonly Statement[] {
  const someAccount = () =>
    random.chance(0.1)
      ? '999988887777'
      : random.pick(ACCOUNTS.slice(0, random.chance(0.6) ? 3 : 40));
  const readers = [
    `arn:aws:iam::${someAccount()}:role/DataReader-${random.hex(6)}`,
    `arn:aws:iam::${someAccount()}:root`,
  ];
  return [
    ...(random.chance(0.7) ? [secureTransport(arn, random.chance(0.5) ? '*' : { AWS: '*' })] : []),
    ...(random.chance(0.5) ? [encryptedUploads(arn)] : []),
    ...(random.chance(0.5) ? [reader(arn, readers, random.chance(0.6))] : []),
    ...(random.chance(0.25) ? [network(arn)] : []),
    ...(random.chance(0.2) ? [oldSignatures(arn)] : []),
    ...(random.chance(0.05) ? [logDelivery(arn, account, 'AWSLogs/')] : []),
    ...(random.chance(0.05) ? [open(arn)] : []),
    ...Array.from({ length: random.chance(0.3) ? 3 : 1 }, () => team(arn, account, random)),
  ];
}
