import { expect, it } from 'vitest';
import rule from '../../rules/cloudtrail-log-integrity.ts';
import type { Delivery, Recorded, Trail } from '../../src/facts/trails.ts';
import { kinds } from '../../src/records/kinds.ts';
import { describeRule } from '../describe-rule.ts';
import { trail } from '../facet-values.ts';
import { subjectOf } from '../subject-of.ts';

const now = '2026-03-02T12:00:00.000Z';
const fresh: Delivery = { at: '2026-03-02T11:45:00.000Z', error: null };
const status = (logFiles = fresh, digestFiles = fresh, isLogging = true) => ({
  status: { value: { isLogging, logFiles, digestFiles } },
});
const at = (time: string): Delivery => ({ at: time, error: null });
const records = (reads: Recorded, writes: Recorded = reads) => ({ management: { value: { reads, writes } } });
const ARN = 'arn:aws:cloudtrail:eu-central-1:999999999999:trail/organization';
const ofOrganization = (parts: Partial<Trail> = {}) => trail({ name: 'organization', arn: ARN, isOrganization: true, ...parts });
const attestation = (parts: object = {}) => ({
  attestations: [{ watches: 'managementEvents', arn: ARN, accounts: ['*'], attestedBy: 'Head of security', at: '2026-02-01', ...parts }],
});
const notShown = { unavailable: 'the service answered TrailNotFoundException' };

describeRule(rule, {
  given: { now },
  cases: [
    { when: 'one trail that does it all', facts: { trails: [trail()] }, says: 'reliable' },
    {
      when: 'one beside others that do not',
      facts: { trails: [trail({ isMultiRegion: false }), trail(), trail({ status: notShown })] },
      says: 'reliable',
    },
    {
      when: 'the trail of the organization',
      facts: { trails: [trail({ isOrganization: true })] },
      says: 'reliable',
      peers: 'steampipe-mod-aws-compliance#536: a member account has no trail but that of its organization.',
    },
    { when: 'delivered 24 hours ago to the second', facts: { trails: [trail(status(at('2026-03-01T12:00:00.000Z')))] }, says: 'reliable' },
    {
      when: 'one Region alone, where that is enough',
      facts: { trails: [trail({ isMultiRegion: false })] },
      params: { requireMultiRegion: false },
      says: 'reliable',
    },
    {
      when: 'without KMS, where that is enough',
      facts: { trails: [trail({ key: null })] },
      params: { requireKms: false },
      says: 'reliable',
    },
    {
      when: 'without validation, where nobody needs digests',
      facts: {
        trails: [trail({ validatesLogFiles: false, ...status(fresh, { at: null, error: null }) })],
      },
      params: { requireValidation: false },
      says: 'reliable',
    },
    {
      when: 'delivered two days ago, where three may pass',
      facts: { trails: [trail(status(at('2026-02-28T12:00:00Z'), at('2026-02-28T12:00:00Z')))] },
      params: { maximumDeliveryLagHours: 72 },
      says: 'reliable',
    },
    {
      when: 'only changes, where reads are not asked for',
      facts: { trails: [trail(records('none', 'all'))] },
      params: { requireManagementEvents: false },
      says: 'reliable',
    },
    {
      when: 'what it selects is not shown, where it is not asked for',
      facts: { trails: [trail({ management: notShown })] },
      params: { requireManagementEvents: false },
      says: 'reliable',
    },
    { when: 'its status is attested', facts: { trails: [ofOrganization({ status: notShown })] }, params: attestation(), says: 'attested' },
    {
      when: 'what it selects is attested',
      facts: { trails: [ofOrganization({ management: notShown })] },
      params: attestation({ accounts: ['123456789012'] }),
      subject: { account: '123456789012' },
      says: 'attested',
    },
    {
      when: 'attested, and seen to record nothing that reads',
      facts: { trails: [ofOrganization({ status: notShown, ...records('none', 'all') })] },
      params: attestation(),
      says: 'lacking',
    },
    { when: 'attested, and not there', facts: { trails: [] }, params: attestation(), says: 'noTrail' },
    { when: 'no management events', facts: { trails: [trail(records('none'))] }, says: 'lacking' },
    { when: 'management events that read alone', facts: { trails: [trail(records('all', 'none'))] }, says: 'lacking' },
    { when: 'management events that write alone', facts: { trails: [trail(records('none', 'all'))] }, says: 'lacking' },
    { when: 'a choice of management events', facts: { trails: [trail(records('all', 'some'))] }, says: 'lacking' },
    {
      when: 'without the events of KMS',
      facts: { trails: [trail(records({ allBut: ['kms.amazonaws.com'] }))] },
      says: 'lacking',
      peers: 'Prowler’s cloudtrail_multi_region_enabled_logging_management_events accepts a trail that leaves out KMS.',
    },
    {
      when: 'reads in one trail and writes in another',
      facts: { trails: [trail(records('all', 'none')), trail(records('none', 'all'))] },
      says: 'lacking',
    },
    { when: 'no trail', facts: { trails: [] }, says: 'noTrail' },
    { when: 'one Region alone', facts: { trails: [trail({ isMultiRegion: false })] }, says: 'lacking' },
    { when: 'no validation', facts: { trails: [trail({ validatesLogFiles: false })] }, says: 'lacking' },
    { when: 'no KMS key', facts: { trails: [trail({ key: null })] }, says: 'lacking' },
    {
      when: 'stopped',
      facts: { trails: [trail(status(fresh, fresh, false))] },
      says: 'lacking',
      peers: 'Prowler’s cloudtrail_kms_encryption_enabled and cloudtrail_log_file_validation_enabled look at no status.',
    },
    { when: 'nothing delivered yet', facts: { trails: [trail(status({ at: null, error: null }))] }, says: 'lacking' },
    { when: 'delivered a second too long ago', facts: { trails: [trail(status(at('2026-03-01T11:59:59.000Z')))] }, says: 'lacking' },
    { when: 'cannot deliver', facts: { trails: [trail(status({ at: fresh.at, error: 'AccessDenied' }))] }, says: 'lacking' },
    { when: 'log files without their digests', facts: { trails: [trail(status(fresh, at('2026-01-01T00:00:00.000Z')))] }, says: 'lacking' },
    {
      when: 'one trail for each demand, and none for all',
      facts: {
        trails: [trail({ isMultiRegion: false }), trail({ key: null }), trail({ validatesLogFiles: false })],
      },
      says: 'lacking',
    },
    {
      when: 'all that a trail can lack, with names as long as they can be',
      facts: {
        trails: [
          trail({
            name: 'x'.repeat(128),
            isMultiRegion: false,
            key: null,
            ...status(fresh, { at: null, error: 'e'.repeat(200) }),
          }),
        ],
      },
      says: 'lacking',
    },
  ],
});

