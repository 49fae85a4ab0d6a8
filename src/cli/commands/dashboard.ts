import { mkdtemp, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { pageCode } from '#page';
import { rules } from '../../../rules/index.ts';
import { runDataOf } from '../../dashboard/from-results.ts';
import { folderReader, s3Place, s3Reader } from '../../dashboard/serving/places.ts';
import { serve } from '../../dashboard/serving/serve.ts';
import { OutputInUse, writeDashboard } from '../../dashboard/write.ts';
import { daysIn, isDataSet, judgeDays, judgeInto, openDataSet } from '../../results/index.ts';
import type { Problem } from '../../results/tables.ts';
import { emptySettings } from '../../settings/settings.ts';
import { loadSettings } from '../../settings-file/settings-file.ts';
import { list } from '../../values/text.ts';
import { timeOf } from '../evaluate/evaluate.ts';
import { EXIT, type ExitCode, type Io, UsageError, write } from '../io.ts';
import { warn } from '../log.ts';

const EXAMPLES = `
Examples:
  s3-config-rules dashboard build ./AWSLogs --settings settings.yaml --output dashboard
  s3-config-rules dashboard build ./results --output dashboard --single-file
  s3-config-rules dashboard serve dashboard

A data set is a folder that "evaluate --output-dir" wrote; it was judged with its own settings. Files of
AWS Config are judged first. docs/dashboard.md describes the views and how to host them.

Exit codes: 0 written, 2 usage or settings error, 3 input or run-time error, 4 written, and a record could not be
read. What was not assessed is no error here: the view Coverage lists it.`;

export interface BuildCommandOptions {
  readonly settings?: string;
  readonly output: string;
  readonly singleFile?: boolean;
  readonly title: string;
  readonly days: string;
  readonly run?: string;
  readonly now?: string;
}

/** The `dashboard` commands. */
export function addDashboard(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('dashboard')
    .description('Show an organization on one page: static files, without a server.');
  command
    .command('build')
    .description('Write the dashboard of a results data set, or of files of AWS Config.')
    .argument('<source...>', 'one results data set; or files and folders of AWS Config')
    .requiredOption('--output <dir>', 'folder to write; a dashboard that is in it is replaced')
    .option('--settings <file>', 'what the organization trusts, approves and waives')
    .option('--single-file', 'write one index.html that opens from disk, without a network')
    .option('--title <text>', 'what the page is called', 'S3 compliance')
    .option('--days <number>', 'of files of AWS Config: judge so many days, for the trend', '1')
    .option('--run <id>', 'of a data set: this run instead of the last')
    .option('--now <time>', 'the time at which waivers are checked (default: the current time)')
    .addHelpText('after', EXAMPLES)
    .action(async (sources: string[], options: BuildCommandOptions) => {
      done(await buildCommand(sources, options, io));
    });
  command
    .command('serve')
    .description('Serve a dashboard to this machine only, until interrupted.')
    .argument('<place>', 'folder of a dashboard, or s3://bucket/prefix')
    .option('--port <number>', 'port on 127.0.0.1; 0 for any that is free', '8080')
    .action(async (place: string, options: { readonly port: string }) => {
      done(await serveCommand(place, options, io));
    });
}

/** @throws UsageError, SettingsError, UnreadableInput before anything is written. */
async function buildCommand(
  sources: readonly string[],
  options: BuildCommandOptions,
  io: Io,
): Promise<ExitCode> {
  if (sources.includes('-'))
    throw new UsageError('A dashboard is not built from standard input: name files or folders.');
  const known = await Promise.all(sources.map(isDataSet));
  if (known.includes(true)) {
    if (sources.length > 1) throw new UsageError('Name one data set, or files of AWS Config.');
    const unused = [
      ...(options.settings === undefined ? [] : ['--settings']),
      ...(options.now === undefined ? [] : ['--now']),
      ...(options.days === '1' ? [] : ['--days']),
    ];
    if (unused.length > 0)
      warn(
        io,
        `The data set was judged with its own settings, at its own time: ${list(unused)} ${unused.length === 1 ? 'is' : 'are'} not used.`,
      );
    return await buildFrom(sources[0] ?? '', options, io);
  }
  const folder = await mkdtemp(join(tmpdir(), 's3-config-rules-dashboard-'));
  try {
    await judge(folder, sources, options, io);
    return await buildFrom(folder, options, io);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Judges the newest state, and before it the days of which there are snapshots. */
async function judge(
  folder: string,
  sources: readonly string[],
  options: BuildCommandOptions,
  io: Io,
) {
  const days = Number(options.days);
  if (!Number.isInteger(days) || days < 1 || days > 400) {
    throw new UsageError(`--days: "${options.days}" is not a whole number from 1 to 400.`);
  }
  if (options.run !== undefined) throw new UsageError('--run is for a data set.');
  const settings = options.settings ? await loadSettings(options.settings) : emptySettings;
  const now = timeOf(options.now, io);
  const judging = { settings, rules, complain: (sentence: string) => warn(io, sentence) };
  const earlier = days > 1 ? (await daysIn(sources)).slice(0, -1).slice(1 - days) : [];
  const [first, last] = [earlier[0], earlier.at(-1)];
  if (first && last) {
    await judgeDays(folder, sources, { from: first.date, to: last.date }, { settings, rules });
  }
  await judgeInto(folder, sources, { ...judging, now });
}

async function buildFrom(folder: string, options: BuildCommandOptions, io: Io): Promise<ExitCode> {
  const dataSet = await openDataSet(folder);
  for (const sentence of dataSet.damage) warn(io, sentence);
  const run = options.run === undefined ? dataSet.runs.at(-1) : dataSet.run(options.run);
  if (run === undefined) {
    throw new UsageError(
      options.run === undefined
        ? `${folder} holds no run that can be read.`
        : `--run: there is no run ${options.run}.`,
    );
  }
  const { output, title, singleFile: isSingle = false } = options;
  try {
    const data = await runDataOf(dataSet, run);
    const path = await writeDashboard(data, {
      ...{ output, title, isSingle, rules },
      code: await pageCode(),
    });
    await write(io.stdout, `${path}\n`);
    return exitOf(run.row.problems);
  } catch (error) {
    if (error instanceof OutputInUse) throw new UsageError(`--output: ${error.message}`);
    throw error;
  }
}

/** What could not be read is said by the exit code; accounts and Regions that are missing stand in the dashboard. */
function exitOf(problems: readonly Problem[]): ExitCode {
  if (problems.some(({ kind }) => kind === 'file')) return EXIT.failure;
  return problems.some(({ kind }) => kind === 'record') ? EXIT.partial : EXIT.clean;
}

/** Ends when the process is told to. */
async function serveCommand(
  place: string,
  { port }: { readonly port: string },
  io: Io,
): Promise<ExitCode> {
  const number = Number(port);
  if (!/^\d{1,5}$/.test(port) || number > 65_535) {
    throw new UsageError(`--port: "${port}" is not a port.`);
  }
  const bucket = s3Place(place);
  if (place.startsWith('s3://') && !bucket)
    throw new UsageError(`${place} is not of the form s3://bucket/prefix.`);
  const read = bucket ? await s3Reader(bucket) : folderReader(place);
  if (!bucket && !(await stat(join(place, 'index.html')).catch(() => null))) {
    throw new UsageError(`${place} holds no dashboard. Write one with "dashboard build".`);
  }
  const server = await serve(read, number).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UsageError(
      `Port ${port} is in use. Name another with --port, or 0 for any that is free.`,
    );
  });
  await write(io.stdout, `http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
  await new Promise((resolve) => server.once('close', resolve));
  return EXIT.clean;
}
