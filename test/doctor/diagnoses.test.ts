import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Answers } from '../contract-server/asked.ts';
import {
  account,
  BELOW,
  CENTRAL,
  limit,
  MANAGEMENT,
  MEMBERS,
  only,
  recorder,
  ruleNames,
  stack,
  throwing,
  UNIT,
  world,
} from './world.ts';

const STACK_SETS = 'member.org.stacksets.cloudformation.amazonaws.com';
const organization = (more: object) => ({
  DescribeOrganization: {
    Organization: {
      Id: 'o-examplehealth',
      MasterAccountId: MANAGEMENT,
      FeatureSet: 'ALL',
      ...more,
    },
  },
});
const IAM = ['Group', 'Policy', 'Role', 'User'].map((type) => `AWS::IAM::${type}`);
const COMPLIANCE = 'AWS::Config::ResourceCompliance';
const recorders = (...all: readonly object[]) => ({ ConfigurationRecorders: all });
const status = (more: object) => ({
  DescribeConfigurationRecorderStatus: {
    ConfigurationRecordersStatus: [
      { name: 'default', recording: true, lastStatus: 'SUCCESS', ...more },
    ],
  },
});
const names = (count: number, ending = '') =>
  ruleNames(Array.from({ length: count }, (_, index) => `rule-${index}${ending}`));
const withOurs = (others: number) => ({
  ConfigRules: [
    ...names(others).ConfigRules,
    { ConfigRuleName: 's3-tls-only-conformance-pack-ab12cd34e', ConfigRuleState: 'ACTIVE' },
  ],
});
const packs = (...all: readonly string[]) => ({
  DescribeConformancePacks: {
    ConformancePackDetails: all.map((ConformancePackName) => ({ ConformancePackName })),
  },
});
const many = (count: number) => packs(...Array.from({ length: count }, (_, index) => `p${index}`));
const reserving = { functions: { reservedConcurrency: 50 } };

type Case = [
  name: string,
  answers: Answers,
  expected: { state: string; examined: string; what: RegExp; fix: string; name?: string },
  deployment?: object,
];

