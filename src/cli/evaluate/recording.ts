import { DamagedDataSet } from '../../results/files/data-set.ts';
import { type Beginning, Recording } from '../../results/run/recording.ts';
import type { RunRow } from '../../results/tables.ts';
import { UsageError } from '../io.ts';

export interface RunOptions {
  readonly outputDir?: string;
  /** False with --no-evidence. */
  readonly evidence?: boolean;
}

/** The run that an evaluation is, and the data set that it goes to. @throws UsageError when that cannot be written or read. */
export async function beginRun(
  beginning: Omit<Beginning, 'target'>,
  { outputDir: folder, evidence: withEvidence = true }: RunOptions,
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

/** What of the population is not assessed. Files, records and errors are told as they are met. */
export const notAssessedIn = ({ problems }: Pick<RunRow, 'problems'>): readonly string[] =>
  problems
    .filter(({ kind }) => kind === 'input' || kind === 'account' || kind === 'region')
    .map(({ message }) => message);
