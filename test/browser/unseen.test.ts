import { afterAll, expect, it } from 'vitest';
import type { ChangeRow, FindingRow } from '../../src/results/rows.ts';
import { organization } from '../dashboard/make/organization.ts';
import { closeBrowser, open, settled, violations } from './browser.ts';
import { write } from './dashboards.ts';

afterAll(closeBrowser);

const LONG = `long-${'o'.repeat(3000)}`;
const made = organization({ accounts: 3, buckets: 8, runs: 5, hostile: [LONG, 'short'] });
const findings = [...(made.findings() as Iterable<FindingRow>)];
const failing = findings.filter(({ state }) => state === 'FAIL');
const lost = failing.slice(0, 5).map(
  ({ runId, id, rule, subject, severity, state, messageId }): ChangeRow => ({
    ...{
      runId,
      id,
      rule,
      subject,
      severity,
      change: 'gone',
      cause: 'population',
      causes: ['population'],
    },
    from: { state, messageId, waiver: null, capturedAt: null },
    ...{ to: null, firstFailedAt: null },
  }),
);
/** On the third of five days nothing could be read; on the last, an account could not. */
const data = {
  ...made,
  changes: lost,
  past: () => [{ at: made.run.evaluatedAt, changes: lost }],
  earlier: made.earlier.map((run, day) =>
    day === 2 ? { ...run, states: { ...run.states, FAIL: 0, PASS: 0, UNKNOWN: 900 } } : run,
  ),
  differences: failing.slice(0, 2).map(({ runId, id, rule, subject, ...ours }, at) => ({
    ...{ runId, id, rule, subject, ours, recordedAt: '2026-11-01T07:00:00.000Z' },
    ...{ theirs: at === 0 ? null : ('COMPLIANT' as const), reason: 'unknown' as const },
  })),
};
const dashboard = await write('blind', data, true);

it('fewer findings are no good news where some could not be judged again', async () => {
  const { page, close } = await open(dashboard);
  const said = (await page.textContent('.headline h1')) ?? '';
  const before = data.earlier.at(-1);
  const change = data.run.states.FAIL - ((before?.states.FAIL ?? 0) - 5);
  const words =
    change === 0 ? 'as many as' : `${Math.abs(change)} ${change > 0 ? 'more' : 'fewer'} than`;
  expect(said).toContain(`, ${words} on 26 October 2026 in what both runs could judge.`);
  expect(said).toContain(
    `Of the ${before?.states.FAIL} on 26 October 2026, 5 could not be judged again.`,
  );
  expect(await page.textContent('main')).not.toContain('gone with their resource');
  await page.click('.headline a:has-text("judged again")');
  await settled(page);
  expect(await page.$$eval('tbody tr', (rows) => rows.length)).toBe(5);
  expect(await page.textContent('tbody')).not.toContain('not there');
  await close();
});

it('the line has a gap on a day of which most is not known, and is dashed where less was judged', async () => {
  const { page, close } = await open(dashboard);
  expect(await page.$$eval('.trend .blind', (all) => all.length)).toBe(1);
  // Of four steps the two beside the gap are not drawn, and the last is dashed.
  const lines = await page.$$eval('.trend .line:not(.faint)', (all) =>
    all.map((each) => each.classList.contains('dashed')),
  );
  expect(lines).toEqual([false, true]);
  const lowest = await page.$$eval('.trend .line', (all) =>
    Math.max(
      ...all.flatMap((each) =>
        [...(each.getAttribute('d') ?? '').matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) =>
          Number(y),
        ),
      ),
    ),
  );
  const axis = await page.$eval('.trend .axis', (line) =>
    Number(line.getAttribute('d')?.match(/M4 ([\d.]+)/)?.[1]),
  );
  expect(lowest).toBeLessThan(axis);
  expect(await page.textContent('.trend figcaption')).toMatch(/19 Oct are unknown.*Dashed/);
  const cells = await page.$$eval('.trend tbody tr:nth-child(3) td', (all) =>
    all.map((each) => each.textContent),
  );
  expect(cells.slice(0, 3)).toEqual(['–', '–', '900']);
  await close();
});

it('a table shows where AWS Config holds another result', async () => {
  const { page, close } = await open(dashboard, '#/coverage');
  const section = page.locator('section', { hasText: 'Results of AWS Config that differ' }).last();
  expect(await section.locator('tbody tr').count()).toBe(2);
  const [first = '', second = ''] = await section.locator('tbody tr').allTextContents();
  expect(first).toMatch(/Fail.*no result.*1 November 2026, 07:00 UTC.*look at this one/);
  expect(second).toContain('Pass');
  expect(await violations(page)).toEqual([]);
  await close();
});

it('a name of 3,000 letters widens no view', async () => {
  const { page, close } = await open(dashboard);
  const subject = data.subjects.find(({ subject: { name } }) => name === LONG)?.subject;
  const own = `#/subject/${subject?.account}/${subject?.region}/AWS::S3::Bucket/${LONG}`;
  for (const view of ['#/', own, '#/findings?all=1', '#/changes', '#/coverage', '#/accounts']) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, view);
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), view.slice(0, 40)).toBe(
      1340,
    );
  }
  await close();
});

it('a filter narrows the list, and removing it keeps the focus in the filters', async () => {
  const { page, close } = await open(dashboard, '#/findings');
  const count = async () =>
    Number(((await page.textContent('.listhead strong')) ?? '').replace(/\D/g, ''));
  const all = await count();
  await page.click('summary:has-text("Severity")');
  await page.click('.panel label:has-text("critical")');
  await settled(page);
  const fitting = findings.filter(
    ({ state, severity }) => severity === 'critical' && (state === 'FAIL' || state === 'UNKNOWN'),
  );
  expect(await count()).toBe(fitting.length);
  expect(fitting.length).toBeLessThan(all);
  await page.focus('.chip >> nth=0');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.matches('.filters .chip'));
  await page.focus('.chip.clear');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.matches('.filters .search'));
  expect(await count()).toBe(all);
  await close();
});
