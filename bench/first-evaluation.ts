import { firstEvaluation, rightResults, unknownIn } from '../test/lambda/first-evaluation.ts';

/** Whether the first evaluation of a large account, in simulated time and under throttled queries, ends with every verdict right. */

const [buckets = '10000', queries = '5'] = process.argv.slice(2);
const began = process.cpuUsage();
const found = await firstEvaluation(Number(buckets), Number(queries));
const right = await rightResults(Number(buckets));
const wrong = new Set([...Object.keys(right), ...Object.keys(found.results)]);
for (const [key, result] of Object.entries(right))
  if (found.results[key] === result) wrong.delete(key);
const { user, system } = process.cpuUsage(began);
process.stdout.write(
  `${buckets} buckets, ${queries} queries a second: ${found.changes} changes announced, ${found.refused} queries refused, ` +
    `${found.lostChanges} changes lost, the last attempt after ${found.minutes} minutes; then ` +
    `${unknownIn(found.afterChanges)} of ${Object.keys(found.afterChanges).length} results say that evidence is missing. ` +
    `After the daily runs, of which ${found.lostRuns} were lost: ${Object.keys(right).length} verdicts, ${wrong.size} wrong, ` +
    `${found.older} older than their change. ${Math.round((user + system) / 1e6)} s of processor time.\n`,
);
if (wrong.size + found.older + found.lostRuns > 0) process.exitCode = 1;
