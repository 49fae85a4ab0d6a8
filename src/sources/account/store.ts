import { createReadStream } from 'node:fs';
import {
  access,
  appendFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isObject } from '../../values/json.ts';
import {
  type CapturedAnswer,
  CapturedAnswers,
  capturedAnswerOf,
  isCapturedAnswer,
} from '../captured-answers.ts';
import { COLLECTED } from '../files/files.ts';
import type { Gap } from '../gap.ts';
import type { RawRecord } from './item.ts';

/** What a collection is of; one that was interrupted goes on only as what it was. */
export interface Plan {
  readonly rules: readonly string[];
  readonly accounts: readonly string[];
  /** null: those with buckets. */
  readonly regions: readonly string[] | null;
}

/** The folder cannot take the collection. */
export class FolderTaken extends Error {
  override readonly name = 'FolderTaken';
}

/** A file of records and answers that is being written: its name ends with .part, by which readers know that it is not whole. */
export class Part {
  readonly #path: string;
  /** The records that were written before an interruption, by type and id. */
  readonly #done = new Set<string>();

  constructor(path: string) {
    this.#path = path;
  }

  /** Reads what there is. Behind the last record everything is cut off, because a block ends with its record. */
  async open(answers: CapturedAnswers): Promise<this> {
    await mkdir(dirname(this.#path), { recursive: true });
    await appendFile(this.#partial, '');
    let end = 0;
    let at = 0;
    let block: CapturedAnswer[] = [];
    for await (const [line, length] of linesOf(this.#partial)) {
      at += length;
      const value = parsed(line);
      if (value === undefined) break;
      if (isCapturedAnswer(value)) block.push(capturedAnswerOf(value));
      else {
        this.#done.add(keyOf(value as RawRecord));
        for (const answer of block) answers.add(answer);
        block = [];
        end = at;
      }
    }
    await truncate(this.#partial, end);
    return this;
  }

  has(type: string, id: string): boolean {
    return this.#done.has(`${type} ${id}`);
  }

  /** Answers, and then the record that they were asked for, in one piece. */
  async write(answers: readonly string[], record: RawRecord): Promise<void> {
    await appendFile(this.#partial, [...answers, JSON.stringify(record), ''].join('\n'));
    this.#done.add(keyOf(record));
  }

  /** Ends the file. */
  async end(last: readonly string[], gaps: readonly Gap[]): Promise<void> {
    const lines = [...last, ...gaps.map((gap) => JSON.stringify(gap))];
    // A file in which nothing stands would look like a loss.
    if (lines.length === 0 && this.#done.size === 0) lines.push(NO_RECORDS);
    if (lines.length > 0) await appendFile(this.#partial, `${lines.join('\n')}\n`);
    await rename(this.#partial, this.#path);
  }

  /** Ends the file of an account, which is there only for what is missing. */
  async endIfAny(gaps: readonly Gap[]): Promise<void> {
    if (gaps.length > 0) await this.end([], gaps);
    else await rm(this.#partial);
  }

  get #partial(): string {
    return `${this.#path}.part`;
  }
}

/** A folder that a collection is written to: one file for each account and Region. */
export class Store {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws FolderTaken when something else is in the folder. */
  static async open(folder: string, plan: Plan): Promise<Store> {
    const store = new Store(folder);
    const state = join(folder, COLLECTED);
    await mkdir(folder, { recursive: true }).catch((error: Error) => {
      const reason = error.message.replace(/^E[A-Z]+: |, \w+ '.*'$/gs, '');
      throw new FolderTaken(`${folder} cannot be made: ${reason}.`);
    });
    const before = await readFile(state, 'utf8').catch(() => null);
    if (before === null) {
      if ((await readdir(folder)).length > 0)
        throw new FolderTaken(`${folder} is not empty. Name a new folder.`);
      await writeFile(state, JSON.stringify({ plan, isComplete: false }));
      // Whatever is not finished is known by a file, from the beginning.
      for (const account of plan.accounts)
        await store.part(account, 'account', new CapturedAnswers());
      return store;
    }
    const found = parsed(before);
    if (!isObject(found) || JSON.stringify(found['plan']) !== JSON.stringify(plan))
      throw new FolderTaken(
        `${folder} holds a collection of other accounts, Regions or rules. Name a new folder.`,
      );
    if (found['isComplete'] === true)
      throw new FolderTaken(`${folder} holds a complete collection. Name a new folder.`);
    return store;
  }

  /**
   * The file of a part, to go on with; null when it is complete.
   * @param answers gets what was captured already, because the same question may come up again in another part.
   */
  async part(account: string, name: string, answers: CapturedAnswers): Promise<Part | null> {
    const path = join(this.#folder, account, `${name}.ndjson`);
    const isComplete = await access(path).then(
      () => true,
      () => false,
    );
    if (!isComplete) return new Part(path).open(answers);
    for await (const [line] of linesOf(path)) {
      const value = parsed(line);
      if (isCapturedAnswer(value)) answers.add(capturedAnswerOf(value));
    }
    return null;
  }

  /** @param at when everything had been asked (ISO, UTC). */
  async end(plan: Plan, at: string): Promise<void> {
    await writeFile(join(this.#folder, COLLECTED), JSON.stringify({ plan, isComplete: true, at }));
  }
}

/** A snapshot without records. */
const NO_RECORDS = JSON.stringify({ configurationItems: [] });

const keyOf = ({ resourceType, resourceId }: RawRecord) => `${resourceType} ${resourceId}`;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Larger than almost every answer, so that what is behind a long line is not copied again and again. */
const CHUNK_SIZE = 4 * 1024 * 1024;

/** The whole lines of a file, each with its length in bytes; what stands behind the last line feed is left out. */
async function* linesOf(path: string): AsyncGenerator<readonly [line: string, length: number]> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_SIZE })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      yield [rest.toString('utf8', 0, end), end + 1];
      rest = rest.subarray(end + 1);
    }
  }
}
