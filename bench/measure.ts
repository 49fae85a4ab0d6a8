import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

/** What one process used: seconds of processor time in all its threads, seconds that passed, and the most memory. */
export interface Usage {
  readonly cpu: number;
  readonly wall: number;
  readonly megabytes: number;
}

const PRELOAD = fileURLToPath(new URL('usage.mjs', import.meta.url));

/** Runs node with these arguments, its output thrown away. @throws Error when it ends with another code than these. */
export function usageOf(
  args: readonly string[],
  codes: readonly number[] = [0, 1, 4],
  env: Readonly<Record<string, string>> = {},
): Usage {
  const folder = mkdtempSync(join(tmpdir(), 'bench-usage-'));
  const file = join(folder, 'usage.json');
  try {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['--import', PRELOAD, ...args], {
      env: { ...process.env, ...env, BENCH_USAGE: file },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const wall = (performance.now() - start) / 1000;
    if (status === null || !codes.includes(status)) {
      throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
    }
    return { ...JSON.parse(readFileSync(file, 'utf8')), wall };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const middle = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The median of each number over the rounds; of memory the most. */
export const medianOf = (usages: readonly Usage[]): Usage => ({
  cpu: middle(usages.map(({ cpu }) => cpu)),
  wall: middle(usages.map(({ wall }) => wall)),
  megabytes: Math.max(...usages.map(({ megabytes }) => megabytes)),
});

/**
 * Measures variants in turn, so that what else the machine does weighs on all of them alike.
 * @param variants by name; each runs once in each round.
 */
export function inTurn<Name extends string>(
  variants: Readonly<Record<Name, () => Usage>>,
  rounds: number,
): Readonly<Record<Name, readonly Usage[]>> {
  const names = Object.keys(variants) as Name[];
  const usages = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Usage[]
  >;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) usages[name].push(variants[name]());
  }
  return usages;
}
