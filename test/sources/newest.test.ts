import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import publicAccess from '../../rules/s3-no-public-access.ts';
import { evaluate } from '../../src/embed/evaluate.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { findingsIn, run } from '../cli/run.ts';
import { bucketItem } from '../contract-server/items.ts';
import { bucketWith, policyText } from '../lambda/world.ts';

let folder: string;
let made = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newest-'));
});
afterAll(() => rm(folder, { recursive: true }));

const SNAPSHOT = '111122223333_Config_eu-central-1_ConfigSnapshot';
const HISTORY = '111122223333_Config_eu-central-1_ConfigHistory_AWS::S3::Bucket';
const at = (configurationItemCaptureTime: string, parts: object = {}) => ({
  configurationItemCaptureTime,
  ...parts,
});
const closed = (time: string) => bucketItem('data', at(time));
const open = (time: string) =>
  bucketWith(
    'data',
    {
      BucketPolicy: {
        policyText: policyText({
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::data/*',
        }),
      },
    },
    at(time),
  );
const [OLD, NEW] = ['2026-11-01T08:00:00.000Z', '2026-11-02T07:00:00.000Z'];

/** The states of the bucket in files of these names, by the rule on public access, and what was said. @param named one by one. */
async function statesOf(
  files: Readonly<Record<string, readonly object[] | string | Buffer>>,
  named?: readonly string[],
) {
  made += 1;
  const own = join(folder, String(made));
  const { mkdir } = await import('node:fs/promises');
  await mkdir(own);
  for (const [name, content] of Object.entries(files)) {
    const text = Array.isArray(content)
      ? JSON.stringify({ fileVersion: '1.0', configurationItems: content })
      : (content as string | Buffer);
    await writeFile(join(own, name), name.endsWith('.gz') ? gzipSync(text) : text);
  }
  const options = [
    '--rules',
    's3-no-public-access',
    '--format',
    'json',
    '--now',
    '2026-11-03T00:00:00Z',
  ];
  const { code, stdout, stderr } = await run([
    'evaluate',
    ...(named?.map((name) => join(own, name)) ?? [own]),
    ...options,
  ]);
  const findings = findingsIn(stdout);
  return { states: findings.map(({ state }) => state), code, stderr };
}

describe('of a resource in several files the record that was captured last counts', () => {
  it.each<[string, Record<string, readonly object[]>, string]>([
    ['two files', { 'a.json': [closed(OLD)], 'b.json': [open(NEW)] }, 'FAIL'],
    ['two files in the other order', { 'a.json': [open(NEW)], 'b.json': [closed(OLD)] }, 'FAIL'],
    ['a closed bucket that was open', { 'a.json': [open(OLD)], 'b.json': [closed(NEW)] }, 'PASS'],
    ['one file', { 'a.json': [closed(OLD), open(NEW), closed(OLD)] }, 'FAIL'],
    ['the same record twice', { 'a.json': [open(NEW)], 'b.json': [open(NEW)] }, 'FAIL'],
    [
      'history that ends after the snapshot',
      {
        [`${SNAPSHOT}_20261101T120000Z_a.json.gz`]: [closed(OLD)],
        [`${HISTORY}_20261102T060000Z_20261102T120000Z_1.json.gz`]: [open(NEW)],
      },
      'FAIL',
    ],
    [
      'history that ends before the snapshot',
      {
        [`${SNAPSHOT}_20261102T120000Z_a.json.gz`]: [closed(NEW)],
        [`${HISTORY}_20261101T060000Z_20261101T120000Z_1.json.gz`]: [open(OLD)],
      },
      'PASS',
    ],
    [
      'a deletion in the history',
      {
        [`${SNAPSHOT}_20261101T120000Z_a.json.gz`]: [open(OLD)],
        [`${HISTORY}_20261102T060000Z_20261102T120000Z_1.json.gz`]: [
          bucketItem('data', at(NEW, { configurationItemStatus: 'ResourceDeleted' })),
        ],
      },
      'NOT_APPLICABLE',
    ],
  ])('%s', async (_, files, state) => {
    expect((await statesOf(files)).states).toEqual([state]);
  });

  it('is in doubt where a record does not say when that was, which is told', async () => {
    const { configurationItemCaptureTime: _, ...undated } = open(NEW);
    const files = { 'a.json': [closed(OLD)], 'b.json': [undated] };
    const { states, code, stderr } = await statesOf(files);
    expect(states).toEqual(['UNKNOWN']);
    expect(code).toBe(4);
    expect(stderr).toContain('The record that was used may not be the newest.');
    expect((await statesOf({ 'a.json': [undated] })).code).toBe(1);
    const { configurationItemCaptureTime: __, ...alike } = closed(OLD);
    expect((await statesOf({ 'a.json': [closed(OLD), alike] })).states).toEqual(['PASS']);
  });

  const tagged = (time: string) => ({ ...closed(time), tags: { owner: 'team-a' } });
  const deleted = bucketItem('data', at(NEW, { configurationItemStatus: 'ResourceDeleted' }));
  const reordered = Object.fromEntries(Object.entries(closed(NEW)).reverse());
  const selected = { selectResult: { ...open(NEW), supplementaryConfiguration: {} } };
  it.each<[string, readonly object[], string]>([
    ['one that passes and one that fails', [closed(NEW), open(NEW)], 'UNKNOWN'],
    ['a third one after an older one', [open(OLD), closed(NEW), open(NEW), closed(NEW)], 'UNKNOWN'],
    ['one that the rule judges alike', [closed(NEW), tagged(NEW)], 'PASS'],
    ['two that fail', [open(NEW), { ...open(NEW), tags: { owner: 'team-a' } }], 'FAIL'],
    ['one that is gone', [deleted, closed(NEW)], 'UNKNOWN'],
    ['two that a newer one follows', [closed(OLD), open(OLD), closed(NEW)], 'PASS'],
    ['one with its keys in another order', [closed(NEW), reordered], 'PASS'],
    ['a row of a query, which says less', [selected, closed(NEW)], 'PASS'],
  ])('of the same time there may be %s, in either order', async (_, items, state) => {
    expect((await statesOf({ 'a.json': items })).states).toEqual([state]);
    const files = Object.fromEntries(items.toReversed().map((each, at) => [`${at}.json`, [each]]));
    expect((await statesOf(files)).states).toEqual([state]);
  });

  it('says why it does not judge what two records of the same time contradict each other about', async () => {
    const [finding] = await evaluate([open(NEW), closed(NEW)], { rules: [publicAccess] });
    expect(finding).toMatchObject({ state: 'UNKNOWN', verdict: 'NON_COMPLIANT' });
    expect(finding?.message).toMatch(
      /^The resource could not be assessed: the capture times do not say/,
    );
    const who = { owner: 'o', approver: 'a', reason: 'r' };
    const when = { created: '2026-10-01', expires: '2026-12-31' };
    const waiver = {
      id: 'W-1',
      rule: publicAccess.id,
      subject: { arn: 'arn:aws:s3:::data' },
      ...who,
      ...when,
    };
    const settings = { ...emptySettings, waivers: [waiver] };
    const given = { rules: [publicAccess], settings, now: '2026-11-03T00:00:00Z' };
    expect(await evaluate([open(NEW), closed(NEW)], given)).toMatchObject([{ state: 'WAIVED' }]);
  });

  it.each([
    [['good.json', 'bad.json'], 'FAIL'],
    [['bad.json', 'good.json'], 'FAIL'],
    [['bad.json', 'bad.json'], 'FAIL'],
  ])('whichever of two files is named first: %j', async (names, state) => {
    const files = { 'good.json': [closed(OLD)], 'bad.json': [open(NEW)] };
    const { states, code, stderr } = await statesOf(files, names);
    expect([states, code]).toEqual([[state], 1]);
    expect(stderr).toContain('Skipped 1 older or repeated record: of each resource the newest counts.');
    expect(stderr).not.toContain('holds no resource');
  });

  it('resources of the same name in another account or Region are others', async () => {
    const files = {
      'a.json': [
        closed(OLD),
        { ...closed(NEW), awsAccountId: '444455556666' },
        { ...open(NEW), awsRegion: 'us-east-1' },
      ],
    };
    expect((await statesOf(files)).states.sort()).toEqual(['FAIL', 'PASS', 'PASS']);
  });
});

describe('what is missing is said, and is no success', () => {
  it('an empty snapshot', async () => {
    const { states, code, stderr } = await statesOf({
      [`${SNAPSHOT}_20261101T120000Z_a.json.gz`]: [open(OLD)],
      [`${SNAPSHOT}_20261102T120000Z_b.json.gz`]: '',
    });
    expect(states).toEqual([]);
    expect(code).toBe(3);
    expect(stderr).toContain('_b.json.gz: the input is empty');
  });

  it('a newest snapshot that is cut, of which the records before the cut are judged', async () => {
    const cut = JSON.stringify({ configurationItems: [open(NEW), closed(NEW)] }).slice(0, -9);
    const { states, code, stderr } = await statesOf({
      [`${SNAPSHOT}_20261101T120000Z_a.json.gz`]: [closed(OLD)],
      [`${SNAPSHOT}_20261102T120000Z_b.json.gz`]: cut,
    });
    expect(states).toEqual(['FAIL']);
    expect(code).toBe(3);
    expect(stderr).toContain('_b.json.gz: the input ends inside');
  });

  it.each<[string, object]>([
    [
      'unprocessedResourceKeys',
      { baseConfigurationItems: [closed(OLD)], unprocessedResourceKeys: [{ resourceId: 'other' }] },
    ],
    ['NextToken', { Results: [JSON.stringify(closed(OLD))], NextToken: 'abc' }],
  ])('an answer with %s', async (key, answer) => {
    const { states, code, stderr } = await statesOf({ 'a.json': JSON.stringify(answer) });
    expect(states).toHaveLength(1);
    expect(code).toBe(3);
    expect(stderr).toContain(key);
  });
});
