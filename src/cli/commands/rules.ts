import type { Command } from 'commander';
import { rules } from '../../../rules/index.ts';
import type { Rule } from '../../engine/rule.ts';
import { ruleFacts } from '../../facets/needs.ts';
import { SEVERITIES } from '../../formats/summary.ts';
import { rulePage } from '../../pages/rule-page.ts';
import { didYouMean } from '../../settings-file/nearest.ts';
import { printable } from '../../values/text.ts';
import { chosenRules, type RuleChoice } from '../evaluate/chosen-rules.ts';
import { addRuleOptions } from '../evaluate/options.ts';
import { paintFor } from '../evaluate/paint.ts';
import { changesToPaste } from '../explain/examples.ts';
import { type Io, UsageError, write } from '../io.ts';
import { readable } from '../reading.ts';

const COLORS = { critical: 'magenta', high: 'red', medium: 'yellow', low: 'cyan' } as const;

/** `rules list` and `rules show`: the same words as the pages in docs/rules. */
export function addRules(program: Command, io: Io): void {
  const { stdout } = io;
  const command = program.command('rules').description('List the rules and what each one judges.');
  const list = command
    .command('list')
    .description('One line for each rule: id, severity, and what is true when it passes.');
  addRuleOptions(list).action(async (options: RuleChoice) => {
    const paint = paintFor(io) ?? ((_, text) => text);
    const width = Math.max(...rules.map(({ id }) => id.length));
    const widest = Math.max(...SEVERITIES.map((severity) => severity.length));
    for (const { id, severity, title } of chosenRules(options)) {
      const level = paint(COLORS[severity], severity.padEnd(widest));
      await write(stdout, `${id.padEnd(width)}  ${level}  ${title}\n`);
    }
  });
  command
    .command('show')
    .argument('<id>', 'id of a rule')
    .option('--markdown', 'the page as it stands in docs/rules')
    .description(
      'The page of a rule: parameters, messages with their fixes, requirements and limits.',
    )
    .action(async (id: string, { markdown }: { readonly markdown?: boolean }) => {
      const rule = ruleNamed(id);
      const page = rulePage(rule, ruleFacts(rule));
      const reader = { paint: paintFor(io), columns: stdout.columns };
      await write(stdout, markdown ? page : readable(page, reader));
      const changes = markdown ? '' : changesToPaste(rule);
      const heading =
        'Changes to paste, for an example without settings (explain computes them for yours)';
      if (changes !== '')
        await write(stdout, `\n${reader.paint?.('bold', heading) ?? heading}\n\n${changes}`);
    });
}

/** @throws UsageError naming the rule that was perhaps meant. */
export function ruleNamed(id: string): Rule {
  const rule = rules.find((each) => each.id === id);
  if (rule) return rule;
  const meant = didYouMean(
    id,
    rules.map((each) => each.id),
  );
  throw new UsageError(`There is no rule ${printable(id)}.${meant} "rules list" names them all.`);
}
