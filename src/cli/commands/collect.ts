import type { Command } from 'commander';
import { chosenRules, frameworkNames } from '../evaluate/chosen-rules.ts';
import { EXIT, type ExitCode, type Io } from '../io.ts';
import { addLiveOptions, collectInto, type LiveOptions, tellSummary } from '../live-account.ts';

const EXAMPLES = `
Examples:
  s3-config-rules collect account --output ./collected
  s3-config-rules collect account --output ./collected --region eu-central-1 --region us-east-1
  s3-config-rules collect account --output ./collected --role-name auditor --ou ou-ab12-11111111
  s3-config-rules evaluate ./collected --settings settings.yaml

It only reads. A run that was interrupted goes on when it is called again in the same way.
Permissions: s3-config-rules permissions

Exit codes: 0 complete, 2 usage error, 3 no credentials or AWS error (call it again to go on),
4 something could not be collected.`;

/** The `collect` command. */
export function addCollect(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const account = program
    .command('collect')
    .description('Write the records of live accounts into a folder that evaluate judges.')
    .command('account')
    .description('Collect what the rules read of the account of the credentials, or of others.')
    .requiredOption('--output <folder>', 'a new folder, or one whose collection was interrupted');
  addLiveOptions(account)
    .option('--rules <ids>', 'only what these rules read, separated by commas')
    .option('--framework <id>', `only what the rules with a primary link to ${frameworkNames} read`)
    .addHelpText('after', EXAMPLES)
    .action(async (options: LiveOptions & Options) => {
      const collection = await collectInto(options.output, chosenRules(options), options, io);
      tellSummary(collection, io);
      const isWhole = collection.gaps.length === 0 && collection.missing.size === 0;
      done(isWhole ? EXIT.clean : EXIT.partial);
    });
}

interface Options {
  readonly output: string;
  readonly rules?: string;
  readonly framework?: string;
}
