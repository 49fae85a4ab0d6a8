/** Everything that is measured, in one table: `npm run bench [-- --buckets 10000 --rounds 3]`. docs/performance.md explains it. */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { inTurn, medianOf, type Usage, usageOf } from './measure.ts';
import { buildPrograms, data, floorOn, judging, oneBucket, TEN_RULES } from './variants.ts';

const { values } = parseArgs({
  options: {
    buckets: { type: 'string', default: '10000' },
    modules: { type: 'string', default: '0.9' },
    rounds: { type: 'string', default: '3' },
  },
});
const buckets = Number(values.buckets);
const rounds = Number(values.rounds);
const modules = Number(values.modules);

const write = (text: string) => process.stdout.write(`${text}\n`);
const row = (cells: readonly string[]) =>
  write(cells.map((cell, n) => (n === 0 ? cell.padEnd(44) : cell.padStart(10))).join(' '));

function report(
  title: string,
  records: number,
  usages: Readonly<Record<string, readonly Usage[]>>,
) {
  write(`\n${title}`);
  row(['', 'CPU s', 'of floor', 'x floor', 'per CPU s', 'MB']);
  const floor = medianOf(usages['floor'] ?? []).cpu;
  for (const [name, runs] of Object.entries(usages)) {
    const { cpu, megabytes } = medianOf(runs);
    const share = (floor / cpu).toFixed(3);
    const perSecond = Math.round(records / cpu).toString();
    row([name, cpu.toFixed(2), share, (cpu / floor).toFixed(2), perSecond, megabytes.toFixed(0)]);
  }
}

const built = await buildPrograms();
const typical = await data('modules', { buckets, modules });
report(
  `${buckets} buckets, ${modules * 100} % with settings of modules`,
  buckets,
  inTurn(
    {
      floor: () => floorOn(built, typical),
      'all rules, table': () => judging(built, typical, 'table'),
      'all rules, ndjson': () => judging(built, typical, 'ndjson'),
      'ten rules, ndjson': () => judging(built, typical, 'ndjson', TEN_RULES),
      'one rule, ndjson': () => judging(built, typical, 'ndjson', 's3-block-public-access-bucket'),
    },
    rounds,
  ),
);

const unique = await data('unique', { buckets, modules: 0 });
report(
  `${buckets} buckets, every policy unique`,
  buckets,
  inTurn(
    {
      floor: () => floorOn(built, unique),
      'all rules, ndjson': () => judging(built, unique, 'ndjson'),
    },
    rounds,
  ),
);

const mixed = await data('mixed', { buckets: buckets / 5, modules, others: 9 });
report(
  `${buckets / 5} buckets among ${(buckets / 5) * 9} records of other types`,
  buckets / 5,
  inTurn(
    {
      floor: () => floorOn(built, mixed),
      'all rules, ndjson': () => judging(built, mixed, 'ndjson'),
      'one rule, ndjson': () => judging(built, mixed, 'ndjson', 's3-block-public-access-bucket'),
    },
    rounds,
  ),
);

const one = await oneBucket(typical);
write('\nStart of the command line');
row(['', 'CPU ms', 'x empty', 'wall ms', 'x empty', 'MB']);
const starts = inTurn(
  {
    'empty node process': () => usageOf(['--eval', '0']),
    '--help': () => usageOf([built.cli, '--help']),
    'first verdict': () => usageOf([built.cli, 'evaluate', one.file, '--rules', 's3-tls-only']),
    'first verdict, with settings': () => judging(built, one, 'table', 's3-tls-only'),
  },
  rounds * 5,
);
const empty = medianOf(starts['empty node process']);
for (const [name, runs] of Object.entries(starts)) {
  const { cpu, wall, megabytes } = medianOf(runs);
  const [ms, wallMs] = [cpu * 1000, wall * 1000].map((each) => each.toFixed(0));
  const [times, wallTimes] = [cpu / empty.cpu, wall / empty.wall].map((each) => each.toFixed(2));
  row([name, ms ?? '', times ?? '', wallMs ?? '', wallTimes ?? '', megabytes.toFixed(0)]);
}

write('\nA further rule, beyond its body');
execFileSync(process.execPath, ['--import', 'tsx', 'bench/further-rule.ts', values.buckets], {
  stdio: 'inherit',
});

if (process.env['RIC_ENTRY'] === undefined)
  write(
    '\nLambda: not measured, because RIC_ENTRY does not name an aws-lambda-ric (bench/runtime.ts).',
  );
else await import('./runtime.ts');