const demands = {
  requireMultiRegion: true,
  requireValidation: true,
  requireKms: true,
  requireManagementEvents: true,
  attestations: [],
  maximumDeliveryLagHours: 24,
  now,
};

const judged = (trails: readonly Trail[]) =>
  rule.evaluate(
    subjectOf(kinds.account.example, ['now', 'trails'], (name) => ({ value: name === 'now' ? now : trails })),
    demands,
  );

it.each<[string, Trail[], string, string]>([
  [
    'the trail that lacks least',
    [trail({ name: 'a', key: null, isMultiRegion: false }), trail({ name: 'b', key: null })],
    'b',
    'encrypts without a KMS key',
  ],
  [
    'all that it lacks',
    [trail({ validatesLogFiles: false, key: null, ...status(fresh, fresh, false) })],
    'audit',
    'does not validate its log files, encrypts without a KMS key and is stopped',
  ],
  ['since when nothing came', [trail(status(at('2026-02-03T04:05:06.789Z')))], 'audit', 'delivered no log file since 2026-02-03T04:05Z'],
  ['what it does not record', [trail(records('none'))], 'audit', 'records no management events'],
  [
    'the services it leaves out',
    [trail(records({ allBut: ['kms.amazonaws.com'] }, { allBut: ['rdsdata.amazonaws.com', 'kms.amazonaws.com'] }))],
    'audit',
    'leaves out management events of kms.amazonaws.com and rdsdata.amazonaws.com',
  ],
  ['the error', [trail(status(fresh, { at: null, error: 'NoSuchBucket' }))], 'audit', 'cannot deliver digest files (NoSuchBucket)'],
])('names %s', (_name, trails, name, lacks) => {
  const { messageId, message } = judged(trails);
  expect(messageId).toBe('lacking');
  expect(message).toContain(`${name} comes closest, but ${lacks}.`);
});

it('a status that is not shown is missing evidence where it would decide, and only there', () => {
  expect(() => judged([trail({ status: notShown })])).toThrow(/trail audit: the service answered TrailNotFoundException/);
  expect(() => judged([trail({ management: notShown })])).toThrow(/trail audit: the service answered TrailNotFoundException/);
  const lacking = trail({ status: notShown, key: null });
  expect(judged([lacking]).message).toContain('but encrypts without a KMS key.');
});

it.each([
  ['of another kind', { watches: 'dataEvents' }],
  ['of another trail', { arn: ARN.replace('organization', 'other') }],
  ['for other accounts', { accounts: ['222222222222'] }],
  ['of more than a year ago', { at: '2025-03-01' }],
  ['of tomorrow', { at: '2026-03-03' }],
  ['of the account itself', { arn: ARN.replace('999999999999', kinds.account.example.account) }],
])('an attestation %s does not count', (_name, parts) => {
  const arn = 'arn' in parts ? (parts.arn.endsWith('other') ? ARN : parts.arn) : ARN;
  const params = { ...demands, ...attestation(parts) } as typeof demands;
  const found = [ofOrganization({ arn, status: notShown })];
  const subject = subjectOf(kinds.account.example, ['now', 'trails'], (name) => ({ value: name === 'now' ? now : found }));
  expect(() => rule.evaluate(subject, params)).toThrow(/the service answered/);
});
