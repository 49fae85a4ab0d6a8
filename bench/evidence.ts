/**
 * The evidence of a large organization: `npx tsx bench/evidence.ts [accounts] [buckets in each] [folder] [times]`. Judges two days of it
 * into a data set in the folder, unless one is there, repeats that so many times under other account ids, and exports, verifies and
 * judges a bundle again, each in a process of its own.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rules } from '../rules/index.ts';
import { exportCommand } from '../src/cli/evidence/export.ts';
import { rejudgeCommand } from '../src/cli/evidence/rejudge.ts';
import { verifyCommand } from '../src/cli/evidence/verify.ts';
import { judgeDays } from '../src/results/index.ts';
import { loadSettings } from '../src/settings-file/settings-file.ts';
import { accountsLikeProduction, REGION } from './accounts.ts';
import { repeatDataSet } from './repeated.ts';

const NOW = '2026-11-03T12:00:00Z';
const DAYS = [2, 3];
const settingsFile = new URL('../examples/settings.yaml', import.meta.url).pathname;
const io = {
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => new Date(NOW),
} as unknown as Parameters<typeof exportCommand>[2];

/** What each process does, in this order. */
const STEPS = {
  async judge(folder: string, accounts: number, buckets: number) {
    const source = join(folder, 'AWSLogs');
    await mkdir(source, { recursive: true });
    for (const { id, items } of accountsLikeProduction(accounts, buckets)) {
      const body = `{"fileVersion":"1.0","configSnapshotId":"b","configurationItems":[${items}]}`;
      for (const day of DAYS) {
        const name = `${id}_Config_${REGION}_ConfigSnapshot_2026110${day}T060000Z_0b.json.gz`;
        await writeFile(join(source, name), gzipSync(body, { level: 1 }));
      }
    }
    const settings = await loadSettings(settingsFile);
    const period = { from: '2026-11-02', to: '2026-11-03' };
    await judgeDays(join(folder, 'results'), [source], period, { settings, rules });
  },
  async repeat(folder: string, _accounts: number, _buckets: number, times: number) {
    if (times > 1) await repeatDataSet(join(folder, 'results'), times);
  },
  async export(folder: string) {
    const period = { from: '2026-11-02', to: '2026-11-03', now: NOW };
    const output = join(folder, 'bundle');
    await rm(output, { recursive: true, force: true });
    await exportCommand(
      [join(folder, 'results')],
      { ...period, output, settings: settingsFile },
      io,
    );
    let [files, bytes] = [0, 0];
    for (const entry of await readdir(output, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      files++;
      bytes += (await stat(join(entry.parentPath, entry.name))).size;
    }
    process.stdout.write(`${files} files, ${Math.round(bytes / 1e6)} MB\n`);
  },
  verify: (folder: string) => verifyCommand([join(folder, 'bundle')], {}, io),
  rejudge: (folder: string) => rejudgeCommand(join(folder, 'bundle'), io),
} as const;
type Step = keyof typeof STEPS;

const isStep = (text: string | undefined): text is Step => text !== undefined && text in STEPS;

const [first, ...rest] = process.argv.slice(2);
if (isStep(first)) {
  const [folder = '', ...numbers] = rest;
  const started = performance.now();
  const [accounts = 0, buckets = 0, times = 1] = numbers.map(Number);
  await STEPS[first](folder, accounts, buckets, times);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage();
  process.stdout.write(
    `${first}: ${seconds.toFixed(0)} s, ${((user + system) / 1e6).toFixed(0)} s of processor time, ` +
      `${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most\n`,
  );
} else {
  const [accounts = '100', buckets = '100', kept, times = '1'] = process.argv.slice(2);
  const isThere = kept !== undefined && existsSync(join(kept, 'results', 'run'));
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'bench-')));
  for (const step of Object.keys(STEPS)) {
    if (isThere && (step === 'judge' || step === 'repeat')) continue;
    // Ids of what was repeated are not those that records give.
    if (step === 'rejudge' && times !== '1') continue;
    const child = fork(fileURLToPath(import.meta.url), [step, folder, accounts, buckets, times], {
      execArgv: process.execArgv,
    });
    await once(child, 'exit');
  }
  if (kept === undefined) await rm(folder, { recursive: true });
}
