import { type Command, Option } from 'commander';
import { Before, type Change, type Difference } from '../../comparison/compare.ts';
import type { Compared } from '../../comparison/findings-file.ts';
import { jsonLine } from '../../formats/json.ts';
import { rank } from '../../formats/summary.ts';
import { printable } from '../../values/text.ts';
import { failOnOf, Gate } from '../evaluate/gate.ts';
import { withFindings } from '../findings-files.ts';
import { EXIT, type ExitCode, type Io, write } from '../io.ts';
import { note, warn } from '../log.ts';

const EXAMPLES = `
Examples:
  s3-config-rules diff yesterday.ndjson today.ndjson
  s3-config-rules diff yesterday.json today.json --fail-on critical --format json
  aws s3 cp s3://findings/yesterday.ndjson - | s3-config-rules diff - today.ndjson

The files are findings that evaluate wrote with --format json or ndjson, also compressed with gzip. A finding is the same when
rule, resource and message are the same, dates and ages aside. new: open now only. changed: open in both, but it says
something else. fixed: passes now. waived. gone: there is no finding any more, or the rule does not apply.

Exit codes: 0 nothing new, 1 new or changed findings that --fail-on names, 2 usage error or no file of findings,
4 something new could not be assessed, or <after> holds no finding.`;

/** In this order they are listed. */
const LISTED: readonly Change[] = ['new', 'changed', 'fixed', 'waived', 'gone'];

interface DiffOptions {
  readonly failOn: string;
  readonly format: 'table' | 'json';
}

/** The `diff` command. */
export function addDiff(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command('diff')
    .description('Compare two files of findings: what is new, changed, fixed, waived or gone.')
    .argument('<before>', 'findings of an earlier run')
    .argument('<after>', 'findings of a later run')
    .addOption(
      new Option('--format <format>', 'table or json').choices(['table', 'json']).default('table'),
    )
    .option('--fail-on <what>', 'as in evaluate: severity, rules or never', 'low')
    .addHelpText('after', EXAMPLES)
    .action(async (before: string, after: string, options: DiffOptions) => {
      done(await diffCommand(before, after, options, io));
    });
}

/** @throws UsageError when a file does not hold findings: a part of one would be taken for the whole. */
async function diffCommand(
  before: string,
  after: string,
  { failOn, format }: DiffOptions,
  io: Io,
): Promise<ExitCode> {
  const gate = new Gate(failOnOf(failOn));
  const { differences, count, known, rulesWithout } = await withFindings(
    [before, after],
    io,
    (findingsOf) => compared(findingsOf(before), findingsOf(after)),
  );
  for (const { change, finding } of differences) {
    if (change === 'new' || change === 'changed') gate.add({ ...finding, baseline: change });
  }
  await write(io.stdout, format === 'json' ? jsonOf(differences) : tableOf(differences));
  const counts = LISTED.map(
    (each) => `${differences.filter(({ change }) => change === each).length} ${each}`,
  );
  note(io, `${counts.join(', ')}, ${known} still open.\n`);
  if (rulesWithout.length > 0) {
    warn(io, `${after} has no finding of ${rulesWithout.join(', ')}: were these rules left out?`);
  }
  if (count === 0) {
    warn(io, `${after} holds no finding at all, so nothing can be said of it.`);
    return EXIT.partial;
  }
  if (gate.count > 0) return EXIT.findings;
  return gate.unknown > 0 && !gate.isOff ? EXIT.partial : EXIT.clean;
}

async function compared(earlier: AsyncIterable<Compared>, later: AsyncIterable<Compared>) {
  const before = await Before.from(earlier);
  const differences: Difference[] = [];
  let known = 0;
  let count = 0;
  for await (const finding of later) {
    count++;
    const difference = before.meet(finding);
    if (difference?.change === 'known') known++;
    else if (difference) differences.push(difference);
  }
  differences.push(...before.gone());
  differences.sort(
    (a, b) =>
      LISTED.indexOf(a.change) - LISTED.indexOf(b.change) ||
      rank(a.finding.severity) - rank(b.finding.severity) ||
      (a.finding.rule < b.finding.rule ? -1 : a.finding.rule > b.finding.rule ? 1 : 0),
  );
  return { differences, count, known, rulesWithout: before.rulesWithout() };
}

const tableOf = (differences: readonly Difference[]) =>
  differences
    .map(({ change, finding, before }) => {
      const { severity, subject, rule, messageId, message } = finding;
      const where = [subject.name, subject.account, subject.region].map(printable).join('  ');
      const was =
        before && change !== 'new'
          ? `\n  before: ${printable(`${before.messageId}: ${before.message}`)}`
          : '';
      const head = `${change.padEnd(7)}  ${printable(severity)}  ${where}  ${printable(rule)}`;
      return `${head}\n  ${printable(`${messageId}: ${message}`)}${was}\n`;
    })
    .join('') || 'Nothing differs.\n';

function jsonOf(differences: readonly Difference[]): string {
  const lines = differences.map(({ change, finding, before }) =>
    jsonLine({ change, finding, ...(before ? { before } : {}) }),
  );
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`;
}
