import type { Command } from 'commander';
import { actionsFor } from '../../sources/account/wanted.ts';
import { chosenRules, frameworkNames } from '../evaluate/chosen-rules.ts';
import { type Io, write } from '../io.ts';

/** The `permissions` command. */
export function addPermissions(program: Command, io: Io): void {
  program
    .command('permissions')
    .description('Print the IAM policy that "collect account" and "evaluate account" take.')
    .option('--rules <ids>', 'only for these rules, separated by commas')
    .option('--framework <id>', `only for the rules with a primary link to ${frameworkNames}`)
    .action(async (options: { readonly rules?: string; readonly framework?: string }) => {
      const policy = {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'S3ConfigRulesCollect',
            Effect: 'Allow',
            Action: actionsFor(chosenRules(options)),
            Resource: '*',
          },
        ],
      };
      await write(io.stdout, `${JSON.stringify(policy, null, 2)}\n`);
    });
}
