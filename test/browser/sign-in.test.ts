import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { FOLDER_POLICY } from '../../src/dashboard/html.ts';
import { type Answer, pleaseFiles, redirect, signedIn } from '../../src/lambda/sign-in/pages.ts';
import { closeBrowser, open } from './browser.ts';

const servers: Server[] = [];
afterAll(async () => {
  await closeBrowser();
  for (const server of servers) server.close();
});

/** Answers as CloudFront would with the function behind it. */
async function listen(answer: (path: string) => Answer): Promise<number> {
  const server = createServer(({ url = '/' }, response) => {
    const { statusCode, headers, body } = answer(url.split('?')[0] ?? '/');
    response.writeHead(statusCode, headers).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const html = (body: string): Answer => ({
  ...{ statusCode: 200, body: `<main><h1>Page</h1>${body}</main>` },
  headers: { 'content-type': 'text/html' },
});

const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript' };

/** As S3 keeps it, with the policy that the distribution adds. */
const fromBucket = (statusCode: number, path: string, body: string): Answer => ({
  ...{ statusCode, body },
  headers: {
    'content-type': TYPES[(path.split('.').at(-1) ?? '') as keyof typeof TYPES],
    'content-security-policy': FOLDER_POLICY,
  },
});

it('a link to a view leads there through the sign-in, by way of another site', async () => {
  let isSignedIn = false;
  const site = { port: 0 };
  const provider = await listen(() =>
    html(`<a href="http://localhost:${site.port}/sign-in/callback?code=c">Yes, it is me</a>`),
  );
  site.port = await listen((path) => {
    if (path === '/sign-in') return redirect(`http://127.0.0.1:${provider}/`);
    if (path === '/sign-in/callback') isSignedIn = true;
    if (path === '/sign-in/callback') return signedIn;
    const file = pleaseFiles[path.replace('/please/', '')];
    if (file !== undefined) return fromBucket(200, path, file);
    return isSignedIn
      ? html('The dashboard')
      : fromBucket(403, '.html', pleaseFiles['index.html'] ?? '');
  });
  const origin = `http://localhost:${site.port}/`;
  const view = '#/rules/s3-tls-only?state=FAIL';
  const { page, troubles, close } = await open('', view, { origin });
  expect(await page.textContent('h1')).toBe('Sign in');
  await page.click('a');
  await page.click('a:has-text("it is me")');
  await page.waitForURL(`${origin}${view}`);
  expect(await page.textContent('main')).toContain('The dashboard');
  // It tells of the status 403, of the other site, and of the page that is left at once: of nothing that a policy refused.
  expect(troubles.filter((trouble) => !/403|elsewhere|callback/.test(trouble))).toEqual([]);
  await close();
});

it('who signs in without a view sees the overview', async () => {
  const port = await listen((path) => (path === '/sign-in/callback' ? signedIn : html('Overview')));
  const { page, close } = await open('', 'sign-in/callback', {
    origin: `http://localhost:${port}/`,
  });
  await page.waitForURL(`http://localhost:${port}/`);
  await close();
});
