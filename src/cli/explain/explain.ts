import { type Command, Option } from 'commander';
import { parametersOf } from '../../engine/parameters.ts';
import type { Explained } from '../../explanation/explained.ts';
import { snippetsOf, TOOLS, type Tool } from '../../explanation/fix.ts';
import { jsonLine } from '../../formats/json.ts';
import { rereadable } from '../../sources/files/read.ts';
import { printable } from '../../values/text.ts';
import { ruleNamed } from '../commands/rules.ts';
import { timeOf } from '../evaluate/evaluate.ts';
import { addSettingsOptions } from '../evaluate/options.ts';
import { paintFor } from '../evaluate/paint.ts';
import { EXIT, type ExitCode, type Io, UsageError, write } from '../io.ts';
import { note, warn } from '../log.ts';
import { refuseSharedInput } from '../output/inputs.ts';
import { chosenSettings, type SettingsChoice } from '../settings.ts';
import { explained } from './judged.ts';
import { explanation } from './text.ts';

const EXAMPLES = `
Examples:
  s3-config-rules explain s3-tls-only arn:aws:s3:::my-bucket ./AWSLogs
  s3-config-rules explain s3-no-public-access my-bucket snapshot.json.gz --as terraform

It changes nothing. A change is only shown where it can be computed from the record, and is judged again before it is shown.

Exit codes: 0 explained, whatever the verdict, 2 usage or settings error, or no such resource in the sources,
3 an input could not be read to its end.`;

interface ExplainOptions extends SettingsChoice {
  readonly as?: Tool;
  readonly format: 'text' | 'json';
  readonly now?: string;
}

/** The `explain` command. */
export function addExplain(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('explain')
    .description('Explain one finding: the statement, the proof, and the change that fixes it.')
    .argument('<rule>', 'id of a rule')
    .argument('<resource>', 'ARN, id or name of a resource')
    .argument('<source...>', 'as in evaluate: files, folders, pipes, or - for standard input');
  addSettingsOptions(command)
    .addOption(
      new Option('--as <tool>', 'write the change for one tool only').choices(Object.keys(TOOLS)),
    )
    .addOption(
      new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'),
    )
    .option('--now <time>', 'the time, with its zone, that it is judged at (default: now)')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, resource: string, sources: string[], options: ExplainOptions) => {
      done(await explainCommand({ id, resource, sources }, options, io));
    });
}

interface Asked {
  readonly id: string;
  readonly resource: string;
  readonly sources: readonly string[];
}

/** @throws UsageError, SettingsError, UnreadableInput */
async function explainCommand(
  { id, resource, sources }: Asked,
  options: ExplainOptions,
  io: Io,
): Promise<ExitCode> {
  refuseSharedInput(sources, { '--settings': options.settings });
  const rule = ruleNamed(id);
  const now = timeOf(options.now, io);
  const { settings, note: said } = await chosenSettings(options, io);
  const question = { rule: { rule, params: parametersOf(rule, settings) }, settings, now };
  const inputs = await rereadable(sources, io.stdin);
  try {
    let damaged = false;
    const found = await explained(inputs.paths, resource, question, (sentence, kind) => {
      damaged ||= kind === 'file';
      warn(io, inputs.label(sentence));
    });
    if (found.length === 0) {
      throw new UsageError(
        `The sources hold no ${printable(resource)} that ${id} judges. Name it by its ARN, its id or its name.`,
      );
    }
    const tools = options.as ? [options.as] : (Object.keys(TOOLS) as Tool[]);
    const page = {
      ...{ rule, tools, paint: paintFor(io) ?? ((_: unknown, text: string) => text) },
      width: Math.min((io.stdout.columns ?? 101) - 1, 100),
    };
    const text =
      options.format === 'json'
        ? jsonOf(found, tools)
        : found.map((each) => explanation(each, page)).join('\n');
    await write(io.stdout, text);
    note(io, said);
    return damaged ? EXIT.failure : EXIT.clean;
  } finally {
    await inputs.dispose();
  }
}

function jsonOf(found: readonly Explained[], tools: readonly Tool[]): string {
  const shown = found.map(({ finding, statement, changes, after }) => ({
    ...{ finding, statement, after },
    changes: changes.map(({ change, fixes: { messageId } }) => ({
      ...{ fixes: messageId, change },
      as: snippetsOf(change, finding, tools),
    })),
  }));
  return `${jsonLine(shown)}\n`;
}
