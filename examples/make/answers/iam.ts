import { credentialReport } from '../credential-report.ts';
import { encoded, idOf, READ_ONLY, USERS } from '../iam-principals.ts';
import { type Answer, answer, type Corner, globally } from './answer.ts';

/** Policies and credentials of the users; nobody captured any for the sandbox. */
export function iamAnswers({ name, account, region }: Corner): readonly Answer[] {
  const users = USERS[name] ?? [];
  if (users.length === 0 || name === 'sandbox') return [];
  const at = globally({ account, region });
  const UserDetailList = users.map(({ name: UserName, inline, attached = [] }) => {
    const Arn = `arn:aws:iam::${account}:user/${UserName}`;
    return {
      Path: '/',
      UserName,
      UserId: idOf('AIDA', Arn),
      Arn,
      GroupList: [],
      UserPolicyList:
        inline === null ? [] : [{ PolicyName: 'inline', PolicyDocument: encoded(inline) }],
      AttachedManagedPolicies: attached.map((PolicyArn) => ({ PolicyArn })),
    };
  });
  const Policies = [
    {
      PolicyName: 'AmazonS3ReadOnlyAccess',
      Arn: READ_ONLY,
      PolicyVersionList: [
        { IsDefaultVersion: true, Document: encoded([['s3:Get*', 's3:List*'], '*']) },
      ],
    },
  ];
  const Filter = ['User', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] as const;
  return [
    answer(
      at,
      'GetAccountAuthorizationDetails',
      { Filter: [...Filter] },
      { UserDetailList, GroupDetailList: [], Policies },
    ),
    answer(at, 'GenerateCredentialReport', {}, { State: 'COMPLETE' }),
    answer(
      at,
      'GetCredentialReport',
      {},
      {
        Content: Buffer.from(credentialReport(account, users)).toString('base64'),
        ReportFormat: 'text/csv',
      },
    ),
  ];
}
