import { Command, CommanderError, Option } from 'commander';
import { release } from '../release/running.ts';
import { SettingsError } from '../settings-file/settings-file.ts';
import { UnreadableInput } from '../sources/files/read.ts';
import { printable } from '../values/text.ts';
import { addCollect } from './commands/collect.ts';
import { addCompletion } from './commands/completion.ts';
import { addDashboard } from './commands/dashboard.ts';
import { addDiff } from './commands/diff.ts';
import { addDoctor } from './commands/doctor.ts';
import { addFindings } from './commands/findings.ts';
import { addPermissions } from './commands/permissions.ts';
import { addRequirements } from './commands/requirements.ts';
import { addRules } from './commands/rules.ts';
import { addSettings } from './commands/settings.ts';
import { addWaivers } from './commands/waivers.ts';
import { addEvaluate } from './evaluate/options.ts';
import { addEvidence } from './evidence/evidence.ts';
import { addExplain } from './explain/explain.ts';
import { EXIT, type ExitCode, type Io, type Manner, OutputError, UsageError, write } from './io.ts';
import { logEnd, say } from './log.ts';

/**
 * Runs the command line and returns its exit code; it never calls process.exit.
 * @param given its manner takes in what the arguments say of it.
 */
export async function main(args: readonly string[], given: Io): Promise<ExitCode> {
  // What every command may be told is known only when the arguments were read; what is wrong with them is logged, too.
  const manner: Manner = Object.assign(given.manner ?? {}, asksForLog(args) ? JSON_LOG : {});
  const io: Io = { ...given, manner };
  const code = await run(args, io);
  logEnd(io, code);
  return code;
}

const JSON_LOG: Manner = { logFormat: 'json' };

const asksForLog = (args: readonly string[]) =>
  args.some((arg, at) => `${arg}=${args[at + 1]}` === LOG || arg === LOG);
const LOG = '--log-format=json';

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  // Help is written by commander, which does not wait for it.
  const help: Promise<void>[] = [];
  const program = programOf(
    io,
    (result) => {
      code = result;
    },
    (text) => help.push(write(io.stdout, text)),
  );
  program.hook('preAction', (_, command) => {
    Object.assign(io.manner ?? {}, command.optsWithGlobals<Manner>());
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return Promise.all(help).then(
      () => explained(error, io),
      (unwritten) => explained(unwritten, io),
    );
  }
}

/** Every command with its options, as help, completion and the documentation list them. */
export function programOf(
  io: Io,
  done: (code: ExitCode) => void,
  writeOut: (text: string) => void,
): Command {
  const program = new Command('s3-config-rules')
    .description('Judges Amazon S3 buckets with the rules that run behind AWS Config.')
    .version(release.version)
    .option('-q, --quiet', 'say only what went wrong')
    .option('-v, --verbose', 'say everything, also long lists')
    .option('--no-progress', 'show no progress')
    .addOption(
      new Option(
        '--log-format <format>',
        'how standard error is written: text, or an object a line',
      )
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--color', 'use colors, also where no one reads them')
    .option('--no-color', 'use no colors')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut,
      writeErr: (text) => say(io, 'error', printableLines(text)),
    });
  addEvaluate(program, io, done);
  addCollect(program, io, done);
  addPermissions(program, io);
  addFindings(program, io, done);
  addEvidence(program, io, done);
  addDashboard(program, io, done);
  addDoctor(program, io, done);
  addExplain(program, io, done);
  addDiff(program, io, done);
  addWaivers(program, io);
  addRules(program, io);
  addRequirements(program, io);
  addSettings(program, io);
  addCompletion(program, io);
  return program;
}

function explained(error: unknown, io: Io): ExitCode {
  // Commander has already written its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  if (error instanceof OutputError && error.isClosed) return EXIT.closed;
  const message = error instanceof Error ? error.message : String(error);
  say(io, 'error', `${printableLines(message)}\n`);
  const isUsage =
    error instanceof UsageError ||
    error instanceof SettingsError ||
    error instanceof UnreadableInput;
  return isUsage ? EXIT.usage : EXIT.failure;
}

const printableLines = (text: string) => text.split('\n').map(printable).join('\n');
