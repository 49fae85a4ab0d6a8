import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { run } from '../cli/run.ts';
import type { Answers, Fields, Signer } from '../contract-server/asked.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { type ContractServer, startContractServer } from '../contract-server/server.ts';
import { type Bucket, createState, type DeliveryChannel } from '../contract-server/state.ts';

export const CENTRAL = '111122223333';
export const MANAGEMENT = '333344445555';
export const MEMBERS = ['210987654321', '444455556666'] as const;
export const UNIT = 'ou-exa1-workload';
export const BELOW = 'ou-exa1-workinside';
export const REGIONS = ['eu-central-1', 'us-east-1'] as const;

/** An organization in which nothing is missing: the central account and two members, one of them in a unit below. */
export const healthy: Answers = {
  GetCallerIdentity: { Account: CENTRAL, Arn: `arn:aws:iam::${CENTRAL}:user/u`, UserId: 'u' },
  DescribeOrganization: {
    Organization: { Id: 'o-examplehealth', MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' },
  },
  DescribeOrganizationalUnit: ({ OrganizationalUnitId: Id }: Fields) => {
    if (Id !== UNIT) throw new ServiceError('OrganizationalUnitNotFoundException', 'no such unit');
    return { OrganizationalUnit: { Id } };
  },
  ListRoots: { Roots: [{ Id: 'r-exa1' }] },
  ListAccountsForParent: ({ ParentId, NextToken }: Fields) => {
    if (ParentId !== UNIT) return { Accounts: [account(MEMBERS[1])] };
    // AWS Organizations may answer an empty page before the last.
    if (NextToken === undefined) return { Accounts: [], NextToken: 'one' };
    if (NextToken === 'one') return { Accounts: [account(CENTRAL)], NextToken: 'two' };
    // Older answers have a Status alone; where both are, the state is what counts.
    const closed = { ...account('999999999999', 'SUSPENDED'), Status: 'ACTIVE' };
    return { Accounts: [{ Id: MEMBERS[0], Status: 'ACTIVE' }, closed] };
  },
  ListOrganizationalUnitsForParent: ({ ParentId }: Fields) => ({
    OrganizationalUnits: ParentId === UNIT ? [{ Id: BELOW }] : [],
  }),
  ListAWSServiceAccessForOrganization: ({ NextToken }: Fields) =>
    NextToken === undefined
      ? { EnabledServicePrincipals: [trusted('config.amazonaws.com')], NextToken: 'more' }
      : {
          EnabledServicePrincipals: [trusted('member.org.stacksets.cloudformation.amazonaws.com')],
        },
  ListDelegatedAdministrators: { DelegatedAdministrators: [{ Id: CENTRAL }] },
  // The key tells whose credentials they are.
  AssumeRole: ({ RoleArn }: Fields) => ({
    Credentials: {
      AccessKeyId: String(RoleArn).split(':')[4],
      SecretAccessKey: 's',
      SessionToken: 't',
      Expiration: new Date('2099-01-01T00:00:00Z'),
    },
  }),
  DescribeConfigurationRecorders: { ConfigurationRecorders: [recorder()] },
  DescribeConfigurationRecorderStatus: {
    ConfigurationRecordersStatus: [{ name: 'default', recording: true, lastStatus: 'SUCCESS' }],
  },
  DescribeDeliveryChannelStatus: { DeliveryChannelsStatus: [{ name: 'default' }] },
  DescribeHub: { HubArn: 'arn:aws:securityhub:eu-central-1:111122223333:hub/default' },
  DescribeConfigRules: ruleNames(['one']),
  DescribeConfigRuleEvaluationStatus: { ConfigRulesEvaluationStatus: [] },
  GetFunctionConfiguration: throwing('ResourceNotFoundException', 'not there', 404),
  DescribeConformancePacks: { ConformancePackDetails: [] },
  GetAccountSettings: limit(1000),
  // Before the first roll-out there are no stack sets.
  ListStackInstances: throwing('StackSetNotFoundException'),
  ListStackSetOperations: throwing('StackSetNotFoundException'),
  DescribeStacks: stack('CREATE_COMPLETE', '21'),
};

export function account(Id: string, State = 'ACTIVE') {
  return { Id, State };
}

const trusted = (ServicePrincipal: string) => ({ ServicePrincipal });

export function recorder(more: object = {}) {
  return {
    name: 'default',
    roleARN: 'arn:aws:iam::111122223333:role/config',
    recordingGroup: {
      exclusionByResourceTypes: { resourceTypes: ['AWS::Config::ResourceCompliance'] },
      recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
    },
    ...more,
  };
}

export function ruleNames(names: readonly string[]) {
  return {
    ConfigRules: names.map((ConfigRuleName) => ({ ConfigRuleName, ConfigRuleState: 'ACTIVE' })),
  };
}

export function limit(
  ConcurrentExecutions: number,
  UnreservedConcurrentExecutions = ConcurrentExecutions,
) {
  return { AccountLimit: { ConcurrentExecutions, UnreservedConcurrentExecutions } };
}

export function stack(StackStatus: string, version?: string) {
  const Outputs = version ? [{ OutputKey: 'BootstrapVersion', OutputValue: version }] : [];
  return { Stacks: [{ StackName: 'CDKToolkit', StackStatus, CreationTime: new Date(0), Outputs }] };
}

/** Another answer in one account and Region alone. */
export const only =
  (operation: string, place: Partial<Signer>, answer: object) =>
  (input: Fields, signer: Signer): object => {
    const isThere = Object.entries(place).every(
      ([key, value]) => signer[key as keyof Signer] === value,
    );
    const chosen = isThere ? answer : healthy[operation];
    return (typeof chosen === 'function' ? chosen(input, signer) : chosen) as object;
  };

export function throwing(name: string, message = `${name}, says the test`, status?: number) {
  return () => {
    throw new ServiceError(name, message, status);
  };
}

export interface Told {
  readonly state: string;
  readonly examined: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly name: string | null;
  readonly what: string;
  readonly fix: string | null;
}

interface Given {
  readonly deployment?: object;
  readonly buckets?: Record<string, Bucket>;
  readonly deliveryChannels?: DeliveryChannel[];
}

/** A world with these other answers, and the command run in it. */
export async function world(
  given: Answers = {},
  { deployment = {}, buckets = {}, deliveryChannels = [] }: Given = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  const file = join(folder, 'deployment.yaml');
  writeFileSync(
    file,
    JSON.stringify({
      organization: { id: 'o-examplehealth', managementAccount: MANAGEMENT, units: [UNIT] },
      centralAccount: CENTRAL,
      regions: REGIONS,
      canary: { accounts: [MEMBERS[0]] },
      ...deployment,
    }),
  );
  const server: ContractServer = await startContractServer(
    createState({ answers: { ...healthy, ...given }, buckets, deliveryChannels }),
  );
  vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', CENTRAL);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
    await server.close();
  });
  const doctor = (...more: string[]) => run(['doctor', file, ...more]);
  /** Everything that was told, as JSON, of a run that may enter every account. */
  const told = async (...more: string[]) => {
    const { code, stdout } = await doctor('--role', 'doctor', '--format', 'json', ...more);
    const { counts, diagnoses } = JSON.parse(stdout) as { counts: object; diagnoses: Told[] };
    return { code, counts, diagnoses };
  };
  return { server, file, doctor, told };
}
