import { parentPort, workerData } from 'node:worker_threads';
import { rules as allRules } from '../../../rules/index.ts';
import { assessItem } from '../../assessment/assess-item.ts';
import { JudgesByPlace } from '../../assessment/judges.ts';
import { packOf } from '../../assessment/pack-of.ts';
import { runsIn } from '../../assessment/runs-in.ts';
import { bucketMemory } from '../../assessment/seen.ts';
import { Sharing, type Told } from '../../engine/finding.ts';
import { parametersOf } from '../../engine/parameters.ts';
import { unwrap } from '../../records/normalise.ts';
import { ConfigSnapshot } from '../../sources/files/config-snapshot.ts';
import { STAND_IN } from '../../values/stand-in.ts';
import { NEEDED_TYPES } from '../evaluate/needed-types.ts';
import type { WorkerAnswer, WorkerTask } from './task.ts';

/** Bounds what both threads remember of what was told. */
const MOST_TOLD = 5000;

type Judge = (text: string) => Promise<readonly Told[] | null>;

/** The other side of `Workers`: reads what the records say of one another, and judges those that it is given, in their order. */
export function work(): void {
  const task = workerData as WorkerTask;
  const ids = new Map<Told, number>();
  let last: Promise<unknown> = judgeOf(task);
  const judging = last as Promise<Judge>;
  parentPort?.on('message', (texts: readonly string[]) => {
    // What goes wrong here ends the thread, which the main thread is told.
    last = last.then(async () => {
      parentPort?.postMessage(await answerTo(texts, await judging, ids, task.standIn));
    });
  });
}

async function answerTo(
  texts: readonly string[],
  judge: Judge,
  ids: Map<Told, number>,
  standIn: string,
): Promise<WorkerAnswer> {
  const isFresh = ids.size >= MOST_TOLD;
  if (isFresh) ids.clear();
  const told: string[] = [];
  const found: (readonly number[] | null)[] = [];
  for (const text of texts) {
    const judged = await judge(text);
    const refs = judged?.map((each) => {
      const known = ids.get(each);
      if (known !== undefined) return known;
      ids.set(each, ids.size);
      const json = JSON.stringify(each);
      told.push(each.isNamed ? json.replaceAll(STAND_IN, standIn) : json);
      return ids.size - 1;
    });
    found.push(refs ?? null);
  }
  return { isFresh, told: `[${told}]`, found };
}

async function judgeOf(task: WorkerTask): Promise<Judge> {
  const { settings, now } = task;
  const { homeRegions } = settings.organization;
  const rules = allRules.filter(({ id }) => task.rules.includes(id));
  const parametrised = rules.map((rule) => ({ rule, params: parametersOf(rule, settings) }));
  const assessment = {
    ...{ settings, now, pack: packOf(allRules), memory: bucketMemory },
    applies: (rule: (typeof rules)[number], { region }: { readonly region: string }) =>
      runsIn(rule, region, homeRegions),
  };
  const source = await new ConfigSnapshot(task.paths).open({
    ...{ namesBuckets: task.namesBuckets, types: NEEDED_TYPES, complain: () => {} },
  });
  const places = new JudgesByPlace(parametrised, assessment);
  return async (text) => {
    const item = unwrap(JSON.parse(text));
    const around = { source, assessment, error: undefined };
    const { findings, failures } = await assessItem(item, places.of(item), around);
    const told = findings.map((finding) => Sharing.toldOf(finding));
    const isWhole = failures.size === 0 && told.every((each) => each !== undefined);
    return isWhole ? (told as Told[]) : null;
  };
}
