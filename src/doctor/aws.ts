import { type Answer, awsServices, type Packages, putting } from '../services/aws.ts';
import { type Paging, pages } from '../services/operations.ts';
import { loaded } from '../services/own-account.ts';
import type { Services } from '../services/services.ts';

type Service =
  | 'cloudformation'
  | 'config'
  | 'lambda'
  | 'organizations'
  | 's3'
  | 'securityhub'
  | 'sts';

/** Loaded when they are needed, as a machine that only judges files does not have them. */
const packages: Packages<Service> = {
  cloudformation: [
    'CloudFormation',
    () => loaded('@aws-sdk/client-cloudformation', () => import('@aws-sdk/client-cloudformation')),
  ],
  config: [
    'ConfigService',
    () => loaded('@aws-sdk/client-config-service', () => import('@aws-sdk/client-config-service')),
  ],
  lambda: [
    'Lambda',
    () => loaded('@aws-sdk/client-lambda', () => import('@aws-sdk/client-lambda')),
  ],
  organizations: [
    'Organizations',
    () => loaded('@aws-sdk/client-organizations', () => import('@aws-sdk/client-organizations')),
  ],
  s3: ['S3', () => loaded('@aws-sdk/client-s3', () => import('@aws-sdk/client-s3'))],
  securityhub: [
    'SecurityHub',
    () => loaded('@aws-sdk/client-securityhub', () => import('@aws-sdk/client-securityhub')),
  ],
  sts: ['STS', () => loaded('@aws-sdk/client-sts', () => import('@aws-sdk/client-sts'))],
};

interface Operation {
  readonly service: Service;
  readonly action: string;
  readonly paging?: Paging;
}

const paged = (service: Service, action: string, list: string): Operation => ({
  ...{ service, action },
  paging: pages('NextToken', 'NextToken', list),
});

/** Every operation that doctor asks beside those of the rule on the recorder. All of them read. */
export const doctorOperations = {
  AssumeRole: { service: 'sts', action: 'sts:AssumeRole' },
  DescribeConfigRules: paged('config', 'config:DescribeConfigRules', 'ConfigRules'),
  DescribeConformancePacks: paged(
    'config',
    'config:DescribeConformancePacks',
    'ConformancePackDetails',
  ),
  DescribeHub: { service: 'securityhub', action: 'securityhub:DescribeHub' },
  DescribeOrganization: { service: 'organizations', action: 'organizations:DescribeOrganization' },
  DescribeStacks: { service: 'cloudformation', action: 'cloudformation:DescribeStacks' },
  GetAccountSettings: { service: 'lambda', action: 'lambda:GetAccountSettings' },
  GetBucketLocation: { service: 's3', action: 's3:GetBucketLocation' },
  GetCallerIdentity: { service: 'sts', action: 'sts:GetCallerIdentity' },
  ListAWSServiceAccessForOrganization: paged(
    'organizations',
    'organizations:ListAWSServiceAccessForOrganization',
    'EnabledServicePrincipals',
  ),
  ListAccountsForParent: paged('organizations', 'organizations:ListAccountsForParent', 'Accounts'),
  ListDelegatedAdministrators: paged(
    'organizations',
    'organizations:ListDelegatedAdministrators',
    'DelegatedAdministrators',
  ),
  ListOrganizationalUnitsForParent: paged(
    'organizations',
    'organizations:ListOrganizationalUnitsForParent',
    'OrganizationalUnits',
  ),
} as const satisfies Readonly<Record<string, Operation>>;

/** What can be asked with the credentials of one account. */
export interface Access {
  /** The whole answer, of all its pages. @throws Refused without the permission, else the error of AWS */
  ask(name: keyof typeof doctorOperations, input: object, region: string): Promise<Answer>;
  /** What the facets of rules ask. */
  readonly services: Services;
}

// A thousand accounts are asked one after the other, by one role: throttling is to be expected.
const RETRIES = { maxAttempts: 8, retryMode: 'adaptive' } as const;

/** @param credentials those of the environment when left out. */
export function accessWith(credentials?: object): Access {
  const settings = () => (credentials ? { ...RETRIES, credentials } : RETRIES);
  const put = putting(packages, settings);
  return {
    ask: (name, input, region) => put(name, doctorOperations[name], input, region),
    services: awsServices(settings),
  };
}

/** The role of this name in another account. @throws Refused, or the error of AWS */
export async function assume(own: Access, roleArn: string, region: string): Promise<Access> {
  const session = { RoleArn: roleArn, RoleSessionName: 's3-config-rules-doctor' };
  const { Credentials } = await own.ask('AssumeRole', session, region);
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
  } = Credentials as Readonly<Record<string, string>>;
  return accessWith({ accessKeyId, secretAccessKey, sessionToken });
}
