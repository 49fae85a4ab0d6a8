#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import type { Manner } from './io.ts';
import { logEnd, say, warn } from './log.ts';
import { main } from './main.ts';

// Node 20 compiles functions anew when they have run for a moment, for a speed that few runs live to see (docs/performance.md).
// Later versions have a compiler for that, and no such flag.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=500000');
// Otherwise memory may grow to four times what is in use before it is looked through.
setFlagsFromString('--heap-growing-percent=60');

const { stdin, stdout, stderr } = process;
const manner: Manner = {};
const io = {
  ...{ stdin, stdout, stderr, now: () => new Date(), manner },
  ...{ cwd: process.cwd(), env: process.env },
};
// The AWS SDK warns of its own plans for Node.js in eight lines, before every answer; package.json says what this program needs.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
// What packages say by themselves would go past a log, or into the data: the AWS SDK warns of two sources of credentials.
const told = (...words: unknown[]) =>
  warn(io, words.map(String).join(' ').replace(/\s+/g, ' ').trim());
Object.assign(console, { debug: told, error: told, info: told, log: told, warn: told });
// Node would write its warnings past a log, unless it was told not to.
if (process.listenerCount('warning') > 0) {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => warn(io, `${name}: ${message}`));
}
// Who writes to standard output hears of its errors there. Without a reader of standard error there is no one to tell.
for (const stream of [stdout, stderr]) stream.on('error', () => {});
// Leaving through exit lets temporary files be removed.
process.on('SIGINT', () => {
  // A server ends in no other way.
  if (process.argv[2] === 'dashboard' && process.argv.includes('serve')) end(130);
  const rest = process.argv.includes('collect')
    ? 'Call it again in the same way to go on.'
    : 'Output files are those of the last run, and standard output is not whole.';
  say(io, 'error', `Interrupted. ${rest}\n`);
  end(130);
});
process.on('SIGTERM', () => end(143));

function end(code: number): never {
  logEnd(io, code);
  process.exit(code);
}

process.exitCode = await main(process.argv.slice(2), io);
