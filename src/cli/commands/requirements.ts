import { Argument, type Command } from 'commander';
import { rules } from '../../../rules/index.ts';
import { frameworks } from '../../frameworks/index.ts';
import { requirementPage } from '../../pages/requirement-page.ts';
import { paintFor } from '../evaluate/paint.ts';
import { type Io, write } from '../io.ts';
import { readable } from '../reading.ts';

/** `requirements`: what is evaluated for each requirement, and what is not. */
export function addRequirements(program: Command, io: Io): void {
  program
    .command('requirements')
    .addArgument(
      new Argument('[framework]', 'only this framework').choices(frameworks.map(({ id }) => id)),
    )
    .description(
      'List the requirements of each framework that rules support, and those that no rule supports.',
    )
    .option('--markdown', 'the pages as they stand in docs/requirements')
    .action(async (wanted: string | undefined, { markdown }: { readonly markdown?: boolean }) => {
      for (const framework of frameworks) {
        if (wanted !== undefined && framework.id !== wanted) continue;
        const page = requirementPage(framework, rules);
        const reader = { paint: paintFor(io), columns: io.stdout.columns };
        await write(io.stdout, markdown ? page : readable(page, reader));
      }
    });
}
