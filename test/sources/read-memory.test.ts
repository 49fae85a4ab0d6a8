import { expect, it } from 'vitest';
import { jsonItems } from '../../src/sources/json-items.ts';

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

it('holds a few MB of a snapshot of 150 MB', { timeout: 30_000 }, async () => {
  const used = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const before = used();
  let peak = 0;
  let count = 0;
  for await (const item of jsonItems(snapshot())) {
    count += 1;
    if (count % 200 === 0 && item['resourceType'] !== undefined) peak = Math.max(peak, used());
  }
  expect(count).toBeGreaterThan(25_000);
  // Garbage that is not collected yet is part of it: a reader that keeps things has over 150 MB.
  expect(peak - before).toBeLessThan(64 * MB);
});
