import { health, type Row, record } from './profiles.ts';
import * as set from './settings-of-buckets.ts';

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
];
