import { DamagedDataSet } from '../../results/files/data-set.ts';
import { type Beginning, Recording } from '../../results/run/recording.ts';
import type { RunRow } from '../../results/tables.ts';
import { UsageError } from '../io.ts';

interface Options {
  readonly outputDir?: string;
  readonly evidence?: boolean;
}

/** The run that an evaluation is, and the data set that it goes to. @throws UsageError when that cannot be written or read. */
export async function beginRun(
  beginning: Omit<Beginning, 'target'>,
  { outputDir: folder, evidence: withEvidence = true }: Options,
): Promise<Recording> {
  const target = folder === undefined ? undefined : { folder, withEvidence };
  try {
    return await Recording.begin({ ...beginning, target });
  } catch (error) {
    const isFileSystem = error instanceof Error && 'syscall' in error;
    if (folder === undefined || !(isFileSystem || error instanceof DamagedDataSet)) throw error;
    throw new UsageError(`--output-dir ${folder} cannot be used: ${error.message}`);
  }
}

/** What of the population is not assessed. Problems with files and records, and errors, are told as they are met. */
export const notAssessedIn = ({ problems }: Pick<RunRow, 'problems'>): readonly string[] =>
  problems
    .filter(({ kind }) => !['file', 'record', 'finding'].includes(kind))
    .map(({ message }) => message);
