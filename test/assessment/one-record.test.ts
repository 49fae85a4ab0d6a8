import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { assess } from '../../src/assessment/assess.ts';
import type { Assessed } from '../../src/assessment/assessment.ts';
import { packOf } from '../../src/assessment/pack-of.ts';
import { isRecorded } from '../../src/assessment/runs-in.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { emptySettings as settings } from '../../src/settings/settings.ts';
import { memorySource } from '../../src/sources/memory-source.ts';
import type { Source } from '../../src/sources/source.ts';
import { bucketItem } from '../contract-server/items.ts';

const ofBuckets = rules.filter(({ subject }) => subject === 'bucket');
const asking = ofBuckets.filter((rule) => !isRecorded(rule));

const assessment = { settings, now: '2026-06-01T00:00:00.000Z', pack: packOf(rules) };

async function assessed(source: Source, judged = ofBuckets): Promise<readonly Assessed[]> {
  const parametrised = judged.map((rule) => ({ rule, params: parametersOf(rule, settings) }));
  const all: Assessed[] = [];
  for await (const each of assess(source, parametrised, assessment)) all.push(each);
  return all;
}

describe('one record', () => {
  it('is judged whatever types and Regions other records claim', async () => {
    const records = [
      bucketItem('a', { resourceType: 'AWS::S3::Bucket eu-central-1', awsRegion: 'x' }),
      bucketItem('b', { resourceType: 'AWS::S3::Bucket', awsRegion: 'eu-central-1 x' }),
    ];
    const [first, ...more] = await assessed(memorySource(records), ofBuckets.filter(isRecorded));
    expect(first?.item.resourceName).toBe('b');
    expect(more).toEqual([]);
  });

  it('of an account whose services cannot be opened is missing evidence, and costs no other its verdict', async () => {
    const records = ['111122223333', '444455556666', '777788889999'].map((awsAccountId) =>
      bucketItem('a', { awsAccountId, resourceId: awsAccountId }),
    );
    const source = memorySource(records);
    const error = new Error('no session');
    const faulty: Source = {
      ...source,
      services: (account) => {
        if (account === '444455556666') throw error;
        return source.services(account);
      },
    };
    const all = await assessed(faulty, [...asking]);
    expect(all.map(({ item }) => item.account)).toEqual(records.map((each) => each.awsAccountId));
    expect(asking.length).toBeGreaterThan(0);
    expect([...(all[1]?.failures.values() ?? [])]).toEqual(asking.map(() => error));
    for (const { state } of all[1]?.findings ?? []) expect(state).toBe('UNKNOWN');
    for (const { failures } of [all[0], all[2]].flatMap((each) => each ?? [])) {
      expect([...failures.values()]).not.toContain(error);
    }
  });
});
