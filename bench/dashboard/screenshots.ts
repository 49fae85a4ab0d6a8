import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rules } from '../../rules/index.ts';
import { runDataOf } from '../../src/dashboard/from-results.ts';
import { pageCode } from '../../src/dashboard/page-code.ts';
import { writeDashboard } from '../../src/dashboard/write.ts';
import { judgeInto, openDataSet } from '../../src/results/index.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import { closeBrowser, open } from '../../test/browser/browser.ts';

/** npm run screenshots: the pictures in docs/images, of the example organization as its settings grow. */
const BUCKET = '#/subject/111122223333/us-east-1/AWS::S3::Bucket/examplehealth-vpc-flow-logs-us';
const REQUIREMENT = '#/requirements/hipaa%20164.312(a)(1)';
const WIDE = { viewport: { width: 1340, height: 900 } };
const PHONE = { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2 };

const place = await mkdtemp(join(tmpdir(), 's3-config-rules-screenshots-'));
const images = 'docs/images';
await mkdir(images, { recursive: true });
try {
  const settings = await loadSettings('examples/settings.yaml');
  const { organization, kms, logs } = settings;
  const results = join(place, 'results');
  const steps = [
    ['2026-08-24', { ...emptySettings, organization }],
    ['2026-09-07', { ...emptySettings, organization, kms, logs }],
    ['2026-09-28', { ...settings, rules: {}, reviews: [], waivers: [] }],
    ['2026-10-19', { ...settings, waivers: [] }],
    ['2026-11-02', settings],
  ] as const;
  for (const [date, step] of steps) {
    await judgeInto(results, ['examples/organization'], {
      settings: step,
      rules,
      now: `${date}T12:00:00.000Z`,
    });
  }
  const dataSet = await openDataSet(results);
  const run = dataSet.runs.at(-1);
  if (run === undefined) throw new Error('Nothing was judged.');
  const output = join(place, 'dashboard');
  await writeDashboard(await runDataOf(dataSet, run), {
    output,
    title: 'Example Health',
    ...{ isSingle: true, rules },
    code: await pageCode(),
  });
  const pictures = [
    ['overview-light.png', '#/', { ...WIDE, colorScheme: 'light' }],
    ['overview-dark.png', '#/', { ...WIDE, colorScheme: 'dark' }],
    ['overview-phone.png', '#/', PHONE],
    ['requirement-light.png', REQUIREMENT, { ...WIDE, colorScheme: 'light' }],
    ['requirement-dark.png', REQUIREMENT, { ...WIDE, colorScheme: 'dark' }],
    ['requirement-phone.png', REQUIREMENT, PHONE],
    ['bucket-light.png', BUCKET, { ...WIDE, colorScheme: 'light' }],
    ['bucket-dark.png', BUCKET, { ...WIDE, colorScheme: 'dark' }],
    ['bucket-phone.png', BUCKET, PHONE],
    ['account-light.png', '#/accounts/444455556666', { ...WIDE, colorScheme: 'light' }],
  ] as const;
  for (const [name, hash, options] of pictures) {
    const { page, close } = await open(output, hash, options);
    await page.waitForTimeout(500);
    // A phone's page is long: its first screens tell enough.
    const clip = options === PHONE ? { clip: { x: 0, y: 0, width: 320, height: 1400 } } : {};
    await page.screenshot({ path: join(images, name), fullPage: true, ...clip });
    await close();
  }
  for (const [name, hash] of [
    ['overview', '#/'],
    ['requirement', REQUIREMENT],
    ['bucket', BUCKET],
  ] as const) {
    const { page, close } = await open(output, hash, { viewport: { width: 688, height: 1000 } });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: join(images, `${name}-print.png`) });
    await close();
  }
} finally {
  await closeBrowser();
  await rm(place, { recursive: true });
}
