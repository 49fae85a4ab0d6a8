import { type Command, Option } from 'commander';
import { formatNames } from '../../formats/index.ts';
import { SEVERITIES } from '../../formats/summary.ts';
import type { ExitCode, Io } from '../io.ts';
import { frameworkNames } from './chosen-rules.ts';
import { type EvaluateOptions, evaluateCommand } from './evaluate.ts';

const EXAMPLES = `
Examples:
  s3-config-rules evaluate snapshot.json.gz --settings settings.yaml
  s3-config-rules evaluate ./AWSLogs --format ndjson > findings.ndjson
  aws configservice get-resource-config-history --resource-type AWS::S3::Bucket \\
    --resource-id my-bucket --limit 1 | s3-config-rules evaluate -

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or settings error,
3 input or run-time error, 4 something could not be assessed.`;

/** The `evaluate` command. */
export function addEvaluate(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command('evaluate')
    .description(
      'Judge the buckets in Config snapshots, history files, configuration items or Lambda events.',
    )
    .argument(
      '<source...>',
      'files (.json, .jsonl, .ndjson, .gz, .zst), folders, pipes, or - for standard input',
    )
    .option('--settings <file>', 'what the organization trusts, approves and waives')
    .option('--rules <ids>', 'only these rules, separated by commas')
    .option('--framework <id>', `only the rules with a primary link to ${frameworkNames}`)
    .addOption(
      new Option('--format <format>', 'output format').choices(formatNames).default('table'),
    )
    .option('--output <file>', 'write findings to a file instead of standard output')
    .option('--envelope', 'json: the run around the findings; ndjson: a first line of kind "run"')
    .option('--output-dir <folder>', 'add the run to a data set: see docs/data-set.md')
    .option('--no-evidence', 'keep no configuration items and answers in the data set')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 on findings of this severity or above')
        .choices([...SEVERITIES, 'never'])
        .default('low'),
    )
    .option('--now <time>', 'the time at which waivers are checked (default: the current time)')
    .option(
      '--pages <url>',
      'address where docs/rules is published, for the links in asff and ocsf',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (sources: string[], options: EvaluateOptions) => {
      done(await evaluateCommand(sources, options, io));
    });
}
