import type { Command } from 'commander';
import { DIAGNOSIS_STATES, type Diagnosis } from '../doctor/diagnosis.ts';
import { diagnose } from '../doctor/doctor.ts';
import { diagnosesTable } from '../formats/diagnoses.ts';
import { loadDeployment } from '../settings/deployment.ts';
import { EXIT, type ExitCode, type Io, UsageError, write } from './io.ts';
import { ProgressBar } from './progress.ts';

const EXAMPLES = `
Examples:
  s3-config-rules doctor deployment.yaml
  s3-config-rules doctor deployment.yaml --role AWSControlTowerExecution --format json

Run it with credentials of the central account. It reads, and changes nothing.

Exit codes: 0 all is well, 1 something is to be mended, 2 wrong usage or deployment file,
3 AWS does not say who is calling, 4 nothing is to be mended, but not all could be examined.`;

interface DoctorOptions {
  readonly role?: string;
  readonly format: string;
}

/** `doctor`: what must be true before the roll-out, and how to mend what is not. */
export function addDoctor(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .description('Say what is missing before a roll-out, and how to mend it.')
    .argument('<deployment>', 'a deployment.yaml')
    .option('--role <name>', 'a role that can be assumed in every account, to look into it')
    .option('--format <format>', 'table or json', 'table')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: DoctorOptions) => {
      done(await doctorCommand(file, options, io));
    });
}

async function doctorCommand(file: string, options: DoctorOptions, io: Io): Promise<ExitCode> {
  const { role, format } = options;
  if (format !== 'table' && format !== 'json') {
    throw new UsageError(`--format: ${format} is unknown, expected table or json.`);
  }
  // The name goes into an ARN (IAM User Guide, "IAM and AWS STS quotas").
  if (role !== undefined && !/^[\w+=,.@/-]{1,512}$/.test(role)) {
    throw new UsageError(`--role: ${role} is no name of a role, expected one such as Auditor.`);
  }
  const deployment = await loadDeployment(file);
  const bar = new ProgressBar(io);
  const progress = (finished: number, total: number, label: string) =>
    bar.draw(finished, total, label);
  const now = io.now().toISOString();
  const found = await diagnose({ deployment, role, now, progress }).finally(() => bar.clear());
  const sorted = [...found].sort(byUrgency);
  await write(
    io.stdout,
    format === 'json' ? `${JSON.stringify(sorted, null, 2)}\n` : diagnosesTable(sorted),
  );
  const has = (state: Diagnosis['state']) => found.some((each) => each.state === state);
  if (has('FIX')) return EXIT.findings;
  return has('UNKNOWN') ? EXIT.partial : EXIT.clean;
}

function byUrgency(one: Diagnosis, other: Diagnosis): number {
  const states = DIAGNOSIS_STATES.indexOf(one.state) - DIAGNOSIS_STATES.indexOf(other.state);
  return states || (keyOf(one) < keyOf(other) ? -1 : 1);
}

const keyOf = ({ topic, account = '', region = '' }: Diagnosis) => `${topic} ${account} ${region}`;
