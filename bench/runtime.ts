/**
 * What an invocation costs under the runtime client of AWS Lambda: `RIC_ENTRY=… [RIC_NODE=…] npx tsx bench/runtime.ts [rounds]`.
 * The function of the recorded rules judges a change of one bucket; next to it stands a function that only loads the same client
 * of the SDK and puts one evaluation.
 */
import { readFileSync } from 'node:fs';
import { lambdaBundle } from '../src/generate/bundle.ts';
import { emptySettings } from '../src/settings/settings.ts';
import { bucketItem } from '../test/contract-server/items.ts';
import { startContractServer } from '../test/contract-server/server.ts';
import { createRule, createState } from '../test/contract-server/state.ts';
import { CONFIG_RULE, changeEvent, TOKEN } from '../test/lambda/world.ts';
import { startLambda } from '../test/runtime/lambda.ts';

const RULE = 's3-versioning-with-lifecycle';
const WARM = 20;
// `npm run bench` has options of its own.
const rounds = Number(process.argv[2]) || 5;

const BARE = `
const { ConfigServiceClient, PutEvaluationsCommand } = require('@aws-sdk/client-config-service');
const client = new ConfigServiceClient({});
exports.handler = async ({ invokingEvent, resultToken }) => {
  const { configurationItem: item } = JSON.parse(invokingEvent);
  await client.send(new PutEvaluationsCommand({
    ResultToken: resultToken,
    Evaluations: [{
      ComplianceResourceType: item.resourceType, ComplianceResourceId: item.resourceId,
      ComplianceType: 'COMPLIANT', OrderingTimestamp: new Date(item.configurationItemCaptureTime),
    }],
  }));
};`;

interface Cost {
  /** Milliseconds of processor time. */
  readonly cold: number;
  readonly warm: number;
  readonly megabytes: number;
}

/** Seconds that Linux counts in hundredths: fields 14 and 15 of /proc/PID/stat, behind the name in parentheses. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const megabytesOf = (pid: number) =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

async function costOf(code: string): Promise<Cost> {
  const state = createState({
    rules: { [CONFIG_RULE]: createRule() },
    resultTokens: { [TOKEN]: CONFIG_RULE },
  });
  const server = await startContractServer(state);
  const lambda = await startLambda(
    {
      ...{ name: 'measured', code, handler: 'index.handler', runtime: 'nodejs22.x' },
      ...{ timeoutSeconds: 60, memoryMegabytes: 256, environment: {} },
    },
    { account: '123456789012', region: 'eu-central-1', endpoint: server.endpoint },
  );
  try {
    const invoke = async () => {
      const result = await lambda.invoke(changeEvent(RULE, bucketItem('bucket')));
      if (result.kind === 'response') return result.pid;
      throw new Error(`${JSON.stringify(result)}\n${lambda.lines.join('\n')}`);
    };
    const pid = await invoke();
    const cold = processorMs(pid);
    for (let n = 0; n < WARM; n++) await invoke();
    return { cold, warm: (processorMs(pid) - cold) / WARM, megabytes: megabytesOf(pid) };
  } finally {
    await lambda.close();
    await server.close();
  }
}

const middle = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

const variants = {
  'the SDK and one PutEvaluations': BARE,
  recorded: await lambdaBundle(emptySettings, 'recorded'),
};
const costs = new Map(Object.keys(variants).map((name) => [name, [] as Cost[]]));
for (let round = 0; round < rounds; round++) {
  for (const [name, code] of Object.entries(variants)) costs.get(name)?.push(await costOf(code));
}
process.stdout.write(`\nLambda, processor time, medians of ${rounds}\n`);
for (const [name, all] of costs) {
  const [cold, warm, megabytes] = (['cold', 'warm', 'megabytes'] as const).map((key) =>
    middle(all.map((cost) => cost[key])),
  );
  process.stdout.write(
    `${name.padEnd(44)} cold ${cold} ms, warm ${warm?.toFixed(1)} ms, ${megabytes?.toFixed(0)} MB\n`,
  );
}
