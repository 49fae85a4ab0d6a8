import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { Diagnosis } from '../../src/doctor/diagnosis.ts';
import { run } from '../cli/run.ts';
import type { Answers, Fields } from '../contract-server/answers.ts';
import { epochSeconds } from '../contract-server/encodings.ts';
import { startContractServer } from '../contract-server/server.ts';
import { createState, type State } from '../contract-server/state.ts';

export const CENTRAL = '111122223333';
export const MANAGEMENT = '333344445555';
export const MEMBERS = ['210987654321', '444455556666'];
const UNIT = 'ou-ab12-11111111';
const BELOW = 'ou-ab12-22222222';

const DEPLOYMENT = `organization:
  id: o-a1b2c3d4e5
  managementAccount: "${MANAGEMENT}"
  units: [${UNIT}]
centralAccount: "${CENTRAL}"
regions: [eu-central-1, us-east-1]
canary: { accounts: ["${MEMBERS[0]}"] }
`;

const delivered = {
  lastStatus: 'SUCCESS',
  lastSuccessfulTime: epochSeconds('2026-06-14T20:00:00Z'),
};

/** An organization in which all is well: the central account in one unit, the members in one below it. */
export const healthy: Answers = {
  GetCallerIdentity: {
    Account: CENTRAL,
    Arn: `arn:aws:sts::${CENTRAL}:assumed-role/a/b`,
    UserId: 'u',
  },
  AssumeRole: ({ RoleArn }: Fields) => ({
    Credentials: {
      AccessKeyId: `key-of-${String(RoleArn).split(':')[4]}`,
      SecretAccessKey: 's',
      SessionToken: 't',
      Expiration: new Date('2026-06-15T01:00:00Z'),
    },
  }),
  DescribeOrganization: {
    Organization: { Id: 'o-a1b2c3d4e5', FeatureSet: 'ALL', MasterAccountId: MANAGEMENT },
  },
  ListAWSServiceAccessForOrganization: ({ NextToken }: Fields) =>
    NextToken === undefined
      ? {
          EnabledServicePrincipals: [{ ServicePrincipal: 'config.amazonaws.com' }],
          NextToken: 'more',
        }
      : {
          EnabledServicePrincipals: [
            { ServicePrincipal: 'member.org.stacksets.cloudformation.amazonaws.com' },
          ],
        },
  ListDelegatedAdministrators: { DelegatedAdministrators: [{ Id: CENTRAL }] },
  ListAccountsForParent: ({ ParentId }: Fields) => ({
    Accounts:
      ParentId === UNIT
        ? [{ Id: CENTRAL, Status: 'ACTIVE' }]
        : [
            ...MEMBERS.map((Id) => ({ Id, Status: 'ACTIVE' })),
            { Id: '999999999999', Status: 'SUSPENDED' },
          ],
  }),
  ListOrganizationalUnitsForParent: ({ ParentId }: Fields) => ({
    OrganizationalUnits: ParentId === UNIT ? [{ Id: BELOW }] : [],
  }),
  DescribeStacks: {
    Stacks: [
      {
        StackName: 'CDKToolkit',
        StackStatus: 'CREATE_COMPLETE',
        CreationTime: new Date('2026-01-01T00:00:00Z'),
      },
    ],
  },
  DescribeConfigurationRecorders: {
    ConfigurationRecorders: [
      {
        name: 'default',
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
        recordingMode: { recordingFrequency: 'CONTINUOUS' },
      },
    ],
  },
  DescribeConfigurationRecorderStatus: {
    ConfigurationRecordersStatus: [{ name: 'default', recording: true, lastStatus: 'SUCCESS' }],
  },
  DescribeDeliveryChannelStatus: {
    DeliveryChannelsStatus: [
      {
        name: 'default',
        configHistoryDeliveryInfo: delivered,
        configSnapshotDeliveryInfo: delivered,
        configStreamDeliveryInfo: { lastStatus: 'NOT_APPLICABLE' },
      },
    ],
  },
  DescribeConfigRules: { ConfigRules: [{ ConfigRuleName: 'one-of-theirs' }] },
  DescribeConformancePacks: { ConformancePackDetails: [] },
  GetAccountSettings: { AccountLimit: { ConcurrentExecutions: 1000 } },
  DescribeHub: { HubArn: 'arn:aws:securityhub:eu-central-1:111122223333:hub/default' },
};

/** Runs doctor over a deployment and what AWS answers; with a role, unless other arguments are given. */
export async function examined(
  answers: Answers = {},
  { more = '', args = ['--role', 'Auditor'] }: { more?: string; args?: readonly string[] } = {},
  parts: Partial<State> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  const file = join(folder, 'deployment.yaml');
  writeFileSync(file, DEPLOYMENT + more);
  const server = await startContractServer(
    createState({ ...parts, answers: { ...healthy, ...answers } }),
  );
  vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', `key-of-${CENTRAL}`);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
    await server.close();
  });
  const doctor = async (...format: string[]) => run(['doctor', file, ...args, ...format]);
  const diagnoses = async () => {
    const { code, stdout, stderr } = await doctor('--format', 'json');
    return { code, stderr, found: JSON.parse(stdout) as Diagnosis[] };
  };
  return { server, doctor, diagnoses };
}
