import type { Grant } from '../policy/requests/trust.ts';
import type { AddressableDecision } from './addressable.ts';
import { type Attestation, attestationEntry } from './attestation.ts';
import { type EntryShape, type ParameterValues, tagValueEntry } from './entry.ts';
import { defaultPopulation, type ExpectedPopulation } from './population.ts';
import { type RetentionPeriod, retentionEntry } from './retention.ts';
import { type Review, reviewEntry } from './review.ts';
import type { AccountPaths, Waiver } from './waiver.ts';

/**
 * What an organization decides: whom it trusts, which keys it approves, which findings it accepts for a while.
 * One file serves the command line and is baked into the Lambda bundle, so that a change of trust is a reviewed commit.
 */
export interface Settings {
  readonly trust: {
    /** Twelve-digit ids of accounts that may be granted access. */
    readonly accounts: readonly string[];
    /** Organization ids (o-…), every member of which may be granted access. */
    readonly organizations: readonly string[];
    /** Organization paths as in aws:PrincipalOrgPaths: o-…/r-…/ou-…/* for all accounts below, without * for those right there. */
    readonly organizationPaths: readonly string[];
    /** AWS service principals (cloudtrail.amazonaws.com) that may be granted access; when left out, those that deliver logs. */
    readonly services: readonly string[];
    /** Canonical user ids, and ids of origin access identities, that may stand in ACLs and policies. */
    readonly canonicalUsers: readonly string[];
    /** What some of them may do at most; one that is not named here may do anything that is not forbidden. */
    readonly grants: readonly Grant[];
  };
  readonly iam: {
    /** Names or ARNs of the roles that administer everything, wildcards * and ?. */
    readonly adminRoles: readonly string[];
  };
  readonly kms: {
    /** Keys that may encrypt buckets: key ARN or id, alias ARN or name, wildcards * and ?, or account:<id>. */
    readonly approvedKeys: readonly string[];
  };
  readonly logs: {
    /** Names of the buckets that are meant to receive logs, wildcards * and ?. */
    readonly approvedTargets: readonly string[];
  };
  /** How buckets say what kind of data they hold. */
  readonly classification: {
    /** Keys of tags, any of which may carry the class. */
    readonly tags: readonly string[];
    /** The classes there are, as values of the tag; any value if empty. */
    readonly values: readonly string[];
    /** Those of them that need more protection. */
    readonly sensitive: readonly string[];
  };
  readonly organization: {
    /** Which account is where; waivers by OU apply to the accounts listed here. */
    readonly accounts: AccountPaths;
    /** What accounts and organizational units are called, by their ids; the outputs then say it. */
    readonly names?: Readonly<Record<string, string>>;
    /** Where rules on the account and on IAM run, because every other Region would report the same; in each Region if empty. */
    readonly homeRegions: readonly string[];
  };
  readonly population: ExpectedPopulation;
  /** Who has reviewed which bucket policy, and when. */
  readonly reviews: readonly Review[];
  /** How long which data is kept. */
  readonly retention: readonly RetentionPeriod[];
  /** What is watched from one account for others, and who answers for it. */
  readonly attestations: readonly Attestation[];
  /** What was decided about addressable specifications of HIPAA, which the evidence shows; no rule judges by it. */
  readonly addressable?: readonly AddressableDecision[];
  /** Parameters by rule id; a list given here replaces that of the sections above for the one rule. */
  readonly rules: Readonly<Record<string, ParameterValues>>;
  readonly waivers: readonly Waiver[];
}

export type SettingsList =
  | `trust.${Exclude<keyof Settings['trust'], 'grants'>}`
  | `iam.${keyof Settings['iam']}`
  | `kms.${keyof Settings['kms']}`
  | `logs.${keyof Settings['logs']}`
  | `classification.${keyof Settings['classification']}`
  | 'organization.homeRegions';

/** Lists of the settings whose entries have several fields. */
interface Records {
  readonly 'trust.grants': Grant;
  readonly reviews: Review;
  readonly attestations: Attestation;
  readonly retention: RetentionPeriod;
}
export type RecordList = keyof Records;
export type RecordOf<L extends RecordList> = Records[L];

const LOG_DELIVERY = [
  'logging.s3.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'config.amazonaws.com',
  'delivery.logs.amazonaws.com',
];

