/**
 * Fails when the command line has lost more than a quarter of its share of the floor's speed: `npm run bench:check`. With --record it
 * writes the shares of today to bench/shares.json. The best of several rounds is compared, since other work only takes away.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { inTurn, type Usage } from './measure.ts';
import { buildPrograms, data, floorOn, judging, TEN_RULES } from './variants.ts';

const file = new URL('shares.json', import.meta.url);
const ROUNDS = 5;
const LEAST = 0.75;

const built = await buildPrograms();
const typical = await data('check', { buckets: 3000, modules: 0.9 });
const usages = inTurn(
  {
    floor: () => floorOn(built, typical),
    table: () => judging(built, typical, 'table'),
    ndjson: () => judging(built, typical, 'ndjson'),
    ten: () => judging(built, typical, 'ndjson', TEN_RULES),
  },
  ROUNDS,
);
const best = (runs: readonly Usage[]) => Math.min(...runs.map(({ cpu }) => cpu));
const { floor, ...variants } = usages;
const shares = Object.fromEntries(
  Object.entries(variants).map(([name, runs]) => [name, best(floor) / best(runs)]),
);
if (process.argv.includes('--record')) {
  await writeFile(file, `${JSON.stringify(shares, null, 2)}\n`);
} else {
  const recorded: Readonly<Record<string, number>> = JSON.parse(await readFile(file, 'utf8'));
  for (const [name, before] of Object.entries(recorded)) {
    const share = shares[name] ?? 0;
    const isSlow = share < LEAST * before;
    process.stdout.write(
      `${name}: ${share.toFixed(3)} of the floor, recorded ${before.toFixed(3)}${isSlow ? ': TOO SLOW' : ''}\n`,
    );
    if (isSlow) process.exitCode = 1;
  }
}
