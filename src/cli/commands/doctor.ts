import { type Command, Option } from 'commander';
import { examine } from '../../doctor/examine.ts';
import { judgeFile } from '../../doctor/judge/file.ts';
import { planOf } from '../../doctor/plan.ts';
import { countsOf, json, table } from '../../doctor/report.ts';
import { emptySettings } from '../../settings/settings.ts';
import { cautionsOf } from '../../settings-file/cautions.ts';
import { loadDeployment } from '../../settings-file/deployment.ts';
import {
  anotherRollOut,
  loadRecord,
  lossesOf,
  recordFileOf,
} from '../../settings-file/deployment-record.ts';
import { contradictions } from '../../settings-file/placed-accounts.ts';
import { loadSettings, SettingsError } from '../../settings-file/settings-file.ts';
import { EXIT, type ExitCode, type Io, write } from '../io.ts';
import { ProgressBar } from '../progress.ts';
import { EXTERNAL_ID_OPTION, roleOf } from '../role-options.ts';
import { estimateCommand } from './estimate.ts';

const EXAMPLES = `
Examples:
  s3-config-rules doctor deployment.yaml
  s3-config-rules doctor deployment.yaml --role s3-config-rules-doctor --format json
  s3-config-rules doctor deployment.yaml --estimate ./AWSLogs

It changes nothing. Run it with credentials of the central account. Without --role it examines only
the account of the credentials and reports the others as not examined. docs/doctor.md lists the
permissions it needs.

Exit codes: 0 ready, 1 something to fix, 2 usage, settings or deployment-file error, 3 no credentials
or AWS error at the start, 4 nothing to fix was found, but something could not be examined.`;

interface DoctorOptions {
  readonly role?: string;
  readonly externalId?: string;
  readonly settings?: string;
  readonly estimate?: readonly string[];
  readonly format: 'table' | 'json';
}

/** The `doctor` command. */
export function addDoctor(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .description('Report what a deployment still needs, and how to fix it.')
    .argument('<deployment>', 'a deployment.yaml')
    .option('--role <name>', 'role to assume in each account (with its path, if it has one)')
    .option(...EXTERNAL_ID_OPTION)
    .option('--settings <file>', 'settings that say what must be recorded')
    .option(
      '--estimate <source...>',
      'what would fail, and cost, judged from snapshots or a collected folder; asks AWS nothing',
    )
    .addOption(
      new Option('--format <format>', 'table or json').choices(['table', 'json']).default('table'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: DoctorOptions) => {
      done(await doctorCommand(file, options, io));
    });
}

/** @throws UsageError, SettingsError before anything is asked; NoCaller when there are no credentials to ask with. */
async function doctorCommand(
  file: string,
  { role: name, externalId, settings: settingsFile, format, estimate }: DoctorOptions,
  io: Io,
): Promise<ExitCode> {
  const role = roleOf('--role', { name, externalId });
  const deployment = await loadDeployment(file);
  if (estimate !== undefined) {
    const chosen = settingsFile === undefined ? { format } : { format, settings: settingsFile };
    return await estimateCommand(deployment, estimate, chosen, io);
  }
  const settings = settingsFile ? await loadSettings(settingsFile) : emptySettings;
  const problems = contradictions(deployment, settings.organization, file);
  if (problems.length > 0) throw new SettingsError(problems);
  const files = { deployment: file, record: recordFileOf(file) };
  const record = await loadRecord(files.record);
  const read = judgeFile({
    file,
    another: record && anotherRollOut(deployment, record, files),
    cautions: cautionsOf(deployment),
    losses: lossesOf(deployment, record),
  });
  const progress = new ProgressBar(io);
  const onProgress = (share: number, total: number, label: string) =>
    progress.draw(share, total, label);
  const at = io.now().toISOString();
  const asked = await examine(planOf(deployment, settings, role), { at, onProgress }).finally(() =>
    progress.clear(),
  );
  const diagnoses = [...read, ...asked];
  await write(io.stdout, format === 'json' ? json(diagnoses) : table(diagnoses));
  const counts = countsOf(diagnoses);
  if (counts.FIX > 0) return EXIT.findings;
  return counts.UNKNOWN > 0 ? EXIT.partial : EXIT.clean;
}
