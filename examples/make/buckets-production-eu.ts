import { accounts, outsiders, PARTNER_ORGANIZATION } from './accounts.ts';
import { guards } from './guards.ts';
import * as policies from './policies.ts';
import {
  accessLogTarget,
  auditLogs,
  business,
  health,
  keep90Days,
  logsFor,
  type Row,
  record,
} from './profiles.ts';
import * as set from './settings-of-buckets.ts';

const { denyPlainHttp } = policies;
const { production } = accounts;

/** The account production: the patient portal and what feeds it. */
export const productionEurope: readonly Row[] = [
  ['examplehealth-access-logs-production-eu', accessLogTarget],
  [
    'examplehealth-claims-raw-eu',
    health,
    {
      statements: [denyPlainHttp, policies.denyOldTls],
      replication: set.replicationTo('examplehealth-claims-replica-us', production),
    },
  ],
  // Whoever uploads names the key, even the one that is the default.
  ['examplehealth-claims-processed-eu', health, { guards: guards.namedKey }],
  [
    'examplehealth-claims-archive-eu',
    health,
    { lifecycle: [{ id: 'to-glacier', prefix: 'closed/', glacierDays: 30 }, keep90Days] },
  ],
  // Links to documents are mailed, and have to last a week.
  ['examplehealth-patient-letters-eu', health, { guards: guards.weekLongUrls }],
  // With MFA delete S3 accepts no lifecycle.
  ['examplehealth-patient-documents-eu', health, { mfaDelete: true, lifecycle: [] }],
  // The rule looks complete but covers one prefix.
  [
    'examplehealth-patient-uploads-eu',
    health,
    { lifecycle: [{ ...keep90Days, prefix: 'incoming/' }], guards: guards.sseCBelow('incoming/') },
  ],
  ['examplehealth-imaging-dicom-eu', health, { encryption: set.dsse, guards: guards.anyKey }],
  [
    'examplehealth-lab-results-eu',
    health,
    {
      statements: [
        policies.allowAccount(outsiders.laboratory, {
          sid: 'LabUpload',
          actions: 's3:PutObject',
          keys: 'reports/*',
        }),
        denyPlainHttp,
      ],
      guards: guards.shared,
    },
  ],
  // The group of the laboratory was to hand in reports, not to read those of others.
  [
    'examplehealth-lab-archive-eu',
    health,
    {
      statements: [
        policies.allowOrganization({ sid: 'LabReads', keys: 'reports/*' }, PARTNER_ORGANIZATION),
        denyPlainHttp,
      ],
      guards: guards.shared,
    },
  ],
  // The contract with this laboratory has ended, and so has the waiver.
  [
    'examplehealth-lab-inbox-eu',
    health,
    {
      statements: [
        policies.allowAccount(outsiders.formerLaboratory, {
          sid: 'FormerLabUpload',
          actions: ['s3:GetObject', 's3:PutObject'],
        }),
        denyPlainHttp,
      ],
      guards: guards.shared,
    },
  ],
  // Objects can still be read in clear.
  ['examplehealth-prescriptions-eu', health, { statements: [policies.denyPlainHttpOnBucketOnly] }],
  // Two statements that only together refuse everything.
  [
    'examplehealth-billing-invoices-eu',
    business,
    { statements: [policies.denyPlainHttpOnBucketOnly, policies.denyPlainHttpOnObjects] },
  ],
  [
    'examplehealth-billing-exports-eu',
    business,
    { encryption: set.kms('vendor', { account: outsiders.billingVendor }) },
  ],
  [
    'examplehealth-terraform-state-eu',
    business,
    {
      encryption: set.kmsAlias('full:examplehealth-data'),
      statements: [policies.denyPlainHttpCdk],
    },
  ],
  [
    'examplehealth-backups-eu',
    health,
    {
      lifecycle: [{ ...keep90Days, noncurrentDays: 730 }],
      replication: set.replicationTo('examplehealth-backups-us', production),
    },
  ],
  [
    'examplehealth-consent-records-eu',
    health,
    {
      objectLock: set.objectLock('GOVERNANCE', { days: 90 }),
      tags: record.tags,
      guards: guards.sseS3Below('signed/'),
    },
  ],
  ['examplehealth-appointments-eu', health, { lifecycle: [{ ...keep90Days, noncurrentDays: 7 }] }],
  [
    'examplehealth-message-templates-eu',
    business,
    {
      notifications: {
        'render-template': {
          type: 'LambdaConfiguration',
          functionARN: `arn:aws:lambda:eu-central-1:${production}:function:render-template`,
          events: ['s3:ObjectCreated:*'],
          objectPrefixes: [],
          filter: { s3KeyFilter: { filterRules: [{ name: 'Prefix', value: 'drafts/' }] } },
        },
      },
    },
  ],
  // Public by intent and through CloudFront alone; a waiver accepts SSE-S3.
  [
    'examplehealth-web-assets-eu',
    business,
    {
      encryption: set.sseS3,
      statements: [
        policies.allowService(
          'cloudfront.amazonaws.com',
          'AllowCloudFrontRead',
          () => ({
            StringEquals: {
              'aws:SourceArn': `arn:aws:cloudfront::${production}:distribution/EEXAMPLE111`,
            },
          }),
          's3:GetObject',
        ),
        denyPlainHttp,
      ],
    },
  ],
  ['examplehealth-fhir-export-eu', health, { guards: guards.readingUrlsOnly }],
  // Data events of CloudTrail, gone after four months.
  [
    'examplehealth-data-events-eu',
    auditLogs,
    {
      encryption: set.kms(),
      ...logsFor(90),
      statements: [
        ...policies.trailLogs('examplehealth-data-events'),
        denyPlainHttp,
        policies.denyVersionDeletion,
      ],
    },
  ],
  [
    'examplehealth-deploy-artifacts-eu',
    business,
    { statements: [policies.allowOrganization({ sid: 'OrganizationReads' }), denyPlainHttp] },
  ],
  // What the CDK deploys. The settings leave it out of three rules, by a tag that only CloudFormation can give.
  [
    `cdk-hnb659fds-assets-${production}-eu-central-1`,
    business,
    {
      ...{ encryption: set.sseS3, lifecycle: [], logsAccess: false },
      tags: { ...business.tags, 'aws:cloudformation:logical-id': 'StagingBucket' },
    },
  ],
  // Encrypted with a key of the security account, which the settings approve by its ARN.
  [
    'examplehealth-malware-quarantine-eu',
    business,
    { encryption: set.kms('examplehealth-logs', { account: accounts.logArchive }) },
  ],
];
