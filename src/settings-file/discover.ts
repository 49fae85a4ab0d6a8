import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { printable } from '../values/text.ts';
import { SettingsError } from './yaml-file.ts';

/** The names under which settings are found without being named, the first before the second. */
export const SETTINGS_NAMES = ['s3-config-rules.yaml', 's3-config-rules.yml'] as const;

/**
 * The nearest settings file from a folder upwards, as far as the repository or the home folder that it is in; null when there is
 * none.
 * @throws SettingsError for a file of another user: in a folder that others may write to, anyone could say whom we trust.
 */
export async function foundSettings(from: string, home?: string): Promise<string | null> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    for (const name of SETTINGS_NAMES) {
      const file = join(folder, name);
      const found = await statOf(file);
      if (found?.isFile()) return trusted(file, found.uid);
    }
    const isTop = folder === home || dirname(folder) === folder;
    if (isTop || (await statOf(join(folder, '.git')))) return null;
  }
}

function trusted(file: string, owner: number): string {
  // Windows has no such number.
  const user = process.getuid?.();
  if (user === undefined || owner === user || owner === 0) return file;
  throw new SettingsError([
    `${printable(file)} belongs to another user, so it is not used unless you name it: --settings ${printable(file)}. ` +
      'To judge without settings, use --no-settings.',
  ]);
}

const statOf = (path: string) => stat(path).catch(() => undefined);
