// Preloaded into each process that is measured: at its end it writes what all of its threads used to the file in BENCH_USAGE.
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    const megabytes = process.resourceUsage().maxRSS / 1024;
    writeFileSync(
      process.env['BENCH_USAGE'],
      JSON.stringify({ cpu: (user + system) / 1e6, megabytes }),
    );
  });
}
