import { rules } from '../../../rules/index.ts';
import { verifyFiles } from '../../evidence/bundle/verify.ts';
import { faultsInContents } from '../../evidence/check-contents.ts';
import { NoRecords, rejudge } from '../../evidence/rejudge.ts';
import { Malformed } from '../../values/json.ts';
import { printable } from '../../values/text.ts';
import { EXIT, type ExitCode, type Io, UsageError } from '../io.ts';
import { warn } from '../log.ts';

/** Writes a line for each result that differs. @throws UsageError when the folder is not a bundle with records. */
export async function rejudgeCommand(folder: string, io: Io): Promise<ExitCode> {
  const say = (line: string) => io.stdout.write(`${printable(line)}\n`);
  const { faults } = await asUsage(() => verifyFiles(folder, null));
  for (const fault of faults) say(`${folder}: ${fault}`);
  // What is in files that were changed says nothing of what was signed.
  if (faults.length > 0) return EXIT.findings;
  const inside = await asUsage(() => faultsInContents(folder));
  for (const fault of inside) say(`${folder}: ${fault}`);
  const judged = await rejudge(folder, rules).catch((error: unknown) => {
    if (error instanceof NoRecords) throw new UsageError(error.message);
    const isOfBundle = error instanceof Malformed || (error instanceof Error && 'code' in error);
    if (inside.length === 0 && !isOfBundle) throw error;
    say(`${folder}: It cannot be judged again: ${error instanceof Error ? error.message : error}`);
    return null;
  });
  if (judged === null) return EXIT.findings;
  const { compared, differences, otherFiles, otherRules, judgedElsewhere, notRun } = judged;
  const { leftOut, isOtherRelease } = judged;
  for (const { id, rule, subject, what } of differences) say(`${rule} ${subject} (${id}): ${what}`);
  if (otherRules.length > 0) {
    warn(
      io,
      `The bundle was made with other code of these rules, so they may judge otherwise: ${otherRules.join(', ')}.`,
    );
  }
  if (judgedElsewhere.length > 0) {
    warn(
      io,
      `The results of these rules are those of AWS Config, and cannot be judged again from this bundle: ${judgedElsewhere.join(', ')}.`,
    );
  }
  if (leftOut.length > 0) {
    warn(
      io,
      `The run says that these rules were left out, so the bundle has no results of them: ${leftOut.join(', ')}. ` +
        'Ask why, and who decided it.',
    );
  }
  if (notRun.length > 0) {
    const why = isOtherRelease
      ? 'The bundle was made by a release with other rules: judge it again with that one.'
      : 'They were taken out of the results.';
    say(
      `The run neither has these rules nor says that they were left out: ${notRun.join(', ')}. ${why}`,
    );
  }
  for (const file of otherFiles) say(`${file} does not show the results of the bundle.`);
  if (inside.length + differences.length + otherFiles.length > 0) return EXIT.findings;
  say(`${compared} results come out of the records as they stand in the bundle.`);
  return EXIT.clean;
}

async function asUsage<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const isUsage = error instanceof Malformed || (error instanceof Error && 'code' in error);
    if (isUsage) throw new UsageError(error.message);
    throw error;
  }
}
