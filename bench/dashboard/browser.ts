import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { folderReader } from '../../src/dashboard/serving/places.ts';
import { serve } from '../../src/dashboard/serving/serve.ts';
import { closeBrowser, open } from '../../test/browser/browser.ts';

/**
 * npm run bench:dashboard-browser -- [folder]: what a person waits for in Chromium, on the dashboard that bench:dashboard wrote.
 * Times are medians in milliseconds, from the input to the frame that shows its effect.
 */
const folder = process.argv[2] ?? join('dist', 'bench-dashboard');
const ROUNDS = 5;
const median = (numbers: readonly number[]) =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const print = (text: string) => process.stdout.write(`${text}\n`);

const server = await serve(folderReader(folder), 0);
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const paints: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const { page, close } = await open(folder, '#/', { origin });
  paints.push(
    await page.evaluate(() => {
      const [first] = performance.getEntriesByName('headline');
      return (
        first?.startTime ??
        performance.getEntriesByName('first-contentful-paint')[0]?.startTime ??
        Number.NaN
      );
    }),
  );
  await close();
}
print(`overview painted       ${median(paints).toFixed(0).padStart(6)} ms`);

const { page, close } = await open(folder, '#/findings?all=1', { origin });
await page.waitForSelector('.frow');
/** Changes the address as a click on a filter does, and waits for the frame after it. */
const filter = (query: string) =>
  page.evaluate(async (hash) => {
    const start = performance.now();
    history.pushState(null, '', hash);
    dispatchEvent(new Event('popstate'));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - start;
  }, `#/findings?${query}`);
const QUERIES = [
  'all=1',
  'state=FAIL',
  'state=FAIL&severity=critical',
  'region=us-east-1',
  'tag=Team%3Dclaims',
  'q=claims+exports',
  'framework=hipaa&strength=primary',
  'ou=ou-exa1-production&state=FAIL',
  'rule=s3-tls-only',
  'state=FAIL&sort=name',
  'state=FAIL&sort=region-down',
];
const all: number[] = [];
for (const query of QUERIES) {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await filter(query));
  all.push(median(times));
  print(`filter ${query.padEnd(36)} ${median(times).toFixed(0).padStart(6)} ms`);
}
print(`filter, median         ${median(all).toFixed(0).padStart(6)} ms`);
const session = await page.context().newCDPSession(page);
await session.send('HeapProfiler.collectGarbage');
const heap = (await session.send('Runtime.getHeapUsage')) as {
  usedSize: number;
  embedderHeapUsedSize?: number;
  backingStorageSize?: number;
};
const bytes = heap.usedSize + (heap.embedderHeapUsedSize ?? 0) + (heap.backingStorageSize ?? 0);
print(`memory of the page     ${(bytes / 1e6).toFixed(0).padStart(6)} MB`);
await close();
await closeBrowser();
server.close();
