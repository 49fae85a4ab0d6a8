import { expect, it } from 'vitest';
import { memorySource } from '../../src/sources/memory-source.ts';
import { bucketItem } from '../contract-server/items.ts';

const account = '111122223333';
const answer = (more: object, from = account) => ({
  ...{ operation: 'DescribeDeliveryChannels', account: from, region: 'eu-central-1', input: {} },
  ...more,
});
const channels = (...list: readonly unknown[]) => ({ output: { DeliveryChannels: list } });

/** What is known of who writes logs into the bucket "logs". */
async function sourcesOf(...answers: readonly object[]) {
  const source = memorySource([bucketItem('logs'), ...answers]);
  for await (const item of source.items()) return source.inventory.logSources(item);
  throw new Error('There is no item.');
}
const role = (because: string, prefixes: readonly string[]) => ({
  value: [{ role: 'config-delivery', because, prefixes }],
});
const said = 'delivery channel default writes to it';

it.each([
  ['nothing', [], { value: [] }],
  ['a Region without a channel', [answer(channels())], { value: [] }],
  [
    'a channel',
    [answer(channels({ name: 'default', s3BucketName: 'logs' }))],
    role(said, ['AWSLogs/']),
  ],
  [
    'a channel with a prefix, of another account',
    [answer(channels({ name: 'c', s3BucketName: 'logs', s3KeyPrefix: 'config' }), '444455556666')],
    role('delivery channel c writes to it', ['config/AWSLogs/']),
  ],
  [
    'a channel without a name',
    [answer(channels({ s3BucketName: 'logs' }))],
    role(said, ['AWSLogs/']),
  ],
  ['a channel to another bucket', [answer(channels({ s3BucketName: 'others' }))], { value: [] }],
  [
    'a refusal',
    [answer({ error: 'AccessDeniedException' })],
    { unavailable: expect.any(String), action: 'config:DescribeDeliveryChannels' },
  ],
  [
    'another error',
    [answer({ error: 'InternalFailure' })],
    { unavailable: expect.stringContaining('InternalFailure') },
  ],
  [
    'answers that contradict each other',
    [answer(channels()), answer(channels({ s3BucketName: 'logs' }))],
    { unavailable: expect.stringContaining('contradict') },
  ],
  [
    'an answer without its list',
    [answer({ output: {} })],
    { unavailable: expect.stringContaining('has no list DeliveryChannels') },
  ],
  [
    'a channel that cannot be read',
    [answer(channels({ s3BucketName: ['logs'] }))],
    { unavailable: expect.stringContaining('s3BucketName') },
  ],
  [
    'no channel but a text',
    [answer(channels('logs'))],
    { unavailable: expect.stringContaining('DeliveryChannels') },
  ],
  [
    'a refusal of another account',
    [answer({ error: 'AccessDenied' }, '444455556666')],
    { value: [] },
  ],
])('%s', async (_, answers, expected) => {
  const { value, ...unread } = (await sourcesOf(...answers)) as { value?: readonly object[] };
  if ('value' in expected) expect(value).toMatchObject(expected.value);
  else expect(unread).toMatchObject(expected);
});
