import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LifecycleRule } from '../../src/facts/bucket-settings.ts';
import { afterDeletion, lifeOf, type Objects } from '../../src/knowledge/buckets/life.ts';
import { lifecycleRule } from '../facet-values.ts';

const NOW = '2026-01-01T00:00:00.000Z';
const days = fc.option(fc.integer({ min: 1, max: 9 }));

const rules = fc.array(
  fc
    .record({
      enabled: fc.boolean(),
      prefix: fc.constantFrom('', 'a', 'ab', 'aba', 'b', 'ba'),
      filter: fc.constantFrom(null, null, 'a tag'),
      expirationDays: days,
      expirationDate: fc.constantFrom(null, null, null, '2020-01-01', '2030-01-01'),
      noncurrentDays: days,
      newerNoncurrentVersions: fc.option(fc.constant(3)),
    })
    .map((parts) =>
      lifecycleRule(parts.expirationDate ? { ...parts, expirationDays: null } : parts),
    ),
  { maxLength: 6 },
);

const buckets = fc.record({
  lifecycle: rules,
  versioning: fc.record({
    status: fc.constantFrom('Enabled', 'Suspended', 'Off'),
    mfaDelete: fc.constant(false),
  }),
  objectLock: fc.option(
    fc.record({
      defaultRetention: fc.option(
        fc.record({
          mode: fc.constantFrom('COMPLIANCE', 'GOVERNANCE', 'ADVISORY'),
          days: fc.integer({ min: 1, max: 15 }),
        }),
      ),
    }),
  ),
  now: fc.constant(NOW),
}) as fc.Arbitrary<Objects>;

const prefixes = fc.uniqueArray(fc.constantFrom('', 'a', 'ab', 'b', 'bb'), { minLength: 1 });

/** Every key of at most four letters, with the tag and without. */
const objects = ['', 'a', 'b']
  .flatMap((one) => ['', 'a', 'b'].map((next) => one + next))
  .flatMap((start) => ['', 'a', 'b', 'aa', 'ab', 'ba', 'bb'].map((end) => start + end))
  .flatMap((key) => [true, false].map((tagged) => ({ key, tagged })));

const NEVER = Number.POSITIVE_INFINITY;

/** The rules of S3 said once more, object by object: the days until it is gone, if it is stored today or years before any date. */
function livesOf(bucket: Objects, { key, tagged }: (typeof objects)[number]) {
  const applying = bucket.lifecycle.filter(
    ({ enabled, prefix, filter }) => enabled && key.startsWith(prefix) && (!filter || tagged),
  );
  const least = (of: (rule: LifecycleRule) => number | null) =>
    Math.min(NEVER, ...applying.map((rule) => of(rule) ?? NEVER));
  const { status } = bucket.versioning;
  const retention = bucket.objectLock?.defaultRetention;
  const isHeld = status === 'Enabled' && retention && retention.mode !== 'ADVISORY';

  // Soonest: stored on the eve of every date, with more versions written after it than any rule keeps.
  const early = least((rule) => (rule.expirationDate ? 0 : rule.expirationDays));
  const gone = early + (status === 'Enabled' ? least((rule) => rule.noncurrentDays) : 0);
  const soonest = Math.max(gone, isHeld && gone !== NEVER ? retention.days : 0);

  // Latest: a date to come is no bound by age, and no newer version is ever written.
  const late = least((rule) =>
    rule.expirationDate ? (rule.expirationDate <= NOW ? 0 : null) : rule.expirationDays,
  );
  const rest = least((rule) => (rule.newerNoncurrentVersions ? null : rule.noncurrentDays));
  const latest = Math.max(late + (status === 'Off' ? 0 : rest), retention?.days ?? 0);
  const deleted = status === 'Enabled' ? least((rule) => rule.noncurrentDays) : 0;
  return { soonest, latest, deleted };
}

describe('the life of an object', () => {
  it('is what the rules of S3 say of each object under the keys', () => {
    fc.assert(
      fc.property(buckets, prefixes, (bucket, keys) => {
        const lives = objects
          .filter(({ key }) => keys.some((prefix) => key.startsWith(prefix)))
          .map((object) => livesOf(bucket, object));
        const { shortest, longest } = lifeOf(bucket, keys);
        expect(shortest?.days ?? NEVER).toBe(Math.min(...lives.map(({ soonest }) => soonest)));
        const left = afterDeletion(bucket, keys);
        expect(left?.days ?? NEVER).toBe(Math.min(...lives.map(({ deleted }) => deleted)));
        // Rules that bound all keys only together are not recognized: the end may be missed, and is never too early.
        const latest = Math.max(...lives.map((life) => life.latest));
        expect(longest?.days ?? NEVER).toBeGreaterThanOrEqual(latest);
        const isWhole = bucket.lifecycle.every(({ prefix }) => prefix === '');
        if (isWhole) expect(longest?.days ?? NEVER).toBe(latest);
      }),
      { numRuns: 2000 },
    );
  });

  it('is found quickly for as many rules as S3 stores, and as many prefixes as are judged', () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      lifecycleRule({ prefix: 'a'.repeat(index), expirationDays: 9, noncurrentDays: 9 }),
    );
    const keys = Array.from({ length: 200 }, (_, index) => 'a'.repeat(5 * index));
    const versioning = { status: 'Enabled', mfaDelete: false } as const;
    const start = performance.now();
    const life = lifeOf({ lifecycle: many, versioning, objectLock: null, now: NOW }, keys);
    expect(life).toMatchObject({ shortest: { days: 18 }, longest: { days: 18 } });
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
