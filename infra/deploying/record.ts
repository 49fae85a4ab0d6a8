import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file among the synthesized ones that holds the record of this roll-out, and where it belongs once it has succeeded. */
export const ROLLED_OUT = 'rolled-out.json';

/** Forgets what an earlier synthesis left, so that a command that synthesizes nothing, such as --help, keeps no record. */
export const forgetRecord = (folder: string): void =>
  rmSync(join(folder, ROLLED_OUT), { force: true });

/** Whether options of `cdk deploy` have a change only prepared, so that nothing is rolled out. */
export const isOnlyPrepared = (options: readonly string[]): boolean =>
  options.some((option, index) => {
    const [name, value = options[index + 1]] = option.split('=');
    if (name === '--no-execute') return true;
    if (name === '--execute') return value === 'false';
    return (name === '--method' || name === '-m') && value === 'prepare-change-set';
  });

/**
 * Keeps the record beside the deployment file, or removes it when no stack set is left.
 * @param folder with what was synthesized.
 * @returns a sentence about what was changed; null when the record is as it was, or nothing was synthesized.
 */
export function keepRecord(folder: string): string | null {
  const synthesized = join(folder, ROLLED_OUT);
  if (!existsSync(synthesized)) return null;
  const { file, text } = JSON.parse(readFileSync(synthesized, 'utf8')) as {
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
