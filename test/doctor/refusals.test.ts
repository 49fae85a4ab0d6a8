import { describe, expect, it } from 'vitest';
import { operations } from '../../src/doctor/operations.ts';
import { operations as asked } from '../../src/services/operations.ts';
import {
  account,
  BELOW,
  CENTRAL,
  MEMBERS,
  only,
  recorder,
  throwing,
  UNIT,
  world,
} from './world.ts';

/** What the facets ask that the doctor reads, and the count of rules. */
const ofFacets = [
  'DescribeConfigRules',
  'DescribeConfigurationRecorders',
  'DescribeConfigurationRecorderStatus',
  'DescribeDeliveryChannelStatus',
] as const;

/** Asked only where there is something to ask about. */
const OTHERS = ['ListStackSetOperations', 'GetFunctionConfiguration', 'GetPublicKey'];

const actions = [
  ...Object.entries(operations)
    // The function of the central account asks the one; the other is asked where the pack is there.
    .filter(([name]) => !OTHERS.includes(name))
    .map(([name, { action, service }]) => ({ name, action, service })),
  ...ofFacets.map((name) => ({ name, ...asked[name] })),
].filter(({ name }) => name !== 'GetCallerIdentity');
// These know the error by its short name (API references of each, common errors).
const SHORT = ['sts', 'cloudformation', 's3'];

describe('what may not be asked', () => {
  it.each(actions)('is unknown, with $action named: $name', async ({ name, action, service }) => {
    const code = SHORT.includes(service.name) ? 'AccessDenied' : 'AccessDeniedException';
    const root = name === 'ListRoots';
    const { told, server } = await world(
      { [name]: throwing(code, 'no', 403) },
      {
        deployment: {
          assetBucketPrefix: 'code',
          ...(root
            ? {
                organization: {
                  id: 'o-examplehealth',
                  managementAccount: '333344445555',
                  units: ['r-exa1'],
                },
                canary: undefined,
              }
            : {}),
        },
        buckets: {
          'code-eu-central-1': { denied: name === 'HeadBucket' },
          'code-us-east-1': { region: 'us-east-1' },
        },
      },
    );
    const { code: exit, diagnoses } = await told();
    expect(server.calls.map(({ operation }) => operation)).toContain(name);
    expect(diagnoses.filter(({ state }) => state === 'FIX' || state === 'WARN')).toEqual([]);
    const unknown = diagnoses.filter(({ state }) => state === 'UNKNOWN');
    expect(unknown).not.toEqual([]);
    for (const { what, fix } of unknown) {
      expect(what).toContain(`(${action})`);
      expect(fix).not.toBeNull();
    }
    expect(exit).toBe(4);
  });

  it('is no answer of the others: one account that cannot be entered hides none', async () => {
    const { told } = await world({
      AssumeRole: (input, signer) => {
        if (String(input['RoleArn']).includes(MEMBERS[0])) throwing('AccessDenied', 'no', 403)();
        return only('AssumeRole', {}, { Credentials: credentials(MEMBERS[1]) })(input, signer);
      },
      DescribeHub: only(
        'DescribeHub',
        { accessKeyId: MEMBERS[1] },
        throwing('InvalidAccessException', 'not subscribed', 401),
      ),
    });
    const { code, diagnoses } = await told();
    expect(code).toBe(1);
    expect(
      diagnoses.filter(({ state }) => state !== 'OK').map((each) => [each.examined, each.account]),
    ).toEqual([
      ['account', MEMBERS[0]],
      ['security-hub', MEMBERS[1]],
      ['security-hub', MEMBERS[1]],
    ]);
    expect(diagnoses.find(({ state }) => state === 'UNKNOWN')?.what).toBe(
      'Not examined, because the role doctor could not be assumed: access was denied (sts:AssumeRole).',
    );
  });

  it('is unknown, too, when AWS answers nonsense or another error', async () => {
    const { told } = await world({
      GetAccountSettings: throwing('ResourceNotFoundException', 'odd', 404),
      DescribeConfigurationRecorders: { ConfigurationRecorders: [{ recordingGroup: 7 }] },
      DescribeStacks: throwing('ValidationError', 'another thing'),
    });
    const { code, diagnoses } = await told();
    expect(code).toBe(4);
    const unknown = diagnoses.filter(({ state }) => state === 'UNKNOWN');
    expect(new Set(unknown.map(({ examined }) => examined))).toEqual(
      new Set(['bootstrap', 'recorder', 'concurrency']),
    );
    expect(diagnoses.map(({ examined }) => examined)).not.toContain('recorded-types');
    expect(diagnoses.filter(({ state }) => state === 'FIX')).toEqual([]);
  });

  it('does not make a canary or an account of another unit unknown', async () => {
    const { told } = await world(
      {
        ListAccountsForParent: ({ ParentId }) => {
          if (ParentId === UNIT) return { Accounts: [account(CENTRAL), account(MEMBERS[0])] };
          return throwing('AccessDeniedException')();
        },
        ListOrganizationalUnitsForParent: { OrganizationalUnits: [] },
        DescribeOrganizationalUnit: ({ OrganizationalUnitId: Id }) => ({
          OrganizationalUnit: { Id },
        }),
      },
      {
        deployment: {
          organization: {
            id: 'o-examplehealth',
            managementAccount: '333344445555',
            units: [UNIT, BELOW],
          },
          canary: { accounts: [MEMBERS[0], MEMBERS[1]] },
        },
      },
    );
    const { code, diagnoses } = await told();
    expect(code).toBe(4);
    const canaries = diagnoses.filter(({ examined }) => examined === 'canary');
    expect(canaries.map(({ state }) => state)).toEqual(['OK', 'UNKNOWN']);
  });
});

const credentials = (AccessKeyId: string) => ({
  AccessKeyId,
  SecretAccessKey: 's',
  SessionToken: 't',
  Expiration: new Date('2099-01-01T00:00:00Z'),
});

describe('names of strangers', () => {
  const NAME = `x'; rm -rf ~; '\u001b[2J\u202e`;

  it.each([
    'table',
    'json',
  ])('do nothing on the screen, and nothing in a shell: %s', async (format) => {
    const { doctor } = await world({
      DescribeConfigurationRecorders: { ConfigurationRecorders: [recorder({ name: NAME })] },
      DescribeConfigurationRecorderStatus: {
        ConfigurationRecordersStatus: [{ name: NAME, recording: false, lastStatus: 'SUCCESS' }],
      },
      DescribeHub: throwing('InvalidAccessException', NAME, 401),
      DescribeStacks: {
        Stacks: [{ StackName: 'x', StackStatus: `${NAME}FAILED`, CreationTime: new Date(0) }],
      },
    });
    const { code, stdout } = await doctor('--role', 'doctor', '--format', format);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\\u\{1b\}/);
    expect(stdout).not.toMatch(/(?!\n)\p{C}/u);
    const text =
      format === 'json' ? JSON.stringify(JSON.parse(stdout)).replaceAll('\\\\', '\\') : stdout;
    expect(text).toContain(`--configuration-recorder-name 'x'\\''; rm -rf ~; '\\''`);
  });
});