/** The defaults: no one outside is trusted but services that deliver logs, and those only for sources that a statement says are ours. */
export const emptySettings: Settings = {
  trust: {
    accounts: [],
    organizations: [],
    organizationPaths: [],
    services: LOG_DELIVERY,
    canonicalUsers: [],
    grants: [],
  },
  iam: { adminRoles: [] },
  kms: { approvedKeys: [] },
  logs: { approvedTargets: [] },
  classification: { tags: ['data-classification'], values: [], sensitive: ['restricted'] },
  organization: { accounts: {}, homeRegions: [] },
  population: defaultPopulation,
  ...{ reviews: [], attestations: [], retention: [], rules: {}, waivers: [] },
};

/** What an S3 action looks like, with wildcards. */
export const actionEntry: EntryShape = {
  pattern: '^([*]|s3:[A-Za-z*?]+)$',
  expected: 'an action such as s3:GetObject (wildcards * and ?)',
};

const grantEntry = {
  type: 'object',
  description: 'principals with actions and prefixes',
  additionalProperties: false,
  required: ['principal'],
  properties: {
    principal: {
      type: 'string',
      pattern: '^([0-9]{12}|o-[a-z0-9]{10,32}|arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:[a-z-]+/[^*?]+)$',
      description: 'an account id, the ARN of a user or role, or an organization id',
    },
    actions: {
      type: 'array',
      items: {
        type: 'string',
        pattern: actionEntry.pattern,
        description: actionEntry.expected,
      },
    },
    prefixes: {
      type: 'array',
      items: {
        type: 'string',
        pattern: '^[^*?]+$',
        description: 'the beginning of object keys, without wildcards',
      },
    },
  },
} as const;

/** JSON Schemas of entries of several fields; their descriptions are in the plural. */
export const recordEntries: { readonly [L in RecordList]: { readonly description: string } } = {
  'trust.grants': grantEntry,
  reviews: reviewEntry,
  attestations: attestationEntry,
  retention: retentionEntry,
};

/** What an entry of each list of the settings looks like. */
export const settingsEntries: { readonly [P in SettingsList]: EntryShape } = {
  'trust.accounts': { pattern: '^[0-9]{12}$', expected: 'an account id of twelve digits' },
  'trust.organizations': {
    pattern: '^o-[a-z0-9]{10,32}$',
    expected: 'an organization id such as o-a1b2c3d4e5',
  },
  'trust.organizationPaths': {
    pattern: '^o-[a-z0-9]{10,32}/r-[a-z0-9]{4,32}/(ou-[a-z0-9-]{9,66}/)*[*]?$',
    expected: 'an organization path such as o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*',
  },
  'trust.services': {
    pattern: '^[a-z0-9-]+(\\.[a-z0-9-]+)*\\.amazonaws\\.com(\\.cn)?$',
    expected: 'a service principal such as cloudtrail.amazonaws.com',
  },
  'trust.canonicalUsers': {
    pattern: '^([a-f0-9]{64}|E[A-Z0-9]{8,20})$',
    expected: 'a canonical user id (64 hexadecimal digits) or the id of an origin access identity',
  },
  'iam.adminRoles': {
    pattern: '^(arn:aws[a-z-]*:iam::([0-9]{12}|[*]):role/[^\\s]+|[A-Za-z0-9_+=.@*?-]+)$',
    expected: 'the name or the ARN of a role (wildcards * and ?)',
  },
  'kms.approvedKeys': {
    pattern: '^(account:[0-9]{12}|arn:[^\\s,]+|alias/[^\\s,]+|(key/)?[A-Za-z0-9*?-]+)$',
    expected: 'a key ARN or id, an alias ARN or name (wildcards * and ?), or account:<id>',
  },
  'logs.approvedTargets': {
    pattern: '^[A-Za-z0-9._*?-]{3,255}$',
    expected: 'the name of a bucket (wildcards * and ?)',
  },
  // A key with "=" could not be told from tag=value.
  'classification.tags': { pattern: '^[^,=]{1,128}$', expected: 'the key of a tag, without "="' },
  'classification.values': tagValueEntry,
  'classification.sensitive': tagValueEntry,
  'organization.homeRegions': {
    pattern: '^[a-z]{2,5}-[a-z-]{2,30}-[0-9]{1,2}$',
    expected: 'a Region such as eu-central-1',
  },
};
