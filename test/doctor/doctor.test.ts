import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { doctorOperations } from '../../src/doctor/aws.ts';
import type { Diagnosis } from '../../src/doctor/diagnosis.ts';
import type { Answers, Fields } from '../contract-server/answers.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { CENTRAL, examined, healthy, MEMBERS } from './world.ts';

const refuse =
  (name: string, message = 'no') =>
  () => {
    throw new ServiceError(name, message);
  };
const open = (found: readonly Diagnosis[]) => found.filter(({ state }) => state !== 'OK');

describe('doctor', () => {
  it('finds nothing where all is well, in every account and Region', async () => {
    const { doctor, diagnoses, server } = await examined();
    const { code, found } = await diagnoses();
    expect(open(found)).toEqual([]);
    expect(code).toBe(0);
    const places = found.filter(({ topic }) => topic === 'recorder');
    expect(places.map(({ account, region }) => `${account} ${region}`).sort()).toEqual(
      [CENTRAL, ...MEMBERS]
        .flatMap((account) => [`${account} eu-central-1`, `${account} us-east-1`])
        .sort(),
    );
    // What is suspended, or was not named, is left alone.
    expect(JSON.stringify(server.calls)).not.toContain('999999999999');
    expect((await doctor()).stdout).toBe(
      `${found.length} well, 0 to look at, 0 to mend, 0 not examined.\n`,
    );
  });

  it('asks nothing but what its page names, and changes nothing', async () => {
    const { diagnoses, server } = await examined({}, { more: 'assetBucketPrefix: code\n' });
    await diagnoses();
    for (const { operation } of server.calls) {
      expect(operation).toMatch(/^(Describe|Get|List)|^AssumeRole$/);
    }
    const called = new Set(server.calls.map(({ operation }) => operation));
    for (const operation of Object.keys(doctorOperations)) expect(called).toContain(operation);
    const page = readFileSync('docs/doctor.md', 'utf8');
    // Whoever has credentials may ask whose they are.
    for (const { operation } of server.calls.filter(
      (call) => call.operation !== 'GetCallerIdentity',
    )) {
      expect(page).toMatch(new RegExp(`\`[a-z0-9-]+:${operation}\``));
    }
    for (const { topic } of (await diagnoses()).found) {
      expect(page).toContain(
        topic.replace(/^(unit|trusted access|delegated administrator) .*/, '$1'),
      );
    }
  });

  it('says of accounts into which it cannot look that it did not', async () => {
    const { diagnoses } = await examined({}, { args: [] });
    const { code, found } = await diagnoses();
    expect(open(found)).toEqual(
      MEMBERS.map((account) => ({
        ...{ state: 'UNKNOWN', topic: 'access', account, says: 'It was not examined.' },
        mend: expect.stringContaining('--role'),
      })),
    );
    expect(code).toBe(4);
  });

  it('asks again where it was throttled', async () => {
    const { diagnoses, server } = await examined();
    for (const name of ['ListAccountsForParent', 'DescribeHub']) {
      server.fail(name, { name: 'ThrottlingException', status: 400 }, 2);
    }
    expect((await diagnoses()).code).toBe(0);
  });

  it('names the account in which the role cannot be assumed', async () => {
    const AssumeRole = (input: Fields) => {
      if (String(input['RoleArn']).includes(MEMBERS[1] ?? '')) refuse('AccessDenied')();
      return (healthy['AssumeRole'] as (input: Fields) => object)(input);
    };
    const { diagnoses } = await examined({ AssumeRole });
    const { code, found } = await diagnoses();
    expect(open(found)).toMatchObject([
      { state: 'UNKNOWN', account: MEMBERS[1], says: 'Access to sts:AssumeRole was denied.' },
    ]);
    expect(code).toBe(4);
  });

  it('looks into each account with its own credentials', async () => {
    const seen = new Set<string | undefined>();
    const DescribeHub = (_: Fields, region?: string, key?: string) => {
      seen.add(`${key} ${region}`);
      return {};
    };
    await (await examined({ DescribeHub })).diagnoses();
    expect([...seen].sort()).toEqual(
      [CENTRAL, ...MEMBERS]
        .flatMap((id) => [`key-of-${id} eu-central-1`, `key-of-${id} us-east-1`])
        .sort(),
    );
  });
});

