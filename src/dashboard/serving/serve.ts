import { createServer, type Server } from 'node:http';

/** Where the files of a dashboard are; null for one that is not there. */
export type ReadFile = (name: string) => Promise<Uint8Array | null>;

/** The only names that a dashboard has: no other file can be asked for, whatever lies in the folder. */
const NAMES =
  /^(?:index\.html|page\.js|style\.css|data\/(?:[\w-]+\/){0,3}[\w-]+(?:\.json|\.bin)\.gz)$/;

const TYPES: readonly (readonly [string, string])[] = [
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.gz', 'application/octet-stream'],
];

const HEADERS = {
  // The page sets the rest; a page in a frame is what it cannot refuse itself.
  'content-security-policy': "frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
};

/** Names of this machine: a page elsewhere that names it otherwise (DNS rebinding) is refused. */
const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/** Serves a dashboard to this machine only. @param port 0 for any free one. @throws the error of the port, such as one in use. */
export async function serve(read: ReadFile, port: number): Promise<Server> {
  const server = createServer(async ({ url = '/', method, headers }, response) => {
    const end = (status: number, text: string, more = {}) => {
      response.writeHead(status, {
        ...HEADERS,
        ...more,
        'content-type': 'text/plain; charset=utf-8',
      });
      response.end(method === 'HEAD' ? undefined : `${text}\n`);
    };
    try {
      if (!LOCAL.test(headers.host ?? '')) return end(421, 'Ask for localhost.');
      if (method !== 'GET' && method !== 'HEAD')
        return end(405, 'Only GET and HEAD.', { allow: 'GET, HEAD' });
      const [path = '/'] = url.split('?');
      const name = path === '/' ? 'index.html' : path.slice(1);
      const bytes = NAMES.test(name) ? await read(name) : null;
      if (bytes === null) return end(404, 'There is no such file.');
      const type = TYPES.find(([ending]) => name.endsWith(ending))?.[1] ?? 'text/plain';
      response.writeHead(200, { ...HEADERS, 'content-type': type, 'content-length': bytes.length });
      response.end(method === 'HEAD' ? undefined : bytes);
    } catch (error) {
      end(502, error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}
