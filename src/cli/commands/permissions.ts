import type { Command } from 'commander';
import { actionsFor } from '../../sources/account/wanted.ts';
import { chosenRules, frameworkNames } from '../evaluate/chosen-rules.ts';
import { type Io, UsageError, write } from '../io.ts';
import { checkExternalId } from '../role-options.ts';

const EXAMPLES = `
Examples:
  s3-config-rules permissions > permissions.json
  s3-config-rules permissions --trust arn:aws:iam::111122223333:role/auditor --external-id 5f1c9a > trust.json
  aws iam create-role --role-name s3-config-rules --assume-role-policy-document file://trust.json
  aws iam put-role-policy --role-name s3-config-rules --policy-name read --policy-document file://permissions.json`;

interface Options {
  readonly rules?: string;
  readonly framework?: string;
  readonly trust?: string;
  readonly externalId?: string;
}

/** The `permissions` command. */
export function addPermissions(program: Command, io: Io): void {
  program
    .command('permissions')
    .description('Print the IAM policy that "collect account" and "evaluate account" take.')
    .option('--rules <ids>', 'only for these rules, separated by commas')
    .option('--framework <id>', `only for the rules with a primary link to ${frameworkNames}`)
    .option(
      '--trust <principal>',
      'instead, the trust policy of the role of --role-name, which this account or ARN assumes',
    )
    .option('--external-id <id>', 'with --trust: the external ID that the role expects')
    .addHelpText('after', EXAMPLES)
    .action(async ({ trust, externalId, ...chosen }: Options) => {
      if (trust === undefined && externalId !== undefined)
        throw new UsageError('--external-id needs --trust: the policy that holds it.');
      const statement =
        trust === undefined
          ? {
              ...{ Sid: 'S3ConfigRulesCollect', Effect: 'Allow' },
              ...{ Action: actionsFor(chosenRules(chosen)), Resource: '*' },
            }
          : trusting(trust, externalId);
      const policy = { Version: '2012-10-17', Statement: [statement] };
      await write(io.stdout, `${JSON.stringify(policy, null, 2)}\n`);
    });
}

/** Who assumes a role: an account (IAM User Guide, "AWS JSON policy elements: Principal", "AWS account principals"), a user or a role. */
const PRINCIPAL =
  /^(?:\d{12}|arn:aws(?:-[a-z]+)*:iam::\d{12}:(?:root|(?:user|role)\/[\w+=,.@/-]+))$/;

function trusting(principal: string, externalId: string | undefined): object {
  if (!PRINCIPAL.test(principal))
    throw new UsageError(
      `--trust: ${principal} is neither an account id nor the ARN of an account, user or role.`,
    );
  if (externalId !== undefined) checkExternalId(externalId);
  return {
    ...{ Sid: 'S3ConfigRulesAssume', Effect: 'Allow' },
    ...{ Principal: { AWS: principal }, Action: 'sts:AssumeRole' },
    ...(externalId === undefined
      ? {}
      : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
  };
}
