/** How much processor time an invocation of the bundled function takes, with the real SDK: `npx tsx bench/invocation.ts`. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { rules } from '../rules/index.ts';
import { needsOf } from '../src/facets/needs.ts';
import { lambdaBundle } from '../src/generate/bundle.ts';
import { emptySettings } from '../src/settings/settings.ts';
import { bucketItem } from '../test/contract-server/items.ts';
import { startContractServer } from '../test/contract-server/server.ts';
import { createRule, createState } from '../test/contract-server/state.ts';
import { CONFIG_RULE, changeEvent, TOKEN } from '../test/lambda/world.ts';

const state = createState({
  rules: { [CONFIG_RULE]: createRule() },
  resultTokens: { [TOKEN]: CONFIG_RULE },
});
const server = await startContractServer(state);
Object.assign(process.env, {
  AWS_ENDPOINT_URL: server.endpoint,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
});

/** Milliseconds of processor time, the server's included, which runs in the same process: an upper bound. */
async function measure(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

// Beside the packages, so that the bundle finds its SDK.
const folder = await mkdtemp(fileURLToPath(new URL('bundle-', import.meta.url)));
try {
  await writeFile(`${folder}/index.cjs`, await lambdaBundle(emptySettings, 'recorded'));
  const load = createRequire(import.meta.url);
  const { handler } = load(`${folder}/index.cjs`);
  const bucketRules = rules.filter((rule) => {
    // Those that need nothing but the record of the bucket.
    const { function: name, onChange } = needsOf(rule);
    return (
      rule.subject === 'bucket' &&
      name === 'recorded' &&
      onChange &&
      rule.reads.every((facet) => facet === 'policy')
    );
  });
  const { write } = process.stdout;
  process.stdout.write = () => true; // what the function logs
  const times: number[] = [];
  for (let n = 0; n < 20; n++) {
    for (const { id } of bucketRules) {
      const time = await measure(() => handler(changeEvent(id, bucketItem('bucket'))));
      if (n >= 5) times.push(time);
    }
  }
  process.stdout.write = write;
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  process.stdout.write(
    `${times.length} invocations of ${bucketRules.length} rules: median ${at(0.5)} ms, p95 ${at(0.95)} ms\n`,
  );
} finally {
  await rm(folder, { recursive: true });
  await server.close();
}
