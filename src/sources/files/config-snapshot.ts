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
import type { Needless } from '../json/found.ts';
import { RecordedInventory } from '../recorded-inventory.ts';
import type { Complain, Origin, Source } from '../source.ts';
import { listFiles } from './files.ts';
import { KeptBuckets } from './kept-buckets.ts';
import { Newest } from './newest.ts';
import { noteNeedless, passesOf, type Reading } from './passes.ts';
import { type Progress, type RawItem, readTogether, type UnreadableInput } from './read.ts';
import { ownerOf } from './snapshot-files.ts';

export interface Opening {
  /** Whether a rule reads the records of buckets that others name, for which the files are read once more. */
  readonly namesBuckets: boolean;
  /** Types of the records that are needed; all, when left out. What is not needed is looked at for damage, and not given. */
  readonly types?: ReadonlySet<string>;
  readonly complain: Complain;
  readonly onProgress?: (progress: Progress) => void;
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
  async open({ namesBuckets, types, complain, onProgress = () => {} }: Opening): Promise<Source> {
    const { unread } = await listFiles(this.#paths, this.#until);
    if (!unread.isEmpty) complain(`${unread}.`, 'record');
    const needless = new Map<string, Needless>();
    const pass = passesOf(onProgress, needless);
    const again = () => this.#read({ complain: () => {}, keep: () => {}, types, options: pass() });
    const newest = new Newest();
    const kept = new KeptBuckets();
    let inventory = new RecordedInventory();
    const first = {
      ...{ complain: () => {}, types, options: pass() },
      keep: (answer: CapturedAnswer, text: string, file: string) =>
        this.answers.add(answer, text, file),
      pass: (raw: RawItem, item: ConfigurationItem) => noteNeedless(needless, raw, item),
    };
    for await (const items of this.#read(first)) {
      for (const item of items) {
        newest.meet(item);
        inventory.add(item);
        if (namesBuckets) kept.add(item, originOf(item)?.text ?? '');
      }
    }
    const { hasRepeated } = newest;
    if (hasRepeated) {
      pass.more(2);
      // What an older record said of others must not count either, so the inventory is gathered anew.
      for await (const items of again()) for (const item of items) newest.compare(item);
      if (newest.doubt !== null) complain(newest.doubt, 'record');
      inventory = new RecordedInventory();
      for await (const item of newest.of(again())) inventory.add(item);
    }
    if (namesBuckets) {
      const named = hasRepeated ? null : kept.of(inventory.named());
      if (named === null) pass.more(1);
      for await (const item of named ?? newest.of(again())) inventory.meet(item);
    }
    await addCapturedChannels(inventory, this.answers);
    return {
      inventory,
      items: () => newest.of(this.#read({ complain, keep: () => {}, types, options: pass() })),
      services: (account) => this.answers.of(account),
      originOf,
      answers: this.answers,
    };
  }

  /** The items of these types, as many at a time as were in memory together. */
  async *#read({
    complain,
    keep,
    types,
    pass,
    options,
  }: Reading): AsyncGenerator<ConfigurationItem[]> {
    const onDamage = (damage: UnreadableInput) =>
      complain(`${damage.message}.`, 'file', damage.file);
    const onBadLine = (damage: UnreadableInput) =>
      complain(`${damage.message}.`, 'record', damage.file);
    const until = this.#until;
    const all = { ...options, onDamage, onBadLine, until };
    let last: { readonly file: string; readonly owner: string | undefined } | undefined;
    for await (const raws of readTogether(this.#paths, all)) {
      const items: ConfigurationItem[] = [];
      for (const raw of raws) {
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
        else if (types?.has(record.resourceType) === false) pass?.(raw, record);
        else {
          noteOrigin(record, { file: origin.file, text });
          items.push(record);
        }
      }
      if (items.length > 0) yield items;
    }
  }
}

// On the record itself: what a weak map holds outlives the record until all memory is looked through.
const ORIGIN: unique symbol = Symbol('origin');
type Read = ConfigurationItem & { readonly [ORIGIN]?: Origin };

const originOf = (item: Read): Origin | undefined => item[ORIGIN];
function noteOrigin(item: ConfigurationItem, value: Origin): void {
  Object.defineProperty(item, ORIGIN, { value });
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
