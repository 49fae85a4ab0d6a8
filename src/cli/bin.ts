#!/usr/bin/env node
import { main } from './main.ts';

// A reader that has seen enough (head) closes the pipe: that is its good right, not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const { stdin, stdout, stderr } = process;
process.exitCode = await main(process.argv.slice(2), {
  stdin,
  stdout,
  stderr,
  now: () => new Date(),
});
