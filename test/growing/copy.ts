import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from '../house/tree.ts';

const LEFT_OUT = ['node_modules', '.git', 'dist', 'coverage'];

/** A copy of the project to add things to, gone when the test is over. */
export class Copy {
  readonly folder = mkdtempSync(join(tmpdir(), 'growing-'));

  constructor() {
    for (const name of readdirSync(root)) {
      if (!LEFT_OUT.includes(name))
        cpSync(join(root, name), join(this.folder, name), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** Puts text before the first place where a mark stands. @throws Error when it stands nowhere. */
  insert(path: string, mark: string, text: string): void {
    const before = this.read(path);
    if (!before.includes(mark)) throw new Error(`${path} does not contain ${mark}.`);
    this.write(
      path,
      before.replace(mark, () => text + mark),
    );
  }

  /** Runs a program of node_modules/.bin, or npm. */
  run(program: string, ...args: string[]) {
    const file = program === 'npm' ? program : join(root, 'node_modules/.bin', program);
    const { status, stdout, stderr } = spawnSync(file, args, {
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 1e9,
    });
    return { status, output: `${stdout}${stderr}` };
  }

  /** Every file with the hash of its content. */
  state(): ReadonlyMap<string, string> {
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true });
    return new Map(
      files
        .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${sep}node_modules`))
        .map((entry) => join(entry.parentPath, entry.name))
        .map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
    );
  }
}
