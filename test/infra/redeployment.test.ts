import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { type Code, codeOf, ruleHashes } from '../../infra/code.ts';
import { rules } from '../../rules/index.ts';
import { packTemplate } from '../../src/generate/conformance-pack.ts';
import { emptySettings, type Settings } from '../../src/settings/settings.ts';
import { packOf as packOfDeployment } from '../../src/settings-file/deployment/deployment.ts';
import { type ContractServer, startContractServer } from '../contract-server/server.ts';
import { createRule, createState, type EventItem, type State } from '../contract-server/state.ts';
import { bucketWith, changeOf, policyText, scheduledEvent, tlsBucket } from '../lambda/world.ts';
import { example } from './world.ts';

/**
 * What a deployment with other settings leads to, with the functions as they are shipped. AWS Config is played by the test: it
 * evaluates the rules that a new pack changes on the last recorded state, and every rule once a day.
 */

const [KEPT, REVOKED] = ['444455556666', '222233334444'];
const SCOPED = 's3-cross-account-scoped';
const SUFFIX = 'conformance-pack-ab12cd34e';
const named = (rule: string) => `${rule}-${SUFFIX}`;

const trusting = (...accounts: readonly string[]): Settings => ({
  ...emptySettings,
  trust: { ...emptySettings.trust, accounts },
});
const waived: Settings['waivers'][number] = {
  ...{ id: 'W-1', rule: SCOPED, subject: { account: '111122223333' } },
  ...{ owner: 'team', approver: 'ciso', reason: 'migration' },
  ...{ created: '2026-01-01', expires: '2026-12-31' },
};

/** A bucket whose policy lets somebody read, written as AWS's documentation writes it. */
const letting = (name: string, Principal: unknown, more: object = {}): EventItem =>
  bucketWith(name, {
    BucketPolicy: {
      policyText: policyText({
        ...{ Effect: 'Allow', Principal, Action: 's3:GetObject' },
        Resource: `arn:aws:s3:::${name}/*`,
        ...more,
      }),
    },
  });
const REVOKED_BUCKETS = [
  letting('by-root', { AWS: `arn:aws:iam::${REVOKED}:root` }),
  letting('by-id', { AWS: REVOKED }),
  letting('by-role', { AWS: `arn:aws:iam::${REVOKED}:role/reader` }),
  letting('by-list', { AWS: [`arn:aws:iam::${KEPT}:root`, `arn:aws:iam::${REVOKED}:root`] }),
  letting('by-condition', '*', {
    Condition: { StringEquals: { 'aws:PrincipalAccount': REVOKED } },
  }),
];
const OTHERS = [letting('of-kept', { AWS: `arn:aws:iam::${KEPT}:root` }), tlsBucket('of-nobody')];
const items = [...REVOKED_BUCKETS, ...OTHERS];

type Handler = (event: unknown) => Promise<unknown>;

/** The code of a function, loaded as Lambda loads it. */
function load(code: string): Handler {
  const module = { exports: {} as { handler: Handler } };
  const require = createRequire(import.meta.url);
  compileFunction(code, ['module', 'exports', 'require'])(module, module.exports, require);
  return module.exports.handler;
}

interface PackRule {
  readonly ConfigRuleName: string;
  readonly InputParameters: Readonly<Record<string, unknown>>;
  readonly Source: { readonly SourceDetails?: readonly object[] };
}

/** The rules of the pack that a deployment of this code brings, by id. */
function packOf({ ruleHashes: hashes = {} }: Code): ReadonlyMap<string, PackRule> {
  const template = packTemplate(packOfDeployment(example), rules, ({ id }) => hashes[id] ?? '');
  const { Resources } = parse(template);
  const all = Object.values<{ Properties: PackRule }>(Resources);
  return new Map(all.map(({ Properties }) => [Properties.ConfigRuleName, Properties]));
}

/** Ids of the rules that the deployment of the second code changes, after the first. */
function changed(before: Code, after: Code): readonly string[] {
  const [old, now] = [packOf(before), packOf(after)];
  return [...now.keys()].filter(
    (id) => JSON.stringify(old.get(id)) !== JSON.stringify(now.get(id)),
  );
}

let before: Code;
let after: Code;
let ended: Code;
let server: ContractServer;
let state: State;

beforeAll(async () => {
  before = await codeOf(trusting(KEPT, REVOKED));
  after = await codeOf(trusting(KEPT));
  ended = await codeOf({ ...trusting(KEPT), waivers: [{ ...waived, expires: '2026-02-28' }] });
  state = createState();
  server = await startContractServer(state);
  vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
}, 120_000);
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await server.close();
});

/** AWS Config evaluates a rule on everything that it last recorded. */
async function evaluateAll(code: Code, id: string): Promise<void> {
  const { InputParameters } = packOf(code).get(id) ?? {};
  const handler = load(code.bundles.recorded);
  for (const item of items) {
    await handler({
      invokingEvent: JSON.stringify({ ...changeOf(item), notificationCreationTime: new Date() }),
      ruleParameters: JSON.stringify({ rule: id, contentHash: InputParameters?.['contentHash'] }),
      ...{ resultToken: `token of ${id}`, eventLeftScope: false },
      ...{ configRuleName: named(id), accountId: '111122223333' },
    });
  }
}

