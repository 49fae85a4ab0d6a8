import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { rules } from '../../../rules/index.ts';
import { datedAhead } from '../../settings/ahead.ts';
import type { Settings } from '../../settings/settings.ts';
import { SETTINGS_NAMES } from '../../settings-file/discover.ts';
import { loadSettings, SettingsError } from '../../settings-file/settings-file.ts';
import { settingsSchemaOf } from '../../settings-file/settings-schema.ts';
import { starter } from '../../settings-file/starter.ts';
import { printable } from '../../values/text.ts';
import { codeOf, type Io, reasonOf, UsageError, write } from '../io.ts';
import { note, warn } from '../log.ts';
import { chosenSettings } from '../settings.ts';

/** `settings check`, `settings init`, `settings show` and `settings schema`. */
export function addSettings(program: Command, io: Io): void {
  const { stdout } = io;
  const command = program
    .command('settings')
    .description('Begin, check or show a settings file, or print its schema.');
  command
    .command('init')
    .argument('[file]', `default: ${SETTINGS_NAMES[0]} in the working folder`)
    .description('Write a settings file to begin with. It never writes over a file.')
    .action((file?: string) => init(file, io));
  command
    .command('check')
    .argument('[files...]', 'settings files (default: the one that evaluate would use)')
    .description(
      'Exit with 0 if each file is valid. Otherwise list every problem with its line and exit with 2.',
    )
    .action((files: string[]) => check(files, io));
  command
    .command('show')
    .argument('[file]', 'a settings file (default: the one that evaluate would use)')
    .description(
      'Print the settings that hold, with the defaults, as JSON. Standard error names the file.',
    )
    .action(async (file?: string) => {
      const { settings, note: source } = await chosenSettings(file ? { settings: file } : {}, io);
      await write(stdout, `${JSON.stringify(settings, null, 2)}\n`);
      note(io, source);
    });
  command
    .command('schema')
    .description('The JSON Schema of settings, for completion in an editor.')
    .action(() => write(stdout, `${JSON.stringify(settingsSchemaOf(rules), null, 2)}\n`));
}

/** @throws UsageError when there is a file already, or none can be written. */
async function init(given: string | undefined, { stdout, cwd = '.' }: Io): Promise<void> {
  const file = given ?? join(cwd, SETTINGS_NAMES[0]);
  try {
    await writeFile(file, starter, { flag: 'wx' });
  } catch (error) {
    const reason = codeOf(error) === 'EEXIST' ? 'it is there already' : reasonOf(error);
    throw new UsageError(`${file} is not written: ${reason}.`);
  }
  await write(
    stdout,
    `${printable(file)} is written. It trusts no one yet: name your accounts and keys, then run "s3-config-rules settings check".\n`,
  );
}

/** @throws SettingsError with every problem of every file; UsageError when there is nothing to check. */
async function check(given: readonly string[], io: Io): Promise<void> {
  if (given.length === 0) {
    const { file, settings } = await chosenSettings({}, io);
    if (file === null)
      throw new UsageError('There are no settings here. "settings init" writes a start.');
    return tell(file, settings, io);
  }
  const problems: string[] = [];
  for (const file of given) {
    try {
      await tell(file, await loadSettings(file), io);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new SettingsError(problems);
}

async function tell(file: string, settings: Settings, io: Io): Promise<void> {
  const { length } = settings.waivers;
  await write(io.stdout, `${printable(file)} is valid, with ${length} waivers.\n`);
  for (const sentence of datedAhead(settings, io.now().toISOString())) warn(io, sentence);
}
