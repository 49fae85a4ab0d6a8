import type { Stats } from 'node:fs';
import { unlinkSync } from 'node:fs';
import { type FileHandle, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, OutputError, reasonOf, UsageError } from '../io.ts';

/** Files that are being written, so that none is left where the program is interrupted. */
const unfinished = new Set<string>();
const forget = () => {
  for (const path of unfinished) {
    try {
      unlinkSync(path);
    } catch {
      // It was never made, or someone was faster.
    }
  }
};

/**
 * A file that is there whole or not at all: it is written under another name next to its own, which it gets in the end. Where the
 * name leads to a device or a pipe, there is nothing to replace, and it is written as it comes.
 */
export class WholeFile {
  readonly #name: string;
  readonly #handle: FileHandle;
  readonly #target: string;
  /** null: written as it comes. */
  readonly #temporary: string | null;

  private constructor(
    name: string,
    handle: FileHandle,
    { target, temporary }: { readonly target: string; readonly temporary: string | null },
  ) {
    this.#name = name;
    this.#handle = handle;
    this.#target = target;
    this.#temporary = temporary;
  }

  /** @param name a path as the user gave it. @throws UsageError when it cannot be written. */
  static async open(name: string): Promise<WholeFile> {
    try {
      const found = await statOf(name);
      if (found?.isDirectory()) throw new UsageError(`--output: ${name} is a folder.`);
      if (found && !found.isFile()) {
        return new WholeFile(name, await open(name, 'w'), { target: name, temporary: null });
      }
      // A link stays a link, and leads to the new file.
      const target = found ? await realpath(name) : await linkedFrom(name);
      const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
      const handle = await open(temporary, 'w', found?.mode ?? 0o666);
      if (unfinished.size === 0) process.once('exit', forget);
      unfinished.add(temporary);
      return new WholeFile(name, handle, { target, temporary });
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new UsageError(`--output: ${name} cannot be written: ${reasonOf(error)}.`);
    }
  }

  /** @throws OutputError */
  async write(text: string): Promise<void> {
    try {
      await this.#handle.appendFile(text);
    } catch (error) {
      throw new OutputError(this.#name, error);
    }
  }

  /** From now on it is there. @throws OutputError, and then it is not. */
  async commit(): Promise<void> {
    try {
      if (this.#temporary !== null) await this.#handle.sync();
      await this.#handle.close();
      if (this.#temporary === null) return;
      await rename(this.#temporary, this.#target);
      this.#finish();
    } catch (error) {
      await this.abandon();
      throw new OutputError(this.#name, error);
    }
  }

  /** Leaves what was there before. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => {});
    if (this.#temporary === null) return;
    await rm(this.#temporary, { force: true });
    this.#finish();
  }

  #finish(): void {
    if (this.#temporary !== null) unfinished.delete(this.#temporary);
    if (unfinished.size === 0) process.off('exit', forget);
  }
}

/** Where a link leads that leads to nothing yet; the name itself if it is no link. */
async function linkedFrom(name: string): Promise<string> {
  try {
    return resolve(dirname(name), await readlink(name));
  } catch {
    return name;
  }
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
