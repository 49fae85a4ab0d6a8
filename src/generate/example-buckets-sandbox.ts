import { accounts } from './example-accounts.ts';
import * as policies from './example-policies.ts';
import { accessLogTarget, business, byHand, type Row } from './example-profiles.ts';
import * as set from './example-settings-of-buckets.ts';

const { denyPlainHttp } = policies;

/** The account sandbox: nothing real in it, and it shows. */
export const sandboxEurope: readonly Row[] = [
  // One role may still delete the logs.
  [
    'examplehealth-access-logs-sandbox-eu',
    accessLogTarget,
    {
      statements: [
        policies.accessLogs,
        denyPlainHttp,
        policies.denyVersionDeletionButFor('sandbox-admin'),
      ],
    },
  ],
  ['examplehealth-sandbox-scratch-eu', byHand],
  // Readable by everyone through the ACL.
  [
    'examplehealth-sandbox-demo-eu',
    byHand,
    { grants: [['AllUsers', 'Read']], blocksPublicAccess: false, logsAccess: true },
  ],
  ['examplehealth-sandbox-playground-eu', business],
  [
    'examplehealth-sandbox-training-eu',
    byHand,
    {
      statements: [policies.allowAccount(accounts.analytics, { sid: 'AnalystsRead' })],
      status: 'ResourceDiscovered',
    },
  ],
  ['examplehealth-sandbox-hackathon-eu', byHand, { status: 'ResourceDeleted' }],
];

export const sandboxUnitedStates: readonly Row[] = [
  // Nothing ever expires, and the old record shows the grant to LogDelivery instead of a policy.
  [
    'examplehealth-access-logs-sandbox-us',
    accessLogTarget,
    {
      lifecycle: [{ id: 'versions-only', noncurrentDays: 60, abortDays: 7, deleteMarkers: true }],
      statements: [denyPlainHttp],
      grants: [
        ['LogDelivery', 'Write'],
        ['LogDelivery', 'ReadAcp'],
      ],
      logsAccess: false,
    },
  ],
  ['examplehealth-sandbox-loadtest-us', byHand],
  // The bucket of the CDK's bootstrap stack, as that stack makes it.
  [
    'cdk-hexample1-assets-210987654321-us-east-1',
    business,
    {
      encryption: set.kms(),
      lifecycle: [
        { id: 'CleanupOldVersions', noncurrentDays: 365, deleteMarkers: true, abortDays: 1 },
      ],
      statements: [policies.denyPlainHttpCdk],
      logsAccess: false,
      tags: {},
    },
  ],
  // Every AWS account in the world may list it.
  [
    'examplehealth-sandbox-import-us',
    byHand,
    { grants: [['AuthenticatedUsers', 'Read']], blocksPublicAccess: false },
  ],
  ['examplehealth-sandbox-migration-us', byHand, { status: 'ResourceNotRecorded' }],
  ['examplehealth-sandbox-poc-us', byHand, { status: 'ResourceDeletedNotRecorded' }],
];
