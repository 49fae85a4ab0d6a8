import { accounts, type Place } from './accounts.ts';
import { guards } from './guards.ts';
import * as policies from './policies.ts';
import { accessLogTarget, business, byHand, type Row } from './profiles.ts';
import * as set from './settings-of-buckets.ts';

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
  // Written in 2016, when NotPrincipal was a way to say "all but them".
  [
    'examplehealth-sandbox-scratch-eu',
    byHand,
    {
      statements: [
        ({ arn, account }) => ({
          Sid: 'EveryoneButTheIntern',
          Effect: 'Allow',
          NotPrincipal: { AWS: `arn:aws:iam::${account}:user/intern` },
          Action: 's3:GetObject',
          Resource: `${arn}/*`,
        }),
      ],
    },
  ],
  // Readable by everyone through the ACL.
  [
    'examplehealth-sandbox-demo-eu',
    byHand,
    { grants: [['AllUsers', 'Read']], blocksPublicAccess: false, logsAccess: true },
  ],
  // Logs to itself, and every log it writes is a request to log.
  [
    'examplehealth-sandbox-playground-eu',
    business,
    { logsTo: 'examplehealth-sandbox-playground-eu' },
  ],
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
  [
    'examplehealth-sandbox-loadtest-us',
    byHand,
    {
      logsAccess: true,
      statements: [
        policies.allowOwnRole('loadtest', ({ arn }: Place) => ({
          Sid: 'AllButDeletingTheBucket',
          NotAction: 's3:DeleteBucket',
          Resource: [arn, `${arn}/*`],
        })),
      ],
    },
  ],
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
      guards: guards.none,
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
