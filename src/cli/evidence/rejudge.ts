import { rules } from '../../../rules/index.ts';
import { NoRecords, rejudge } from '../../evidence/rejudge.ts';
import { Malformed } from '../../values/json.ts';
import { printable } from '../../values/text.ts';
import { EXIT, type ExitCode, type Io, UsageError } from '../io.ts';

/** Writes a line for each result that differs. @throws UsageError when the folder is not a bundle with records. */
export async function rejudgeCommand(folder: string, io: Io): Promise<ExitCode> {
  const say = (line: string) => io.stdout.write(`${printable(line)}\n`);
  const { compared, differences, otherRules } = await asUsage(() => rejudge(folder, rules));
  for (const { id, rule, subject, what } of differences) say(`${rule} ${subject} (${id}): ${what}`);
  if (otherRules.length > 0) {
    io.stderr.write(
      `The bundle was made with other code of these rules, so they may judge otherwise: ${otherRules.join(', ')}.\n`,
    );
  }
  if (differences.length === 0)
    say(`${compared} results come out of the records as they stand in the bundle.`);
  return differences.length === 0 ? EXIT.clean : EXIT.findings;
}

async function asUsage<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const isUsage =
      error instanceof NoRecords ||
      error instanceof Malformed ||
      (error instanceof Error && 'code' in error);
    if (isUsage) throw new UsageError(error.message);
    throw error;
  }
}