const recorders = (...ConfigurationRecorders: object[]): Answers => ({
  DescribeConfigurationRecorders: { ConfigurationRecorders },
});
const named = (count: number, key: string, name: string) =>
  Array.from({ length: count }, (_, index) => ({ [key]: `${name}-${index}` }));

describe('what is to be mended', () => {
  it.each<[string, Answers, Partial<Diagnosis>]>([
    [
      'credentials of another account',
      {
        GetCallerIdentity: {
          Account: MEMBERS[0],
          Arn: `arn:aws:iam::${MEMBERS[0]}:user/u`,
          UserId: 'u',
        },
      },
      {
        topic: 'caller',
        says: `It is account ${MEMBERS[0]}, and the central account is ${CENTRAL}.`,
      },
    ],
    [
      'another organization',
      {
        DescribeOrganization: {
          Organization: { Id: 'o-zzzzzzzzzz', FeatureSet: 'ALL', MasterAccountId: '333344445555' },
        },
      },
      { topic: 'organization', says: expect.stringContaining('o-zzzzzzzzzz') },
    ],
    [
      'consolidated billing',
      {
        DescribeOrganization: {
          Organization: {
            ...{ Id: 'o-a1b2c3d4e5', FeatureSet: 'CONSOLIDATED_BILLING' },
            MasterAccountId: '333344445555',
          },
        },
      },
      { topic: 'organization', mend: expect.stringContaining('enable-all-features') },
    ],
    [
      'StackSets that nobody trusts',
      {
        ListAWSServiceAccessForOrganization: {
          EnabledServicePrincipals: [{ ServicePrincipal: 'config.amazonaws.com' }],
        },
      },
      {
        topic: 'trusted access of CloudFormation StackSets',
        mend: expect.stringContaining('activate-organizations-access'),
      },
    ],
    [
      'another administrator of AWS Config',
      {
        ListDelegatedAdministrators: ({ ServicePrincipal }: Fields) => ({
          DelegatedAdministrators: [
            { Id: ServicePrincipal === 'config.amazonaws.com' ? MEMBERS[0] : CENTRAL },
          ],
        }),
      },
      {
        topic: 'delegated administrator of AWS Config',
        mend: expect.stringContaining(`--account-id ${CENTRAL} --service-principal config`),
      },
    ],
    [
      'a unit that is not there',
      { ListAccountsForParent: refuse('ParentNotFoundException') },
      { topic: 'unit ou-ab12-11111111', says: 'There is no such unit.' },
    ],
    [
      'a canary outside of the units',
      { ListAccountsForParent: { Accounts: [{ Id: CENTRAL, State: 'ACTIVE' }] } },
      { topic: 'canary', account: MEMBERS[0] as string },
    ],
    [
      'no bootstrap',
      { DescribeStacks: refuse('ValidationError', 'Stack with id CDKToolkit does not exist') },
      { topic: 'CDK bootstrap', mend: `npx cdk bootstrap aws://${CENTRAL}/eu-central-1` },
    ],
    ['no recorder', recorders(), { topic: 'recorder', says: expect.stringContaining('No config') }],
    [
      'a recorder that leaves out buckets',
      recorders({ name: 'default', recordingGroup: { resourceTypes: ['AWS::EC2::Instance'] } }),
      { topic: 'recorder', says: expect.stringContaining('leaves out AWS::') },
    ],
    [
      'a recorder that stands still',
      {
        DescribeConfigurationRecorderStatus: {
          ConfigurationRecordersStatus: [{ name: 'default', recording: false }],
        },
      },
      { topic: 'recorder', says: 'Configuration recorder default does not record.' },
    ],
    [
      'no delivery channel',
      { DescribeDeliveryChannelStatus: { DeliveryChannelsStatus: [] } },
      { topic: 'recorder', says: expect.stringContaining('no delivery channel') },
    ],
    [
      'Security Hub that is off',
      { DescribeHub: refuse('InvalidAccessException', 'not subscribed') },
      { topic: 'Security Hub', mend: expect.stringContaining('enable-security-hub') },
    ],
    [
      'too many rules',
      { DescribeConfigRules: { ConfigRules: named(990, 'ConfigRuleName', 'r') } },
      { topic: 'rules', says: 'There are 990 rules, and AWS Config allows 1000.' },
    ],
    [
      'too many packs',
      {
        DescribeConformancePacks: {
          ConformancePackDetails: named(50, 'ConformancePackName', 'p'),
        },
      },
      { topic: 'rules', says: 'There are 50 conformance packs, and AWS Config allows 50.' },
    ],
  ])('%s', async (_, answers, expected) => {
    const { diagnoses } = await examined(answers);
    const { code, found } = await diagnoses();
    const fixes = found.filter(({ state }) => state === 'FIX');
    expect(fixes).toContainEqual(expect.objectContaining(expected));
    expect(new Set(fixes.map(({ topic }) => topic)).size).toBe(1);
    for (const { mend } of fixes) expect(mend).toMatch(/\w/);
    expect(code).toBe(1);
  });

  it('a reservation that Lambda cannot make, and buckets of the code', async () => {
    const { diagnoses } = await examined(
      { GetAccountSettings: { AccountLimit: { ConcurrentExecutions: 150 } } },
      { more: 'functions: { reservedConcurrency: 20 }\nassetBucketPrefix: code\n' },
      {
        buckets: {
          'code-eu-central-1': { region: 'eu-west-1' },
          'code-us-east-1': { region: 'us-east-1' },
        },
      },
    );
    const { found } = await diagnoses();
    const fixes = found.filter(({ state }) => state === 'FIX');
    expect(fixes).toContainEqual(expect.objectContaining({ topic: 'Lambda' }));
    expect(fixes.filter(({ topic }) => topic === 'bucket of the code')).toMatchObject([
      { region: 'eu-central-1', says: 'Bucket code-eu-central-1 is in eu-west-1.' },
    ]);
    const { diagnoses: without } = await examined({}, { more: 'assetBucketPrefix: code\n' });
    expect((await without()).found).toContainEqual(
      expect.objectContaining({ says: 'There is no bucket code-us-east-1.' }),
    );
  });
});

