import { Argument, type Command } from 'commander';
import { rules } from '../../../rules/index.ts';
import { frameworks } from '../../frameworks/index.ts';
import { requirementPage } from '../../pages/requirement-page.ts';
import { type Io, write } from '../io.ts';

/** `requirements`: what is evaluated for each requirement, and what is not. */
export function addRequirements(program: Command, { stdout }: Io): void {
  program
    .command('requirements')
    .addArgument(
      new Argument('[framework]', 'only this framework').choices(frameworks.map(({ id }) => id)),
    )
    .description(
      'List the requirements of each framework that rules support, and those that no rule supports.',
    )
    .action(async (wanted?: string) => {
      for (const framework of frameworks) {
        if (wanted !== undefined && framework.id !== wanted) continue;
        await write(stdout, requirementPage(framework, rules));
      }
    });
}
