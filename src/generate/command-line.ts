import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { programOf } from '../cli/main.ts';

/** The page of the command line: every command with its options, as --help lists them. */
export function commandLinePage(): string {
  const nowhere = new Writable();
  const io = { stdin: process.stdin, stdout: nowhere, stderr: nowhere, now: () => new Date(0) };
  const program = programOf(
    io,
    () => {},
    () => {},
  );
  const commands = [...leavesOf(program, '')];
  const shared = optionTable(program.createHelp().visibleOptions(program));
  return [
    '# Command line',
    '<!-- Generated from the commands by "npm run generate", but for the introduction in src/generate/command-line.ts. -->',
    INTRODUCTION,
    `## Options of every command\n\n${shared}`,
    ...commands.map(({ words, command }) => section(words, command)),
  ]
    .join('\n\n')
    .concat('\n');
}

const INTRODUCTION = `Standard output carries data only. Progress, notes and problems go to standard error.

## Outputs

\`--output\` names what is written, and where. It may be given several times, and one run writes them all.

| written | means |
| --- | --- |
| \`--output sarif=findings.sarif\` | that format to that file |
| \`--output table\`, \`--output table=-\` | that format to standard output, which takes one output |
| \`--output findings.txt\` | the format of \`--format\`, else the table, to that file |
| \`--format json\` | that format to standard output, unless an \`--output\` names a file without a format |
| nothing | the table to standard output |

A name that would be read otherwise is written with its folder: \`./table\`, \`./a=b\`. A file is written under another name and
renamed in the end, so that it is there whole or not at all; an interrupted run leaves the file of the last run. Devices and pipes are
written as they come. An output is never written over an input: evidence, settings or baseline.

| format | for | holds |
| --- | --- | --- |
| \`table\` | people at a terminal | counts, and the 25 most urgent findings |
| \`json\` | programs, \`--baseline\`, \`diff\` | an object of \`findings\`, each with its evidence, and of the \`run\` that they are of |
| \`ndjson\` | the same, a line at a time | a line whose \`kind\` is \`run\`, and a line for every finding |
| \`csv\` | spreadsheets | every finding; no cell is a formula |
| \`html\` | reading, printing, sending | counts, and up to 5,000 open findings; one file that loads and runs nothing |
| \`markdown\` | job summaries, tickets | counts, and up to 500 open findings |
| \`sarif\` | code scanning | up to 25,000 open findings; a waiver is a suppression, a baseline gives each result its state |
| \`junit\` | test reports | a suite for each rule, a test for each of up to 10,000 open findings and one for all others |
| \`asff\` | AWS Security Hub | every finding |
| \`ocsf\` | Security Lake, SIEM | every finding |

The run says what judged, with which settings, from which files, and when ([tables](data-set.md)). Programs that take nothing but
findings get an array, and a finding a line, with \`--no-envelope\`.

Open are FAIL, UNKNOWN and, marked as such, WAIVED. Where not all fit, the most severe are kept and the number of the others is said.

## Which findings fail a run

\`--fail-on\` takes severities, rules (\`*\` and \`?\` stand for any text and any character) and \`never\`, several with commas between:
\`--fail-on high,s3-data-classification\` fails on findings that are high or critical, and on those of that rule. With \`--baseline\`, a
finding that failed before does not fail the run. One that was UNKNOWN before and still is ends with exit code 4, because missing
evidence is no pass: waive it, or leave out its rule. It is the same finding when rule, resource and message are the same, dates and ages
aside: a message that says something else of the same bucket is \`changed\` and fails the run. A baseline is any file that
\`--format json\` or \`ndjson\` wrote.

| exit code | meaning |
| --- | --- |
| 0 | nothing that \`--fail-on\` names |
| 1 | findings that \`--fail-on\` names; there may also be findings that are UNKNOWN |
| 2 | wrong usage or settings; nothing was judged |
| 3 | an input could not be read to its end, or an output could not be written |
| 4 | something could not be assessed; standard error says so if there are findings as well |
| 5 | only with \`--combined-exit-code\`: findings, in a report that is not whole |
| 130, 143 | interrupted; output files are those of the last run |
| 141 | the reader of standard output closed the pipe (\`head\`) before all was written |

## Settings

The settings of a run are those of \`--settings\`, else of the environment variable \`S3_CONFIG_RULES_SETTINGS\`, else the nearest
\`s3-config-rules.yaml\` (or \`.yml\`) from the working folder upwards, as far as the repository or the home folder. A file that belongs to
another user is not used unless it is named. Standard error names the file. \`--no-settings\` uses none, \`--no-waivers\` judges as if
nothing were waived. \`organization.names\` gives accounts and organizational units the names that reports show.

## Log

With \`--log-format json\` each line of standard error is a JSON object. Escapes keep what stands in evidence, such as names of files,
on its line.

| key | holds |
| --- | --- |
| \`time\` | when it was said (ISO 8601, UTC) |
| \`level\` | \`info\`; \`warning\` for what is missing, damaged or found; \`error\` for what ended the command |
| \`kind\` | \`message\`; \`progress\`, at most every five seconds; \`end\`, which is the last line |
| \`message\` | what is said without this option, one line of it |
| \`done\`, \`total\` | of \`progress\`: bytes that were read, or buckets or accounts that were asked about |
| \`exitCode\` | of \`end\`: the exit code |

New keys and kinds may be added. \`--quiet\` leaves out what is \`info\`, but for the end; \`--no-progress\` leaves out the progress.

## Colors

Colors are used where standard output is a terminal. \`--color\`
and \`--no-color\` decide; without them \`NO_COLOR\` and \`FORCE_COLOR\` do.`;

interface Leaf {
  readonly words: string;
  readonly command: Command;
}

function* leavesOf(command: Command, words: string): Generator<Leaf> {
  const own = command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => each.name() !== 'help');
  if (own.length === 0) yield { words, command };
  for (const each of own) yield* leavesOf(each, `${words} ${each.name()}`.trim());
}

function section(words: string, command: Command): string {
  const help = command.createHelp();
  const usage = `\`\`\`text\ns3-config-rules ${words} ${command.usage()}\n\`\`\``;
  const argumentRows = command.registeredArguments.map(
    (each) => `| \`${each.name()}\` | ${cell(help.argumentDescription(each))} |`,
  );
  const args =
    argumentRows.length > 0
      ? ['| argument | meaning |\n| --- | --- |', ...argumentRows].join('\n')
      : '';
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  return [
    `## ${words}`,
    command.description(),
    usage,
    args,
    options.length > 0 ? optionTable(options) : '',
    after(command),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function optionTable(
  options: ReturnType<ReturnType<Command['createHelp']>['visibleOptions']>,
): string {
  const rows = options.map((option) => {
    const { argChoices, defaultValue, description } = option;
    const choices = argChoices ? ` One of ${argChoices.join(', ')}.` : '';
    const isShown = defaultValue !== undefined && typeof defaultValue !== 'boolean';
    return `| \`${cell(option.flags)}\` | ${cell(description)}${choices}${isShown ? ` Default: ${defaultValue}.` : ''} |`;
  });
  return ['| option | meaning |', '| --- | --- |', ...rows].join('\n');
}

/** What help says after the options: examples and exit codes. */
function after(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  const start = text.search(/^Examples:/m);
  return start < 0 ? '' : `\`\`\`text\n${text.slice(start).trim()}\n\`\`\``;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
