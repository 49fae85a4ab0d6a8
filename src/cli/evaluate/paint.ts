import { styleText } from 'node:util';
import type { Style } from '../../formats/format.ts';
import type { Io } from '../io.ts';

export type Paint = (style: Style, text: string) => string;

/**
 * Colours for standard output, where a person reads it: --color and --no-color first, then NO_COLOR (no-color.org) and FORCE_COLOR,
 * which count when they are set and not empty, then whether it is a terminal that knows colours.
 */
export function paintFor({ stdout, env = {}, manner }: Io): Paint | undefined {
  const isOn =
    manner?.color ?? fromEnvironment(env) ?? (stdout.isTTY === true && env['TERM'] !== 'dumb');
  return isOn ? (style, text) => styleText(style, text, { validateStream: false }) : undefined;
}

function fromEnvironment(env: NonNullable<Io['env']>): boolean | undefined {
  const { NO_COLOR: off = '', FORCE_COLOR: on = '' } = env;
  if (off !== '') return false;
  return on === '' ? undefined : on !== '0' && on !== 'false';
}