describe('what is only to be looked at', () => {
  it.each<[string, Answers, Partial<Diagnosis>]>([
    [
      'records once a day',
      recorders({
        ...{
          name: 'default',
          recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
        },
        recordingMode: { recordingFrequency: 'DAILY' },
      }),
      { topic: 'recorder', says: expect.stringContaining('once a day') },
    ],
    [
      'our rules in another pack',
      {
        DescribeConfigRules: {
          ConfigRules: [{ ConfigRuleName: `${rules[0]?.id}-conformance-pack-ab12cd34e` }],
        },
      },
      { topic: 'rules', says: '1 of our rules are deployed already, by another pack.' },
    ],
    [
      'a young account',
      { GetAccountSettings: { AccountLimit: { ConcurrentExecutions: 10 } } },
      { topic: 'Lambda' },
    ],
    [
      'a central account that nobody judges',
      {
        ListAccountsForParent: { Accounts: [{ Id: MEMBERS[0], Status: 'ACTIVE' }] },
      },
      { topic: 'central account' },
    ],
  ])('%s', async (_, answers, expected) => {
    const { diagnoses } = await examined(answers);
    const { code, found } = await diagnoses();
    expect(open(found)).toContainEqual(expect.objectContaining({ ...expected, state: 'WARN' }));
    expect(code).toBe(0);
  });

  it('nothing of Security Hub where it is no consumer, and no room where the pack is there', async () => {
    const { diagnoses, server } = await examined(
      {
        DescribeConfigRules: { ConfigRules: named(999, 'ConfigRuleName', 'r') },
        DescribeConformancePacks: {
          ConformancePackDetails: [{ ConformancePackName: 's3-config-rules' }],
        },
      },
      { more: 'consumers: { securityHub: false }\n' },
    );
    expect(await diagnoses()).toMatchObject({ code: 0 });
    expect(server.calls.map(({ operation }) => operation)).not.toContain('DescribeHub');
  });
});

