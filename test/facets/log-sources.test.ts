import { describe, expect, it } from 'vitest';
import { unwrap } from '../../src/records/normalise.ts';
import { RecordedInventory } from '../../src/sources/recorded-inventory.ts';
import { bucketItem } from '../contract-server/items.ts';

const source = bucketItem('source', {
  supplementaryConfiguration: {
    BucketLoggingConfiguration: { destinationBucketName: 'logs', logFilePrefix: null },
  },
});
const trail = bucketItem('main', {
  resourceType: 'AWS::CloudTrail::Trail',
  awsAccountId: '444455556666',
  awsRegion: 'us-east-1',
  configuration: { name: 'main', s3BucketName: 'logs' },
});

describe('who delivers logs into a bucket', () => {
  const inventory = new RecordedInventory();
  for (const item of [source, trail]) inventory.add(unwrap(item));
  const rolesOf = (parts: object) => {
    const reading = inventory.logSources({
      resourceName: 'logs',
      account: '111122223333',
      region: 'eu-central-1',
      ...parts,
    });
    return 'value' in reading ? reading.value.map(({ role }) => role) : reading;
  };

  it('are buckets of its own account and Region, and trails of any', () => {
    expect(rolesOf({})).toEqual(['access-log-target', 'trail-target']);
  });

  it.each([
    { account: '999988887777' },
    { region: 'us-east-1' },
  ])('are never buckets of elsewhere, whatever they name: %j', (elsewhere) => {
    expect(rolesOf(elsewhere)).toEqual(['trail-target']);
  });

  it('are none for a bucket that nobody names', () => {
    expect(rolesOf({ resourceName: 'source' })).toEqual([]);
  });
});
