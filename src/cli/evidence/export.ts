import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rules } from '../../../rules/index.ts';
import { keyService, kmsSigner } from '../../evidence/aws/kms-signer.ts';
import { localSigner, type Signer, UnusableKey } from '../../evidence/bundle/sign.ts';
import { verifyFiles } from '../../evidence/bundle/verify.ts';
import { BundleWriter, NotFree } from '../../evidence/bundle/writer.ts';
import { dossierOf, NoEvidence } from '../../evidence/dossier.ts';
import { type Making, makeBundle } from '../../evidence/export.ts';
import type { Period } from '../../evidence/period/intervals.ts';
import { Redaction } from '../../evidence/redact.ts';
import { type FullRun, fullRun } from '../../evidence/runs.ts';
import { canonicalJson, isDataSet, judgeDays, openDataSet } from '../../results/index.ts';
import { datedAhead } from '../../settings/ahead.ts';
import { emptySettings, type Settings } from '../../settings/settings.ts';
import { loadSettings } from '../../settings-file/settings-file.ts';
import { printable } from '../../values/text.ts';
import { EXIT, type ExitCode, type Io, UsageError } from '../io.ts';
import { note, warn } from '../log.ts';
import { fileOf, periodOf, timeOf } from './options.ts';

export interface ExportOptions {
  readonly from: string;
  readonly to: string;
  readonly output: string;
  readonly settings?: string;
  readonly framework?: string;
  readonly requirement?: string;
  readonly organization?: string;
  readonly key?: string;
  readonly kmsKey?: string;
  readonly previous?: string;
  readonly redact?: string;
  readonly now?: string;
}

/** Makes a bundle. @throws UsageError before anything is written. */
export async function exportCommand(
  sources: readonly string[],
  options: ExportOptions,
  io: Io,
): Promise<ExitCode> {
  const madeAt = options.now === undefined ? io.now().toISOString() : timeOf(options.now, '--now');
  const asked = periodOf(options.from, options.to);
  const period = untilNow(asked, madeAt, options);
  const settings =
    options.settings === undefined ? emptySettings : await loadSettings(options.settings);
  const signer = await asUsage(() => signerOf(options));
  const previous = options.previous === undefined ? null : await previousOf(options.previous);
  const secret = options.redact === undefined ? null : await fileOf(options.redact, '--redact');
  const place = await mkdtemp(join(tmpdir(), 's3-config-rules-'));
  try {
    const redaction = secret && redactionOf(secret, place);
    const say = (sentence: string) => warn(io, sentence);
    if (period.to !== asked.to)
      say(`The period is not over, so the bundle is about the time until ${period.to}.`);
    const runs = await runsOf(sources, { options, settings, place, period, say });
    const { framework, requirement } = options;
    const known = settings.trust.organizations[0];
    const organization =
      options.organization ??
      (known && (redaction?.name('organization', known) ?? known)) ??
      'the organization';
    const dossier = await asUsage(() =>
      dossierOf(runs, { period, organization, framework, requirement, redaction }),
    );
    const { decisions: addressable, closing } = dossier;
    const nothing = { waivers: [], reviews: [], attestations: [] };
    for (const sentence of datedAhead({ ...nothing, addressable }, closing.run.evaluatedAt))
      say(sentence);
    const writer = await asUsage(() => BundleWriter.open(options.output));
    const making: Making = { writer, signer, previous, madeAt };
    const { manifestSha256, unreconciled, population } = await makeBundle(dossier, making);
    for (const sentence of unreconciled) say(sentence);
    const { accounts, regions, subjects } = population;
    const missing = [accounts, regions, subjects].reduce(
      (sum, { partly, no }) => sum + partly + no,
      0,
    );
    if (missing > 0)
      say(
        `${missing} accounts, Regions or resources could not be assessed whole. Page 1 names them.`,
      );
    note(
      io,
      `The bundle is in ${printable(options.output)}. Open index.html. SHA-256 of its manifest: ${manifestSha256}\n`,
    );
    return missing > 0 || unreconciled.length > 0 ? EXIT.partial : EXIT.clean;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Nothing can be known of the time to come. @throws UsageError when all of the period is to come. */
function untilNow(period: Period, now: string, { from }: ExportOptions): Period {
  if (period.from >= now)
    throw new UsageError(`--from ${from} is not before the time of the export, ${now}.`);
  return { from: period.from, to: period.to < now ? period.to : now };
}

interface Reading {
  readonly options: ExportOptions;
  readonly settings: Settings;
  /** A folder that is removed afterwards. */
  readonly place: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly say: (sentence: string) => void;
}

/** The runs of data sets; files of AWS Config are judged first, one run for each day that has snapshots. */
async function runsOf(
  sources: readonly string[],
  { options, settings, place, period, say }: Reading,
): Promise<readonly FullRun[]> {
  const sets: string[] = [];
  const files: string[] = [];
  for (const source of sources) ((await isDataSet(source)) ? sets : files).push(source);
  if (files.length > 0) {
    if (options.settings === undefined)
      throw new UsageError(
        `${files[0]} is not a data set of results, so --settings is needed to judge it.`,
      );
    const folder = join(place, 'results');
    const last = new Date(Date.parse(period.to) - 1).toISOString();
    await judgeDays(
      folder,
      files,
      { from: period.from.slice(0, 10), to: last.slice(0, 10) },
      { settings, rules, complain: say },
    );
    sets.push(folder);
  }
  const runs = new Map<string, FullRun>();
  for (const folder of sets) {
    const set = await openDataSet(folder);
    for (const damage of set.damage) say(damage);
    if (set.damage.length > 0)
      throw new UsageError(`${folder} is damaged, so no evidence can be made from it.`);
    for (const run of set.runs) {
      const { runId } = run.row;
      const same = runs.get(runId)?.run;
      // Copies of one data set hold the same runs, which count once.
      if (same && canonicalJson(same) === canonicalJson(run.row)) continue;
      if (same)
        throw new UsageError(
          `The run ${runId} stands in several data sets, and not with the same content: one of them was changed. ${folder} is one.`,
        );
      if (!run.hasEvidence)
        say(`The run ${runId} was written without evidence, so results have no records.`);
      runs.set(runId, fullRun(run));
    }
  }
  return [...runs.values()];
}

async function signerOf({ key, kmsKey }: ExportOptions): Promise<Signer | null> {
  if (key !== undefined && kmsKey !== undefined)
    throw new UsageError('Give --key or --kms-key, not both.');
  if (key !== undefined) return localSigner((await fileOf(key, '--key')).toString('utf8'));
  if (kmsKey === undefined) return null;
  const [, region] = /^arn:[a-z-]+:kms:([a-z0-9-]+):/.exec(kmsKey) ?? [];
  return kmsSigner(kmsKey, await keyService(region));
}

async function previousOf(folder: string): Promise<NonNullable<Making['previous']>> {
  const { faults, manifest, manifestSha256 } = await verifyFiles(folder, null);
  if (faults.length > 0 || manifest === null || manifestSha256 === null) {
    throw new UsageError(`--previous ${folder} is not a sound bundle: ${faults[0]}`);
  }
  return { sequence: manifest.sequence, manifestSha256 };
}

function redactionOf(key: Buffer, scratch: string): Redaction {
  try {
    return new Redaction(key, scratch);
  } catch (error) {
    throw new UsageError(`--redact: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function asUsage<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const isUsage =
      error instanceof NoEvidence || error instanceof NotFree || error instanceof UnusableKey;
    if (isUsage) throw new UsageError(error.message);
    throw error;
  }
}
