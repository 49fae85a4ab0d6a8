import { type Command, InvalidArgumentError } from 'commander';
import {
  fetchBundle,
  NotStored,
  placeOf,
  s3Client,
  storeBundle,
} from '../../evidence/aws/store.ts';
import { NotFree } from '../../evidence/bundle/writer.ts';
import { printable } from '../../values/text.ts';
import { frameworkNames } from '../evaluate/chosen-rules.ts';
import { EXIT, type ExitCode, type Io, UsageError } from '../io.ts';
import { note } from '../log.ts';
import { type ExportOptions, exportCommand } from './export.ts';
import { timeOf } from './options.ts';
import { rejudgeCommand } from './rejudge.ts';
import { type SampleOptions, sampleCommand, strataNames } from './sample.ts';
import { type VerifyOptions, verifyCommand } from './verify.ts';

const EXPORT_HELP = `
Examples:
  s3-config-rules evidence export ./results --settings settings.yaml --from 2026-10-01 --to 2026-10-31 --output ./october
  s3-config-rules evidence export ./AWSLogs --settings settings.yaml --from 2026-10-01 --to 2026-10-31 \\
    --requirement "hipaa 164.312(a)(2)(iv)" --key private.pem --previous ./september --output ./october

The source is a data set of results, or files of AWS Config, which are then judged day by day.
docs/auditors.md says what a bundle holds and proves.

Exit codes: 0 made, 2 usage or settings error, 3 input or run-time error, 4 made, and it says on page 1 what was not
assessed or does not add up.`;

const VERIFY_HELP = `
Exit codes: 0 sound, 1 not sound (what is wrong, one in a line, on standard output), 2 usage error.`;

/** The commands `evidence export`, `verify`, `rejudge`, `sample`, `store` and `fetch`. */
export function addEvidence(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const evidence = program
    .command('evidence')
    .description('Make, verify and judge again the evidence that auditors ask for.');
  addExport(evidence, io, done);
  addChecks(evidence, io, done);
  addPlaces(evidence, io, done);
}

function addExport(evidence: Command, io: Io, done: (code: ExitCode) => void): void {
  evidence
    .command('export')
    .description('Make a bundle of evidence about a period.')
    .argument(
      '<source...>',
      'data sets, or files and folders of AWS Config as "evaluate" takes them',
    )
    .requiredOption('--from <date>', 'the first day (UTC), or a time with its zone')
    .requiredOption(
      '--to <date>',
      'the last day (UTC), which belongs to the period, or a time with its zone, which does not',
    )
    .requiredOption('--output <folder>', 'a folder that does not exist')
    .option(
      '--settings <file>',
      'what the organization trusts, approves and waives; needed unless the source is a data set',
    )
    .option('--framework <id>', `only ${frameworkNames}`)
    .option('--requirement <id>', 'only this requirement, for example "hipaa 164.312(b)"')
    .option(
      '--organization <name>',
      'who is assessed, as page 1 names it (default: from the settings)',
    )
    .option('--key <file>', 'sign with this private key in PEM (EC P-256 or Ed25519)')
    .option('--kms-key <arn>', 'sign with this key of AWS KMS (ECC_NIST_P256)')
    .option('--previous <folder>', 'the bundle that this one follows in its chain')
    .option('--redact <file>', 'replace names by pseudonyms made with the secret in this file')
    .option('--now <time>', 'when the bundle is made (default: the current time)')
    .addHelpText('after', EXPORT_HELP)
    .action(async (sources: string[], options: ExportOptions) => {
      done(await exportCommand(sources, options, io));
    });
}

function addChecks(evidence: Command, io: Io, done: (code: ExitCode) => void): void {
  evidence
    .command('verify')
    .description('Check bundles against themselves, their signature and one another, without AWS.')
    .argument('<folder...>', 'bundles')
    .option('--key <file>', 'the public key in PEM that must have signed them')
    .option('--count <number>', 'how many bundles the chain has', wholeNumber)
    .addHelpText('after', VERIFY_HELP)
    .action(async (folders: string[], options: VerifyOptions) => {
      done(await verifyCommand(folders, options, io));
    });
  evidence
    .command('rejudge')
    .description('Judge the records in a bundle again, and compare the results.')
    .argument('<folder>', 'a bundle')
    .addHelpText('after', VERIFY_HELP)
    .action(async (folder: string) => {
      done(await rejudgeCommand(folder, io));
    });
  evidence
    .command('sample')
    .description('Draw results from a bundle, the same ones for the same seed, as CSV.')
    .argument('<folder>', 'a bundle')
    .requiredOption('--seed <text>', 'chosen by who looks, for example a number')
    .requiredOption('--size <number>', 'how many results', atLeastOne)
    .option('--stratify <names>', `draw from each of these, separated by commas: ${strataNames}`)
    .option('--rule <id>', 'only results of this rule')
    .action(async (folder: string, options: SampleOptions) => {
      done(await sampleCommand(folder, options, io));
    });
}

interface PlaceOptions {
  readonly retainUntil?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
}

function addPlaces(evidence: Command, io: Io, done: (code: ExitCode) => void): void {
  evidence
    .command('store')
    .description(
      'Store a bundle in S3, each file with its checksum, and print what S3 said of each.',
    )
    .argument('<folder>', 'a bundle')
    .argument('<place>', 's3://bucket/prefix')
    .option(
      '--retain-until <date>',
      'lock every file in compliance mode until then (S3 Object Lock)',
    )
    .option('--region <region>', 'the Region of the bucket')
    .option('--endpoint-url <url>', 'another service that speaks the API of S3')
    .action(async (folder: string, place: string, options: PlaceOptions) => {
      const until =
        options.retainUntil === undefined ? null : timeOf(options.retainUntil, '--retain-until');
      const stored = await asUsage(() =>
        s3Client(options).then((client) => storeBundle(folder, placeOf(place), until, client)),
      );
      for (const each of stored) io.stdout.write(`${JSON.stringify(each)}\n`);
      done(EXIT.clean);
    });
  evidence
    .command('fetch')
    .description('Bring a bundle back from S3.')
    .argument('<place>', 's3://bucket/prefix')
    .argument('<folder>', 'a folder that does not exist')
    .option('--region <region>', 'the Region of the bucket')
    .option('--endpoint-url <url>', 'another service that speaks the API of S3')
    .action(async (place: string, folder: string, options: PlaceOptions) => {
      const count = await asUsage(() =>
        s3Client(options).then((client) => fetchBundle(placeOf(place), folder, client)),
      );
      note(io, `${count} files were written to ${printable(folder)}. Verify them now.\n`);
      done(EXIT.clean);
    });
}

async function asUsage<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof NotStored || error instanceof NotFree) throw new UsageError(error.message);
    throw error;
  }
}

function atLeastOne(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError('Expected at least 1.');
  return number;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return number;
}