/** Which buckets AWS Config says to fail the rule. */
const failing = (id: string) =>
  (state.rules[named(id)]?.results ?? [])
    .filter(({ complianceType }) => complianceType === 'NON_COMPLIANT')
    .map(({ resourceId }) => resourceId)
    .sort();
const revoked = REVOKED_BUCKETS.map(({ resourceName }) => resourceName).sort();

const hold = (...ids: readonly string[]) => {
  state.rules = Object.fromEntries(ids.map((id) => [named(id), createRule()]));
  state.resultTokens = Object.fromEntries(ids.map((id) => [`token of ${id}`, named(id)]));
};

describe('a deployment with one account less in trust.accounts', () => {
  it('changes the rules that use the list, and no rule beside them', () => {
    const rules = changed(before, after);
    expect(rules).toContain(SCOPED);
    expect(rules).not.toContain('s3-tls-only');
    expect(changed(after, after)).toEqual([]);
    for (const { InputParameters } of packOf(after).values()) {
      if (InputParameters?.['rule'] === undefined) continue;
      expect(InputParameters['contentHash']).toMatch(/^[0-9a-f]{12}$/);
    }
  });

  it('turns every bucket that still lets it in NON_COMPLIANT', async () => {
    hold(SCOPED);
    await evaluateAll(before, SCOPED);
    expect(failing(SCOPED)).toEqual([]);
    for (const id of changed(before, after)) if (id === SCOPED) await evaluateAll(after, id);
    expect(failing(SCOPED)).toEqual(revoked);
  });

  it('does so within a day even if AWS Config evaluates nothing for a changed rule', async () => {
    hold(SCOPED);
    state.items = [...items];
    await evaluateAll(before, SCOPED);
    const { resultToken: _, ...event } = scheduledEvent(SCOPED) as { resultToken: string };
    await load(after.bundles.recorded)({
      ...event,
      ...{ configRuleName: named(SCOPED), resultToken: `token of ${SCOPED}` },
    });
    expect(failing(SCOPED)).toEqual(revoked);
  });
});

const attestation = {
  watches: 'dataEvents',
  arn: 'arn:aws:cloudtrail:eu-central-1:444455556666:trail/all',
  accounts: ['*'],
  attestedBy: 'A. Auditor',
  at: '2026-01-01',
} as const;

describe('a deployment with other settings changes the rules that they decide about', () => {
  const ou = { ...waived, subject: { ou: 'ou-ab12-11111111' } };
  const placed = (path: string): Settings => ({
    ...trusting(),
    waivers: [ou],
    organization: { accounts: { '111122223333': path }, homeRegions: [] },
  });
  it.each<[string, Settings, Settings, string]>([
    [
      'an organization less',
      { ...trusting(), trust: { ...trusting().trust, organizations: ['o-a1b2c3d4e5'] } },
      trusting(),
      SCOPED,
    ],
    [
      'a key less',
      { ...trusting(), kms: { approvedKeys: ['alias/a'] } },
      trusting(),
      's3-sse-kms-approved-keys',
    ],
    [
      'a log target less',
      { ...trusting(), logs: { approvedTargets: ['logs'] } },
      trusting(),
      's3-log-retention',
    ],
    [
      'another parameter of a rule',
      { ...trusting(), rules: { 's3-log-retention': { minimumDays: 30 } } },
      { ...trusting(), rules: { 's3-log-retention': { minimumDays: 60 } } },
      's3-log-retention',
    ],
    [
      'a retention schedule',
      trusting(),
      { ...trusting(), retention: [{ buckets: 'a', minimumDays: 1, maximumDays: 2 }] },
      's3-lifecycle-expiration',
    ],
    [
      'another class of sensitive data',
      trusting(),
      { ...trusting(), classification: { tags: ['class'], values: [], sensitive: ['phi'] } },
      's3-data-classification',
    ],
    [
      'an attestation',
      trusting(),
      { ...trusting(), attestations: [attestation] },
      's3-data-events-logged',
    ],
    ['a waiver more', trusting(), { ...trusting(), waivers: [waived] }, SCOPED],
    ['a waiver less', { ...trusting(), waivers: [waived] }, trusting(), SCOPED],
    [
      'an account that moved out of a waived unit',
      placed('o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'),
      placed('o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/'),
      SCOPED,
    ],
  ])('%s', async (_, one, other, rule) => {
    const [first, second] = [await ruleHashes(one), await ruleHashes(other)];
    const differs = Object.keys(first).filter((id) => first[id] !== second[id]);
    expect(differs).toContain(rule);
    expect(differs).not.toContain('s3-tls-only');
  });
});

describe('a deployment with a waiver that has ended', () => {
  it('changes its rule alone', () => {
    expect(changed(after, ended)).toEqual([SCOPED]);
  });

  it('says of the buckets that it ended', async () => {
    hold(SCOPED);
    await evaluateAll(ended, SCOPED);
    const [result] = state.rules[named(SCOPED)]?.results ?? [];
    expect(failing(SCOPED)).toEqual(revoked);
    expect(result?.annotation).toMatch(/^waiverExpired: Waiver W-1 expired on 2026-02-28 \(/);
  });
});
