import { expect, it } from 'vitest';
import type { Answers } from '../contract-server/asked.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { iamItem, reportOf, reportRow } from '../iam.ts';
import { scheduledEvent, startLambda, tlsBucket } from './world.ts';

/** What the rules say that took the place of rules of AWS, through the function and the protocols of the services. */

const detector = (s3: string) => ({
  ListDetectors: { DetectorIds: ['d1'] },
  GetDetector: { Status: 'ENABLED', Features: [{ Name: 'S3_DATA_EVENTS', Status: s3 }] },
});
const keys = (states: Readonly<Record<string, string>>): Answers => ({
  // In pages, as many keys are listed.
  ListKeys: ({ Marker }) => {
    const [first = '', ...others] = Object.keys(states);
    const listed = (ids: readonly string[]) => ids.map((KeyId) => ({ KeyId }));
    return Marker === undefined
      ? { Keys: listed([first]), Truncated: true, NextMarker: 'more' }
      : { Keys: listed(others), Truncated: false };
  },
  DescribeKey: ({ KeyId }) => {
    const state = states[String(KeyId)];
    if (state === 'refused') throw new ServiceError('AccessDeniedException', 'no', 400);
    const Arn = `arn:aws:kms:eu-central-1:111122223333:key/${KeyId}`;
    const own = { KeyId, Arn, AWSAccountId: '111122223333', KeyState: state };
    const DeletionDate = new Date('2026-03-20T00:00:00Z');
    return { KeyMetadata: state === 'PendingDeletion' ? { ...own, DeletionDate } : own };
  },
});
const summary = (present: number) => ({
  GetAccountSummary: { SummaryMap: new Map([['AccountAccessKeysPresent', present]]) },
});
const point = (arn: string, Status: string, at: string) => ({
  RecoveryPointArn: `arn:aws:backup:eu-central-1:111122223333:recovery-point:${arn}`,
  ...{ Status, CreationDate: Date.parse(at) / 1000, BackupVaultName: 'vault' },
});
const points = (...RecoveryPoints: readonly object[]) => ({
  ListRecoveryPointsByResource: { RecoveryPoints },
});
const report = (fields: Readonly<Record<string, string>>) => ({
  GenerateCredentialReport: { State: 'COMPLETE' },
  GetCredentialReport: {
    Content: Buffer.from(reportOf(reportRow('joe', fields))),
    ReportFormat: 'text/csv',
  },
});
const password = (used: string) => ({
  password_enabled: 'true',
  password_last_changed: '2024-02-01T00:00:00+00:00',
  password_last_used: used,
});
const key = (changed: string) => ({
  ...{ access_key_1_active: 'true', access_key_1_last_rotated: changed },
  access_key_1_last_used_date: 'N/A',
});

it.each<[string, Answers, string, RegExp]>([
  ['iam-root-access-key', summary(0), 'COMPLIANT', /^noKey: /],
  ['iam-root-access-key', summary(1), 'NON_COMPLIANT', /^hasKey: /],
  ['guardduty-s3-protection', detector('ENABLED'), 'COMPLIANT', /^watched: /],
  ['guardduty-s3-protection', detector('DISABLED'), 'NON_COMPLIANT', /^withoutS3: .*eu-central-1/],
  ['guardduty-s3-protection', { ListDetectors: { DetectorIds: [] } }, 'NON_COMPLIANT', /^noDete/],
  [
    'guardduty-s3-protection',
    { ListDetectors: { DetectorIds: ['a', 'b'] } },
    'NON_COMPLIANT',
    /^evidenceUnavailable: The state of GuardDuty could not be assessed: GuardDuty answered more than one/,
  ],
  ['kms-key-deletion', keys({ a: 'Enabled', b: 'Disabled' }), 'COMPLIANT', /^none: /],
  [
    'kms-key-deletion',
    keys({ a: 'Enabled', b: 'PendingDeletion', c: 'refused' }),
    'NON_COMPLIANT',
    /^waiting: 1 KMS key is .* b, on 2026-03-20\.$/,
  ],
  [
    'kms-key-deletion',
    keys({ a: 'Enabled', b: 'refused' }),
    'NON_COMPLIANT',
    /^evidenceUnavailable: .*key b: .*needs kms:DescribeKey/,
  ],
  ['s3-backup-recent', points(), 'NON_COMPLIANT', /^noBackup: /],
  [
    's3-backup-recent',
    points(point('continuous:a', 'AVAILABLE', '2025-01-01T00:00:00Z')),
    'COMPLIANT',
    /^continuous: .*vault vault .*2025-01-01\.$/,
  ],
  [
    's3-backup-recent',
    points(point('1', 'COMPLETED', '2026-02-01T00:00:00Z')),
    'NON_COMPLIANT',
    /^tooOld: /,
  ],
  ['iam-access-key-rotation', report(key('2026-01-02T00:00:00Z')), 'COMPLIANT', /^rotated: /],
  ['iam-access-key-rotation', report(key('2025-01-02T00:00:00Z')), 'NON_COMPLIANT', /^oldKey: /],
  ['iam-unused-credentials', report(password('2026-03-01T00:00:00Z')), 'COMPLIANT', /^used: /],
  ['iam-unused-credentials', report(password('no_information')), 'NON_COMPLIANT', /^unusedPass/],
])('%s is judged once a day, and reported when it differs', async (rule, answers, verdict, said) => {
  const items = [tlsBucket('data'), iamItem('User', 'joe')];
  const untagged = { ...tlsBucket('data'), tags: [] };
  const queries = [{ matches: () => true, results: [untagged] }];
  const { handle, puts } = await startLambda({ items, answers, queries });
  await handle(scheduledEvent(rule));
  expect(puts().flatMap(({ Evaluations }) => Evaluations)).toMatchObject([
    { ComplianceType: verdict, Annotation: expect.stringMatching(said) },
  ]);
});