const cases: Case[] = [
  [
    'another organization',
    organization({ Id: 'o-stranger01' }),
    {
      state: 'FIX',
      examined: 'organization',
      what: /organization o-stranger01\.$/,
      fix: 'organization.id: o-stranger01',
    },
  ],
  [
    'another management account',
    organization({ MasterAccountId: '123456789012' }),
    {
      state: 'FIX',
      examined: 'organization',
      what: /is 123456789012, not 333344445555/,
      fix: 'organization.managementAccount: "123456789012"',
    },
  ],
  [
    'consolidated billing',
    organization({ FeatureSet: 'CONSOLIDATED_BILLING' }),
    {
      state: 'FIX',
      examined: 'organization',
      what: /consolidated billing/,
      fix: 'aws organizations enable-all-features',
    },
  ],
  [
    'a unit that is not there',
    {},
    {
      state: 'FIX',
      examined: 'unit',
      name: 'ou-exa1-nowheres',
      what: /unit does not exist/,
      fix: 'aws organizations list-roots',
    },
    {
      organization: {
        id: 'o-examplehealth',
        managementAccount: MANAGEMENT,
        units: [UNIT, 'ou-exa1-nowheres'],
      },
    },
  ],
  [
    'a root that is not there',
    {},
    {
      state: 'FIX',
      examined: 'unit',
      name: 'r-nowhere',
      what: /unit does not exist/,
      fix: 'list-roots',
    },
    {
      organization: {
        id: 'o-examplehealth',
        managementAccount: MANAGEMENT,
        units: ['r-nowhere'],
      },
      canary: undefined,
    },
  ],
  [
    'a canary outside the units',
    {},
    { state: 'FIX', examined: 'canary', what: /not in any of the units/, fix: 'canary.accounts' },
    { canary: { accounts: ['888888888888'] } },
  ],
  [
    'a canary that is closed',
    {},
    { state: 'FIX', examined: 'canary', what: /is SUSPENDED/, fix: 'canary.accounts' },
    { canary: { accounts: ['999999999999'] } },
  ],
  [
    'no trusted access of AWS Config',
    {
      ListAWSServiceAccessForOrganization: {
        EnabledServicePrincipals: [{ ServicePrincipal: STACK_SETS }],
      },
    },
    {
      state: 'FIX',
      examined: 'trusted-access',
      name: 'config.amazonaws.com',
      what: /Trusted access is not enabled/,
      fix: 'aws organizations enable-aws-service-access --service-principal config.amazonaws.com',
    },
  ],
  [
    'no trusted access of stack sets',
    {
      ListAWSServiceAccessForOrganization: {
        EnabledServicePrincipals: [{ ServicePrincipal: 'config.amazonaws.com' }],
      },
    },
    {
      state: 'FIX',
      examined: 'trusted-access',
      name: STACK_SETS,
      what: /Trusted access is not enabled/,
      fix: 'aws cloudformation activate-organizations-access',
    },
  ],
  [
    'another delegated administrator of AWS Config',
    {
      ListDelegatedAdministrators: ({ ServicePrincipal }) => ({
        DelegatedAdministrators: [{ Id: ServicePrincipal === STACK_SETS ? CENTRAL : MEMBERS[0] }],
      }),
    },
    {
      state: 'FIX',
      examined: 'delegated-administrator',
      name: 'config.amazonaws.com',
      what: /is not a delegated administrator/,
      fix: `aws organizations register-delegated-administrator --account-id ${CENTRAL} --service-principal config.amazonaws.com`,
    },
  ],
  [
    'no delegated administrator of stack sets',
    {
      ListDelegatedAdministrators: ({ ServicePrincipal }) => ({
        DelegatedAdministrators: ServicePrincipal === STACK_SETS ? [] : [{ Id: CENTRAL }],
      }),
    },
    {
      state: 'FIX',
      examined: 'delegated-administrator',
      name: STACK_SETS,
      what: /is not a delegated administrator/,
      fix: `--service-principal ${STACK_SETS}`,
    },
  ],
  [
    'no bootstrap',
    {
      DescribeStacks: throwing('ValidationError', 'Stack with id CDKToolkit does not exist'),
    },
    {
      state: 'FIX',
      examined: 'bootstrap',
      what: /not bootstrapped/,
      fix: `npx cdk bootstrap aws://${CENTRAL}/eu-central-1`,
    },
  ],
  [
    'a bootstrap that failed',
    { DescribeStacks: stack('ROLLBACK_COMPLETE', '21') },
    {
      state: 'FIX',
      examined: 'bootstrap',
      what: /has status ROLLBACK_COMPLETE/,
      fix: 'npx cdk bootstrap',
    },
  ],
  [
    'an old bootstrap',
    { DescribeStacks: stack('UPDATE_COMPLETE', '5') },
    {
      state: 'FIX',
      examined: 'bootstrap',
      what: /has version 5; version 6/,
      fix: 'npx cdk bootstrap',
    },
  ],
  [
    'a bootstrap without a version',
    { DescribeStacks: stack('UPDATE_COMPLETE') },
    {
      state: 'WARN',
      examined: 'bootstrap',
      what: /does not report its version/,
      fix: 'npx cdk bootstrap',
    },
  ],
];

