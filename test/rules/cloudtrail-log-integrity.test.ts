import { expect, it } from 'vitest';
import rule from '../../rules/cloudtrail-log-integrity.ts';
import type { Delivery, Trail } from '../../src/facts/trails.ts';
import { judgeIntegrity } from '../../src/knowledge/watching/log-integrity.ts';
import { describeRule } from '../describe-rule.ts';
import { trail } from '../facet-values.ts';

const now = '2026-03-02T12:00:00.000Z';
const fresh: Delivery = { at: '2026-03-02T11:45:00.000Z', error: null };
const status = (logFiles = fresh, digestFiles = fresh, isLogging = true) => ({
  status: { value: { isLogging, logFiles, digestFiles } },
});
const at = (time: string): Delivery => ({ at: time, error: null });
const notShown = { unavailable: 'the service answered TrailNotFoundException' };

describeRule(rule, {
  given: { now },
  compliant: [
    ['one trail that does it all', { trails: [trail()] }, 'reliable'],
    ['one beside others that do not', { trails: [trail({ isMultiRegion: false }), trail(), trail({ status: notShown })] }, 'reliable'],
    // steampipe-mod-aws-compliance#536: a member account has no trail but that of its organization.
    ['the trail of the organization', { trails: [trail({ isOrganization: true })] }, 'reliable'],
    ['delivered 24 hours ago to the second', { trails: [trail(status(at('2026-03-01T12:00:00.000Z')))] }, 'reliable'],
    ['one Region alone, where that is enough', { trails: [trail({ isMultiRegion: false })] }, 'reliable', { requireMultiRegion: false }],
    ['without KMS, where that is enough', { trails: [trail({ key: null })] }, 'reliable', { requireKms: false }],
    [
      'without validation, where nobody needs digests',
      {
        trails: [trail({ validatesLogFiles: false, ...status(fresh, { at: null, error: null }) })],
      },
      'reliable',
      { requireValidation: false },
    ],
    [
      'delivered two days ago, where three may pass',
      { trails: [trail(status(at('2026-02-28T12:00:00Z'), at('2026-02-28T12:00:00Z')))] },
      'reliable',
      { maximumDeliveryLagHours: 72 },
    ],
  ],
  nonCompliant: [
    ['no trail', { trails: [] }, 'noTrail'],
    ['one Region alone', { trails: [trail({ isMultiRegion: false })] }, 'lacking'],
    ['no validation', { trails: [trail({ validatesLogFiles: false })] }, 'lacking'],
    ['no KMS key', { trails: [trail({ key: null })] }, 'lacking'],
    // Prowler's cloudtrail_kms_encryption_enabled and cloudtrail_log_file_validation_enabled look at no status.
    ['stopped', { trails: [trail(status(fresh, fresh, false))] }, 'lacking'],
    ['nothing delivered yet', { trails: [trail(status({ at: null, error: null }))] }, 'lacking'],
    ['delivered a second too long ago', { trails: [trail(status(at('2026-03-01T11:59:59.000Z')))] }, 'lacking'],
    ['cannot deliver', { trails: [trail(status({ at: fresh.at, error: 'AccessDenied' }))] }, 'lacking'],
    ['log files without their digests', { trails: [trail(status(fresh, at('2026-01-01T00:00:00.000Z')))] }, 'lacking'],
    [
      'one trail for each demand, and none for all',
      {
        trails: [trail({ isMultiRegion: false }), trail({ key: null }), trail({ validatesLogFiles: false })],
      },
      'lacking',
    ],
    [
      'all that a trail can lack, with names as long as they can be',
      {
        trails: [
          trail({
            name: 'x'.repeat(128),
            isMultiRegion: false,
            key: null,
            ...status(fresh, { at: null, error: 'e'.repeat(200) }),
          }),
        ],
      },
      'lacking',
    ],
  ],
});

const demands = {
  requireMultiRegion: true,
  requireValidation: true,
  requireKms: true,
  maximumDeliveryLagHours: 24,
  now,
};

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
  ['the error', [trail(status(fresh, { at: null, error: 'NoSuchBucket' }))], 'audit', 'cannot deliver digest files (NoSuchBucket)'],
])('names %s', (_name, trails, name, lacks) => {
  expect(judgeIntegrity(trails, demands)).toMatchObject({
    messageId: 'lacking',
    trail: name,
    lacks,
  });
});

it('a status that is not shown is missing evidence where it would decide, and only there', () => {
  expect(() => judgeIntegrity([trail({ status: notShown })], demands)).toThrow(/trail audit: the service answered TrailNotFoundException/);
  const lacking = trail({ status: notShown, key: null });
  expect(judgeIntegrity([lacking], demands)).toMatchObject({ lacks: 'encrypts without a KMS key' });
});
