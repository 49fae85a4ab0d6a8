import { accounts, outsiders } from './accounts.ts';
import { health, type Row, record, yearly } from './profiles.ts';
import * as set from './settings-of-buckets.ts';

const { production } = accounts;

/** The account production: records that the law wants kept, tagged Retention=record, and what went wrong with some. */
export const recordsEurope: readonly Row[] = [
  [
    'examplehealth-clinical-records-eu',
    record,
    { objectLock: set.objectLock('COMPLIANCE', { years: 6 }) },
  ],
  // Object Lock was asked for and switched on; that it retains nothing by itself, nobody knew.
  ['examplehealth-medication-plans-eu', record, { objectLock: set.objectLock() }],
  // The default of the first template, meant for a test.
  [
    'examplehealth-surgery-reports-eu',
    record,
    { objectLock: set.objectLock('COMPLIANCE', { days: 90 }) },
  ],
  // Thirty years that nobody can shorten, for data that patients may want erased after ten.
  [
    'examplehealth-radiology-records-eu',
    record,
    { objectLock: set.objectLock('COMPLIANCE', { years: 30 }) },
  ],
  // Copied by the archive team before anybody told them about Object Lock.
  ['examplehealth-discharge-letters-eu', { ...health, tags: record.tags }],
  ['examplehealth-contact-forms-eu', yearly],
  // A year, and a year again as a noncurrent version: two in effect.
  [
    'examplehealth-chat-transcripts-eu',
    yearly,
    { lifecycle: [{ id: 'a-year', expireDays: 365, noncurrentDays: 365, abortDays: 7 }] },
  ],
  // The rule of the platform team alone: versions go, what is current stays for ever.
  ['examplehealth-job-applications-eu', yearly, { lifecycle: health.lifecycle }],
  // Erased after a year, says the lifecycle; Object Lock says three.
  [
    'examplehealth-complaints-eu',
    yearly,
    { objectLock: set.objectLock('GOVERNANCE', { years: 3 }) },
  ],
  // A rule for test data that reaches patients' data below the same prefix.
  [
    'examplehealth-feedback-eu',
    yearly,
    {
      lifecycle: [
        ...yearly.lifecycle,
        { id: 'test-data', prefix: 't', expireDays: 1, noncurrentDays: 1 },
      ],
    },
  ],
  // Copied to the laboratory under contract, which the settings approve, account and bucket.
  [
    'examplehealth-test-orders-eu',
    health,
    {
      replication: set.replicationTo('laboratory-intake-eu', production, outsiders.laboratory),
    },
  ],
  // Copied to the one whose contract has ended.
  [
    'examplehealth-pathology-images-eu',
    health,
    {
      replication: set.replicationTo('old-lab-intake', production, outsiders.formerLaboratory),
    },
  ],
  // Tagged, and not: values are case-sensitive, and one was left for later.
  ['examplehealth-allergies-eu', health, { tags: { ...health.tags, DataClassification: 'PHI' } }],
  ['examplehealth-care-plans-eu', health, { tags: { ...health.tags, DataClassification: '' } }],
  // A second copy, made for a test in some Region and never removed.
  [
    'examplehealth-vaccinations-eu',
    health,
    { replication: set.replicationTo('examplehealth-dr-test', production) },
  ],
];
