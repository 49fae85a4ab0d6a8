import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { packOf } from '../../src/assessment/pack-of.ts';
import { Workers } from '../../src/cli/workers/workers.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { cliBundle } from '../../src/generate/bundle.ts';
import { VALIDATORS, validatorsFile } from '../../src/generate/code/precompiled.ts';
import { emptySettings as settings } from '../../src/settings/settings.ts';
import { memorySource } from '../../src/sources/memory-source.ts';
import { root } from '../house/tree.ts';
import { run } from './run.ts';

const bucket = (number: number, more: object = {}) => ({
  ...{
    resourceType: 'AWS::S3::Bucket',
    resourceId: `bucket-${number}`,
    resourceName: `b${number}`,
  },
  ...{ awsAccountId: '123456789012', awsRegion: 'eu-west-1', configurationItemStatus: 'OK' },
  supplementaryConfiguration: {
    BucketPolicy: {
      policyText: JSON.stringify({
        Statement: {
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::b${number % 7}/*`,
        },
      }),
    },
    BucketLoggingConfiguration: { destinationBucketName: `b${number % 5}`, logFilePrefix: null },
  },
  ...more,
});

describe('--workers', () => {
  it('writes what one process writes, also of damage and under a waiver', async () => {
    mkdirSync(join(root, 'dist'), { recursive: true });
    // In the project, so that the built file finds its packages.
    const folder = mkdtempSync(join(root, 'dist/workers-'));
    try {
      writeFileSync(join(folder, 'cli.js'), await cliBundle());
      writeFileSync(join(folder, VALIDATORS), await validatorsFile());
      const items = Array.from({ length: 150 }, (_, number) =>
        bucket(number, number % 50 === 3 ? { configurationItemStatus: 'Odd' } : {}),
      );
      const whole = JSON.stringify({ configurationItems: items });
      writeFileSync(join(folder, 'cut.json'), whole.slice(0, -20));
      writeFileSync(
        join(folder, 'settings.yaml'),
        'waivers: [{ id: W-1, rule: s3-no-public-access, subject: { account: "123456789012" }, owner: o, approver: a, reason: r, created: "2026-01-01", expires: "2026-12-31" }]\n',
      );
      const outputOf = (count: string) => {
        const args = [
          'cli.js',
          'evaluate',
          'cut.json',
          '--settings',
          'settings.yaml',
          '--workers',
          count,
        ];
        const more = ['--now', '2026-06-01T00:00:00Z', '--format', 'ndjson'];
        try {
          return execFileSync(process.execPath, [...args, ...more], {
            cwd: folder,
            encoding: 'utf8',
            stdio: 'pipe',
            maxBuffer: 2 ** 26,
          });
        } catch (error) {
          const { status, stdout, stderr } = error as Record<string, unknown>;
          return { status, stdout, stderr };
        }
      };
      const alone = outputOf('1');
      expect(alone).toMatchObject({ status: 3, stdout: expect.stringContaining('"WAIVED"') });
      expect(outputOf('2')).toEqual(alone);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  it('ends with an error when a worker is lost', async () => {
    const judged = rules.map((rule) => ({ rule, params: parametersOf(rule, settings) }));
    const assessment = { settings, now: '2026-06-01T00:00:00.000Z', pack: packOf(rules) };
    for (const [code, said] of [
      [
        'throw new Error("out of memory")',
        /Not everything was judged, because a worker failed: .*out of memory/,
      ],
      ['process.exit(0)', /Not everything was judged, because a worker has ended/],
    ] as const) {
      const task = { paths: [], rules: [], settings, now: assessment.now, namesBuckets: false };
      const workers = new Workers(new URL(`data:text/javascript,${code}`), 2, task);
      const judging = async () => {
        for await (const _ of workers.assess(memorySource([bucket(1)]), judged, assessment));
      };
      await expect(judging()).rejects.toThrow(said);
      await workers.end();
    }
  });

  it('takes a number of threads', async () => {
    for (const count of ['0', '65', 'two', '1.5']) {
      const { code, stderr } = await run(['evaluate', 'x.json', '--workers', count]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`--workers: "${count}" is not`)]);
    }
  });
});
