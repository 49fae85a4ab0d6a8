import type { Command } from 'commander';
import { frameworkNames } from './chosen-rules.ts';
import type { ExitCode, Io } from './io.ts';
import { type PublishOptions, publishCommand } from './publish.ts';

const EXAMPLES = `
Examples:
  s3-config-rules findings publish ./AWSLogs --settings settings.yaml --dry-run
  s3-config-rules findings publish snapshot.json.gz --settings settings.yaml

It runs in the account that the findings are about, as Security Hub takes them from nobody else.
Security Hub learns the outcome of each rule on each resource, archived where a rule does not
apply; what it already holds is left as it is.

Exit codes: 0 published, 2 usage or settings error, 3 input or run-time error, or Security Hub
refused a finding, 4 something could not be read, or belongs to another account.`;

/** `findings publish`, as it is called. */
export function addFindings(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command('findings')
    .description('Hand findings to the services of AWS.')
    .command('publish')
    .description('Judge like evaluate, and send the findings to Security Hub of this account.')
    .argument('<source...>', 'files (.json, .json.gz, .ndjson), folders, or - for standard input')
    .option('--settings <file>', 'what the organization trusts, approves and waives')
    .option('--rules <ids>', 'only these rules, separated by commas')
    .option('--framework <id>', `only the rules that support a requirement of ${frameworkNames}`)
    .option('--now <time>', 'the time of the evaluation, not in the future (default: now)')
    .option('--pages <url>', 'where docs/rules is published, for the links of the findings')
    .option('--dry-run', 'write the findings to standard output instead; no service is called')
    .addHelpText('after', EXAMPLES)
    .action(async (sources: string[], options: PublishOptions) => {
      done(await publishCommand(sources, options, io));
    });
}
