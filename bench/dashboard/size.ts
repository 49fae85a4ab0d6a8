import { readdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rules } from '../../rules/index.ts';
import { pageCode } from '../../src/dashboard/page-code.ts';
import { writeDashboard } from '../../src/dashboard/write.ts';
import { organization } from '../../test/dashboard/make/organization.ts';

/**
 * npm run bench:dashboard -- [accounts] [buckets of each] [folder] [--evidence]: writes the dashboard of an organization that does not
 * exist and prints what it took and what a browser fetches before anyone drills down. With evidence, the raw records are kept, and each
 * open finding is judged again for the change to paste.
 */
const [accounts = 1000, buckets = 100] = process.argv.slice(2, 4).map(Number);
const output = process.argv[4] ?? join('dist', 'bench-dashboard');
await rm(output, { recursive: true, force: true });
const data = organization({ accounts, buckets, withEvidence: process.argv.includes('--evidence') });
const [start, before] = [performance.now(), process.cpuUsage()];
await writeDashboard(data, {
  output,
  title: 'Benchmark',
  isSingle: false,
  rules,
  code: await pageCode(),
});
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(before);
const size = (path: string) => statSync(path).size;
const run = join(output, 'data', 'runs', readdirSync(join(output, 'data', 'runs'))[0] ?? '');
const packed = (name: string) => gzipSync(readFileSync(join(output, name))).length;
const first = [
  ['script', packed('page.js')],
  ['style', packed('style.css')],
  ['index', size(join(output, 'data', 'index.json.gz'))],
  ['subjects', size(join(run, 'subjects.json.gz'))],
  ['outcomes', size(join(run, 'outcomes.bin.gz'))],
] as const;
const details = readdirSync(join(run, 'detail')).map((name) => size(join(run, 'detail', name)));
const print = (text: string) => process.stdout.write(`${text}\n`);
const { subjects, findings, states } = data.run;
print(`${subjects} resources in ${accounts} accounts, ${rules.length} rules`);
print(`${findings} findings, of which ${states.FAIL} fail`);
for (const [name, bytes] of first)
  print(`${name.padEnd(10)} ${(bytes / 1000).toFixed(0).padStart(7)} KB gzipped`);
print(
  `together   ${(first.reduce((sum, [, bytes]) => sum + bytes, 0) / 1000).toFixed(0).padStart(7)} KB before drill-down`,
);
print(
  `details    ${(Math.max(...details) / 1000).toFixed(0).padStart(7)} KB at most, of ${details.length} files`,
);
const memory = process.resourceUsage().maxRSS / 1000;
print(
  `written in ${seconds.toFixed(0)} s, ${((user + system) / 1e6).toFixed(0)} s of processor time`,
);
print(`${memory.toFixed(0)} MB of memory at most`);
