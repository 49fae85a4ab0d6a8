import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { keepRecord } from './record.ts';

/**
 * npm run deploy: rolls out with the CDK, without a question, and keeps the record of a roll-out that succeeded. Options of `cdk deploy`
 * may follow, but for --app and --output.
 */
const OUTPUT = 'dist/deploy';
const packageFile = createRequire(import.meta.url).resolve('aws-cdk/package.json');
const { status } = spawnSync(
  process.execPath,
  [
    ...[join(dirname(packageFile), 'bin', 'cdk'), 'deploy', 's3-config-rules-organization'],
    ...['--require-approval', 'never', '--app', 'tsx infra/app.ts', '--output', OUTPUT],
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
if (status === 0) {
  const kept = keepRecord(OUTPUT);
  if (kept !== null) process.stderr.write(`${kept}\n`);
} else {
  process.exitCode = status ?? 1;
}
