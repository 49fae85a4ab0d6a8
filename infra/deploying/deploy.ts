import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { forgetRecord, isOnlyPrepared, keepRecord } from './record.ts';

/**
 * npm run deploy: rolls out with the CDK, without a question, and keeps the record of a roll-out that succeeded. Options of `cdk deploy`
 * may follow, but for --app and --output.
 */
const OUTPUT = 'dist/deploy';
const options = process.argv.slice(2);
forgetRecord(OUTPUT);
const packageFile = createRequire(import.meta.url).resolve('aws-cdk/package.json');
const { status } = spawnSync(
  process.execPath,
  [
    ...[join(dirname(packageFile), 'bin', 'cdk'), 'deploy', 's3-config-rules-organization'],
    ...['--require-approval', 'never', '--app', 'tsx infra/app.ts', '--output', OUTPUT],
    // The example company is not rolled out.
    ...['--context', 'deploying=true'],
    ...options,
  ],
  { stdio: 'inherit' },
);
if (status !== 0) process.exitCode = status ?? 1;
else if (isOnlyPrepared(options))
  process.stderr.write('Nothing was rolled out, so no record is kept.\n');
else keep();

/** What was rolled out stays so, even if nobody can write it down. */
function keep(): void {
  try {
    const kept = keepRecord(OUTPUT);
    if (kept !== null) process.stderr.write(`${kept}\n`);
  } catch (error) {
    process.stderr.write(`The roll-out succeeded, but its record could not be kept: ${error}\n`);
    process.exitCode = 1;
  }
}
