import type { Command } from 'commander';
import { rules } from '../../../rules/index.ts';
import { loadSettings } from '../../settings-file/settings-file.ts';
import { settingsSchemaOf } from '../../settings-file/settings-schema.ts';
import { type Io, write } from '../io.ts';

/** `settings check` and `settings schema`. */
export function addSettings(program: Command, { stdout }: Io): void {
  const command = program
    .command('settings')
    .description('Check a settings file, or print its schema.');
  command
    .command('check')
    .argument('<file>', 'a settings.yaml')
    .description(
      'Exit with 0 if the file is valid. Otherwise list every problem with its line and exit with 2.',
    )
    .action(async (file: string) => {
      const { waivers } = await loadSettings(file);
      await write(stdout, `${file} is valid, with ${waivers.length} waivers.\n`);
    });
  command
    .command('schema')
    .description('The JSON Schema of settings.yaml, for completion in an editor.')
    .action(() => write(stdout, `${JSON.stringify(settingsSchemaOf(rules), null, 2)}\n`));
}
