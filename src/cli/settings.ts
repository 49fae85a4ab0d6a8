import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { emptySettings, type Settings } from '../settings/settings.ts';
import { foundSettings } from '../settings-file/discover.ts';
import { loadSettings } from '../settings-file/settings-file.ts';
import { printable } from '../values/text.ts';
import type { Io } from './io.ts';

/** The options that say which settings hold. */
export interface SettingsChoice {
  /** A file; false with --no-settings. */
  readonly settings?: string | false;
  /** False with --no-waivers. */
  readonly waivers?: boolean;
}

export interface ChosenSettings {
  readonly settings: Settings;
  /** The file they come from; null where nothing is set. */
  readonly file: string | null;
  /** What a run says of them, because it is they that decide who is trusted. */
  readonly note: string;
}

export const SETTINGS_VARIABLE = 'S3_CONFIG_RULES_SETTINGS';

/**
 * The settings of a run: of --settings, else of the environment, else of the nearest s3-config-rules.yaml from the working folder
 * upwards, else none.
 * @throws SettingsError
 */
export async function chosenSettings(
  { settings: given, waivers = true }: SettingsChoice,
  io: Io,
): Promise<ChosenSettings> {
  const file = given === false ? null : (given ?? (await elsewhere(io)));
  const loaded = file === null ? emptySettings : await loadSettings(file);
  const settings = waivers ? loaded : { ...loaded, waivers: [] };
  const nothing = given === false ? NOT_USED : await none(io);
  const note =
    file === null
      ? nothing
      : `Settings: ${printable(file)}${waivers ? '' : ', without its waivers'}.`;
  return { settings, file, note: `${note}\n` };
}

async function elsewhere({ cwd, env }: Io): Promise<string | null> {
  const named = env?.[SETTINGS_VARIABLE];
  if (named !== undefined && named !== '') return named;
  return cwd === undefined ? null : await foundSettings(cwd, env?.['HOME']);
}

const MEANING = 'no one outside of an account is trusted, and no key is approved';
const NOT_USED = `Settings: none, as --no-settings says: ${MEANING}.`;

/** The example is called settings.yaml, a name that many programs use: it has to be named. */
async function none({ cwd }: Io): Promise<string> {
  const isThere = cwd !== undefined && (await exists(join(cwd, 'settings.yaml')));
  const hint = isThere
    ? 'For the settings.yaml here, use --settings settings.yaml'
    : '"settings init" writes a start';
  return `Settings: none: ${MEANING}. ${hint}.`;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
