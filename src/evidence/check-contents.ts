import type { State } from '../engine/finding.ts';
import type { FindingRow } from '../results/index.ts';
import { Malformed } from '../values/json.ts';
import { pathOfAnswer, pathOfItem } from './contents/population.ts';
import { noStates, type States } from './contents/results.ts';
import { faultsInNames } from './expected-files.ts';
import { orderOf } from './period/merge.ts';
import { openBundle } from './read.ts';

/** How many faults of the content are named. */
const NAMED = 100;

/**
 * What does not hold within a bundle whose files are those of its manifest, as sentences: records whose name is not their hash,
 * results without their record, counts that do not add up.
 * @throws an error of the file system.
 */
export async function faultsInContents(folder: string): Promise<readonly string[]> {
  const faults: string[] = [];
  const say = (fault: string) => {
    if (faults.length < NAMED) faults.push(fault);
  };
  try {
    const { manifest, run, results } = await openBundle(folder);
    for (const fault of faultsInNames(manifest.files.map(({ path }) => path))) say(fault);
    const hashes = new Map(manifest.files.map(({ path, sha256 }) => [path, sha256]));
    for (const [path, hash] of hashes) {
      const named = /^(?:items|answers)\/[0-9a-f]{2}\/([0-9a-f]{64})\.json$/.exec(path)?.[1];
      if (named !== undefined && named !== hash)
        say(`${path} is named by another hash than its own.`);
    }
    const counted = new Map<string, States>();
    const judges = new Map(run.rules.map(({ rule, judgedBy }) => [rule, judgedBy]));
    let key = '';
    let ids = new Set<string>();
    const hasRecords = [...hashes.keys()].some((path) => path.startsWith('items/'));
    for await (const row of results()) {
      const states = counted.get(row.rule) ?? noStates();
      if (!(row.state in states)) say(`The result ${row.id} has no state.`);
      states[row.state]++;
      counted.set(row.rule, states);
      if (row.judgedBy !== judges.get(row.rule))
        say(`The result ${row.id} is judged by another than its rule in the run.`);
      const next = orderOf(row);
      // The order is that of the names, which a redacted bundle has not.
      if (hasRecords && next < key) say(`The result ${row.id} is not in order.`);
      if (next !== key) ids = new Set();
      key = next;
      if (ids.has(row.id)) say(`The result ${row.id} stands twice.`);
      ids.add(row.id);
      if (hasRecords)
        for (const path of recordsOf(row))
          if (!hashes.has(path))
            say(`The result ${row.id} is judged from ${path}, which is missing.`);
    }
    const { requirements, rules } = manifest.scope;
    const ran = run.rules.map(({ rule }) => rule);
    for (const rule of counted.keys())
      if (!rules.includes(rule)) say(`${rule} has results, although the bundle is not about it.`);
    for (const rule of run.leftOut ?? [])
      if (ran.includes(rule)) say(`${rule} ran, although the run says that it was left out.`);
    for (const rule of rules)
      if (!ran.includes(rule)) say(`The bundle is about ${rule}, which did not run.`);
    // A bundle about everything may leave out no rule that ran.
    for (const rule of requirements === null ? ran : [])
      if (!rules.includes(rule)) say(`${rule} ran, and the bundle leaves it out.`);
    for (const state of Object.keys(run.states) as State[]) {
      const sum = run.rules.reduce((all, { states }) => all + states[state], 0);
      if (sum !== run.states[state])
        say(`The run counted ${run.states[state]} results that are ${state}, its rules ${sum}.`);
    }
    for (const { rule, subjects, states } of run.rules) {
      if (!rules.includes(rule)) continue;
      const found = counted.get(rule) ?? noStates();
      const sum = Object.values(found).reduce((a, b) => a + b, 0);
      if (sum !== subjects) say(`${rule}: there are ${sum} results for ${subjects} resources.`);
      for (const [state, count] of Object.entries(states)) {
        const seen = found[state as State];
        if (seen !== count)
          say(`${rule}: ${seen} results are ${state}, and the run counted ${count}.`);
      }
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    say(`${error.message}.`);
  }
  return faults;
}

const recordsOf = ({ itemHash, answerHashes }: FindingRow): readonly string[] => {
  const item = pathOfItem(itemHash);
  return [...(item === null ? [] : [item]), ...answerHashes.map(pathOfAnswer)];
};
