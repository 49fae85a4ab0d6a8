import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { rules } from '../../rules/index.ts';
import { needsOf } from '../../src/facets/needs.ts';
import { cliBundle, contentHash, lambdaBundle } from '../../src/generate/bundle.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { bucketItem } from '../contract-server/items.ts';
import { type ContractServer, startContractServer } from '../contract-server/server.ts';
import { createRule, createState } from '../contract-server/state.ts';

type Handler = (event: unknown) => Promise<{ evaluations: number }>;

/** The code of the function, loaded as Lambda loads it: CommonJS, the SDK from outside. */
function load(code: string): Handler {
  const module = { exports: {} as { handler: Handler } };
  const require = createRequire(import.meta.url);
  compileFunction(code, ['module', 'exports', 'require'])(module, module.exports, require);
  return module.exports.handler;
}

const settings = { ...emptySettings, kms: { approvedKeys: ['alias/baked'] } };

describe('the bundle of the function', () => {
  let code: string;
  let server: ContractServer;
  const state = createState({
    rules: { 'pack-rule': createRule() },
    resultTokens: { token: 'pack-rule' },
  });

  beforeAll(async () => {
    code = await lambdaBundle(settings, 'recorded');
    server = await startContractServer(state);
    vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });

  const event = (ruleParameters: object) => ({
    version: '1.0',
    invokingEvent: JSON.stringify({
      messageType: 'ConfigurationItemChangeNotification',
      configurationItem: bucketItem('b'),
      configurationItemDiff: null,
    }),
    ruleParameters: JSON.stringify(ruleParameters),
    resultToken: 'token',
    eventLeftScope: false,
    configRuleName: 'pack-rule',
    accountId: '111122223333',
  });

  it('is one small CommonJS file without ajv, without the SDK and without prose', () => {
    expect(code.length).toBeLessThan(350_000);
    expect(code).not.toMatch(/ajv|json-schema\.org/);
    for (const { title, rationale, limits, messages } of rules) {
      const advice = Object.values(messages).flatMap(({ fix, caution }) =>
        [fix ?? [], caution ?? []].flat(),
      );
      for (const words of [title, rationale, ...limits, ...advice])
        expect(code).not.toContain(words);
    }
    const required = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(required.filter((name) => !/^(@aws-sdk\/client-|node:)/.test(name ?? ''))).toEqual([]);
  });

  it('holds the rules of its function, and is told of all', async () => {
    const live = await lambdaBundle(settings, 'live');
    expect(live.length).toBeLessThan(350_000);
    for (const rule of rules) {
      const isOurs = needsOf(rule).function === 'recorded';
      const [mine, others] = isOurs ? [code, live] : [live, code];
      const said = Object.values(rule.messages)[0]?.sentence ?? '';
      expect(mine, rule.id).toContain(said);
      expect(others, rule.id).not.toContain(said);
      if (!rule.draft) expect(live, rule.id).toContain(rule.id);
    }
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await expect(load(code)(event({ rule: 's3-acl-disabled' }))).rejects.toThrow(
      'the parameter rule is "s3-acl-disabled", expected one of',
    );
    written.mockRestore();
  });

  it('is the same bytes for the same settings', async () => {
    expect(await lambdaBundle(settings, 'recorded')).toBe(code);
  });

  it('carries the settings', () => {
    expect(code).toContain('alias/baked');
  });

  it('reports a verdict through the real SDK', async () => {
    const handler = load(code);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await expect(handler(event({ rule: 's3-tls-only' }))).resolves.toEqual({ evaluations: 1 });
    expect(state.rules['pack-rule']?.results).toMatchObject([
      {
        resourceId: 'b',
        complianceType: 'NON_COMPLIANT',
        annotation: expect.stringMatching(/^noPolicy: /),
      },
    ]);
  });

  it('refuses parameters with the precompiled validators, in the same words', async () => {
    const handler = load(code);
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await expect(handler(event({ rule: 's3-log-retention', minimumDays: '1y' }))).rejects.toThrow(
      's3-log-retention: minimumDays must be an integer from 1 to 36500, at most maximumDays, got "1y".',
    );
    await expect(
      handler(event({ rule: 's3-log-retention', minimumDays: '9', maximumDays: '8' })),
    ).rejects.toThrow('at most maximumDays, got 9.');
    await expect(handler(event({ rule: 's3-log-retention', minDays: '9' }))).rejects.toThrow(
      'there is no parameter "minDays"',
    );
    expect(JSON.parse(String(written.mock.calls.at(-1)?.[0]))).toMatchObject({
      level: 'error',
      error: 'InvalidParameters',
    });
    written.mockRestore();
  });
});

it('the publisher is a small file of its own: the words of the rules without the rules', async () => {
  const code = await lambdaBundle(settings, 'publish-findings');
  expect(code.length).toBeLessThan(160_000);
  const required = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
  expect([...new Set(required)].sort()).toEqual([
    '@aws-sdk/client-config-service',
    '@aws-sdk/client-securityhub',
    '@aws-sdk/client-sqs',
    'node:crypto',
    'node:timers/promises',
  ]);
  expect(code).toContain('S3 buckets refuse every request sent without TLS');
});

it('the content hash names code and settings', async () => {
  const hash = contentHash(await lambdaBundle(settings, 'recorded'));
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(contentHash(await lambdaBundle(settings, 'recorded'))).toBe(hash);
  expect(contentHash(await lambdaBundle(emptySettings, 'recorded'))).not.toBe(hash);
});

it('the command line is one file that starts as a program', async () => {
  const code = await cliBundle();
  expect(code).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(code).not.toMatch(/from "\.\.?\//);
  // The SDK is loaded when it is needed: a machine that only judges files does not have it.
  expect(code).not.toMatch(/^import .*@aws-sdk/m);
});
