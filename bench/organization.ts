/**
 * A day of the central account, with the function as it is shipped: `npx tsx bench/organization.ts [accounts] [buckets in each]`. Its
 * buckets are a server of their own, on the same machine.
 */
import { type ChildProcess, fork } from 'node:child_process';
import dns from 'node:dns';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { JUDGE, lambdaBundle } from '../src/generate/bundle.ts';
import { loadSettings } from '../src/settings-file/settings-file.ts';
import { answerObjects, type Objects, objectRequest } from '../test/contract-server/objects.ts';
import { accountsLikeProduction, REGION } from './accounts.ts';

const DAYS = [2, 3];

/** Snapshots of so many accounts, with the buckets of the example's account production. */
function delivered(accounts: number, buckets: number): Objects {
  const objects: Objects = new Map();
  for (const { id, items } of accountsLikeProduction(accounts, buckets)) {
    const body = gzipSync(`{"fileVersion":"1.0","configurationItems":[${items}]}`, { level: 1 });
    for (const day of DAYS) {
      const name = `${id}_Config_${REGION}_ConfigSnapshot_2026110${day}T060000Z_0b.json.gz`;
      const folder = `AWSLogs/${id}/Config/${REGION}/2026/11/${day}/ConfigSnapshot`;
      objects.set(`${folder}/${name}`, body);
    }
  }
  return objects;
}

function serve(accounts: number, buckets: number): void {
  const stores = { delivery: delivered(accounts, buckets), data: new Map<string, Buffer>() };
  const server = createServer(async (request, response) => {
    const wanted = objectRequest(request, await buffer(request), stores);
    response.end(wanted ? answerObjects(wanted, stores) : undefined);
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

async function measure(child: ChildProcess, port: number): Promise<void> {
  const { lookup } = dns;
  const local = (host: string, ...rest: unknown[]) =>
    (lookup as (...all: unknown[]) => void)(
      host.endsWith('localhost') ? '127.0.0.1' : host,
      ...rest,
    );
  dns.lookup = local as typeof dns.lookup;
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL: `http://localhost:${port}`, AWS_REGION: REGION },
    ...{ AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' },
    ...{ DELIVERY_BUCKET: 'delivery', DATA_BUCKET: 'data', CAPACITY: '1e10' },
  });
  const file = new URL('../examples/settings.yaml', import.meta.url).pathname;
  const code = await lambdaBundle(await loadSettings(file), JUDGE);
  const module = { exports: {} as { handler: (event: object) => Promise<object> } };
  const require = createRequire(import.meta.url);
  compileFunction(code, ['module', 'exports', 'require'])(module, module.exports, require);
  for (const day of DAYS) {
    const before = process.cpuUsage();
    const started = performance.now();
    await module.exports.handler({ time: `2026-11-0${day}T12:00:00Z` });
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(
      `${seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processor time, ` +
        `${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most\n`,
    );
  }
  child.kill();
}

const [role, ...numbers] = process.argv.slice(2);
if (role === 'serve') serve(Number(numbers[0]), Number(numbers[1]));
else {
  const size = [role ?? '100', numbers[0] ?? '100'];
  const child = fork(fileURLToPath(import.meta.url), ['serve', ...size], {
    execArgv: process.execArgv,
  });
  child.once('message', (port: number) => void measure(child, port));
}
