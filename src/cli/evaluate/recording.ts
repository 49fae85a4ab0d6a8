import { isAbsolute, relative, resolve, sep } from 'node:path';
import { DamagedDataSet } from '../../results/files/data-set.ts';
import { type Beginning, Recording } from '../../results/run/recording.ts';
import type { RunRow } from '../../results/tables.ts';
import { reasonOf, UsageError } from '../io.ts';

export interface RunOptions {
  readonly outputDir?: string;
  /** False with --no-evidence. */
  readonly evidence?: boolean;
}

/** The run that an evaluation is, and the data set that it goes to. @throws UsageError when that cannot be written or read. */
export async function beginRun(
  beginning: Omit<Beginning, 'target'>,
  sources: readonly string[],
  { outputDir: folder, evidence: withEvidence = true }: RunOptions,
): Promise<Recording> {
  const source = sources.find((each) => folder !== undefined && isIn(each, folder));
  if (source !== undefined) {
    throw new UsageError(
      `--output-dir ${folder} is in ${source}, which is judged. Results must not be read as input.`,
    );
  }
  const target = folder === undefined ? undefined : { folder, withEvidence };
  try {
    return await Recording.begin({ ...beginning, target });
  } catch (error) {
    const isFileSystem = error instanceof Error && 'syscall' in error;
    if (folder === undefined || !(isFileSystem || error instanceof DamagedDataSet)) throw error;
    throw new UsageError(
      `--output-dir ${folder} cannot be used: ${reasonOf(error).replace(/\.$/, '')}.`,
    );
  }
}

function isIn(source: string, folder: string): boolean {
  const way = relative(resolve(source), resolve(folder));
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** What of the population is not assessed. Problems with files and records, and errors, are told as they are met. */
export const notAssessedIn = ({ problems }: Pick<RunRow, 'problems'>): readonly string[] =>
  problems
    .filter(({ kind }) => !['file', 'record', 'finding'].includes(kind))
    .map(({ message }) => message);
