import type { Command } from 'commander';
import { TIERS } from '../../engine/tier.ts';
import { frameworkNames } from '../evaluate/chosen-rules.ts';
import type { ExitCode, Io } from '../io.ts';
import { type PublishOptions, publishCommand } from './publish.ts';

const EXAMPLES = `
Examples:
  s3-config-rules findings publish ./AWSLogs --settings settings.yaml --dry-run
  s3-config-rules findings publish snapshot.json.gz --settings settings.yaml

Run it in the account that the findings are about, because Security Hub accepts them from no other
account. It publishes one finding for each rule and resource, archived if the rule does not apply.
Findings that are already up to date are not changed.

Exit codes: 0 published, 2 usage or settings error, 3 input or run-time error, or Security Hub
refused a finding, 4 something could not be read, or belongs to another account.`;

/** The `findings publish` command. */
export function addFindings(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command('findings')
    .description('Send findings to AWS services.')
    .command('publish')
    .description(
      'Evaluate as the evaluate command does, and send the findings to Security Hub in this account.',
    )
    .argument('<source...>', 'files (.json, .jsonl, .ndjson, .gz, .zst), folders, pipes, or - for standard input')
    .option('--settings <file>', 'what the organization trusts, approves and waives')
    .option('--rules <ids>', 'only these rules, separated by commas')
    .option('--framework <id>', `only the rules with a primary link to ${frameworkNames}`)
    .option('--tier <tier>', `only the rules of this tier and below: ${TIERS.join(', ')}`)
    .option('--now <time>', 'the time of the evaluation, not in the future (default: now)')
    .option('--pages <url>', 'address where docs/rules is published, for the links in the findings')
    .option('--dry-run', 'write the findings to standard output instead; no service is called')
    .addHelpText('after', EXAMPLES)
    .action(async (sources: string[], options: PublishOptions) => {
      done(await publishCommand(sources, options, io));
    });
}
