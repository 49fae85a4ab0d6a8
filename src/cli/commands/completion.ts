import { Argument, type Command } from 'commander';
import { rules } from '../../../rules/index.ts';
import { TIERS } from '../../engine/tier.ts';
import { GROUPINGS } from '../../formats/groups.ts';
import { formatNames } from '../../formats/index.ts';
import { SEVERITIES } from '../../formats/summary.ts';
import { frameworks } from '../../frameworks/index.ts';
import { completionScript, SHELLS, type Shell } from '../completion.ts';
import { type Io, write } from '../io.ts';

const EXAMPLES = `
Examples:
  bash:  s3-config-rules completion bash > ~/.local/share/bash-completion/completions/s3-config-rules
  zsh:   source <(s3-config-rules completion zsh)      # in ~/.zshrc, after compinit
  fish:  s3-config-rules completion fish > ~/.config/fish/completions/s3-config-rules.fish`;

/** `completion`: a script for a shell. */
export function addCompletion(program: Command, { stdout }: Io): void {
  program
    .command('completion')
    .description('Print a script that completes commands, options and rules in a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', EXAMPLES)
    .action(async (shell: Shell) => {
      const ids = rules.map(({ id }) => id);
      const values = {
        '--rules': ids,
        '--skip-rules': ids,
        '--fail-on': [...SEVERITIES, 'never', ...ids],
        '--severity': [...SEVERITIES],
        '--tier': [...TIERS],
        '--framework': frameworks.map(({ id }) => id),
        '--group-by': [...GROUPINGS],
        '--output': formatNames.flatMap((format) => [format, `${format}=`]),
        ...{ 'rules show': ids, explain: ids },
      };
      await write(stdout, completionScript(shell, program, values));
    });
}
