import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigSnapshot } from '../../src/sources/files/config-snapshot.ts';
import { TemporaryFolder } from './temporary-folder.ts';

const BUCKETS = new Set(['AWS::S3::Bucket']);
const NAMES = ['one', 'two', 'logs', 'far'] as const;

const item = (resourceType: string, name: string, more: object = {}) => ({
  ...{ resourceType, resourceId: name, resourceName: name, awsAccountId: '123456789012' },
  ...{ awsRegion: 'eu-west-1', configurationItemStatus: 'OK' },
  ...{ configurationItemCaptureTime: '2026-01-01T00:00:00.000Z', configuration: {}, ...more },
});

const bucket = fc
  .record({
    name: fc.constantFrom(...NAMES),
    target: fc.constantFrom(null, ...NAMES),
    isLog: fc.boolean(),
  })
  .map(({ name, target, isLog }) => {
    const text = isLog
      ? '{"Statement":[{"Principal":{"Service":"logging.s3.amazonaws.com"}}]}'
      : '{}';
    const supplementaryConfiguration = {
      BucketLoggingConfiguration: { destinationBucketName: target, logFilePrefix: null },
      BucketPolicy: { policyText: text },
    };
    return item('AWS::S3::Bucket', name, { supplementaryConfiguration });
  });
const other = fc.constantFrom<object>(
  item('AWS::EC2::Instance', 'i-1'),
  item('AWS::EC2::Instance', 'i-2', { configuration: [item('AWS::S3::Bucket', 'inner')] }),
  item('AWS::EC2::Volume', 'undated', { configurationItemCaptureTime: null }),
  item('AWS::EC2::Volume', 'bad', { awsAccountId: 'nobody' }),
);

/** What is read of a file: the buckets, what is known of those that others name, and what is said of damage. */
async function readOf(file: string, types: ReadonlySet<string> | undefined) {
  const said: string[] = [];
  const complain = (sentence: string) => {
    // Two records of something that no rule reads may contradict each other.
    if (!sentence.startsWith('There are several records')) said.push(sentence);
  };
  const source = await new ConfigSnapshot([file]).open({
    namesBuckets: true,
    complain,
    ...(types && { types }),
  });
  const items: unknown[] = [];
  for await (const each of source.items()) {
    if (each.resourceType === 'AWS::S3::Bucket') items.push([each, source.originOf?.(each)?.text]);
  }
  return { items, said, neighbours: NAMES.map((name) => source.inventory.neighbour(name)) };
}

const folder = new TemporaryFolder();

describe('records that nobody needs', () => {
  it('are passed over, and change nothing of what is said of the others and of damage', async () => {
    const records = fc.array(fc.oneof(bucket, other), { maxLength: 12 });
    const damage = fc.option(
      fc.record({ at: fc.nat(6000), byte: fc.constantFrom('', '}', '"', '\u0001') }),
    );
    await fc.assert(
      fc.asyncProperty(records, damage, fc.constantFrom(0, 1), async (all, cut, space) => {
        const whole = JSON.stringify({ configurationItems: all, nextToken: 'more' }, null, space);
        const text = cut ? whole.slice(0, cut.at) + cut.byte + whole.slice(cut.at + 1) : whole;
        const file = await folder.put('snapshot.json', text);
        expect(await readOf(file, BUCKETS)).toEqual(await readOf(file, undefined));
      }),
      { numRuns: 40 },
    );
  });
});
