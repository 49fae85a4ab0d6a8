import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Rule } from '../engine/rule.ts';
import { reasonOf } from '../services/failures.ts';
import { configuredRegion, MissingPackage } from '../services/own-account.ts';
import { type Collection, collect, type Order } from '../sources/account/collect.ts';
import { FolderTaken } from '../sources/account/store.ts';
import { sentenceOf } from '../sources/gap.ts';
import { isRegion } from '../values/region.ts';
import { counted, listWithin } from '../values/text.ts';
import { codeOf, type Io, OutputError, UsageError } from './io.ts';
import { note, warn } from './log.ts';
import { ProgressBar } from './progress.ts';
import { EXTERNAL_ID_OPTION, roleOf } from './role-options.ts';

/** Which accounts and Regions, and how they are reached. */
export interface LiveOptions {
  readonly region?: readonly string[];
  readonly profile?: string;
  readonly endpointUrl?: string;
  readonly roleName?: string;
  readonly externalId?: string;
  readonly concurrency?: string;
  readonly accounts?: string;
  readonly ou?: string;
}

/** Each bucket is a dozen questions, so this is close to a hundred at the same time. */
const AT_ONCE = 8;
const MOST_AT_ONCE = 32;

/** Options that say which live accounts are meant. */
export const addLiveOptions = (command: Command): Command =>
  command
    .option(
      '--region <region>',
      'only this Region; repeatable; "all" for every enabled one (default: those with buckets)',
      (region: string, before: readonly string[] = []) => [...before, region],
    )
    .option('--profile <name>', 'a profile of the AWS configuration')
    .option(
      '--concurrency <number>',
      `how many buckets are asked about at the same time, 1 to ${MOST_AT_ONCE} (default: ${AT_ONCE})`,
    )
    .option('--endpoint-url <url>', 'ask there instead of AWS')
    .option(
      '--role-name <name>',
      'a role to assume in each account of --accounts, --ou or the organization',
    )
    .option(...EXTERNAL_ID_OPTION)
    .option('--accounts <ids>', 'with --role-name: these accounts, separated by commas')
    .option('--ou <ids>', 'with --role-name: the accounts of these organizational units and roots');

/** @throws UsageError when one of them is given where no live account is asked. */
export function refuseLiveOptions(options: LiveOptions): void {
  const { region, profile, endpointUrl, roleName, externalId, concurrency, accounts, ou } = options;
  const given = Object.entries({
    ...{ '--region': region, '--profile': profile, '--endpoint-url': endpointUrl },
    ...{ '--role-name': roleName, '--external-id': externalId },
    ...{ '--concurrency': concurrency, '--accounts': accounts, '--ou': ou },
  }).find(([, value]) => value !== undefined);
  if (given !== undefined)
    throw new UsageError(`${given[0]} is for live accounts. Use it with: evaluate account`);
}

/**
 * Collects live accounts into a folder of its own, which is removed afterwards. @throws UsageError before anything is asked.
 */
