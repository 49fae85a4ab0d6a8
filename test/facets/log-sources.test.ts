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

describe('where logs arrive in a bucket', () => {
  const prefixesOf = (...add: ((inventory: RecordedInventory) => void)[]) => {
    const inventory = new RecordedInventory();
    for (const each of add) each(inventory);
    const place = { resourceName: 'logs', account: '111122223333', region: 'eu-central-1' };
    const reading = inventory.logSources(place);
    return 'value' in reading ? reading.value.map(({ prefixes }) => prefixes) : reading;
  };
  const logging = (name: string, logFilePrefix: string | null) => (inventory: RecordedInventory) =>
    inventory.add(
      unwrap(
        bucketItem(name, {
          supplementaryConfiguration: {
            BucketLoggingConfiguration: { destinationBucketName: 'logs', logFilePrefix },
          },
        }),
      ),
    );
  const trailOf = (configuration: object) => (inventory: RecordedInventory) =>
    inventory.add(
      unwrap(
        bucketItem('main', {
          resourceType: 'AWS::CloudTrail::Trail',
          configuration: { s3BucketName: 'logs', ...configuration },
        }),
      ),
    );
  const channel = (prefix?: string) => (inventory: RecordedInventory) =>
    inventory.addDeliveryChannel('logs', 'default', prefix);

  // AWS CloudTrail User Guide, "Finding your CloudTrail log files"; Amazon S3 User Guide, "Log object key format".
  it.each([
    ['a trail without a prefix', [trailOf({ s3KeyPrefix: null })], [['AWSLogs/']]],
    ['a trail with a prefix', [trailOf({ s3KeyPrefix: 'audit' })], [['audit/AWSLogs/']]],
    ['a trail with a slash at the end', [trailOf({ s3KeyPrefix: 'audit/' })], [['audit/']]],
    [
      'a trail of one account',
      [trailOf({ s3KeyPrefix: 'audit', isOrganizationTrail: false })],
      [['audit/AWSLogs/111122223333/CloudTrail']],
    ],
    ['a trail of an organization', [trailOf({ isOrganizationTrail: true })], [['AWSLogs/']]],
    ['a delivery channel', [channel()], [['AWSLogs/']]],
    ['a delivery channel with a prefix', [channel('config')], [['config/AWSLogs/']]],
    ['access logs with a prefix', [logging('a', 'access-')], [['access-']]],
    ['access logs without a prefix', [logging('a', null)], [['']]],
    ['two prefixes', [logging('a', 'a/'), logging('b', 'b/')], [['a/', 'b/']]],
    ['a prefix within another', [logging('a', 'logs/'), logging('b', 'logs/b/')], [['logs/']]],
    ['a prefix around another', [logging('b', 'logs/b/'), logging('a', 'logs/')], [['logs/']]],
    ['one prefix and none', [logging('b', 'b/'), logging('a', null)], [['']]],
    [
      'three sources of two kinds',
      [trailOf({}), logging('a', 'a/'), channel('config')],
      [['AWSLogs/'], ['a/'], ['config/AWSLogs/']],
    ],
  ])('is known of %s', (_, add, prefixes) => {
    expect(prefixesOf(...add)).toEqual(prefixes);
  });

  it('is one place for very many prefixes', () => {
    const many = Array.from({ length: 1000 }, (_, index) => logging(`b${index}`, `s3/${index}/`));
    const [prefixes = []] = [prefixesOf(...many)].flat() as (readonly string[])[];
    expect(prefixes).toEqual(['s3/']);
  });
});
