import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { folderReader } from '../../src/dashboard/serving/places.ts';
import { serve } from '../../src/dashboard/serving/serve.ts';
import type { FindingRow } from '../../src/results/rows.ts';
import { closeBrowser, open, settled } from './browser.ts';
import { exampleData, folder, hostile, hostileData, single } from './dashboards.ts';

afterAll(closeBrowser);

async function all(rows: AsyncIterable<FindingRow> | Iterable<FindingRow>): Promise<FindingRow[]> {
  const list: FindingRow[] = [];
  for await (const row of rows) list.push(row);
  return list;
}
const findings = await all(exampleData.findings());

const BUCKET = '#/subject/111122223333/us-east-1/AWS::S3::Bucket/examplehealth-vpc-flow-logs-us';
const WAIVED =
  '#/subject/444455556666/eu-central-1/AWS::S3::Bucket/examplehealth-web-assets-eu?rule=s3-sse-kms-approved-keys';

const count = async (page: Page) =>
  Number(((await page.textContent('.listhead strong')) ?? '').replace(/\D/g, ''));

it('four clicks lead from the overview to the statement to change', async () => {
  const { page, troubles, close } = await open(single);
  await page.click('.causes .cause');
  await settled(page);
  await page.click('.messages .count a');
  await settled(page);
  await page.click('.findings .c-name a');
  await settled(page);
  await page.waitForSelector('.marked .named');
  expect(await page.textContent('.finding')).toContain('What to change');
  expect(await page.textContent('.finding')).toContain('What that may break');
  expect(await page.textContent('.finding')).toContain('Checked in this browser');
  expect(await page.textContent('.marked')).toContain('"Principal"');
  expect(troubles).toEqual([]);
  await close();
});

it('a finding holds the change to paste for each tool, and copies it as it is', async () => {
  const { page, troubles, close } = await open(single, BUCKET);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.waitForSelector('.paste details');
  expect(await page.textContent('.paste')).toContain('Judged again with this change: PASS');
  const marks = {
    'AWS CLI': /^aws s3api put-bucket-policy/,
    CloudFormation: /^BucketPolicy:/,
    Terraform: /^resource "aws_s3_/,
  };
  for (const [tool, start] of Object.entries(marks)) {
    const summary = page.locator('.paste summary', { hasText: tool });
    if ((await page.locator('.paste details[open] summary').textContent()) !== tool) {
      await summary.focus();
      await page.keyboard.press('Enter');
    }
    expect(await page.locator('.paste details[open]').count()).toBe(1);
    await page.click(`.paste details[open] button`);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(start);
    expect(copied).toContain('aws:SourceAccount');
    expect(await page.textContent('.paste details[open] pre')).toBe(copied);
  }
  expect(troubles).toEqual([]);
  await close();
});

it('a finding tells how it changed, and why there is nothing to paste', async () => {
  const { page, close } = await open(single, WAIVED);
  await page.waitForSelector('.timeline');
  const rows = await page.locator('.timeline li').allTextContents();
  expect(rows[0]).toMatch(/since 2 November 2026.*Waived notKms.*a waiver began or ended/);
  expect(rows[1]).toMatch(/before.*Fail notKms/);
  expect(await page.textContent('.finding')).toContain('No change can be computed');
  await close();
});

it('filters show what the data hold, as chips that can be removed, and the way back undoes them', async () => {
  const { page, close } = await open(single, '#/findings?all=1');
  expect(await count(page)).toBe(findings.length);
  await page.click('.menu summary:has-text("Severity")');
  await page.click('.panel label:has-text("critical")');
  const critical = findings.filter(({ severity }) => severity === 'critical');
  expect(await count(page)).toBe(critical.length);
  await page.click('.menu summary:has-text("State")');
  await page.click('.panel label:has-text("Fail")');
  const failing = critical.filter(({ state }) => state === 'FAIL');
  expect(await count(page)).toBe(failing.length);
  expect(page.url()).toContain('severity=critical');
  await page.goBack();
  expect(await count(page)).toBe(critical.length);
  await page.goBack();
  expect(await count(page)).toBe(findings.length);
  await page.goForward();
  expect(await count(page)).toBe(critical.length);
  await page.click('.chip:has-text("critical")');
  expect(await count(page)).toBe(findings.length);
  await page.fill('.filters > .search', 'vpc-flow');
  const named = findings.filter(({ subject }) => subject.name.includes('vpc-flow'));
  expect(await count(page)).toBe(named.length);
  await close();
});