describe('what is wrong in the organization and in the central account', () => {
  it.each<Case>(cases)('is told: %s', async (_name, answers, {
    what,
    fix,
    ...expected
  }, deployment) => {
    const { told } = await world(answers, deployment ? { deployment } : {});
    const { code, diagnoses } = await told();
    expect(diagnoses.filter(({ state }) => state !== 'OK')).toMatchObject([
      { ...expected, what: expect.stringMatching(what), fix: expect.stringContaining(fix) },
    ]);
    expect(code).toBe(expected.state === 'FIX' ? 1 : 0);
  });

  it('is told of a unit inside another', async () => {
    const { told } = await world(
      {
        DescribeOrganizationalUnit: ({ OrganizationalUnitId: Id }) => ({
          OrganizationalUnit: { Id },
        }),
      },
      {
        deployment: {
          organization: {
            ...{ id: 'o-examplehealth', managementAccount: MANAGEMENT },
            units: [BELOW, UNIT],
          },
        },
      },
    );
    const { diagnoses } = await told();
    expect(diagnoses.filter(({ state }) => state !== 'OK')).toMatchObject([
      { state: 'WARN', examined: 'unit', name: UNIT, what: expect.stringContaining(BELOW) },
    ]);
  });

  it('is told what in the file is doubtful, and what the record of the last roll-out says', async () => {
    const { told, file } = await world(
      {},
      { deployment: { delivery: { bucket: 'config' }, regions: ['eu-central-1', 'eu-central-9'] } },
    );
    const ofFile = async (...more: readonly string[]) => {
      const { code, diagnoses } = await told(...more);
      return [
        code,
        ...diagnoses
          .filter(({ examined }) => examined === 'deployment')
          .map(({ state, what }) => `${state} ${what}`),
      ];
    };
    const doubts = [/^WARN regions names eu-central-9/, /^WARN delivery is not used/];
    const matching = (patterns: readonly RegExp[]) =>
      patterns.map((each) => expect.stringMatching(each));
    expect(await ofFile()).toEqual([0, ...matching(doubts)]);
    const record = (homeRegion: string) =>
      writeFileSync(
        file.replace('.yaml', '.lock.yaml'),
        JSON.stringify({
          ...{ organization: 'o-examplehealth', centralAccount: CENTRAL, homeRegion },
          ...{ units: [UNIT, 'ou-exa1-elsewhere'], canaries: [MEMBERS[0]], moving: [] },
        }),
      );
    record('eu-central-1');
    expect(await ofFile()).toEqual([
      0,
      ...matching([...doubts, /^WARN organization\.units no longer names ou-exa1-elsewhere/]),
    ]);
    record('us-east-1');
    expect(await ofFile()).toEqual([1, expect.stringMatching(/^FIX .*a second roll-out/)]);
    writeFileSync(file.replace('.yaml', '.lock.yaml'), '');
    await expect(told()).rejects.toThrow();
  });

  it('is told of settings that place a canary elsewhere', async () => {
    const { doctor, file } = await world();
    const settings = file.replace('deployment.yaml', 'settings.yaml');
    writeFileSync(
      settings,
      `organization: { accounts: { "${MEMBERS[0]}": o-examplehealth/r-exa1/ou-exa1-elsewhere/ } }`,
    );
    const { code, stderr } = await doctor('--settings', settings);
    expect(code).toBe(2);
    expect(stderr).toContain(`canary.accounts names ${MEMBERS[0]}, which is in none of`);
  });

  it('is told of a unit without active accounts', async () => {
    const { told } = await world(
      {
        ListAccountsForParent: ({ ParentId }) => ({
          Accounts: ParentId === BELOW ? [] : [account(MEMBERS[0], 'SUSPENDED')],
        }),
      },
      { deployment: { canary: undefined } },
    );
    const { diagnoses } = await told();
    expect(diagnoses.filter(({ state }) => state !== 'OK')).toMatchObject([
      { state: 'WARN', examined: 'unit', what: expect.stringMatching(/no active account/) },
    ]);
  });

  it('is told of the management account in the units, which is not entered', async () => {
    const { told, server } = await world({
      ListAccountsForParent: () => ({ Accounts: [account(MANAGEMENT), account(MEMBERS[0])] }),
    });
    const { code, diagnoses } = await told();
    expect(code).toBe(0);
    expect(diagnoses.filter(({ state }) => state !== 'OK')).toMatchObject([
      // The only other account is a canary, for which nobody waits.
      { state: 'WARN', examined: 'canary', what: expect.stringMatching(/^Every active account/) },
      { state: 'WARN', examined: 'account', account: MANAGEMENT },
    ]);
    const entered = server.calls.filter(({ operation }) => operation === 'AssumeRole');
    expect(JSON.stringify(entered)).not.toContain(MANAGEMENT);
  });

  it('is told of a caller that is not the central account, which a role still leads to', async () => {
    const { told } = await world({
      GetCallerIdentity: { Account: MANAGEMENT, Arn: 'a', UserId: 'u' },
    });
    const { code, diagnoses } = await told();
    expect(code).toBe(1);
    expect(diagnoses.filter(({ state }) => state !== 'OK')).toMatchObject(
      [{ state: 'FIX', examined: 'caller', account: MANAGEMENT, fix: /AWS_PROFILE/ }].map(
        (each) => ({ ...each, fix: expect.stringMatching(each.fix) }),
      ),
    );
    expect(diagnoses.find(({ examined }) => examined === 'bootstrap')?.state).toBe('OK');
  });

  it('is told of the buckets that hold the code', async () => {
    const { told } = await world(
      {},
      {
        deployment: {
          assetBucketPrefix: 'code',
          regions: ['eu-central-1', 'us-east-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
        },
        buckets: {
          'code-eu-central-1': {},
          'code-eu-west-1': { region: 'eu-central-1' },
          'code-eu-west-2': { region: 'eu-west-2', owner: '666666666666' },
          'code-eu-west-3': { region: 'eu-west-3', denied: true },
        },
      },
    );
    const { code, diagnoses } = await told();
    const buckets = diagnoses.filter(({ examined }) => examined === 'code-bucket');
    expect(buckets.map(({ name, state, what }) => [name, state, what])).toEqual([
      ['code-eu-central-1', 'OK', 'The bucket for the code exists.'],
      ['code-us-east-1', 'FIX', 'The bucket for the code does not exist.'],
      ['code-eu-west-1', 'FIX', 'The bucket for the code is in another Region.'],
      ['code-eu-west-2', 'FIX', expect.stringMatching(/does not belong to the central account/)],
      ['code-eu-west-3', 'UNKNOWN', expect.stringMatching(/\(s3:ListBucket\)/)],
    ]);
    expect(buckets[1]?.fix).toBe(
      'aws s3api create-bucket --bucket code-us-east-1 --region us-east-1',
    );
    expect(code).toBe(1);
  });
});

type Place = [
  name: string,
  operation: string,
  answer: object,
  expected: { state: string; examined: string; what: RegExp; fix: string },
  deployment?: object,
];

const places: Place[] = [
  [
    'no recorder',
    'DescribeConfigurationRecorders',
    recorders(),
    {
      state: 'FIX',
      examined: 'recorder',
      what: /No configuration recorder/,
      fix: `arn:aws:iam::${MEMBERS[0]}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig --recording-group allSupported=true,includeGlobalResourceTypes=false --region us-east-1`,
    },
  ],
  [
    'a recorder that is off',
    'DescribeConfigurationRecorderStatus',
    status({ recording: false }).DescribeConfigurationRecorderStatus,
    {
      state: 'FIX',
      examined: 'recorder',
      what: /default is stopped/,
      fix: 'aws configservice start-configuration-recorder --configuration-recorder-name default --region us-east-1',
    },
  ],
  [
    'a recorder that fails',
    'DescribeConfigurationRecorderStatus',
    status({ lastStatus: 'FAILURE', lastErrorCode: 'AccessDenied' })
      .DescribeConfigurationRecorderStatus,
    {
      state: 'FIX',
      examined: 'recorder',
      what: /FAILURE \(AccessDenied\)/,
      fix: 'describe-configuration-recorder-status --region us-east-1',
    },
  ],
  [
    'a recorder that has just begun',
    'DescribeConfigurationRecorderStatus',
    status({ lastStatus: 'PENDING' }).DescribeConfigurationRecorderStatus,
    { state: 'WARN', examined: 'recorder', what: /PENDING/, fix: 'in a few minutes' },
  ],
  [
    'types left out',
    'DescribeConfigurationRecorders',
    recorders(recorder({ recordingGroup: { resourceTypes: ['AWS::S3::AccessPoint'] } })),
    {
      state: 'FIX',
      examined: 'recorded-types',
      what: /does not record .*AWS::S3::Bucket/,
      fix: 'AWS::S3::Bucket',
    },
  ],
  [
    'types excluded',
    'DescribeConfigurationRecorders',
    recorders(
      recorder({
        recordingGroup: {
          recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
          exclusionByResourceTypes: { resourceTypes: ['AWS::S3::Bucket', COMPLIANCE] },
        },
      }),
    ),
    {
      state: 'FIX',
      examined: 'recorded-types',
      what: /does not record AWS::S3::Bucket/,
      fix: 'remove AWS::S3::Bucket from the excluded types',
    },
  ],
  [
    'types recorded once a day',
    'DescribeConfigurationRecorders',
    recorders(recorder({ recordingMode: { recordingFrequency: 'DAILY' } })),
    {
      state: 'FIX',
      examined: 'recorded-types',
      what: /once a day/,
      fix: 'set recordingMode to CONTINUOUS',
    },
  ],
  [
    'the history of results, as by default',
    'DescribeConfigurationRecorders',
    recorders(
      recorder({ recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } }),
    ),
    {
      state: 'WARN',
      examined: 'compliance-records',
      what: /no rule needs, and which is billed/,
      fix: `exclude ${COMPLIANCE} (EXCLUSION_BY_RESOURCE_TYPES)`,
    },
  ],
  [
    'no delivery channel',
    'DescribeDeliveryChannelStatus',
    { DeliveryChannelsStatus: [] },
    {
      state: 'FIX',
      examined: 'delivery-channel',
      what: /no delivery channel/,
      fix: 'aws configservice put-delivery-channel',
    },
  ],
  [
    'a delivery channel that fails',
    'DescribeDeliveryChannelStatus',
    {
      DeliveryChannelsStatus: [
        {
          name: 'default',
          configHistoryDeliveryInfo: { lastStatus: 'FAILURE', lastErrorCode: 'NoSuchBucket' },
        },
      ],
    },
    {
      state: 'FIX',
      examined: 'delivery-channel',
      what: /NoSuchBucket/,
      fix: 'describe-delivery-channel-status',
    },
  ],
  [
    'Security Hub off',
    'DescribeHub',
    throwing('InvalidAccessException', 'Account 1 is not subscribed to AWS Security Hub', 401),
    {
      state: 'FIX',
      examined: 'security-hub',
      what: /is not enabled/,
      fix: 'aws securityhub enable-security-hub --no-enable-default-standards --region us-east-1',
    },
  ],
  [
    'a Security Hub that says no more than invalid access',
    'DescribeHub',
    throwing('InvalidAccessException', 'No', 401),
    {
      state: 'UNKNOWN',
      examined: 'security-hub',
      what: /InvalidAccessException: No/,
      fix: 'again',
    },
  ],
  [
    'too many rules',
    'DescribeConfigRules',
    names(990),
    { state: 'FIX', examined: 'rules-quota', what: /quota is 1000/, fix: 'service-quotas' },
  ],
  [
    'too many rules in packs',
    'DescribeConfigRules',
    names(140, '-conformance-pack-ab12cd34e'),
    {
      state: 'WARN',
      examined: 'pack-rules-quota',
      what: /documented quota is 150/,
      fix: 'service-quotas',
    },
  ],
  [
    'our rules in another pack',
    'DescribeConfigRules',
    withOurs(0),
    {
      state: 'WARN',
      examined: 'packs-quota',
      what: /^Another pack deploys 1 of our rules/,
      fix: 'Remove that pack',
    },
  ],
  [
    'a pack of our name that is not ours',
    'DescribeConformancePacks',
    packs('s3-config-rules').DescribeConformancePacks,
    {
      state: 'WARN',
      examined: 'packs-quota',
      what: /none of our rules/,
      fix: 'Check who owns it',
    },
  ],
  [
    'too many packs',
    'DescribeConformancePacks',
    many(50).DescribeConformancePacks,
    { state: 'FIX', examined: 'packs-quota', what: /quota is 50/, fix: 'service-quotas' },
  ],
  [
    'hardly any concurrency',
    'GetAccountSettings',
    limit(10),
    {
      state: 'WARN',
      examined: 'concurrency',
      what: /run only 10 Lambda functions/,
      fix: 'service-quotas',
    },
  ],
  [
    'a reservation that leaves too little',
    'GetAccountSettings',
    limit(1000, 200),
    { state: 'WARN', examined: 'concurrency', what: /would reserve 150/, fix: 'service-quotas' },
    reserving,
  ],
];

