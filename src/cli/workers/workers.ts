import { Worker } from 'node:worker_threads';
import { assessItem } from '../../assessment/assess-item.ts';
import type { Assessed, Assessment, ParametrisedRule } from '../../assessment/assessment.ts';
import { type Judges, JudgesByPlace } from '../../assessment/judges.ts';
import { identityOf } from '../../assessment/subject.ts';
import { type Told, toldBy } from '../../engine/finding.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import type { Source } from '../../sources/source.ts';
import { STAND_IN } from '../../values/stand-in.ts';
import type { WorkerAnswer, WorkerTask } from './task.ts';

/** Records that a worker is given at a time, and how many such heaps may be under way for each worker. */
const AT_ONCE = 64;
const UNDER_WAY = 3;

const NONE: ReadonlyMap<never, never> = new Map<never, never>();

type Heard = readonly (readonly Told[] | null)[];

interface Heap {
  readonly records: readonly { readonly item: ConfigurationItem; readonly judges: Judges }[];
  readonly heard: Promise<Heard>;
}

/**
 * Judges in threads beside this one, which reads, and makes findings of what they decide. The findings are those of `assess`, in the
 * same order. What has to be judged by itself, such as under a waiver, is judged here.
 */
export class Workers {
  readonly #hands: readonly Hand[];

  /** @param entry the program, which begins to work where it finds itself in a worker. */
  constructor(entry: URL, count: number, task: Omit<WorkerTask, 'standIn'>) {
    this.#hands = Array.from(
      { length: count },
      () => new Hand(entry, { ...task, standIn: STAND_IN }),
    );
  }

  /** @throws what the source throws, after all records that it gave, and Error when a worker is lost. */
  async *assess(
    source: Source,
    rules: readonly ParametrisedRule[],
    assessment: Assessment,
  ): AsyncGenerator<Assessed> {
    const places = new JudgesByPlace(rules, assessment);
    const heaps: Heap[] = [];
    const errors: unknown[] = [];
    let records: Heap['records'][number][] = [];
    let sent = 0;
    const send = () => {
      const texts = records.map(({ item }) => source.originOf?.(item)?.text ?? '');
      const hand = this.#hands[sent++ % this.#hands.length];
      if (hand === undefined) throw new Error('There is no worker.');
      heaps.push({ records, heard: hand.judge(texts) });
      records = [];
    };
    const assessed = async (heap: Heap) => {
      const heard = await heap.heard;
      return Promise.all(
        heap.records.map(
          ({ item, judges }, index) =>
            assessedBy(heard[index] ?? null, item) ??
            assessItem(item, judges, { source, assessment, error: undefined }),
        ),
      );
    };
    try {
      for await (const item of source.items()) {
        if (assessment.wants?.(item) === false) continue;
        const judges = places.of(item);
        if (judges.list.length === 0) continue;
        records.push({ item, judges });
        if (records.length < AT_ONCE) continue;
        send();
        if (heaps.length <= UNDER_WAY * this.#hands.length) continue;
        const [heap] = heaps.splice(0, 1);
        if (heap) yield* await assessed(heap);
      }
    } catch (error) {
      errors.push(error);
    }
    if (records.length > 0) send();
    for (const heap of heaps) yield* await assessed(heap);
    for (const error of errors) throw error;
  }

  async end(): Promise<void> {
    await Promise.all(this.#hands.map((hand) => hand.end()));
  }
}

function assessedBy(told: readonly Told[] | null, item: ConfigurationItem): Assessed | null {
  if (told === null) return null;
  const subject = identityOf(item);
  const findings = told.map((each) => toldBy(each, subject, item.captureTime));
  return { item, findings, failures: NONE, questions: NONE };
}

/** One worker, and what it has told so far. */
class Hand {
  readonly #worker: Worker;
  readonly #waiting: { resolve(heard: Heard): void; reject(error: Error): void }[] = [];
  #told: Told[] = [];
  #lost: Error | undefined;

  constructor(entry: URL, task: WorkerTask) {
    this.#worker = new Worker(entry, { workerData: task });
    this.#worker.on('message', (answer: WorkerAnswer) => this.#hear(answer));
    this.#worker.on('error', (error) => this.#lose(`a worker failed: ${String(error)}`));
    this.#worker.on('exit', () => this.#lose('a worker has ended'));
  }

  judge(texts: readonly string[]): Promise<Heard> {
    const heard = new Promise<Heard>((resolve, reject) => {
      if (this.#lost) reject(this.#lost);
      else this.#waiting.push({ resolve, reject });
    });
    // It is awaited in its turn; until then a loss must not count as unhandled.
    heard.catch(() => {});
    this.#worker.postMessage(texts);
    return heard;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #hear({ isFresh, told, found }: WorkerAnswer): void {
    if (isFresh) this.#told = [];
    this.#told.push(...(JSON.parse(told) as Told[]));
    const heard = found.map((refs) => refs?.map((ref) => this.#toldAs(ref)) ?? null);
    this.#waiting.shift()?.resolve(heard);
  }

  #toldAs(ref: number): Told {
    const told = this.#told[ref];
    if (told === undefined) throw new Error(`A worker has not told ${ref}.`);
    return told;
  }

  #lose(reason: string): void {
    this.#lost ??= new Error(`Not everything was judged, because ${reason}.`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#lost);
  }
}
