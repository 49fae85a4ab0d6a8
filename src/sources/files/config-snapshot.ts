import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { unwrap } from '../../records/normalise.ts';
import { Malformed } from '../../values/json.ts';
import {
  type CapturedAnswer,
  CapturedAnswers,
  capturedAnswerOf,
  flawIn,
  isCapturedAnswer,
} from '../captured-answers.ts';
import { addCapturedChannels } from '../delivery-channels.ts';
import { isCoverageRow, isGap, missingIn, sentenceOf } from '../gap.ts';
import { RecordedInventory } from '../recorded-inventory.ts';
import type { Complain, Origin, Source } from '../source.ts';
import { listFiles } from './files.ts';
import { Newest } from './newest.ts';
import { type RawItem, type ReadOptions, readItems, type UnreadableInput } from './read.ts';
import { ownerOf } from './snapshot-files.ts';

type Keep = (answer: CapturedAnswer, text: string, file: string) => void;

export interface Opening {
  /** Whether a rule reads the records of buckets that others name, for which the files are read once more. */
  readonly namesBuckets: boolean;
  readonly complain: Complain;
  readonly onProgress?: ReadOptions['onProgress'];
}

/**
 * Configuration items in files: snapshots, history files, single items, Lambda events, answers of the API. Of a resource that
 * several of them hold, the record that was captured last counts, whichever file it is in.
 * They are read more than once, first for what they say of one another, so that memory does not grow with their number.
 */
export class ConfigSnapshot {
  readonly #paths: readonly string[];
  readonly #until: string | undefined;
  /** What services answered, as {@link inventory} found it. Kept in memory whole. */
  readonly answers = new CapturedAnswers();
  readonly #origins = new WeakMap<ConfigurationItem, Origin>();

  /** @param paths files and folders. @param until judges folders, and answers with a time, as they were then (ISO, UTC). */
  constructor(paths: readonly string[], until?: string) {
    this.#paths = paths;
    this.#until = until;
  }

  /** How many files of the folders are older than what is judged. @throws UnreadableInput when a path cannot be found. */
  async passedOver(): Promise<number> {
    return (await listFiles(this.#paths, this.#until)).passedOver.length;
  }

  /**
   * Reads what the items say of one another, and the captured answers, and is then a source.
   * @throws UnreadableInput when a path cannot be found.
   */
  async open({ namesBuckets, complain, onProgress = () => {} }: Opening): Promise<Source> {
    const { unread } = await listFiles(this.#paths, this.#until);
    if (!unread.isEmpty) complain(`${unread}.`, 'record');
    let passes = namesBuckets ? 3 : 2;
    let done = 0;
    const pass = (): ReadOptions => {
      const before = done++;
      return {
        onProgress: ({ bytesRead, bytesTotal, file }) =>
          onProgress({
            bytesRead: bytesRead + before * bytesTotal,
            bytesTotal: passes * bytesTotal,
            file,
          }),
      };
    };
    const again = (report: Complain = () => {}) => this.#items(report, () => {}, pass());
    const keep: Keep = (answer, text, file) => this.answers.add(answer, text, file);
    const newest = new Newest();
    let inventory = new RecordedInventory();
    for await (const item of this.#items(() => {}, keep, pass())) {
      newest.meet(item);
      inventory.add(item);
    }
    if (newest.hasRepeated) {
      // What an older record said of others must not count either, so the inventory is gathered anew.
      passes += 2;
      for await (const item of again()) newest.compare(item);
      if (newest.doubt !== null) complain(newest.doubt, 'record');
      inventory = new RecordedInventory();
      for await (const item of newest.of(again())) inventory.add(item);
    }
    if (namesBuckets && inventory.namesAny) {
      for await (const item of newest.of(again())) inventory.meet(item);
    }
    await addCapturedChannels(inventory, this.answers);
    const older = new Map<string, number>();
    const isOlder = (item: ConfigurationItem) => {
      const file = this.#origins.get(item)?.file ?? '';
      older.set(file, (older.get(file) ?? 0) + 1);
    };
    return {
      ...{ inventory, older },
      items: () => newest.of(again(complain), isOlder),
      services: (account) => this.answers.of(account),
      originOf: (item) => this.#origins.get(item),
      rivalsOf: (item) => newest.rivalsOf(item),
      answers: this.answers,
    };
  }

  async *#items(
    complain: Complain,
    keep: Keep,
    options?: ReadOptions,
  ): AsyncGenerator<ConfigurationItem> {
    const onDamage = (damage: UnreadableInput) =>
      complain(`${damage.message}.`, 'file', damage.file);
    const onBadLine = (damage: UnreadableInput) =>
      complain(`${damage.message}.`, 'record', damage.file);
    const until = this.#until;
    let last: { readonly file: string; readonly owner: string | undefined } | undefined;
    for await (const raw of readItems(this.#paths, { ...options, onDamage, onBadLine, until })) {
      const record = recordOf(raw, complain);
      if (record === undefined) continue;
      const { text, origin } = raw;
      const at = 'operation' in record ? record.capturedAt : record.captureTime;
      if (until !== undefined && at !== null && at > until) continue;
      if (last?.file !== origin.file) last = { file: origin.file, owner: ownerOf(origin.file) };
      const { owner } = last;
      if (owner !== undefined && record.account !== owner) {
        const problem = `it is of account ${record.account}, and the file of account ${owner}`;
        complain(placed(origin, problem), 'record', origin.file);
      } else if ('operation' in record) keep(record, text, origin.file);
      else {
        this.#origins.set(record, { file: origin.file, text });
        yield record;
      }
    }
  }
}

const placed = ({ file, index }: RawItem['origin'], problem: string) =>
  `${file}, record ${index + 1}: ${problem}.`;

function recordOf(
  { value, origin }: RawItem,
  complain: Complain,
): ConfigurationItem | CapturedAnswer | undefined {
  const tell = (problem: string) => complain(placed(origin, problem), 'record', origin.file);
  try {
    if (isGap(value)) {
      complain(`${sentenceOf(value)}.`, 'record');
      return undefined;
    }
    if (isCoverageRow(value)) {
      const missing = missingIn(value);
      if (missing !== null) complain(`${missing}.`, 'record');
      return undefined;
    }
    if (!isCapturedAnswer(value)) return unwrap(value);
    const answer = capturedAnswerOf(value);
    const flaw = flawIn(answer);
    if (flaw !== null) tell(flaw);
    return answer;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    tell(error.message);
    return undefined;
  }
}
