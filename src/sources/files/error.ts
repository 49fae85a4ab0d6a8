import { cut, printable } from '../../values/text.ts';
import { JsonProblem } from '../json/window.ts';
import { OtherContent } from './bytes.ts';

/** An input that cannot be read to its end, in one sentence that names file, damage and remedy. */
export class UnreadableInput extends Error {
  override readonly name = 'UnreadableInput';
  readonly file: string;

  constructor(file: string, problem: string, expected: string, cause?: unknown) {
    super(`${cut(printable(file), 300)}: ${problem}, expected ${expected}`, { cause });
    this.file = file;
  }
}

const BY_CODE: Readonly<Record<string, readonly [problem: string, expected: string]>> = {
  ENOENT: ['no such file or folder', 'a path that exists'],
  ENOTDIR: ['no such file or folder', 'a path that exists'],
  ELOOP: ['links that lead in a circle', 'a file or a folder'],
  EACCES: ['no permission to read it', 'a file or folder this user may read'],
  EPERM: ['no permission to read it', 'a file or folder this user may read'],
  Z_BUF_ERROR: ['the gzip data ends too early', 'a whole .gz file'],
  Z_DATA_ERROR: ['the gzip data is corrupt', 'an intact .gz file'],
  TRAILING_BYTES: ['something else follows the gzip data', 'only gzip data'],
  ZSTD_CUT: ['the Zstandard data ends too early', 'a whole .zst file'],
  ZSTD_DAMAGED: ['the Zstandard data is corrupt', 'an intact .zst file'],
  ZSTD_WINDOW: ['the Zstandard data needs more than 128 MB', 'a window of at most 128 MB'],
};

/**
 * What a failure to read means to the user. `lineAt` gives the line of a byte. An error that
 * is not known here is a defect of the program, not of the input, and is returned unchanged.
 */
export async function explain(
  file: string,
  error: unknown,
  lineAt: (offset: number) => Promise<number | undefined>,
): Promise<unknown> {
  if (error instanceof JsonProblem) {
    const line = await lineAt(error.offset);
    const place = line === undefined ? '' : ` line ${line},`;
    const problem = `${error.message} at${place} byte ${error.offset}`;
    return new UnreadableInput(file, problem, error.expected, error);
  }
  if (error instanceof OtherContent)
    return new UnreadableInput(file, error.message, 'JSON in UTF-8, plain, .gz or .zst', error);
  const code = codeOf(error);
  if (code === undefined) return error;
  const [problem, expected] = BY_CODE[code] ?? [`reading failed with ${code}`, 'a readable file'];
  return new UnreadableInput(file, problem, expected, error);
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && !error.code.startsWith('ERR_') ? error.code : undefined;
}
