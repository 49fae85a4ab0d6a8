import { type AccountName, accounts } from './accounts.ts';
import {
  type Allow,
  encoded,
  idOf,
  objectsOf,
  type Principal,
  ROLES,
  USERS,
} from './iam-principals.ts';
import { itemOf } from './items.ts';

const RECORDED = '2026-10-19T14:02:10.007Z';
const CREATED = '2023-01-15T10:00:00.000Z';
const managedArn = (account: string, name: string) => `arn:aws:iam::${account}:policy/${name}`;

/** IAM is recorded once for the account, with the Region "global", among the records of the home Region. */
export function iamItems(name: AccountName): readonly object[] {
  const account = accounts[name];
  const policies =
    name === 'production'
      ? [
          managedPolicy(
            account,
            'contractor-boundary',
            ['s3:*', objectsOf('examplehealth-lab-*')],
            0,
          ),
          managedPolicy(
            account,
            'claims-read',
            ['s3:GetObject', objectsOf('examplehealth-claims-*')],
            2,
          ),
          managedPolicy('aws', 'AmazonS3FullAccess', ['s3:*', '*'], 1, account),
        ]
      : [];
  return [
    ...(USERS[name] ?? []).map((user) => principal(account, 'User', user)),
    ...(ROLES[name] ?? []).map((role) => principal(account, 'Role', role)),
    ...policies,
  ];
}

function principal(account: string, kind: 'User' | 'Role', one: Principal): object {
  const { name, inline, attached = [], boundary } = one;
  const key = kind.toLowerCase();
  const arn = `arn:aws:iam::${account}:${key}/${name}`;
  return iamItem(account, kind, arn, {
    path: '/',
    [`${key}Name`]: name,
    [`${key}Id`]: idOf(kind === 'User' ? 'AIDA' : 'AROA', arn),
    arn,
    createDate: CREATED,
    [`${key}PolicyList`]:
      inline === null ? [] : [{ policyName: 'inline', policyDocument: encoded(inline) }],
    attachedManagedPolicies: attached.map((policyArn) => ({
      policyName: policyArn.slice(policyArn.lastIndexOf('/') + 1),
      policyArn,
    })),
    permissionsBoundary:
      boundary === undefined
        ? null
        : {
            permissionsBoundaryType: 'Policy',
            permissionsBoundaryArn: managedArn(account, boundary),
          },
  });
}

function managedPolicy(
  owner: string,
  name: string,
  allow: Allow,
  attachments: number,
  account = owner,
): object {
  const arn = managedArn(owner, name);
  return iamItem(account, 'Policy', arn, {
    policyName: name,
    policyId: idOf('ANPA', arn),
    arn,
    path: '/',
    defaultVersionId: 'v1',
    attachmentCount: attachments,
    permissionsBoundaryUsageCount: attachments === 0 ? 1 : 0,
    isAttachable: true,
    createDate: CREATED,
    updateDate: CREATED,
    policyVersionList: [
      { document: encoded(allow), versionId: 'v1', isDefaultVersion: true, createDate: CREATED },
    ],
  });
}

function iamItem(account: string, kind: string, arn: string, configuration: object): object {
  const prefix = { User: 'AIDA', Role: 'AROA', Policy: 'ANPA' }[kind] ?? '';
  return itemOf(
    { account, region: 'global' },
    {
      type: `AWS::IAM::${kind}`,
      id: idOf(prefix, arn),
      name: arn.slice(arn.lastIndexOf('/') + 1),
      arn,
      zone: 'Not Applicable',
      created: CREATED,
      recorded: RECORDED,
      configuration,
    },
  );
}