describe('what is wrong in one account and Region', () => {
  it.each(
    places,
  )('is told of that place alone: %s', async (_name, operation, answer, expected, deployment) => {
    const place = { accessKeyId: MEMBERS[0], region: 'us-east-1' };
    const { told } = await world(
      { [operation]: only(operation, place, answer) },
      deployment ? { deployment } : {},
    );
    const { code, diagnoses } = await told();
    const { what, fix, ...rest } = expected;
    expect(diagnoses.filter(({ state }) => state !== 'OK')).toMatchObject([
      {
        ...rest,
        account: MEMBERS[0],
        region: 'us-east-1',
        what: expect.stringMatching(what),
        fix: expect.stringContaining(fix),
      },
    ]);
    expect(code).toBe({ FIX: 1, WARN: 0, UNKNOWN: 4 }[rest.state]);
  });

  it.each<[string, Answers, object?]>([
    [
      'the rules fill the quota exactly, the pack being there',
      { DescribeConfigRules: withOurs(999), ...packs('s3-config-rules') },
    ],
    ['the packs fill the quota exactly', many(49)],
    [
      'the pack is the last of fifty',
      {
        ...packs(...Array.from({ length: 49 }, (_, n) => `p${n}`), 's3-config-rules'),
        DescribeConfigRules: withOurs(0),
      },
    ],
    ['the concurrency is just enough', { GetAccountSettings: limit(100) }],
    ['the reservation leaves just enough', { GetAccountSettings: limit(1000, 250) }, reserving],
    [
      'a service of AWS keeps another recorder',
      {
        DescribeConfigurationRecorders: recorders(
          { name: 'AWSConfigurationRecorderForX', servicePrincipal: 'x.amazonaws.com' },
          recorder(),
        ),
      },
    ],
    [
      'nobody wants Security Hub',
      { DescribeHub: throwing('InvalidAccessException', 'is not subscribed') },
      { consumers: { securityHub: false } },
    ],
    [
      'IAM is recorded in the home Region alone',
      {
        DescribeConfigurationRecorders: only(
          'DescribeConfigurationRecorders',
          { region: 'us-east-1' },
          recorders(
            recorder({
              recordingGroup: {
                recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
                exclusionByResourceTypes: { resourceTypes: [COMPLIANCE, ...IAM] },
              },
            }),
          ),
        ),
      },
    ],
  ])('is nothing while %s', async (_name, answers, deployment) => {
    const { told } = await world(answers, deployment ? { deployment } : {});
    const { code, diagnoses } = await told();
    expect(diagnoses.filter(({ state }) => state !== 'OK')).toEqual([]);
    expect(code).toBe(0);
  });

  it('counts rules of the pack that are yet to come, of AWS among them', async () => {
    const over = async (deployment: object) => {
      const { told } = await world({ DescribeConfigRules: names(1000) }, { deployment });
      const { diagnoses } = await told();
      const rules = diagnoses.filter(({ examined }) => examined === 'rules-quota');
      return rules.map(({ what }) => Number(/With (\d+) rules of the pack/.exec(what)?.[1]));
    };
    const [home = 0, away = 0] = await over({ awsManagedRules: true });
    const [plain = 0] = await over({});
    // Of the six rules of AWS one is essential, beside those of ours.
    const [all = 0] = await over({ awsManagedRules: true, tier: 'essential' });
    const [essential = 0] = await over({ tier: 'essential' });
    expect(all - essential).toBe(1);
    const template = new URL('../../conformance-pack/s3-gdpr-hipaa.yaml', import.meta.url);
    const inTemplate = readFileSync(template, 'utf8').match(/Type: "?AWS::Config::ConfigRule/g);
    expect(home).toBe(inTemplate?.length);
    expect(away).toBeLessThan(home);
    expect(plain).toBeLessThan(home);
  });

  it('is not only the recorder, but what it records', async () => {
    const { told } = await world({
      ...status({ recording: false }),
      DescribeConfigurationRecorders: recorders(recorder({ recordingGroup: {} })),
    });
    const { diagnoses } = await told();
    const wrong = diagnoses.filter(({ state }) => state === 'FIX');
    expect(new Set(wrong.map(({ examined }) => examined))).toEqual(
      new Set(['recorder', 'recorded-types']),
    );
  });
});
