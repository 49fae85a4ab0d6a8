import { Command, CommanderError, Option } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { printable } from '../core/text.ts';
import { SEVERITIES } from '../formats/summary.ts';
import { SettingsError } from '../settings/settings-file.ts';
import { UnreadableInput } from '../sources/read.ts';
import { type EvaluateOptions, evaluateCommand } from './evaluate.ts';
import { EXIT, type ExitCode, type Io, UsageError } from './io.ts';
import { FORMATS } from './report.ts';

const EXAMPLES = `
Examples:
  s3-config-rules evaluate snapshot.json.gz --settings settings.yaml
  s3-config-rules evaluate ./AWSLogs --format ndjson > findings.ndjson
  aws configservice get-resource-config-history --resource-type AWS::S3::Bucket \\
    --resource-id my-bucket --limit 1 | s3-config-rules evaluate -

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or settings error,
3 input or run-time error, 4 something could not be assessed.`;

/** Runs the command line and returns its exit code; it never calls process.exit. */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const program = new Command('s3-config-rules')
    .description('Judges Amazon S3 buckets with the rules that run behind AWS Config.')
    .version(manifest.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(printableLines(text)),
    });
  program
    .command('evaluate')
    .description(
      'Judge the buckets in Config snapshots, history files, configuration items or Lambda events.',
    )
    .argument('<source...>', 'files (.json, .json.gz, .ndjson), folders, or - for standard input')
    .option('--settings <file>', 'what the organization trusts, approves and waives')
    .option('--rules <ids>', 'only these rules, separated by commas')
    .option('--framework <id>', 'only the rules that serve gdpr or hipaa')
    .addOption(
      new Option('--format <format>', 'how to write findings').choices(FORMATS).default('table'),
    )
    .option('--output <file>', 'write findings to a file instead of standard output')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 on findings of this severity or above')
        .choices([...SEVERITIES, 'never'])
        .default('low'),
    )
    .option('--now <time>', 'the time that waivers are judged at (default: the current time)')
    .addHelpText('after', EXAMPLES)
    .action(async (sources: string[], options: EvaluateOptions) => {
      code = await evaluateCommand(sources, options, io);
    });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return explained(error, io);
  }
}

function explained(error: unknown, { stderr }: Io): ExitCode {
  // Commander has already written its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  const message = error instanceof Error ? error.message : String(error);
  stderr.write(`${printableLines(message)}\n`);
  const isUsage =
    error instanceof UsageError ||
    error instanceof SettingsError ||
    error instanceof UnreadableInput;
  return isUsage ? EXIT.usage : EXIT.failure;
}

const printableLines = (text: string) => text.split('\n').map(printable).join('\n');
