import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file among the synthesized ones that holds the record of this roll-out, and where it belongs once it has succeeded. */
export const ROLLED_OUT = 'rolled-out.json';

/**
 * Keeps the record beside the deployment file, or removes it when no stack set is left.
 * @param folder with what was synthesized.
 * @returns a sentence about what was changed; null when the record is as it was.
 */
export function keepRecord(folder: string): string | null {
  const { file, text } = JSON.parse(readFileSync(join(folder, ROLLED_OUT), 'utf8')) as {
    file: string;
    text: string | null;
  };
  const before = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (before === text) return null;
  if (text === null) {
    rmSync(file);
    return `Removed ${file}, because no stack set is left. Commit that.`;
  }
  writeFileSync(file, text);
  return `Wrote ${file}. Commit it: the next synthesis refuses a change of canary that would collide with the stacks that there are now.`;
}
