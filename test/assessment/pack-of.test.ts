import { describe, expect, it, onTestFinished } from 'vitest';
import { rules } from '../../rules/index.ts';
import { packOf } from '../../src/assessment/pack-of.ts';
import { subjectFrom } from '../../src/assessment/subject.ts';
import { facets } from '../../src/facets/index.ts';
import { accountItem } from '../../src/records/normalise.ts';
import { queriedInventory } from '../../src/sources/config-api/queried-inventory.ts';
import { RecordedInventory } from '../../src/sources/recorded-inventory.ts';
import { startBench } from '../contract-server/clients.ts';
import { packRules } from '../pack-rules.ts';

const pack = packOf(rules);
const entry = (id: string) => pack.rules.find((rule) => rule.id === id);

describe('the pack', () => {
  it('has each rule, with what it needs to be recorded and where it runs', () => {
    expect(pack.rules.map(({ id }) => id)).toEqual(packRules.map(({ id }) => id));
    expect(packOf(rules.map((rule) => ({ ...rule, draft: true })))).toEqual({ rules: [] });
    expect(entry('s3-sse-kms-approved-keys')).toEqual({
      id: 's3-sse-kms-approved-keys',
      frameworks: ['gdpr', 'hipaa'],
      tier: 'strict',
      homeRegionOnly: false,
      judges: ['AWS::S3::Bucket'],
      needs: ['AWS::CloudTrail::Trail', 'AWS::KMS::Alias', 'AWS::S3::Bucket'],
    });
    expect(entry('s3-access-point-scoped')?.judges).toEqual([
      'AWS::S3::AccessPoint',
      'AWS::S3::MultiRegionAccessPoint',
    ]);
    expect(entry('s3-data-events-logged')).toMatchObject({
      judges: [],
      needs: ['AWS::CloudTrail::Trail', 'AWS::S3::Bucket'],
    });
    expect(entry('iam-s3-credential-rotation')).toMatchObject({
      homeRegionOnly: true,
      judges: [],
      needs: ['AWS::IAM::User'],
    });
    expect(entry('s3-block-public-access-account')).toMatchObject({
      homeRegionOnly: true,
      judges: [],
      needs: [],
    });
    expect(entry('config-recorder-health')).toMatchObject({ homeRegionOnly: false, judges: [] });
  });

  it('is missing evidence where nobody says which rules there are', () => {
    const item = accountItem('111122223333', 'eu-central-1', '2026-01-01T00:00:00Z');
    const inventory = new RecordedInventory();
    const subject = subjectFrom('account', item, { inventory, now: '2026-01-01T00:00:00Z' });
    expect(() => subject.pack).toThrow('pack: the rules of the pack are not at hand');
  });
});

describe('the types whose records a facet reads', () => {
  const inventories = (Object.keys(facets.bucket) as (keyof typeof facets.bucket)[]).filter(
    (name) => facets.bucket[name].from === 'inventory',
  );

  it.each(inventories)('%s asks for no records but of those', async (name) => {
    const queries = [{ matches: () => true, results: [] }];
    const bench = await startBench({ queries });
    onTestFinished(() => bench.close());
    await queriedInventory(bench.config, [name], async () => {});
    const asked = bench.server.calls.flatMap(({ input }) => {
      const { Expression = '' } = input as { Expression?: string };
      return [...Expression.matchAll(/resourceType = '([^']+)'/g)].map(([, type]) => type);
    });
    const facet = facets.bucket[name];
    const declared = facet.from === 'inventory' ? facet.records : [];
    expect(declared.length).toBeGreaterThan(0);
    if (name === 'logTarget' || name === 'replicaBuckets') {
      // These are asked for by name, and are buckets.
      expect(asked).toEqual([]);
      expect(declared).toEqual(['AWS::S3::Bucket']);
    } else expect([...new Set(asked)].sort()).toEqual([...declared].sort());
  });
});
