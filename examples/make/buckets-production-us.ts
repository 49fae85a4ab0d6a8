import { canonicalUserOf, ORGANIZATION } from './accounts.ts';
import { guards } from './guards.ts';
import * as policies from './policies.ts';
import { accessLogTarget, business, health, keep90Days, type Row } from './profiles.ts';
import * as set from './settings-of-buckets.ts';

const { denyPlainHttp } = policies;

/** The account production in us-east-1, where the company began. */
export const productionUnitedStates: readonly Row[] = [
  // Looks more secure, and has received no log since: S3 cannot deliver to SSE-KMS.
  ['examplehealth-access-logs-production-us', accessLogTarget, { encryption: set.kms() }],
  ['examplehealth-claims-raw-us', health],
  ['examplehealth-claims-replica-us', health, { guards: guards.perimeterBut('break-glass') }],
  // Copied from the European template, key included.
  [
    'examplehealth-backups-us',
    health,
    { encryption: set.kms(undefined, { region: 'eu-central-1' }) },
  ],
  // An old modality cannot speak TLS, and was spared by name.
  [
    'examplehealth-imaging-dicom-us',
    health,
    {
      encryption: set.kmsWithoutBucketKey,
      statements: [policies.denyPlainHttpButFor('dicom-gateway')],
    },
  ],
  ['examplehealth-lab-results-us', health, { statements: [policies.denyPlainHttpForSome] }],
  [
    'examplehealth-deploy-artifacts-us',
    business,
    { statements: [policies.allowOrganization({ sid: 'OrganizationReads' }), denyPlainHttp] },
  ],
  // Public on purpose, and nobody ever wrote down who decided that.
  [
    'examplehealth-marketing-site-us',
    business,
    {
      encryption: set.sseS3,
      versioning: 'Suspended',
      lifecycle: [],
      statements: [policies.allowEveryone({ sid: 'PublicReadGetObject' })],
      guards: guards.none,
      blocksPublicAccess: false,
      website: {
        indexDocumentSuffix: 'index.html',
        errorDocument: 'error.html',
        redirectAllRequestsTo: null,
        routingRules: [],
      },
      tags: { DataClassification: 'public', Environment: 'production', Team: 'marketing' },
    },
  ],
  [
    'examplehealth-portal-static-us',
    business,
    {
      encryption: set.sseS3,
      statements: [
        policies.allowOriginAccessIdentity('EEXAMPLE222', { sid: 'CloudFrontReads' }),
        denyPlainHttp,
      ],
      guards: guards.shared,
    },
  ],
  // Shared through the ACL with a canonical user that nobody can name any more.
  [
    'examplehealth-partner-sftp-us',
    health,
    { grants: [[canonicalUserOf('former partner'), 'Read']], guards: guards.shared },
  ],
  // Shared the same way with one that the settings approve.
  [
    'examplehealth-cdn-logs-us',
    business,
    { grants: [[canonicalUserOf('cdn log delivery'), 'FullControl']] },
  ],
  // The alias was deleted, so nobody can say which key encrypts the recordings.
  [
    'examplehealth-call-recordings-us',
    health,
    { encryption: set.kmsAlias('callcenter-recordings') },
  ],
  ['examplehealth-member-cards-us', health, { lifecycle: [{ ...keep90Days, oldStyle: true }] }],
  [
    'examplehealth-eligibility-feed-us',
    health,
    { lifecycle: [{ ...keep90Days, deleteMarkers: false }] },
  ],
  [
    'examplehealth-referrals-us',
    health,
    {
      statements: [
        policies.allowPath(`${ORGANIZATION}/r-exa1/ou-exa1-workload/`, { sid: 'WorkloadsRead' }),
        denyPlainHttp,
      ],
    },
  ],
];