export async function withCollected<T>(
  rules: readonly Rule[],
  options: LiveOptions,
  io: Io,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const temporary = mkdtempSync(join(tmpdir(), 's3-config-rules-'));
  // A data set names what was judged by the last part of its path.
  const folder = join(temporary, 'account');
  const remove = () => rmSync(temporary, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    tellSummary(await collectInto(folder, rules, options, io), io);
    return await use(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** Collects live accounts into a folder. @throws UsageError before anything is asked. */
export async function collectInto(
  folder: string,
  rules: readonly Rule[],
  options: LiveOptions,
  io: Io,
): Promise<Collection> {
  const order = await orderOf(folder, rules, options, io);
  const progress = new ProgressBar(io);
  try {
    return await collect({ ...order, onProgress: (...at) => progress.draw(...at) });
  } catch (error) {
    if (error instanceof FolderTaken) throw new UsageError(`--output: ${error.message}`);
    if (!(error instanceof Error) || error instanceof MissingPackage) throw error;
    if (DISK.has(codeOf(error) ?? '')) throw new OutputError(folder, error);
    const as = options.profile === undefined ? '' : ` with the profile ${options.profile}`;
    throw new Error(
      `AWS could not be asked${as}: ${reasonOf(error)}. Call it again to go on with what is missing.`,
      { cause: error },
    );
  } finally {
    progress.clear();
  }
}

/** Codes of Node for files that cannot be written; a connection has others. */
const DISK: ReadonlySet<string> = new Set(
  'EACCES EDQUOT EIO ENOENT ENOSPC ENOTDIR EROFS'.split(' '),
);

async function orderOf(
  folder: string,
  rules: readonly Rule[],
  {
    region = [],
    profile,
    endpointUrl,
    roleName,
    externalId,
    concurrency,
    accounts,
    ou,
  }: LiveOptions,
  io: Io,
): Promise<Omit<Order, 'onProgress'>> {
  const ids = listed(accounts);
  const units = listed(ou);
  const wrong = region.find((each) => each !== 'all' && !isRegion(each));
  if (wrong !== undefined) throw new UsageError(`--region: ${wrong} is not the name of a Region.`);
  if (roleName === undefined && (ids.length > 0 || units.length > 0))
    throw new UsageError(
      '--accounts and --ou need --role-name: the role to assume in each account.',
    );
  const role = roleOf('--role-name', { name: roleName, externalId });
  const odd = ids.find((id) => !/^\d{12}$/.test(id));
  if (odd !== undefined)
    throw new UsageError(`--accounts: ${odd} is not an account id of twelve digits.`);
  if (endpointUrl !== undefined && !(/^https?:/i.test(endpointUrl) && URL.canParse(endpointUrl)))
    throw new UsageError(
      `--endpoint-url: ${endpointUrl} is not an address. Use the form http://localhost:5000.`,
    );
  const atOnce = concurrency === undefined ? AT_ONCE : Number(concurrency);
  if (!(/^\d{1,2}$/.test(concurrency ?? '1') && atOnce >= 1 && atOnce <= MOST_AT_ONCE))
    throw new UsageError(
      `--concurrency: ${concurrency} is not a number from 1 to ${MOST_AT_ONCE}.`,
    );
  const [first] = region.filter((each) => each !== 'all');
  const home = first ?? (await configuredRegion(profile));
  if (home === null)
    throw new UsageError('No Region is configured. Name one with --region, or set AWS_REGION.');
  return {
    folder,
    rules,
    connection: { profile, endpointUrl, region: home, concurrency: atOnce },
    regions: region.includes('all') ? 'all' : region.length > 0 ? [...new Set(region)] : null,
    role: role ?? null,
    accounts: ids,
    units,
    now: io.now,
    wait: (milliseconds) => setTimeout(milliseconds),
  };
}

const listed = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** Says what came of a collection. */
export function tellSummary(
  { accounts, regions, buckets, others, ...rest }: Collection,
  io: Io,
): void {
  const { elsewhere, requests, bucketRequests, gaps, missing } = rest;
  const each = buckets > 0 ? `, ${(bucketRequests / buckets).toFixed(1)} for each bucket` : '';
  const unavailable = [...missing].map(([what, count]) => `${what} (${count})`);
  note(
    io,
    `Collected ${counted(buckets, 'bucket')} and ${counted(others, 'other record')} of ${counted(accounts, 'account')} ` +
      `in ${counted(regions, 'Region')}, with ${counted(requests, 'request')}${each}.\n`,
  );
  if (elsewhere > 0) note(io, `Not asked for: ${counted(elsewhere, 'bucket')} in other Regions.\n`);
  if (unavailable.length > 0) warn(io, `Could not be had: ${listWithin(unavailable, 800)}.`);
  for (const gap of gaps) warn(io, `${sentenceOf({ ...gap })}.`);
}
