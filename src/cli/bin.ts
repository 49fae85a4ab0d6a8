#!/usr/bin/env node
import { main } from './main.ts';

// A reader that has seen enough (head) closes the pipe, which is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
// Leaving through exit lets temporary files be removed.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

const { stdin, stdout, stderr } = process;
const io = { stdin, stdout, stderr, now: () => new Date() };
process.exitCode = await main(process.argv.slice(2), io);
