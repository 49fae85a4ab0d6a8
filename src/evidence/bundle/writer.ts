import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 } from '../../results/index.ts';
import {
  byPath,
  ENVELOPE,
  type Listed,
  MANIFEST,
  type Manifest,
  manifestText,
  SUMS,
  sumsText,
} from './manifest.ts';
import { flawInName } from './names.ts';
import { envelopeOf, type Signer } from './sign.ts';

/** The folder that a bundle is to be written to is not free. */
export class NotFree extends Error {
  override readonly name = 'NotFree';
}

/** Writes the files of a bundle, and the whole bundle or nothing: until {@link seal} they stand in a folder next to its place. */
export class BundleWriter {
  readonly #target: string;
  readonly #folder: string;
  readonly #files = new Map<string, Listed>();

  private constructor(target: string) {
    this.#target = target;
    this.#folder = `${target.replace(/\/+$/, '')}.partial-${process.pid}`;
  }

  /** @throws NotFree when something stands there already. */
  static async open(target: string): Promise<BundleWriter> {
    const found = await readdir(target).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw new NotFree(
        `--output ${target} is not a folder that can be written to: ${error.message}`,
      );
    });
    if (found.length > 0)
      throw new NotFree(`--output ${target} is not empty. Name a folder that does not exist.`);
    const writer = new BundleWriter(target);
    await mkdir(writer.#folder, { recursive: true });
    return writer;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  async add(path: string, content: string): Promise<void> {
    const file = await this.#place(path);
    const bytes = Buffer.from(content);
    await writeFile(file, bytes, { flag: 'wx' });
    this.#files.set(path, { path, bytes: bytes.length, sha256: sha256(bytes) });
  }

  /** A file that is written line by line, because it grows with the number of findings. */
  async stream(path: string): Promise<Lines> {
    const file = await open(await this.#place(path), 'wx');
    return new Lines(file, (bytes, digest) =>
      this.#files.set(path, { path, bytes, sha256: digest }),
    );
  }

  /** Writes the manifest and the sums, signs both, and puts the bundle into its place. @returns the SHA-256 of the manifest. */
  async seal(about: Omit<Manifest, 'files'>, signer: Signer | null): Promise<string> {
    const files = [...this.#files.values()].sort(byPath);
    const manifest = manifestText({ ...about, files });
    const sums = sumsText(files, sha256(manifest));
    await writeFile(join(this.#folder, MANIFEST), manifest, { flag: 'wx' });
    await writeFile(join(this.#folder, SUMS), sums, { flag: 'wx' });
    if (signer) {
      const { id, sequence, previous } = about;
      const signed = {
        files: { [MANIFEST]: sha256(manifest), [SUMS]: sha256(sums) },
        bundle: { id, sequence, previous },
      };
      await writeFile(join(this.#folder, ENVELOPE), await envelopeOf(signed, signer), {
        flag: 'wx',
      });
    }
    await rm(this.#target, { recursive: true, force: true });
    await rename(this.#folder, this.#target);
    return sha256(manifest);
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #place(path: string): Promise<string> {
    const flaw = flawInName(path) ?? (this.has(path) ? 'is written already' : null);
    if (flaw !== null) throw new Error(`The file ${JSON.stringify(path)} of the bundle ${flaw}.`);
    const file = join(this.#folder, path);
    await mkdir(dirname(file), { recursive: true });
    return file;
  }
}

/** Lines on their way into a file, counted and hashed as they pass. */
export class Lines {
  readonly #hash = createHash('sha256');
  readonly #file: FileHandle;
  readonly #done: (bytes: number, sha256: string) => void;
  #bytes = 0;
  #held = '';

  constructor(file: FileHandle, done: (bytes: number, sha256: string) => void) {
    this.#file = file;
    this.#done = done;
  }

  async add(text: string): Promise<void> {
    this.#held += text;
    if (this.#held.length >= 65_536) await this.#flush();
  }

  async end(): Promise<void> {
    await this.#flush();
    await this.#file.close();
    this.#done(this.#bytes, this.#hash.digest('hex'));
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#held);
    this.#held = '';
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    await this.#file.writeFile(bytes);
  }
}
