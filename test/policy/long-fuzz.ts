/**
 * The differential test at length: npx tsx test/policy/long-fuzz.ts --cases 1000000 [--seed N]
 * The policy with index n has seed N + n: --cases 1 --seed <seed> repeats one and prints it.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { add, examine, type Outcome } from './differential.ts';
import { randomCase } from './random.ts';

interface Report {
  readonly counts: Readonly<Record<string, number>>;
  readonly unsound: readonly string[];
}

function run(start: number, cases: number, step: number): Report {
  const counts: Record<string, number> = {};
  const unsound: string[] = [];
  for (let seed = start; seed < start + cases; seed += step) {
    let outcome: Outcome;
    try {
      outcome = examine(randomCase(seed));
    } catch (error) {
      unsound.push(`seed ${seed}: ${error}`);
      continue;
    }
    add(counts, outcome.counts);
    unsound.push(...outcome.unsound.map((what) => `seed ${seed}: ${what}`));
  }
  return { counts, unsound };
}

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    part: { type: 'string' },
  },
});
const [cases, seed] = [Number(values.cases), Number(values.seed)];
const workers = cases < 1000 ? 1 : availableParallelism();

if (values.part !== undefined) {
  process.send?.(run(seed + Number(values.part), cases - Number(values.part), workers));
} else {
  process.stdout.write(`${cases} policies from seed ${seed}\n`);
  if (cases === 1) process.stdout.write(`${JSON.stringify(randomCase(seed), null, 2)}\n`);
  const reports = await Promise.all(
    Array.from({ length: workers }, (_, part) => {
      const options = ['--cases', String(cases), '--seed', String(seed), '--part', String(part)];
      const child = fork(import.meta.filename, options);
      return new Promise<Report>((resolve, reject) => {
        child.once('message', (report) => resolve(report as Report));
        child.once('exit', (code) => reject(new Error(`a part ended with ${code}`)));
      });
    }),
  );
  const counts: Record<string, number> = {};
  for (const report of reports) add(counts, report.counts);
  const stricter = Object.entries(counts).filter(([what]) => what.startsWith('stricter'));
  add(counts, { 'stricter in all': stricter.reduce((sum, [, n]) => sum + n, 0) });
  const unsound = reports.flatMap((report) => report.unsound);
  const all = counts['grants called open'] ?? 0;
  for (const [what, n] of Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const share = /^(stricter|witness)/.test(what)
      ? `  ${((100 * n) / all).toFixed(2)} % of open`
      : '';
    process.stdout.write(`${String(n).padStart(9)}  ${what}${share}\n`);
  }
  process.stdout.write(`${String(unsound.length).padStart(9)}  unsound\n`);
  for (const line of unsound.slice(0, 10)) process.stdout.write(`${line}\n`);
  process.exitCode = unsound.length === 0 ? 0 : 1;
}
