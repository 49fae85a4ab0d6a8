/** What one more rule costs beyond its body, for each bucket: `npx tsx bench/further-rule.ts [buckets] [copies]`. */

import blockPublicAccess from '../rules/s3-block-public-access-bucket.ts';
import { assess } from '../src/assessment/assess.ts';
import { packOf } from '../src/assessment/pack-of.ts';
import { bucketMemory } from '../src/assessment/seen.ts';
import { parametersOf } from '../src/engine/parameters.ts';
import type { Rule } from '../src/engine/rule.ts';
import { SharedLines } from '../src/formats/shared-lines.ts';
import { Summary } from '../src/formats/summary.ts';
import { emptySettings } from '../src/settings/settings.ts';
import { memorySource } from '../src/sources/memory-source.ts';
import { bucketOf } from './snapshot/bucket.ts';
import { Random } from './snapshot/random.ts';

const [buckets = 10_000, copies = 40] = process.argv.slice(2).map(Number);
const ROUNDS = 9;

const random = new Random();
const records = Array.from({ length: buckets }, (_, n) => bucketOf(n, { modules: 0.9 }, random));
const source = memorySource(records);

/** Asks nothing and always says the same, so that what is measured is everything but the rule. */
const plain = (id: string): Rule => ({
  ...blockPublicAccess,
  id,
  reads: [],
  evaluate: () => ({ verdict: 'COMPLIANT', messageId: 'bucketOn', message: 'All is well.' }),
});

/** Microseconds of processor time to judge and count all buckets by so many rules, and to make a line of each finding. */
async function judging(count: number, isWritten: boolean): Promise<number> {
  const rules = Array.from({ length: count }, (_, n) => plain(`s3-rule-${n}`));
  const parametrised = rules.map((rule) => ({ rule, params: parametersOf(rule, emptySettings) }));
  const summary = new Summary();
  const lines = new SharedLines((finding) => finding);
  let written = 0;
  const before = process.cpuUsage();
  const assessment = { settings: emptySettings, now: '2026-11-02T12:00:00Z', pack: packOf(rules) };
  for await (const { findings } of assess(source, parametrised, {
    ...assessment,
    memory: bucketMemory,
  }))
    for (const finding of findings) {
      summary.add(finding);
      if (isWritten) written += Buffer.byteLength(lines.lineOf(finding));
    }
  const { user, system } = process.cpuUsage(before);
  if (summary.total.PASS !== count * buckets || isWritten !== written > 0)
    throw new Error('Not every bucket was judged.');
  return user + system;
}

for (const isWritten of [false, true]) {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const one = await judging(1, isWritten);
    const many = await judging(1 + copies, isWritten);
    times.push((many - one) / copies / buckets);
  }
  times.sort((a, b) => a - b);
  const [least, median, most] = [0, Math.floor(ROUNDS / 2), ROUNDS - 1].map((at) =>
    times[at]?.toFixed(2),
  );
  const what = isWritten ? 'with its line of NDJSON' : 'counted';
  process.stdout.write(`${median} µs a bucket and rule, ${what} (${least} to ${most})\n`);
}
