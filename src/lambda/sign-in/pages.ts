import { createHash } from 'node:crypto';

/** What a function URL answers with (Lambda Developer Guide, "Invoking Lambda function URLs"). */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
}

const KEPT = 'sign-in-view';
/** The part of an address behind # never reaches a server: the browser keeps it until it is back. */
const KEEP = `sessionStorage.setItem('${KEPT}',location.hash)`;
/** It stays on this host, whatever was kept: what follows "/#" is no address. */
const RETURN = [
  `const v=sessionStorage.getItem('${KEPT}')||''`,
  `sessionStorage.removeItem('${KEPT}')`,
  `location.replace('/'+(v.startsWith('#/')?v:''))`,
].join(';');
const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const headers = (script: string | undefined) => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    ...["default-src 'none'", `style-src ${hashOf(STYLE)}`],
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join('; '),
  ...COMMON,
});

const COMMON = {
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** Every text of a page is written here: nothing of a request, a token or the provider stands in one. */
function page(status: number, title: string, body: string, script?: string): Answer {
  const run = script === undefined ? '' : `<script>${script}</script>`;
  return {
    statusCode: status,
    headers: headers(script),
    body: html(title, `<style>${STYLE}</style>`, `<main><h1>${title}</h1>${body}</main>${run}`),
  };
}

const html = (title: string, head: string, body: string) =>
  [
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<meta name="robots" content="noindex"><title>${title}</title>${head}${body}</html>`,
  ].join('');

const SIGN_IN = '<p><a href="/sign-in">Sign in</a></p>';

/** The folder of what CloudFront shows in place of what it refuses, with its own status. */
export const PLEASE = 'please';

/**
 * Its files, by name. They are in the bucket: CloudFront fetches an error page with origin access control from S3 only, and of any
 * other origin it must be public (Developer Guide, "Configure error response behavior"). The page is shown at whatever address was
 * asked for, under the policy of the dashboard, so its script and style are files that it names in full.
 */
export const pleaseFiles: Readonly<Record<string, string>> = {
  'index.html': html(
    'Sign in',
    `<link rel="stylesheet" href="/${PLEASE}/page.css"><script defer src="/${PLEASE}/page.js"></script>`,
    `<main><h1>Sign in</h1><p>You are not signed in, your session has ended, or there is no such file.</p>${SIGN_IN}</main>`,
  ),
  'page.css': STYLE,
  'page.js': KEEP,
};

export const signedIn = page(200, 'Signed in', '<p><a href="/">Open the dashboard</a></p>', RETURN);

export const signedOut = page(
  200,
  'Signed out',
  `<p>This browser shows the dashboard no more. You are still signed in at your provider.</p>${SIGN_IN}`,
);

/** CloudFront would replace the body of an answer 403. */
export const notMember = page(
  401,
  'Not for you',
  '<p>You are in none of the groups that may see this dashboard. Ask who owns it.</p>',
);

export const notSignedIn = page(
  401,
  'Not signed in',
  `<p>That did not work. Begin again. If it fails again, ask who owns the dashboard: the log of the sign-in
  function has the reason.</p>${SIGN_IN}`,
);

export const unknown = page(404, 'Not found', SIGN_IN);

export const redirect = (location: string): Answer => ({
  statusCode: 302,
  headers: { location, ...COMMON },
});
