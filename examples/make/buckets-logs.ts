import { outsiders } from './accounts.ts';
import { guards } from './guards.ts';
import {
  allowAccount,
  allowService,
  configSnapshots,
  denyPlainHttp,
  denyVersionDeletion,
  guarded,
  trailLogs,
  vendedLogs,
} from './policies.ts';
import { accessLogTarget, auditLogs, business, logsFor, type Row } from './profiles.ts';
import { notRecorded, objectLock } from './settings-of-buckets.ts';

const protectedLogs = [denyPlainHttp, denyVersionDeletion];

/** The account log-archive: only the security team reaches it. */
export const logArchiveEurope: readonly Row[] = [
  [
    'examplehealth-org-cloudtrail-eu',
    auditLogs,
    // A log stays a year after somebody deletes it.
    {
      ...logsFor(2192, 365),
      statements: [...trailLogs('examplehealth-org-trail'), ...protectedLogs],
    },
  ],
  [
    'examplehealth-org-config-eu',
    auditLogs,
    { statements: [...configSnapshots, ...protectedLogs] },
  ],
  ['examplehealth-access-logs-logarchive-eu', accessLogTarget],
  ['examplehealth-vpc-flow-logs-eu', auditLogs, { statements: [...vendedLogs, ...protectedLogs] }],
  ['aws-waf-logs-examplehealth-eu', auditLogs, { statements: [...vendedLogs, ...protectedLogs] }],
  [
    'examplehealth-guardduty-findings-eu',
    auditLogs,
    {
      statements: [guarded('guardduty.amazonaws.com', 'AllowGuardDutyPutObject'), ...protectedLogs],
    },
  ],
  // Evidence for auditors: nobody, not even root, deletes it within six years.
  [
    'examplehealth-evidence-vault-eu',
    auditLogs,
    { objectLock: objectLock('COMPLIANCE', { years: 6 }) },
  ],
  // The vendor is approved in the settings: its account is under contract.
  [
    'examplehealth-siem-export-eu',
    business,
    {
      statements: [allowAccount(outsiders.siemVendor, { sid: 'SiemReads' }), denyPlainHttp],
      guards: guards.shared,
    },
  ],
];

export const logArchiveUnitedStates: readonly Row[] = [
  // The first trail of the company, never touched since 2019: an old record in an old style.
  [
    'examplehealth-cloudtrail-legacy',
    auditLogs,
    {
      encryption: notRecorded,
      versioning: 'Off',
      lifecycle: [{ id: 'expire-after-6-years', expireDays: 2192, oldStyle: true }],
      statements: [...trailLogs('examplehealth-legacy-trail')],
      guards: guards.none,
      blocksPublicAccess: false,
      logsAccess: false,
      tags: {},
      created: '2015-06-01',
      recorded: '2019-02-12',
    },
  ],
  [
    'examplehealth-org-config-us',
    auditLogs,
    { statements: [...configSnapshots, ...protectedLogs] },
  ],
  // Ten years of access logs: more personal data than anybody has a reason for.
  ['examplehealth-access-logs-logarchive-us', accessLogTarget, logsFor(3653)],
  // Any customer of AWS can have the service write here: the guard is missing.
  [
    'examplehealth-vpc-flow-logs-us',
    auditLogs,
    {
      statements: [
        allowService('delivery.logs.amazonaws.com', 'AWSLogDeliveryWrite'),
        ...protectedLogs,
      ],
    },
  ],
];
