/** A run of a large organization into a data set: `npx tsx bench/data-set.ts [accounts] [buckets in each] [rules]`. */
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rules as allRules } from '../rules/index.ts';
import { judgeInto, openDataSet } from '../src/results/index.ts';
import { loadSettings } from '../src/settings-file/settings-file.ts';
import { accountsLikeProduction, REGION } from './accounts.ts';

const [accounts = 100, buckets = 100, most = allRules.length] = process.argv.slice(2).map(Number);
/** The first so many: fewer where only what surrounds them is measured. */
const rules = allRules.filter(({ subject }) => subject === 'bucket').slice(0, most);
const NOW = '2026-11-02T12:00:00.000Z';

const folder = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  const source = join(folder, 'AWSLogs');
  await mkdir(source);
  for (const { id, items } of accountsLikeProduction(accounts, buckets)) {
    const body = `{"fileVersion":"1.0","configSnapshotId":"b","configurationItems":[${items}]}`;
    const name = `${id}_Config_${REGION}_ConfigSnapshot_20261102T060000Z_0b.json.gz`;
    await writeFile(join(source, name), gzipSync(body, { level: 1 }));
  }
  const settings = await loadSettings(
    new URL('../examples/settings.yaml', import.meta.url).pathname,
  );
  const target = join(folder, 'results');
  for (const at of [NOW, NOW.replace('02T', '03T')]) {
    const before = process.cpuUsage();
    const started = performance.now();
    const run = await judgeInto(target, [source], { settings, rules, now: at });
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(before);
    const { maxRSS } = process.resourceUsage();
    process.stdout.write(
      `${run.subjects} subjects, ${run.findings} findings: ${seconds.toFixed(1)} s, ` +
        `${((user + system) / 1e6).toFixed(1)} s of processor time, ` +
        `${Math.round(maxRSS / 1024)} MB at most\n`,
    );
  }
  for (const table of await readdir(target)) {
    const date = join(target, table, 'date=2026-11-02');
    const [file = ''] = await readdir(date);
    process.stdout.write(
      `${table}: ${((await stat(join(date, file))).size / 1e6).toFixed(1)} MB\n`,
    );
  }
  const started = performance.now();
  let rows = 0;
  for await (const _ of (await openDataSet(target)).runs[0]?.rows('findings') ?? []) rows++;
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(`${rows} findings read: ${seconds.toFixed(1)} s\n`);
} finally {
  await rm(folder, { recursive: true });
}
