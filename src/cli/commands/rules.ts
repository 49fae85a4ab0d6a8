import type { Command } from 'commander';
import { rules } from '../../../rules/index.ts';
import type { Rule } from '../../engine/rule.ts';
import { ruleFacts } from '../../facets/needs.ts';
import { rulePage } from '../../pages/rule-page.ts';
import { type Io, UsageError, write } from '../io.ts';

/** `rules list` and `rules show`: the same words as the pages in docs/rules. */
export function addRules(program: Command, { stdout }: Io): void {
  const command = program.command('rules').description('List the rules and what each one judges.');
  command
    .command('list')
    .description('One line for each rule: id, severity, and what is true when it passes.')
    .action(async () => {
      const width = Math.max(...rules.map(({ id }) => id.length));
      for (const { id, severity, title } of rules) {
        await write(stdout, `${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}\n`);
      }
    });
  command
    .command('show')
    .argument('<id>', 'id of a rule')
    .description('The page of a rule: parameters, messages, requirements and limits.')
    .action((id: string) => {
      const rule = ruleNamed(id);
      return write(stdout, rulePage(rule, ruleFacts(rule)));
    });
}

function ruleNamed(id: string): Rule {
  const rule = rules.find((each) => each.id === id);
  if (rule) return rule;
  throw new UsageError(
    `There is no rule ${id}; the rules are ${rules.map((each) => each.id).join(', ')}.`,
  );
}
