import { type Command, Option } from 'commander';
import { jsonLine } from '../../formats/json.ts';
import { grid } from '../../formats/table.ts';
import { isExpired, type Waiver } from '../../settings/waiver.ts';
import { daysBetween } from '../../values/time.ts';
import { timeOf } from '../evaluate/evaluate.ts';
import { type Io, UsageError, write } from '../io.ts';
import { note } from '../log.ts';
import { chosenSettings } from '../settings.ts';

const EXAMPLES = `
Examples:
  s3-config-rules waivers list
  s3-config-rules waivers list --expiring 30 --format json

A waiver holds through the day that it expires (UTC). What has expired fails again, and is listed first.

Exit codes: 0, and 2 for a usage or settings error.`;

interface ListOptions {
  readonly settings?: string;
  readonly expiring?: string;
  readonly now?: string;
  readonly format: 'table' | 'json';
}

/** `waivers list`: which findings are accepted, by whom and until when. */
export function addWaivers(program: Command, io: Io): void {
  program
    .command('waivers')
    .description('Show the waivers of the settings.')
    .command('list')
    .description('List the waivers, what they cover and when they end, the first to end first.')
    .option('--expiring <days>', 'only those that have expired, or expire within so many days')
    .option('--settings <file>', 'the settings file')
    .option('--now <time>', 'the time, with its zone, that days are counted from (default: now)')
    .addOption(
      new Option('--format <format>', 'table or json').choices(['table', 'json']).default('table'),
    )
    .addHelpText('after', EXAMPLES)
    .action((options: ListOptions) => listWaivers(options, io));
}

/** @throws UsageError, SettingsError */
async function listWaivers(options: ListOptions, io: Io): Promise<void> {
  const within = daysOf(options.expiring);
  const now = timeOf(options.now, io);
  const { settings, note: said } = await chosenSettings(options, io);
  const listed = settings.waivers
    .map((waiver) => ({ waiver, left: daysBetween(now.slice(0, 10), waiver.expires) }))
    .filter(({ left }) => within === null || left <= within)
    .sort((a, b) => a.left - b.left || (a.waiver.id < b.waiver.id ? -1 : 1));
  await write(io.stdout, options.format === 'json' ? jsonOf(listed, now) : tableOf(listed, now));
  note(io, `${listed.length} of ${settings.waivers.length} waivers. ${said}`);
}

function daysOf(given: string | undefined): number | null {
  if (given === undefined) return null;
  const [, days] = /^(\d{1,4})d?$/.exec(given) ?? [];
  if (days !== undefined) return Number(days);
  throw new UsageError(`--expiring: "${given}" is not a number of days, such as 30.`);
}

type Listed = readonly { readonly waiver: Waiver; readonly left: number }[];

function stateOf(waiver: Waiver, left: number, now: string): string {
  if (isExpired(waiver, now)) return `expired ${-left} ${left === -1 ? 'day' : 'days'} ago`;
  if (now.slice(0, 10) < waiver.created) return `begins ${waiver.created}`;
  return left === 0 ? 'ends today' : `${left} ${left === 1 ? 'day' : 'days'} left`;
}

const subjectOf = ({ subject }: Waiver) => Object.entries(subject).flat().join(' ');

function tableOf(listed: Listed, now: string): string {
  if (listed.length === 0) return 'There is no such waiver.\n';
  const rows = listed.map(({ waiver, left }) => [
    ...[waiver.id, waiver.rule, subjectOf(waiver), waiver.expires, stateOf(waiver, left, now)],
    ...[waiver.owner, waiver.approver, waiver.ticket ?? ''],
  ]);
  return grid([
    ['waiver', 'rule', 'covers', 'expires', 'state', 'owner', 'approver', 'ticket'],
    ...rows,
  ]);
}

function jsonOf(listed: Listed, now: string): string {
  const lines = listed.map(({ waiver, left }) =>
    jsonLine({ ...waiver, daysLeft: left, expired: isExpired(waiver, now) }),
  );
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`;
}
