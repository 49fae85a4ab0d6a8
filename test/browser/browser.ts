import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const NAMES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is: Debian's, or what CHROMIUM names. `.ci/run` skips these tests where there is none. */
export const executable = process.env['CHROMIUM'] ?? NAMES.find(existsSync);

let browser: Promise<Browser> | undefined;

const launch = () =>
  chromium.launch({
    ...(executable === undefined ? {} : { executablePath: executable }),
    // Chromium has no sandbox for root, who builds in a container.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });

/** Ends the browser that all tests share. */
export const closeBrowser = async () => {
  await (await browser)?.close();
  browser = undefined;
};

export interface Opened {
  readonly page: Page;
  /** What went wrong in the page: errors, warnings of its policy, requests that failed or went elsewhere. */
  readonly troubles: string[];
  readonly close: () => Promise<void>;
}

/** Opens an address of a dashboard in a folder, from disk unless an origin is named, with the network off. */
export async function open(
  folder: string,
  hash = '#/',
  options: BrowserContextOptions & { readonly origin?: string; readonly script?: string } = {},
): Promise<Opened> {
  browser ??= launch();
  // What runs before the page; a benchmark leaves axe-core out, which is five times as large as the page itself.
  const { origin, script = axe, ...rest } = options;
  const context = await (await browser).newContext({
    viewport: { width: 1340, height: 900 },
    ...rest,
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('requestfailed', (request) => troubles.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    const own = origin ?? 'file://';
    if (
      !request.url().startsWith(own) &&
      !request.url().startsWith('data:,') &&
      !request.url().startsWith('blob:')
    ) {
      troubles.push(`elsewhere: ${request.url()}`);
    }
  });
  await context.setOffline(origin === undefined);
  await page.addInitScript({ content: script });
  await page.goto(`${origin ?? `file://${join(folder, 'index.html')}`}${hash}`);
  await settled(page);
  return { page, troubles, close: () => context.close() };
}

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Waits until a view is drawn and reads nothing more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('main h1, main .missing, main .trouble');
  await page.waitForFunction(() => document.querySelector('.loading') === null);
}

/** What axe-core finds against WCAG 2.2 AA, one line for each rule and element. */
export async function violations(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  return await page.evaluate(async (values) => {
    const { violations: found } = await (
      globalThis as never as {
        axe: {
          run: (...args: unknown[]) => Promise<{
            violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
          }>;
        };
      }
    ).axe.run(document, { runOnly: { type: 'tag', values } });
    return found.flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(
          ({ html, failureSummary }) =>
            `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`,
        ),
    );
  }, tags);
}
