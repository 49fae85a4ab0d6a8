import type { Ask } from './access.ts';
import { lowered, type Place, type RawRecord, recordOf } from './item.ts';

type Detail = Readonly<Record<string, unknown>>;

/** Lists that AWS Config writes as null where there is nothing in them, and that the API leaves out. */
const INLINE = {
  User: 'userPolicyList',
  Group: 'groupPolicyList',
  Role: 'rolePolicyList',
} as const;

/**
 * The records of IAM: the names of the API with a small letter, documents URL-encoded (awslabs/aws-config-resource-schema; items in
 * awslabs/aws-config-rdk, rdk/template/example_ci). IAM is recorded once, with the Region "global".
 */
export async function iamRecords(
  ask: Ask,
  place: Place,
  now: () => string,
): Promise<readonly RawRecord[]> {
  const answer = await ask(
    'GetAccountAuthorizationDetails',
    { Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy'] },
    place.region,
  );
  const at = now();
  const principals = (kind: keyof typeof INLINE, details: readonly object[] = []) =>
    details.map((detail) => {
      const configuration: Detail = {
        [INLINE[kind]]: null,
        attachedManagedPolicies: [],
        permissionsBoundary: null,
        ...(lowered(detail) as Detail),
      };
      const key = kind.toLowerCase();
      return itemOf(
        `AWS::IAM::${kind}`,
        configuration[`${key}Id`],
        configuration[`${key}Name`],
        configuration,
      );
    });
  const itemOf = (
    type: string,
    id: unknown,
    name: unknown,
    { tags: _, ...configuration }: Detail,
  ) =>
    recordOf(place, at, {
      type,
      id: String(id),
      ...(typeof name === 'string' ? { name } : {}),
      arn: String(configuration['arn']),
      configuration,
    });
  const policies = (answer.Policies ?? []).map((policy) => {
    const configuration = lowered(policy) as Detail;
    return itemOf(
      'AWS::IAM::Policy',
      configuration['policyId'],
      configuration['policyName'],
      configuration,
    );
  });
  return [
    ...principals('User', answer.UserDetailList),
    ...principals('Group', answer.GroupDetailList),
    ...principals('Role', answer.RoleDetailList),
    ...policies,
  ];
}
