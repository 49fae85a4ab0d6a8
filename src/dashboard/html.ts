import { createHash } from 'node:crypto';
import type { DataFile } from './build.ts';
import type { PageCode } from './page-code.ts';

const escaped = (text: string) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** A source of a Content Security Policy that is this very text (CSP Level 3, "hash-source"). */
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** `frame-ancestors` has no effect in a page (CSP Level 3, 3.3), so what serves the folder says it in a header. */
const policy = (script: string, style: string, connect: string) =>
  [
    ...[
      "default-src 'none'",
      `script-src ${script}`,
      `style-src ${style}`,
      `connect-src ${connect}`,
    ],
    ...['img-src data:', "base-uri 'none'", "form-action 'none'"],
  ].join('; ');

const page = (title: string, csp: string, head: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="generator" content="s3-config-rules dashboard">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
${head}
</head>
<body>
<div id="app"></div>
<noscript><p>This page shows the results with a script. It needs JavaScript, and no network.</p></noscript>
${body}
</body>
</html>
`;

/** What the page of a folder may load: files next to it, and nothing else. */
export const FOLDER_POLICY = policy("'self'", "'self'", "'self'");

/** The page of a folder, whose script, style and data stand next to it. */
export const folderPage = (title: string) =>
  page(
    title,
    FOLDER_POLICY,
    [
      '<link rel="preload" href="data/index.json.gz" as="fetch" crossorigin>',
      '<link rel="stylesheet" href="style.css">',
      '<script defer src="page.js"></script>',
    ].join('\n'),
    '',
  );

/** The beginning of a page that holds everything; its data follow, then `SINGLE_END`. */
export function singlePage(title: string, { script, style }: PageCode): readonly [string, string] {
  const csp = policy(hashOf(script), hashOf(style), "'none'");
  const mark = '<!-- data -->';
  const html = page(title, csp, `<style>${style}</style>`, `${mark}\n<script>${script}</script>`);
  const at = html.indexOf(mark);
  return [html.slice(0, at), html.slice(at + mark.length)];
}

/** A file of the data as an element of the page: base64, which holds nothing that HTML could read. */
export const inlined = ({ name, bytes }: DataFile) =>
  `<script type="text/plain" id="file:${escaped(name.replace(/^data\//, ''))}">${Buffer.from(bytes).toString('base64')}</script>\n`;
