import { afterAll, describe, expect, it } from 'vitest';
import { closeBrowser, open, settled, violations } from './browser.ts';
import { exampleData, hostile, hostileData, single, unknown } from './dashboards.ts';

afterAll(closeBrowser);

const BUCKET = '#/subject/111122223333/us-east-1/AWS::S3::Bucket/examplehealth-vpc-flow-logs-us';
const VIEWS = [
  '#/',
  '#/requirements',
  '#/requirements?framework=gdpr',
  '#/requirements/hipaa%20164.312(a)(1)',
  '#/requirements/gdpr%2028(1)',
  '#/rules',
  '#/rules/s3-cross-account-scoped',
  '#/rules/s3-tls-only',
  '#/accounts',
  '#/accounts?ou=ou-exa1-workload',
  '#/accounts/444455556666',
  '#/findings',
  '#/findings?all=1&sort=name-down&show=tags',
  '#/findings?state=FAIL&severity=critical&framework=hipaa&strength=primary',
  '#/findings?q=nothing+has+this+name',
  '#/waivers',
  '#/changes',
  '#/changes?kind=fixed',
  '#/coverage',
  BUCKET,
  `${BUCKET}?rule=s3-policy-review-attested`,
  '#/subject/444455556666/eu-central-1/AWS::S3::Bucket/examplehealth-web-assets-eu?rule=s3-sse-kms-approved-keys',
  '#/subject/111122223333/us-east-1/AWS::S3::Bucket/not-there',
  '#/rules/not-there',
  '#/not-there',
];

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it('every view stands without the network, and axe-core finds nothing', async () => {
    const { page, troubles, close } = await open(single, '#/', { colorScheme });
    for (const view of VIEWS) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, view);
      await settled(page);
      expect(await violations(page), `${view} in ${colorScheme}`).toEqual([]);
    }
    expect(troubles).toEqual([]);
    await close();
  });
});

it('no view is wider than a phone of 320 pixels, and axe-core finds nothing there', async () => {
  const { page, troubles, close } = await open(single, '#/', {
    viewport: { width: 320, height: 640 },
  });
  for (const view of VIEWS) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, view);
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBe(320);
    expect(await violations(page), view).toEqual([]);
  }
  expect(troubles).toEqual([]);
  await close();
});

it('with forced colours the cells keep theirs, and no view breaks', async () => {
  const { page, troubles, close } = await open(single, '#/accounts', { forcedColors: 'active' });
  const looks = await page.$$eval(
    '.grid .cell',
    (cells) => new Set(cells.map((cell) => getComputedStyle(cell).backgroundImage)).size,
  );
  expect(looks).toBeGreaterThan(2);
  expect(troubles).toEqual([]);
  await close();
});

it('the overview says what the data say', async () => {
  const { page, close } = await open(single);
  const text = (await page.textContent('main')) ?? '';
  const { states, subjects } = exampleData.run;
  expect(text).toContain(`${states.FAIL} findings are open`);
  expect(text).toContain(`${states.UNKNOWN} unknown`);
  expect(text).toContain(`${subjects} resources`);
  const applying = states.FAIL + states.UNKNOWN + states.WAIVED + states.PASS;
  expect(text).toContain(`${Math.floor((100 * states.PASS) / applying)} %`);
  const partly = exampleData.accounts.filter(({ assessed }) => assessed !== 'yes').length;
  expect(partly).toBeGreaterThan(0);
  expect(text).toContain(`of ${exampleData.accounts.length} accounts`);
  await close();
});

it('the overview does not call good what is not known', async () => {
  const { page, close } = await open(unknown);
  const text = (await page.textContent('.headline')) ?? '';
  expect(text).toContain('Who can reach the 94 buckets is not known.');
  expect(text).toContain('2,030 are unknown');
  expect(text).not.toMatch(/No(?:ne)? of|fewer|more than|as many as/);
  expect(await page.textContent('.fix')).toContain('2,030 judgements could not be made');
  await close();
});

it('names, tags and sentences of strangers are text on every view', async () => {
  const { page, troubles, close } = await open(hostile);
  const links = async () =>
    await page.$$eval('main a[href^="#/"]', (all) =>
      all.map((each) => each.getAttribute('href') ?? ''),
    );
  const seen = new Set([
    '#/',
    '#/accounts',
    '#/findings?all=1&show=tags',
    '#/waivers',
    '#/changes',
    '#/coverage',
    '#/rules',
  ]);
  // One link of each kind of view, and every bucket of one account.
  for (const view of [...seen]) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, view);
    await settled(page);
    for (const link of (await links())
      .filter((each) => each.startsWith('#/accounts/') || each.startsWith('#/subject/'))
      .slice(0, 25))
      seen.add(link);
  }
  expect(seen.size).toBeGreaterThan(40);
  for (const view of seen) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, view);
    await settled(page);
    expect(await page.$$eval('main img, main script, main iframe', (all) => all.length), view).toBe(
      0,
    );
    expect(await page.$('main .missing'), view).toBeNull();
  }
  expect(await page.evaluate('globalThis.harmed')).toBeUndefined();
  expect(troubles).toEqual([]);
  const name = '<img src=x onerror="globalThis.harmed=1">';
  const subject = hostileData.subjects.find(({ subject: { name: own } }) => own === name)?.subject;
  await page.goto(
    `${page.url().split('#')[0]}#/subject/${subject?.account}/${subject?.region}/AWS::S3::Bucket/${encodeURIComponent(name)}`,
  );
  await settled(page);
  expect(await page.textContent('h1')).toBe(name);
  expect(await violations(page)).toEqual([]);
  await close();
});
