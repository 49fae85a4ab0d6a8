import { SecurityHub as SecurityHubClient } from '@aws-sdk/client-securityhub';
import { expect, it, onTestFinished } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { RuleWords } from '../../src/engine/words.ts';
import { type Asff, asffOf, productArn } from '../../src/formats/asff.ts';
import { SecurityHub } from '../../src/security-hub/security-hub.ts';
import { clientSettings } from '../contract-server/clients.ts';
import { answersOf, createHub } from '../contract-server/security-hub.ts';
import { startContractServer } from '../contract-server/server.ts';
import { createState } from '../contract-server/state.ts';
import { ACCOUNT, REGION } from './world.ts';

const [rule] = rules as unknown as [RuleWords];
const finding = (id: string): Asff => {
  const subject = {
    ...{ type: 'AWS::S3::Bucket', id, name: id, arn: `arn:aws:s3:::${id}` },
    ...{ account: ACCOUNT, region: REGION },
  };
  return asffOf(
    {
      ...{ rule: rule.id, verdict: 'NON_COMPLIANT', state: 'FAIL', messageId: 'm', message: 'No.' },
      ...{ severity: 'low', subject, requirements: [], capturedAt: null },
    },
    {
      ...{ rule, partition: 'aws', region: REGION },
      ...{ createdAt: '2026-03-01T00:00:00.000Z', updatedAt: '2026-03-01T00:00:00.000Z' },
    },
  );
};

/** @param requestTimeout milliseconds: short only where a call has to time out, as a busy machine is slow by itself. */
async function world(requestTimeout = 30_000) {
  const state = createHub();
  const server = await startContractServer(createState({ answers: answersOf(state) }));
  onTestFinished(() => server.close());
  const client = new SecurityHubClient({
    ...clientSettings(server.endpoint),
    requestHandler: { requestTimeout, throwOnRequestTimeout: true },
  });
  const hub = new SecurityHub(client, { now: () => new Date(), wait: async () => {}, share: 1 });
  const calls = (name: string) => server.calls.filter(({ operation }) => operation === name);
  return { state, server, hub, calls };
}

const many = (count: number, size = 0, letter = 'x') =>
  Array.from({ length: count }, (_, index) => {
    const made = finding(`b-${index}`);
    return { ...made, ProductFields: { ...made.ProductFields, ...padding(size, letter) } };
  });

/** About so many letters, in fields of 2,048. */
const padding = (size: number, letter: string) =>
  Object.fromEntries(
    Array.from({ length: Math.ceil(size / 2048) }, (_, index) => [
      `pad-${index}`,
      letter.repeat(2048),
    ]),
  );

it('imports again what timed out, although it may have been stored', async () => {
  const { state, server, hub, calls } = await world(400);
  server.fail('BatchImportFindings', { delayMs: 800 }, 2);
  await expect(hub.import([finding('b')])).resolves.toEqual(new Map());
  expect(calls('BatchImportFindings')).toHaveLength(3);
  expect(state.findings.size).toBe(1);
});

it('sends at most 100 findings and 6 MB a call', async () => {
  const { state, hub, calls } = await world();
  await hub.import(many(250));
  const sizes = () =>
    calls('BatchImportFindings').map(
      ({ input }) => (input as { Findings: Asff[] }).Findings.length,
    );
  expect(sizes()).toEqual([100, 100, 50]);
  expect(await hub.import(many(90, 80_000))).toEqual(new Map());
  expect(sizes().slice(3)).toEqual([expect.any(Number), expect.any(Number)]);
  // The service counts bytes, of which a letter of a long name may have three.
  expect(await hub.import(many(90, 60_000, '€'))).toEqual(new Map());
  expect(sizes().slice(5)).toHaveLength(3);
  expect(state.findings.size).toBe(250);
});

it('asks for 20 ids a call, and finds what there is', async () => {
  const { hub, calls } = await world();
  const findings = many(45);
  await hub.import(findings.slice(5));
  const product = productArn('aws', REGION, ACCOUNT);
  const found = await hub.named(
    product,
    findings.map(({ Id }) => Id),
  );
  expect(found.size).toBe(40);
  expect(calls('GetFindings')).toHaveLength(3);
});

it('tries alone what failed of a batch, and has it stored in the end', async () => {
  const { state, hub, calls } = await world();
  state.fault = (_, call) => (call < 3 ? { fails: (id) => id.endsWith('/b-1') } : undefined);
  expect(await hub.import(many(3))).toEqual(new Map());
  const sent = calls('BatchImportFindings').map(({ input }) =>
    (input as { Findings: Asff[] }).Findings.map(({ Id }) => Id.slice(-3)),
  );
  expect(sent).toEqual([['b-0', 'b-1', 'b-2'], ['b-1'], ['b-1']]);
  expect(state.findings.size).toBe(3);
});

it('gives up after a while, and says of which finding and why', async () => {
  const { state, hub } = await world();
  state.fault = () => ({ fails: (id) => id.endsWith('/b-1') });
  const failures = await hub.import(many(3));
  expect([...failures]).toEqual([
    [expect.stringMatching(/\/b-1$/), 'InternalError: ordered by the test'],
  ]);
});
