import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { readItems, UnreadableInput } from '../../src/sources/files/read.ts';
import { collect } from './json-feed.ts';

export const item = (name: string) => ({ resourceType: 'AWS::S3::Bucket', resourceId: name });
export const snapshot = (...names: string[]) =>
  JSON.stringify({ configurationItems: names.map(item) });

/** A folder for the tests of one file, with what they put into it and read from it. */
export class TemporaryFolder {
  root = '';

  constructor() {
    beforeAll(async () => {
      this.root = await mkdtemp(join(tmpdir(), 'read-test-'));
    });
    afterAll(() => rm(this.root, { recursive: true }));
  }

  async put(name: string, content: string | Buffer): Promise<string> {
    const path = join(this.root, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  /** The records as "file#index name", and the message of the failure. */
  async read(...paths: string[]) {
    const { got, error } = await collect(readItems(paths));
    const seen = got.map(({ value, origin }) => {
      const name = (value as { resourceId?: string }).resourceId;
      return `${relative(this.root, origin.file)}#${origin.index} ${name}`;
    });
    if (error === undefined) return { seen };
    expect(error).toBeInstanceOf(UnreadableInput);
    return { seen, message: (error as UnreadableInput).message.replace(`${this.root}/`, '') };
  }
}
