#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { main } from './main.ts';

// Node 20 compiles functions anew when they have run for a moment, for a speed that few runs live to see (docs/performance.md).
// Later versions have a compiler for that, and no such flag.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=500000');

const { stdin, stdout, stderr } = process;
// The AWS SDK warns of its own plans for Node.js in eight lines, before every answer; package.json says what this program needs.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
// Who writes to standard output hears of its errors there. Without a reader of standard error there is no one to tell.
for (const stream of [stdout, stderr]) stream.on('error', () => {});
// Leaving through exit lets temporary files be removed.
process.on('SIGINT', () => {
  stderr.write(
    process.argv.includes('collect')
      ? 'Interrupted. Call it again in the same way to go on.\n'
      : 'Interrupted: output files are those of the last run, and standard output is not whole.\n',
  );
  process.exit(130);
});
process.on('SIGTERM', () => process.exit(143));

const io = {
  ...{ stdin, stdout, stderr, now: () => new Date() },
  ...{ cwd: process.cwd(), env: process.env },
};
process.exitCode = await main(process.argv.slice(2), io);
