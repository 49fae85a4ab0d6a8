import { verifyFiles } from '../../evidence/bundle/verify.ts';
import { lineOf } from '../../evidence/contents/columns.ts';
import { COLUMNS } from '../../evidence/contents/results.ts';
import { openBundle } from '../../evidence/read.ts';
import { STRATA, type Stratum, sampleOf, stratumOf } from '../../evidence/sample.ts';
import type { FindingRow } from '../../results/index.ts';
import { didYouMean } from '../../settings-file/nearest.ts';
import { csvLine } from '../../values/csv.ts';
import { EXIT, type ExitCode, type Io, UsageError } from '../io.ts';
import { note, warn } from '../log.ts';

export interface SampleOptions {
  readonly seed: string;
  readonly size: number;
  readonly stratify?: string;
  readonly rule?: string;
}

export const strataNames = Object.keys(STRATA).join(', ');

/** Writes the rows of a sample as CSV. @throws UsageError when the folder is not a bundle, or a stratum is not one. */
export async function sampleCommand(
  folder: string,
  { seed, size, stratify, rule }: SampleOptions,
  io: Io,
): Promise<ExitCode> {
  const by = stratify === undefined ? [] : stratify.split(',').map((name) => name.trim());
  for (const name of by) {
    if (!Object.hasOwn(STRATA, name))
      throw new UsageError(`--stratify: there is no "${name}". Use ${strataNames}.`);
  }
  const notBundle = (error: Error) => {
    throw new UsageError(`${folder} is not a bundle: ${error.message}`);
  };
  const { faults, manifest } = await verifyFiles(folder, null).catch(notBundle);
  if (manifest === null) throw new UsageError(`${folder} is not a bundle: ${faults[0]}`);
  // A sample of files that were changed says nothing of what was signed.
  for (const fault of faults) warn(io, `${folder}: ${fault}`);
  if (faults.length > 0) return EXIT.findings;
  const bundle = await openBundle(folder).catch(notBundle);
  const ran = bundle.run.rules.map((each) => each.rule);
  if (rule !== undefined && !ran.includes(rule))
    throw new UsageError(`--rule: ${rule} is not a rule of this bundle.${didYouMean(rule, ran)}`);
  const groups = new Set<string>();
  const strata = by as Stratum[];
  const rows = async function* (): AsyncGenerator<FindingRow> {
    for await (const row of bundle.results()) {
      if (rule !== undefined && row.rule !== rule) continue;
      groups.add(stratumOf(row, strata));
      yield row;
    }
  };
  const drawn = await sampleOf(rows(), seed, size, strata);
  if (groups.size > size)
    warn(
      io,
      `--size ${size} is smaller than the number of groups that --stratify makes, ${groups.size}, so some groups have no row.`,
    );
  io.stdout.write(csvLine(Object.keys(COLUMNS)));
  for (const row of drawn) io.stdout.write(lineOf(COLUMNS, row));
  note(
    io,
    `${drawn.length} results of ${bundle.run.runId}, drawn with the seed ${JSON.stringify(seed)}.\n`,
  );
  return EXIT.clean;
}
