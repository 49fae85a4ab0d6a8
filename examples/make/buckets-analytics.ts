import { accounts, ORGANIZATION, type Place } from './accounts.ts';
import * as policies from './policies.ts';
import { accessLogTarget, business, byHand, keep90Days, lake, type Row } from './profiles.ts';
import * as set from './settings-of-buckets.ts';

const { denyPlainHttp } = policies;

/** The account analytics: the data lake. */
export const analyticsEurope: readonly Row[] = [
  ['examplehealth-access-logs-analytics-eu', accessLogTarget],
  [
    'examplehealth-lake-bronze-eu',
    lake,
    {
      statements: [
        policies.allowRole(accounts.production, 'claims-export', {
          sid: 'ProductionWrites',
          actions: 's3:PutObject',
          keys: 'claims/*',
        }),
        denyPlainHttp,
      ],
    },
  ],
  // The role was deleted long ago; S3 shows the id that is left of it.
  [
    'examplehealth-lake-silver-eu',
    lake,
    {
      statements: [
        policies.allowPrincipal('AROAEXAMPLE1FORMERETL', { sid: 'FormerEtl' }),
        denyPlainHttp,
      ],
    },
  ],
  [
    'examplehealth-lake-gold-eu',
    lake,
    {
      statements: [
        policies.allowPath(`${ORGANIZATION}/r-exa1/ou-exa1-workload/`, { sid: 'WorkloadsRead' }),
        denyPlainHttp,
      ],
    },
  ],
  // Query results, written over and over: nobody asked for versions.
  [
    'examplehealth-athena-results-eu',
    lake,
    { versioning: 'Off', lifecycle: [{ id: 'expire-results', expireDays: 30, abortDays: 1 }] },
  ],
  // Training jobs leave half-finished uploads behind.
  [
    'examplehealth-ml-models-eu',
    lake,
    {
      lifecycle: [{ ...keep90Days, abortDays: 30 }],
      statements: [
        policies.allowOwnRole('trainer', ({ arn }: Place) => ({
          Sid: 'AllButRawData',
          Action: 's3:GetObject',
          NotResource: `${arn}/raw/*`,
        })),
        denyPlainHttp,
      ],
      encryption: set.kmsAlias('examplehealth-data'),
    },
  ],
  // Meant for the organization, open to the world: ForAllValues is true when the key is absent.
  [
    'examplehealth-deidentified-research-eu',
    lake,
    {
      statements: [policies.allowOrganizationWrongly({ sid: 'OrganizationReads' }), denyPlainHttp],
    },
  ],
  ['examplehealth-reporting-exports-eu', lake, { encryption: set.awsManagedKey }],
  // The same key, named by its ARN: the recorded alias gives it away.
  ['examplehealth-dashboards-eu', business, { encryption: set.kms('aws/s3') }],
  // The record was cut short on its way to the archive: what the policy says, nobody can know.
  [
    'examplehealth-glue-scripts-eu',
    business,
    { policyText: '{"Version":"2012-10-17","Statement":[{"Sid":"GlueReads","Effect":"Allow",' },
  ],
  // Keeps the newest five versions for ever, so nothing bounds them in time.
  [
    'examplehealth-notebooks-eu',
    business,
    {
      lifecycle: [{ ...keep90Days, keepVersions: 5 }],
      statements: [
        policies.allowOwnRole('notebooks', ({ arn }: Place) => ({
          Sid: 'NotebooksDoAnything',
          Action: 's3:*',
          Resource: [arn, `${arn}/*`],
        })),
        denyPlainHttp,
      ],
    },
  ],
];

export const analyticsUnitedStates: readonly Row[] = [
  // Object Lock on a log target: S3 delivers nothing.
  [
    'examplehealth-access-logs-analytics-us',
    accessLogTarget,
    {
      objectLock: set.objectLock('COMPLIANCE', { years: 1 }),
      tags: { ...accessLogTarget.tags, Retention: 'record' },
    },
  ],
  ['examplehealth-lake-bronze-us', lake],
  // Production may write, and was also given the right to hand on what it wrote.
  [
    'examplehealth-lake-gold-us',
    lake,
    {
      statements: [
        policies.allowRole(accounts.production, 'claims-export', {
          sid: 'ProductionWrites',
          actions: ['s3:PutObject', 's3:PutObjectAcl'],
          keys: 'claims/*',
        }),
        denyPlainHttp,
      ],
    },
  ],
  [
    'examplehealth-cost-reports-us',
    business,
    {
      statements: [
        policies.guarded('billingreports.amazonaws.com', 'AllowBillingReports'),
        denyPlainHttp,
      ],
    },
  ],
  // Suspended years ago "to save cost"; the lifecycle is waiting, disabled.
  [
    'examplehealth-clinical-trials-us',
    lake,
    { versioning: 'Suspended', lifecycle: [{ ...keep90Days, disabled: true }] },
  ],
  // Only objects with a tag lose their versions.
  [
    'examplehealth-survey-responses-us',
    lake,
    { lifecycle: [{ ...keep90Days, tag: ['Retention', 'short'] }] },
  ],
  // From before the platform team's module.
  // Its log bucket was deleted and made anew, by mistake in Europe: no log has arrived since.
  [
    'examplehealth-adhoc-extracts-us',
    byHand,
    { logsAccess: true, logsTo: 'examplehealth-access-logs-analytics-eu' },
  ],
];
