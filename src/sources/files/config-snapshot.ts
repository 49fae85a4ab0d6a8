import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { isUnplaced } from '../../records/flawed.ts';
import { doubledKey } from '../../values/doubled-key.ts';
import { printable } from '../../values/text.ts';
import { type CapturedAnswer, CapturedAnswers } from '../captured-answers.ts';
import { addCapturedChannels } from '../delivery-channels.ts';
import type { Needless } from '../json/found.ts';
import { doubtfulIn, placed, recordOf } from '../record-of.ts';
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
  /** Keys that stand twice in a record, by where that is, as the first look through the files finds them. */
  readonly #doubled = new Map<string, string>();
  #isLookedThrough = false;

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
      meetUnplaced: (item: ConfigurationItem) => newest.meetUnplaced(item),
    };
    for await (const items of this.#read(first)) {
      for (const item of items) {
        newest.meet(item);
        inventory.add(item);
        if (namesBuckets) kept.add(item, originOf(item)?.text ?? '');
      }
    }
    this.#isLookedThrough = true;
    const { hasRepeated } = newest;
    if (hasRepeated) {
      pass.more(2);
      // What an older record said of others must not count either, so the inventory is gathered anew.
      for await (const items of again()) for (const item of items) newest.compare(item);
      if (newest.doubt !== null) complain(newest.doubt, 'record');
      inventory = new RecordedInventory();
      const olderThanUnreadable = (item: ConfigurationItem) => {
        if (newest.keepsOlder(item)) inventory.add({ ...item, flaw: 'it is older' });
      };
      for await (const item of newest.of(again(), olderThanUnreadable))
        inventory.add(item, newest.rivalsOf(item));
    }
    if (namesBuckets) {
      const named = hasRepeated ? null : kept.of(inventory.named());
      if (named === null) pass.more(1);
      for await (const item of named ?? newest.of(again()))
        inventory.meet(item, newest.rivalsOf(item));
    }
    await addCapturedChannels(inventory, this.answers);
    const older = new Map<string, number>();
    const isOlder = (item: ConfigurationItem) => {
      const file = originOf(item)?.file ?? '';
      older.set(file, (older.get(file) ?? 0) + 1);
    };
    return {
      ...{ inventory, older, originOf },
      items: () =>
        newest.of(this.#read({ complain, keep: () => {}, types, options: pass() }), isOlder),
      services: (account) => this.answers.of(account),
      rivalsOf: (item) => newest.rivalsOf(item),
      answers: this.answers,
    };
  }

  #doubledIn({ text, origin: { file, index } }: RawItem): string | undefined {
    const place = `${index} ${file}`;
    if (this.#isLookedThrough) return this.#doubled.size > 0 ? this.#doubled.get(place) : undefined;
    const key = doubledKey(text);
    if (key !== null) this.#doubled.set(place, printable(key));
    return key ?? undefined;
  }

  /** The items of these types, as many at a time as were in memory together. */
  async *#read({
    complain,
    keep,
    types,
    pass,
    meetUnplaced,
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
        const key = this.#doubledIn(raw);
        const records =
          key === undefined ? [recordOf(raw, complain)] : doubtfulIn(raw, key, complain);
        for (const record of records) {
          if (record === undefined) continue;
          const { text, origin } = raw;
          const at = 'operation' in record ? record.capturedAt : record.captureTime;
          if (until !== undefined && at !== null && at > until) continue;
          if (!('operation' in record) && isUnplaced(record)) {
            noteOrigin(record, { file: origin.file, text });
            meetUnplaced?.(record);
            continue;
          }
          if (last?.file !== origin.file) last = { file: origin.file, owner: ownerOf(origin.file) };
          const { owner } = last;
          if (owner !== undefined && record.account !== owner) {
            const problem = `it is of account ${record.account}, and the file of account ${owner}`;
            complain(placed(origin, problem), 'record', origin.file);
          } else if ('operation' in record) keep(record, text, origin.file);
          else if (types?.has(record.resourceType) === false) {
            // What is wrong with a record is said when it is read the last time.
            if (record.flaw === undefined) pass?.(raw, record);
          } else {
            noteOrigin(record, { file: origin.file, text });
            items.push(record);
          }
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
