import { DATE } from './review.ts';

/** What the organization watches from one account for others, which are not shown it. */
export const WATCHES = [
  'externalAccess',
  'unusedAccess',
  'managementEvents',
  'dataEvents',
  'alarms',
] as const;
export type Watch = (typeof WATCHES)[number];

/** Someone has looked, in the account that owns it, at what watches other accounts, and answers for it. */
export interface Attestation {
  readonly watches: Watch;
  /** ARN of the analyzer, the trail or the event data store. */
  readonly arn: string;
  /** Accounts that are watched; `*` for every account that these settings are for. */
  readonly accounts: readonly string[];
  /** Regions that an event data store watches; when left out, the one in the ARN; `*` for all. */
  readonly regions?: readonly string[];
  readonly attestedBy: string;
  /** The day on which it was seen to be so (ISO date). */
  readonly at: string;
}

/** How long an attestation counts, in days: as long as a waiver may run. */
export const MAXIMUM_ATTESTATION_DAYS = 365;

const ANALYZER = /^arn:[a-z-]+:access-analyzer:/;
const TRAIL = /^arn:[a-z-]+:cloudtrail:[^:]+:\d{12}:trail\//;
const STORE = /^arn:[a-z-]+:cloudtrail:[^:]+:\d{12}:eventdatastore\//;

/** What the ARN of each kind of watch must be the ARN of. */
const SUBJECTS: Readonly<Record<Watch, readonly [words: string, ...patterns: readonly RegExp[]]>> =
  {
    externalAccess: ['the ARN of an analyzer', ANALYZER],
    unusedAccess: ['the ARN of an analyzer', ANALYZER],
    managementEvents: ['the ARN of a trail', TRAIL],
    dataEvents: ['the ARN of a trail or an event data store', TRAIL, STORE],
    alarms: ['the ARN of a trail', TRAIL],
  };

/** What the ARN of the attestation should have been; null when it is. One of another kind would never count. */
export function misnamed({ watches, arn }: Pick<Attestation, 'watches' | 'arn'>): string | null {
  const [words, ...patterns] = SUBJECTS[watches];
  return patterns.some((pattern) => pattern.test(arn)) ? null : words;
}

const text = (pattern: string, description: string) => ({ type: 'string', pattern, description });

/** JSON Schema of an entry of attestations. */
export const attestationEntry = {
  type: 'object',
  description:
    'attestations of what is watched from another account: what, ARN, accounts, who and when',
  additionalProperties: false,
  required: ['watches', 'arn', 'accounts', 'attestedBy', 'at'],
  properties: {
    watches: { enum: WATCHES, description: `one of ${WATCHES.join(', ')}` },
    arn: text(
      '^arn:aws[a-z-]*:(access-analyzer|cloudtrail):[a-z]{2,5}-[a-z-]{2,30}-[0-9]{1,2}:[0-9]{12}:' +
        '(analyzer|trail|eventdatastore)/[A-Za-z0-9._-]{1,255}$',
      'the ARN of an analyzer, a trail or an event data store',
    ),
    accounts: {
      type: 'array',
      minItems: 1,
      items: text('^([0-9]{12}|[*])$', 'an account id of twelve digits, or * for all'),
    },
    regions: {
      type: 'array',
      minItems: 1,
      items: text('^([a-z]{2,5}-[a-z-]{2,30}-[0-9]{1,2}|[*])$', 'a Region, or * for all'),
    },
    attestedBy: text('^[^\\n]{1,64}$', 'the name of who attests it, in at most 64 characters'),
    at: DATE,
  },
};
