import { type Command, Option } from 'commander';
import { TIERS } from '../../engine/tier.ts';
import { formatNames } from '../../formats/index.ts';
import type { ExitCode, Io } from '../io.ts';
import {
  addLiveOptions,
  type LiveOptions,
  refuseLiveOptions,
  withCollected,
} from '../live-account.ts';
import { refuseSharedInput } from '../output/inputs.ts';
import { chosenRules, frameworkNames, gathered } from './chosen-rules.ts';
import { checked, type EvaluateOptions, evaluateCommand } from './evaluate.ts';

const EXAMPLES = `
Examples:
  s3-config-rules evaluate snapshot.json.gz
  s3-config-rules evaluate account --region eu-central-1 --settings settings.yaml
  s3-config-rules evaluate ./AWSLogs --output table --output sarif=findings.sarif --output html=report.html
  s3-config-rules evaluate ./AWSLogs --baseline last.ndjson --fail-on high,s3-no-public-access
  aws configservice get-resource-config-history --resource-type AWS::S3::Bucket \\
    --resource-id my-bucket --limit 1 | s3-config-rules evaluate -

Outputs: --output takes format=file, a format for standard output, or a file in the format of --format. It may be
given several times. A file is written whole or not at all, and never over an input.

Settings: --settings, else S3_CONFIG_RULES_SETTINGS, else the nearest s3-config-rules.yaml from the working folder
upwards to the repository or the home folder.

Exit codes: 0 clean, 1 findings that --fail-on names, 2 usage or settings error, 3 input, output or run-time error,
4 something could not be assessed, 141 the reader of standard output closed the pipe. Input that is damaged or
missing (3, 4) takes precedence over findings (1), and findings over those that are UNKNOWN (4). To tell findings from
findings in a report that is not whole, use --combined-exit-code: 5 for both.`;

/** The `evaluate` command. */
export function addEvaluate(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('evaluate')
    .description(
      'Judge the buckets in Config snapshots, history files, configuration items or Lambda events, or of a live account.',
    )
    .argument(
      '<source...>',
      'files (.json, .jsonl, .ndjson, .gz, .zst), folders, pipes, - for standard input, or account for the live account',
    );
  addLiveOptions(command);
  addSettingsOptions(command);
  addRuleOptions(command)
    .option('--tags <tags>', 'only resources with one of these tags: key or key=value', gathered)
    .addOption(
      new Option('--format <format>', 'output format (default: table)').choices(formatNames),
    )
    .option('--output <output>', 'format=file, format or file; may be repeated', listed)
    .option('--no-envelope', 'json, ndjson: only the findings, without the run that they are of')
    .addOption(new Option('--envelope', 'json, ndjson: with the run (the default)').hideHelp())
    .option('--output-dir <folder>', 'add the run to a data set: see docs/data-set.md')
    .option('--no-evidence', 'keep no configuration items and answers in the data set')
    .option('--group-by <groups>', 'also count by account, ou, region, rule or tag:KEY', listed)
    .option(
      '--baseline <file>',
      'findings (json, ndjson) that were open before, and do not fail the run',
    )
    .option(
      '--fail-on <what>',
      'exit with 1 on findings of this severity or above, or of these rules; or never (default: low)',
      gathered,
    )
    .option('--soft-fail', 'the same as --fail-on never')
    .option('--combined-exit-code', 'exit with 5 on findings in a report that is not whole')
    .option('--now <time>', 'judge waivers and ages at this time, with its zone (default: now)')
    .option(
      '--pages <url>',
      'address (https) where docs/rules is published, for the links in the findings',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (sources: string[], options: EvaluateOptions & LiveOptions) => {
      done(await evaluated(sources, options, io));
    });
}

/** A live account is collected first, and then judged as any other folder. */
async function evaluated(
  sources: readonly string[],
  options: EvaluateOptions & LiveOptions,
  io: Io,
): Promise<ExitCode> {
  if (!sources.includes(LIVE)) {
    refuseLiveOptions(options);
    return evaluateCommand(sources, options, io);
  }
  // A collection takes long; what is wrong with the options is said before it.
  refuseSharedInput(sources, { '--settings': options.settings, '--baseline': options.baseline });
  const known = await checked(options, io);
  return withCollected(chosenRules(options), options, io, (folder) =>
    evaluateCommand(
      sources.map((source) => (source === LIVE ? folder : source)),
      options,
      io,
      { known },
    ),
  );
}

/** The source that stands for the account of the credentials; a file of that name is ./account. */
const LIVE = 'account';

/** The options of every command that judges. */
export const addSettingsOptions = (command: Command): Command =>
  command
    .option('--settings <file>', 'what the organization trusts, approves and waives')
    .option('--no-settings', 'use no settings, wherever there are some')
    .option('--no-waivers', 'judge as if no finding were waived');

export const addRuleOptions = (command: Command): Command =>
  command
    .option(
      '--rules <ids>',
      'only these rules, separated by commas (* and ? stand for any)',
      gathered,
    )
    .option('--skip-rules <ids>', 'all rules but these', gathered)
    .option('--severity <severities>', 'only rules of these severities', gathered)
    .option('--framework <id>', `only the rules with a primary link to ${frameworkNames}`)
    .option('--tier <tier>', `only the rules of this tier and below: ${TIERS.join(', ')}`);

/** Options that are given more than once make a list. */
const listed = (value: string, before: readonly string[] = []) => [...before, value];
