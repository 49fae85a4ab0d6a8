import { type FormatName, formatNames } from '../../formats/index.ts';
import { didYouMean } from '../../settings-file/nearest.ts';
import { UsageError } from '../io.ts';

/** One of the outputs of a run: a format, and where it goes. */
export interface Target {
  readonly format: FormatName;
  /** Undefined: standard output. */
  readonly file?: string;
}

const isFormat = (text: string): text is FormatName => (formatNames as string[]).includes(text);

/**
 * The outputs that --format and --output name. An --output is `format=file`, `format` alone for standard output, or a file in the
 * format of --format; `-` as a file is standard output. Without any, the table goes to standard output. A file whose name would
 * be read otherwise is written with its folder: ./table, ./a=b.
 * @throws UsageError for a format that does not exist, and for two outputs to one place.
 */
export function targetsOf(
  format: FormatName | undefined,
  outputs: readonly string[] = [],
): readonly Target[] {
  const targets = outputs.map((output) => targetOf(output, format ?? 'table'));
  const isUsed = outputs.some((output) => !isFormat(output) && !output.includes('='));
  const own: readonly Target[] = format !== undefined && !isUsed ? [{ format }] : [];
  const all = [...own, ...targets];
  if (all.length === 0) return [{ format: 'table' }];
  const places = all.map(({ file }) => file ?? 'standard output');
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) {
    throw new UsageError(`--output: two outputs go to ${twice}. Give each a place of its own.`);
  }
  return all;
}

function targetOf(output: string, format: FormatName): Target {
  if (output === '') throw new UsageError('--output: expected a format, a file, or format=file.');
  if (isFormat(output)) return { format: output };
  const [, name, file = ''] = /^([^/\\=]*)=(.*)$/s.exec(output) ?? [];
  if (name === undefined) return output === '-' ? { format } : { format, file: output };
  if (!isFormat(name)) {
    throw new UsageError(
      `--output: there is no format "${name}".${didYouMean(name, formatNames)} The formats are ${formatNames.join(', ')}. ` +
        `For a file of that name, write ./${output}.`,
    );
  }
  if (file === '') throw new UsageError(`--output: ${output} names no file after the "=".`);
  return file === '-' ? { format: name } : { format: name, file };
}
