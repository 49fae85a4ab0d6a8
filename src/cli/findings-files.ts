import { type Compared, findingsIn, NoFindings } from '../comparison/findings-file.ts';
import { rereadable, STANDARD_INPUT } from '../sources/files/read.ts';
import { type Io, UsageError } from './io.ts';

/**
 * Reads files of findings, also pipes and standard input. @param option what names them, for the message.
 * @throws UsageError where one of them holds no findings, or only a part of them.
 */
export async function withFindings<T>(
  files: readonly string[],
  { stdin }: Pick<Io, 'stdin'>,
  read: (findingsOf: (file: string) => AsyncGenerator<Compared>) => Promise<T>,
  option = '',
): Promise<T> {
  if (files.filter((file) => STANDARD_INPUT.has(file)).length > 1)
    throw new UsageError('Standard input holds one file of findings. Name it only once.');
  // A file of another program is read anew where its lines are not those of evaluate, which a pipe cannot be.
  const inputs = await rereadable(files, stdin);
  try {
    const paths = new Map(files.map((file, at) => [file, inputs.paths[at]]));
    return await read((file) => findingsIn(paths.get(file) ?? file));
  } catch (error) {
    if (!(error instanceof NoFindings)) throw error;
    throw new UsageError(`${option}${inputs.label(error.message)}`);
  } finally {
    await inputs.dispose();
  }
}
