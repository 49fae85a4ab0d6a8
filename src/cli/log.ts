import { jsonLine } from '../values/json-line.ts';
import { printable } from '../values/text.ts';
import { EXIT, type Io } from './io.ts';

/** How bad it is: an error ended the command, a warning is about what is missing, damaged or should be looked at. */
export type Level = 'info' | 'warning' | 'error';

/** Where it goes, and how it is written. */
type Where = Pick<Io, 'stderr' | 'manner' | 'now'>;

/**
 * Says something on standard error: as text, or with --log-format json each line as an object. What is "info" is not said with
 * --quiet. @param text whole lines, safe to print.
 */
export function say(where: Where, level: Level, text: string): void {
  const { stderr, manner } = where;
  if (text === '' || (level === 'info' && manner?.quiet === true)) return;
  if (manner?.logFormat !== 'json') {
    stderr.write(text);
    return;
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  for (const line of lines) logged(where, { level, kind: 'message', message: printable(line) });
}

/** What is no problem: where settings come from, what was counted. */
export const note = (where: Where, text: string): void => say(where, 'info', text);

/** A sentence on what is missing or damaged. @param sentence with whatever stands in the evidence. */
export const warn = (where: Where, sentence: string): void =>
  say(where, 'warning', `${printable(sentence)}\n`);

/** How far the work is, where standard error is a log. */
export const logProgress = (where: Where, done: number, total: number, label: string): void =>
  logged(where, {
    ...{ level: 'info', kind: 'progress', message: printable(label) },
    ...{ done, total },
  });

/** With these the command did what it was asked, and found something. */
const REPORTED: ReadonlySet<number> = new Set([EXIT.findings, EXIT.partial, EXIT.both]);

/** The last line of a log. */
export function logEnd(where: Where, exitCode: number): void {
  if (where.manner?.logFormat !== 'json') return;
  const level = exitCode === 0 ? 'info' : REPORTED.has(exitCode) ? 'warning' : 'error';
  logged(where, { level, kind: 'end', message: `The exit code is ${exitCode}.`, exitCode });
}

const logged = ({ stderr, now }: Where, entry: Readonly<Record<string, unknown>>): void =>
  void stderr.write(`${jsonLine({ time: now().toISOString(), ...entry })}\n`);
