import { createRequire } from 'node:module';
import type * as AjvPackage from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { packs } from '../../conformance-pack/packs.ts';
import { ON_CHANGE, TIERS } from '../engine/tier.ts';
import { REGION } from '../values/region.ts';

/** What no name has, and what would act on a screen. */
const UNSEEN = '\\p{Cc}\\p{Cf}';

const organizationId = {
  type: 'string',
  pattern: '^o-[a-z0-9]{10,32}$',
  description: 'the id of an organization (o-…)',
};
const account = {
  type: 'string',
  pattern: '^[0-9]{12}$',
  description: 'an account id of twelve digits',
};
const unit = {
  type: 'string',
  pattern: '^(ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})$',
  description: 'the id of an organizational unit (ou-…) or of the root (r-…)',
};
const region = { type: 'string', pattern: REGION, description: 'a Region such as eu-central-1' };
const some = (items: object) => ({ type: 'array', items, minItems: 1, uniqueItems: true });
const count = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum });
const section = (properties: object, ...required: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

/** What CloudWatch Logs keeps logs for (its API reference, PutRetentionPolicy), from ninety days on. */
const RETENTION_DAYS = [
  90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const text = (pattern: string, description: string) => ({ type: 'string', pattern, description });
const stackSet = text(
  '^arn:aws[a-z-]*:cloudformation:[a-z0-9-]+:[0-9]{12}:stackset/[A-Za-z][A-Za-z0-9-]{0,127}:[0-9a-f-]{36}$',
  'the ARN of a stack set',
);
const ADDRESS = `^https://[^\\s"<>?#${UNSEEN}]{1,200}$`;

/** The dashboard in CloudFront. */
const site = section(
  {
    domain: text('^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.){1,8}[a-z]{2,63}$', 'a domain name'),
    certificate: text(
      '^arn:aws:acm:us-east-1:[0-9]{12}:certificate/[0-9a-f-]{36}$',
      'the ARN of a certificate of ACM in us-east-1 (arn:aws:acm:…)',
    ),
    signingKey: text(
      '^arn:aws:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9A-Za-z-]{1,128}$',
      'the ARN of a KMS key (arn:aws:kms:…)',
    ),
    publicKey: text('^-----BEGIN [A-Z ]{1,30}-----\\n[A-Za-z0-9+/=\\n-]', 'a public key as PEM'),
    issuer: text(ADDRESS, 'the https address of an issuer of OpenID Connect'),
    clientId: text(`^[^\\s${UNSEEN}]{1,256}$`, 'the id of a client of OpenID Connect'),
    clientSecret: text(
      '^arn:aws:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}$',
      'the ARN of a secret of Secrets Manager',
    ),
    groups: section(
      {
        claim: text(`^[^\\s${UNSEEN}]{1,128}$`, 'the name of a claim'),
        values: some(text(`^[^${UNSEEN}]{1,256}$`, 'a group')),
      },
      'claim',
      'values',
    ),
    minutes: count(5, 720),
    webAcl: text(
      '^arn:aws:wafv2:us-east-1:[0-9]{12}:global/webacl/[A-Za-z0-9_-]{1,128}/[0-9a-f-]{36}$',
      'the ARN of a web ACL for CloudFront',
    ),
  },
  ...['domain', 'certificate', 'signingKey', 'publicKey', 'issuer', 'clientId', 'groups'],
);

/** The JSON Schema of a deployment file. */
export const deploymentSchema = section(
  {
    organization: section(
      {
        id: organizationId,
        managementAccount: account,
        units: some(unit),
      },
      'id',
      'managementAccount',
      'units',
    ),
    centralAccount: account,
    regions: some(region),
    canary: section(
      { accounts: { ...some(account), minItems: 0 }, moving: some(account) },
      'accounts',
    ),
    rollout: section({
      concurrencyPercentage: count(1, 100),
      failureTolerancePercentage: count(0, 100),
      // At most ten of each stack set (AWS DevOps Blog, "StackSet Dependencies").
      after: { ...some(stackSet), maxItems: 10 },
    }),
    functions: section({
      logRetentionDays: { enum: RETENTION_DAYS },
      silenceHours: count(25, 168),
      alarms: { type: 'boolean' },
      reservedConcurrency: count(5, 1000),
      rulePagesUrl: {
        type: 'string',
        pattern: `^https://[^\\s"<>${UNSEEN}]{1,200}$`,
        description: 'an https address',
      },
    }),
    rules: { enum: ['members', 'central', 'both'] },
    delivery: section(
      {
        bucket: {
          type: 'string',
          pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
          description: 'the name of a bucket',
        },
        prefix: {
          type: 'string',
          pattern: '^[^\\s/*?$"{}][^\\s*?$"{}]{0,254}$',
          description: 'what stands before AWSLogs/ in the keys, without wildcards and spaces',
        },
        key: {
          type: 'string',
          pattern: '^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9A-Za-z-]{1,128}$',
          description: 'the ARN of a KMS key',
        },
      },
      'bucket',
    ),
    dashboard: section({ site }),
    pack: { enum: packs.map(({ name }) => name) },
    tier: { enum: [...TIERS] },
    onChange: { enum: [...ON_CHANGE] },
    awsManagedRules: { type: 'boolean' },
    notification: section(
      {
        email: {
          type: 'string',
          pattern: `^[^@\\s${UNSEEN}]{1,64}@[^@\\s${UNSEEN}]{1,190}$`,
          description: 'an email address',
        },
      },
      'email',
    ),
    consumers: section({
      securityHub: { type: 'boolean' },
      history: { ...section({ retentionDays: count(1, 3653) }, 'retentionDays'), nullable: true },
      results: section({ retentionDays: count(2, 3653) }, 'retentionDays'),
    }),
    assetBucketPrefix: {
      type: 'string',
      pattern: '^[a-z0-9][a-z0-9-]{1,40}[a-z0-9]$',
      description: 'the beginning of names of buckets, at most 42 characters',
    },
  },
  'organization',
  'centralAccount',
  'regions',
);

/** The JSON Schema of the record of a roll-out. */
const recordSchema = section(
  {
    organization: organizationId,
    centralAccount: account,
    homeRegion: region,
    units: some(unit),
    canaries: { ...some(account), minItems: 0 },
    moving: { ...some(account), minItems: 0 },
  },
  ...(['organization', 'centralAccount', 'homeRegion', 'canaries', 'moving'] as const),
);

const compiled = new Map<object, ValidateFunction>();

/** The errors of ajv, which is loaded when the first file is read: other commands need none. */
function errorsOf(schema: object, value: unknown): readonly ErrorObject[] {
  const { Ajv } = createRequire(import.meta.url)('ajv') as typeof AjvPackage;
  const validate =
    compiled.get(schema) ?? new Ajv({ allErrors: true, verbose: true }).compile(schema);
  compiled.set(schema, validate);
  return validate(value) ? [] : (validate.errors ?? []);
}

export const validateDeployment = (value: unknown) => errorsOf(deploymentSchema, value);
export const validateRecord = (value: unknown) => errorsOf(recordSchema, value);
