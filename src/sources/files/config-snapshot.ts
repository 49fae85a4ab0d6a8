import { RecordedInventory } from '../../facets/inventory.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { unwrap } from '../../records/normalise.ts';
import { Malformed } from '../../values/json.ts';
import {
  type CapturedAnswer,
  CapturedAnswers,
  capturedAnswerOf,
  isCapturedAnswer,
} from '../captured-answers.ts';
import { listFiles } from './files.ts';
import { type RawItem, type ReadOptions, readItems, type UnreadableInput } from './read.ts';

/** A record or a file that could not be used, as a sentence. What was readable beside it is still used. */
export type Complaint = (sentence: string, kind: 'record' | 'file') => void;

/**
 * Configuration items in files: snapshots, history files, single items, Lambda events, answers of the API.
 * They are read more than once, first for what they say of one another, so that memory does not grow with their number.
 */
export class ConfigSnapshot {
  readonly #paths: readonly string[];
  /** What services answered, as {@link inventory} found it. Kept in memory whole. */
  readonly answers = new CapturedAnswers();

  /** @param paths files and folders. */
  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  /** How many files of the folders are older than what is judged. @throws UnreadableInput when a path cannot be found. */
  async passedOver(): Promise<number> {
    return (await listFiles(this.#paths)).passedOver.length;
  }

  /**
   * What the items say of one another: who logs where, which alias is which key. Gathers the captured answers, too.
   * @throws UnreadableInput when a path cannot be found.
   */
  async inventory(options?: ReadOptions): Promise<RecordedInventory> {
    const inventory = new RecordedInventory();
    const keep = (answer: CapturedAnswer) => this.answers.add(answer);
    for await (const item of this.#items(() => {}, keep, options)) inventory.add(item);
    return inventory;
  }

  /** Reads the files once more for the records of the buckets that others name. */
  async meet(inventory: RecordedInventory, options?: ReadOptions): Promise<void> {
    if (!inventory.namesAny) return;
    for await (const item of this.items(() => {}, options)) inventory.meet(item);
  }

  /** The items in the order of the files. Damage is complained of, and the next file is read. */
  items(complain: Complaint, options?: ReadOptions): AsyncGenerator<ConfigurationItem> {
    return this.#items(complain, () => {}, options);
  }

  async *#items(
    complain: Complaint,
    keep: (answer: CapturedAnswer) => void,
    options?: ReadOptions,
  ): AsyncGenerator<ConfigurationItem> {
    const onDamage = (damage: UnreadableInput) => complain(`${damage.message}.`, 'file');
    for await (const raw of readItems(this.#paths, { ...options, onDamage })) {
      const record = recordOf(raw, complain);
      if (record && 'operation' in record) keep(record);
      else if (record) yield record;
    }
  }
}

function recordOf(
  { value, origin }: RawItem,
  complain: Complaint,
): ConfigurationItem | CapturedAnswer | undefined {
  try {
    return isCapturedAnswer(value) ? capturedAnswerOf(value) : unwrap(value);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    complain(`${origin.file}, record ${origin.index + 1}: ${error.message}.`, 'record');
    return undefined;
  }
}