describe('what could not be read', () => {
  it.each([
    ...Object.keys(doctorOperations).filter(
      (name) => !['GetCallerIdentity', 'AssumeRole', 'GetBucketLocation'].includes(name),
    ),
    'DescribeConfigurationRecorders',
    'DescribeConfigurationRecorderStatus',
    'DescribeDeliveryChannelStatus',
  ])('%s, is UNKNOWN with its action, and never well', async (operation) => {
    const { diagnoses } = await examined({ [operation]: refuse('AccessDeniedException') });
    const { code, found } = await diagnoses();
    const unknown = found.filter(({ state }) => state === 'UNKNOWN');
    expect(unknown.length).toBeGreaterThan(0);
    for (const { says } of unknown) {
      expect(says).toMatch(new RegExp(`^Access to [a-z-]+:${operation} was denied\\.$`));
    }
    expect(code).toBe(4);
  });

  it('an answer that is not understood', async () => {
    const answers = recorders({ name: 'other', recordingGroup: { allSupported: true } });
    const { code, found } = await (await examined(answers)).diagnoses();
    expect(code).toBe(4);
    expect(open(found)[0]?.says).toContain('there is no status of recorder other');
  });

  it('a Region that the account has not enabled', async () => {
    const GetAccountSettings = (_: Fields, region?: string) =>
      region === 'us-east-1'
        ? refuse('UnrecognizedClientException', 'The security token is invalid.')()
        : { AccountLimit: { ConcurrentExecutions: 1000 } };
    const { found } = await (await examined({ GetAccountSettings })).diagnoses();
    expect(open(found)).toHaveLength(3);
    expect(open(found)[0]).toMatchObject({ region: 'us-east-1', mend: /Enable the Region/ });
  });

  it('who is calling: there is nothing to go on with', async () => {
    const { doctor } = await examined({ GetCallerIdentity: refuse('ExpiredToken', 'expired') });
    const { code, stdout, stderr } = await doctor();
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('expired');
  });
});

describe('the command', () => {
  it('puts equal diagnoses together, with the first places and how to mend them', async () => {
    const { doctor } = await examined({ DescribeHub: refuse('InvalidAccessException') });
    const { stdout } = await doctor();
    expect(stdout).toContain(
      `FIX      Security Hub: ${CENTRAL} eu-central-1, ${MEMBERS[0]} eu-central-1 and ${MEMBERS[1]} eu-central-1\n`,
    );
    expect(stdout.match(/^FIX/gm)).toHaveLength(2);
    expect(stdout).toMatch(/ {9}Mend: aws securityhub enable-security-hub/);
    expect(stdout).toMatch(/, 0 to look at, 6 to mend, 0 not examined\.\n$/);
  });

  it('lets no answer act on the screen', async () => {
    const { doctor } = await examined({
      DescribeHub: refuse('Odd', 'a\u001b[2J\u009b\u202eb'),
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it must find none.
    expect((await doctor()).stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it.each([
    [['--format', 'xml'], '--format: xml is unknown, expected table or json.'],
    [['--role', 'a b'], '--role: a b is no name of a role'],
  ])('refuses %j', async (args, message) => {
    const { doctor, server } = await examined({}, { args });
    const { code, stderr } = await doctor();
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(server.calls).toEqual([]);
  });

  it('names what is wrong with the deployment file, by its line', async () => {
    const { doctor } = await examined({}, { more: 'pack: none\n' });
    expect(await doctor()).toMatchObject({
      code: 2,
      stderr: /deployment\.yaml:\d+: pack is "none"/,
    });
  });
});
