import type { AddressInfo } from 'node:net';
import { availableParallelism, loadavg } from 'node:os';
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

/** Marks the end of the frame in which the headline of the overview is there, and that of the grid of accounts. */
const script = `
  for (const [name, selector] of [['headline', '.headline h1'], ['grid', '.grid .cell']]) {
    const observer = new MutationObserver(() => {
      if (!document.querySelector(selector)) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => performance.mark(name)));
    });
    observer.observe(document, { childList: true, subtree: true });
  }`;
const load = () => `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} CPUs`;
const spread = (times: readonly number[]) =>
  `${median(times).toFixed(0).padStart(6)} ms (${times.map((time) => time.toFixed(0)).join(', ')})`;

const marks: Record<string, number[]> = { headline: [], grid: [] };
for (let round = 0; round < ROUNDS; round++) {
  const { page, close } = await open(folder, '#/', { origin, script });
  await page.waitForFunction(() => performance.getEntriesByName('grid').length > 0);
  for (const [name, times] of Object.entries(marks)) {
    times.push(
      await page.evaluate((mark) => performance.getEntriesByName(mark)[0]?.startTime ?? 0, name),
    );
  }
  await close();
}
print(load());
print(`overview painted       ${spread(marks['headline'] ?? [])}`);
print(`grid painted           ${spread(marks['grid'] ?? [])}`);

const { page, close } = await open(folder, '#/findings?all=1', { origin, script: '' });
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
print(load());
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
