import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { jsonItems } from '../../src/sources/json/items.ts';

const MB = 1024 * 1024;
const SIZE = 150 * MB;

async function* snapshot(): AsyncGenerator<Buffer> {
  const filler = 'x'.repeat(100);
  const list = Array.from({ length: 40 }, (_, key) => ({ key, filler }));
  const item = JSON.stringify({ relatedEvents: [], resourceType: 'AWS::S3::Bucket', list });
  const chunk = Buffer.from(`${`${item},`.repeat(50)}`);
  yield Buffer.from('{"fileVersion":"1.0","configurationItems":[');
  for (let sent = 0; sent < SIZE; sent += chunk.length) yield chunk;
  yield Buffer.from(`${item}]}`);
}

/** What is still held once garbage is collected: how much of that lies about depends on the version of Node and on the tests before. */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function held(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

it('holds a few MB of a snapshot of 150 MB', async () => {
  const before = held();
  let peak = 0;
  let count = 0;
  for await (const item of jsonItems(snapshot())) {
    count += 1;
    if (count % 4000 === 0 && item['resourceType'] !== undefined) peak = Math.max(peak, held());
  }
  expect(count).toBeGreaterThan(25_000);
  expect(peak).toBeGreaterThan(0);
  expect(peak - before).toBeLessThan(16 * MB);
});