it.each([
  ['region=us-east-1', ({ subject }: FindingRow) => subject.region === 'us-east-1'],
  [
    'account=444455556666&state=FAIL',
    ({ subject, state }: FindingRow) => subject.account === '444455556666' && state === 'FAIL',
  ],
  [
    'ou=ou-exa1-sandboxes&state=WAIVED',
    ({ subject, state }: FindingRow) => subject.account === '210987654321' && state === 'WAIVED',
  ],
  ['rule=s3-tls-only&sort=name', ({ rule }: FindingRow) => rule === 's3-tls-only'],
])('the CSV of %s is what is on the screen, sentence by sentence', async (query, fits) => {
  const { page, close } = await open(single, `#/findings?${query}`);
  const expected = findings.filter(fits);
  expect(await count(page)).toBe(expected.length);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.click('button:has-text("CSV")'),
  ]);
  const text = await readFile(await file.path(), 'utf8');
  const rows = table(text);
  expect(rows[0]).toEqual([
    'state',
    'severity',
    'resource',
    'type',
    'rule',
    'title',
    'message id',
    'message',
    'account',
    'account name',
    'ou',
    'region',
  ]);
  const found = rows
    .slice(1)
    .map(([state, severity, name, , rule, , messageId, message, account, , , region]) =>
      [
        state?.toUpperCase().replace(' ', '_').replace('FAIL', 'FAIL'),
        severity,
        name,
        rule,
        messageId,
        message?.replace(/^'/, ''),
        account,
        region,
      ].join('\n'),
    );
  const words: Record<string, string> = {
    FAIL: 'FAIL',
    PASS: 'PASS',
    UNKNOWN: 'UNKNOWN',
    WAIVED: 'WAIVED',
    NOT_APPLICABLE: 'NOT_APPLICABLE',
  };
  const wanted = expected.map(({ state, severity, subject, rule, messageId, message }) =>
    [
      words[state],
      severity,
      subject.name,
      rule,
      messageId,
      message,
      subject.account,
      subject.region,
    ].join('\n'),
  );
  expect(found.toSorted()).toEqual(wanted.toSorted());
  await close();
});

it('a CSV of hostile names holds no formula', async () => {
  const { page, close } = await open(hostile, '#/findings?all=1&show=tags');
  expect(await count(page)).toBe(hostileData.run.findings);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.click('button:has-text("CSV")'),
  ]);
  const rows = table(await readFile(await file.path(), 'utf8'));
  expect(rows.length).toBe(hostileData.run.findings + 1);
  for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝]/);
  await close();
});

/** Not our own reader of CSV: RFC 4180, character by character. */
function table(text: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, isQuoted] = [[] as string[], '', false];
  for (const mark of text.replace(/^\ufeff/, '').replaceAll('""', '\u0001')) {
    if (mark === '"') isQuoted = !isQuoted;
    else if (!isQuoted && mark === ',') {
      row.push(cell);
      cell = '';
    } else if (!isQuoted && mark === '\r') continue;
    else if (!isQuoted && mark === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += mark === '\u0001' ? '"' : mark;
  }
  return rows;
}

it('sorting puts the rows in order, and back again', async () => {
  const { page, close } = await open(single, '#/findings?state=FAIL');
  const names = () =>
    page.$$eval('.findings .c-name a', (all) => all.map((each) => each.textContent ?? ''));
  await page.click('.fhead button:has-text("Resource")');
  const up = await names();
  expect(up).toEqual(up.toSorted());
  await page.click('.fhead button:has-text("Resource")');
  const down = await names();
  expect(down).toEqual(down.toSorted().toReversed());
  await close();
});

it('a link to a finding opens it, for whoever is sent it', async () => {
  const { page, close } = await open(
    single,
    '#/subject/111122223333/us-east-1/AWS::S3::Bucket/examplehealth-vpc-flow-logs-us?rule=s3-service-principals-guarded',
  );
  await page.waitForSelector('.finding');
  expect(await page.textContent('.said [aria-current]')).toContain('AWS services');
  expect(await page.title()).toContain('examplehealth-vpc-flow-logs-us');
  await close();
});

it('the keyboard reaches everything: search, views, cells, menus', async () => {
  const { page, close } = await open(single);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await page.keyboard.press('?');
  await page.waitForSelector('dialog', { state: 'visible' });
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'hidden' });
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await settled(page);
  expect(page.url()).toContain('#/accounts');
  await page.focus('.grid [tabindex="0"]');
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'End', 'Home', 'ArrowRight'])
    await page.keyboard.press(key);
  await page.waitForFunction(() => document.activeElement?.classList.contains('cell'));
  const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  const [, rule = ''] = /^([a-z0-9-]+): /.exec(label ?? '') ?? [];
  expect(rules.map(({ id }) => id)).toContain(rule);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.findings');
  expect(page.url()).toContain(`rule=${rule}`);
  await page.keyboard.press('/');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
  await page.keyboard.type('lake?');
  expect(await page.isVisible('dialog')).toBe(false);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.panel');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.panel', { state: 'hidden' });
  await close();
});

it('prints the whole list, with its filters in words', async () => {
  const { page, close } = await open(single, '#/findings?state=FAIL&severity=high');
  const expected = findings.filter(
    ({ state, severity }) => state === 'FAIL' && severity === 'high',
  ).length;
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  expect(await page.$$eval('.fbody .frow', (all) => all.length)).toBe(expected);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'print' });
  expect(await page.isVisible('.masthead')).toBe(false);
  expect(await page.isVisible('.chip:has-text("high")')).toBe(true);
  await page.emulateMedia({ media: 'screen' });
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
  await close();
});

it('a folder is served to this machine, and asks for nothing else', async () => {
  const server = await serve(folderReader(folder), 0);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { page, troubles, close } = await open(folder, '#/findings?q=vpc-flow', { origin });
  expect(await count(page)).toBe(
    findings.filter(({ subject }) => subject.name.includes('vpc-flow')).length,
  );
  await page.click('.findings .c-name a');
  await page.waitForSelector('.finding');
  expect(troubles).toEqual([]);
  await close();
  server.close();
});

it('a folder that is opened from disk says how to open it', async () => {
  const { page, close } = await open(folder);
  expect(await page.textContent('.trouble')).toContain('dashboard serve');
  await close();
});
