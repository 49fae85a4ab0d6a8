import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { rules } from '../../rules/index.ts';
import { costOf, DEFAULT, totalOf } from '../../src/pages/cost.ts';
import type { Estimate } from '../../src/pages/estimate.ts';
import { bucketItem } from '../contract-server/items.ts';
import { tlsBucket } from '../lambda/world.ts';
import { run } from './run.ts';

function files(deployment: object, items: readonly object[]) {
  const folder = mkdtempSync(join(tmpdir(), 'estimate-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [file, source] = [join(folder, 'deployment.yaml'), join(folder, 'items.json')];
  const organization = { id: 'o-examplehealth', managementAccount: '333344445555' };
  writeFileSync(
    file,
    JSON.stringify({
      organization: { ...organization, units: ['ou-exa1-workload'] },
      ...{ centralAccount: '111122223333', regions: ['eu-central-1'], ...deployment },
    }),
  );
  writeFileSync(source, JSON.stringify({ fileVersion: '1.0', configurationItems: items }));
  return [file, '--estimate', source] as const;
}
const elsewhere = { awsRegion: 'us-east-1', awsAccountId: '444455556666' };
const items = [
  ...[tlsBucket('safe'), bucketItem('plain'), bucketItem('other')],
  bucketItem('far', elsewhere),
];
const estimate = async (deployment: object, ...more: string[]) => {
  const ran = await run(['doctor', ...files(deployment, items), '--format', 'json', ...more]);
  return { ...ran, told: JSON.parse(ran.stdout) as Estimate };
};
const failing = ({ rules: told }: Estimate, id: string) => told.find(({ rule }) => rule === id);

it('counts what would fail in accounts that nothing was deployed to, and what it would cost', async () => {
  const { told } = await estimate({ consumers: { securityHub: false } });
  expect(told).toMatchObject({ buckets: 4, fleet: { accounts: 2, regions: 2, buckets: 1 } });
  expect(failing(told, 's3-tls-only')).toMatchObject({ failing: 3, passing: 1, severity: 'high' });
  const choices = { ...DEFAULT, securityHub: false, history: false };
  expect(told.dollars).toBeCloseTo(totalOf(costOf(rules, told.fleet, choices)), 2);
});

it.each([
  ['select-aggregate-resource-config', (item: object) => ({ Results: [JSON.stringify(item)] })],
  [
    'batch-get-aggregate-resource-config',
    (item: object) => ({ BaseConfigurationItems: [item], UnprocessedResourceIdentifiers: [] }),
  ],
])('reads what an aggregator answers to %s, but no half of it', async (_, answerOf) => {
  const [file, option, source] = files({}, []);
  const { configurationItemVersion: __, awsAccountId: accountId, ...item } = bucketItem('one');
  const answer = answerOf({ ...item, accountId });
  writeFileSync(source, JSON.stringify({ ...answer, UnprocessedResourceIdentifiers: [{}] }));
  expect(await run(['doctor', file, option, source])).toMatchObject({ code: 3, stdout: '' });
  writeFileSync(source, JSON.stringify(answer));
  const ran = await run(['doctor', file, option, source, '--format', 'json']);
  const told = JSON.parse(ran.stdout) as Estimate;
  expect([ran.code, told.buckets]).toEqual([0, 1]);
  expect(failing(told, 's3-tls-only')).toMatchObject({ failing: 1 });
});

it('judges with the tier and the pack of the deployment', async () => {
  const { told } = await estimate({ tier: 'essential' });
  expect(failing(told, 's3-tls-only')?.failing).toBe(3);
  expect(failing(told, 's3-versioning-with-lifecycle')).toBeUndefined();
  const strict = await estimate({});
  expect(failing(strict.told, 's3-versioning-with-lifecycle')).toBeDefined();
  expect(told.dollars).toBeLessThan(strict.told.dollars);
});

it('says it in words, and fails on a source that is not there', async () => {
  const [file, option, source] = files({}, items);
  const { stdout } = await run(['doctor', file, option, source]);
  expect(stdout).toMatch(/^4 buckets in 2 accounts and 2 Regions\.\nrule +severity/);
  expect(stdout).toMatch(/\nAbout \$[\d.,]+ a month/);
  expect((await run(['doctor', file, option, `${source}.gone`])).code).toBe(2);
});
